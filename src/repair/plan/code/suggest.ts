import type { Manager } from '../../../clouds/inventory.ts';
import type { RepairSubject } from '../input.ts';
import type { CodeSuggestion } from '../model.ts';
import { hclBlock, hclComment, hclMap, hclString } from './hcl.ts';

/** Tags by key, as they should read in code. */
type Wanted = Readonly<Record<string, string>>;

/**
 * The change in the words of whatever made the resource.
 *
 * @param live true when it is written to the cloud all the same: then code must be told to leave those tags alone.
 */
export function suggestCode(
  subject: RepairSubject,
  manager: Manager,
  set: Wanted,
  remove: readonly string[],
  live: boolean,
): CodeSuggestion | undefined {
  if (manager.tool === 'cloudformation') return stackTags(manager, set);
  if (manager.tool !== 'terraform') return undefined;
  return live ? ignoreTags(subject, set) : terraformTags(subject, manager, set, remove);
}

function stackTags({ name }: Manager, set: Wanted): CodeSuggestion {
  const lines = Object.keys(set)
    .sort()
    // A JSON string is a YAML string, whatever is in it.
    .flatMap((key) => [
      `  - Key: ${JSON.stringify(key)}`,
      `    Value: ${JSON.stringify(set[key])}`,
    ]);
  return {
    tool: 'cloudformation',
    note: `Add the tags to ${name === '' ? 'the stack' : `the stack ${name}`} or to the resource in its template; CloudFormation takes away what others add. An update with --tags replaces all tags of a stack: give the others too.`,
    snippets: [
      { title: 'Tags of the resource, in the template', text: ['Tags:', ...lines].join('\n') },
    ],
  };
}

function terraformTags(
  { resource, code }: RepairSubject,
  { name }: Manager,
  set: Wanted,
  remove: readonly string[],
): CodeSuggestion {
  const { attribute, defaults } = wordsOf(resource.provider);
  const where = code ?? `the resource ${resource.address}`;
  const heading = [hclComment(code ?? resource.address)];
  if (remove.length > 0)
    heading.push(hclComment(`and take away: ${[...remove].sort().map(hclString).join(', ')}`));
  const own = {
    title: `Tags of ${where}`,
    text: [...heading, ...hclMap(attribute, set)].join('\n'),
  };
  const all = defaults?.(set);
  return {
    tool: 'terraform',
    note: `Terraform${name === '' ? '' : ` (${name})`} owns this resource and would take back what is written live: change the code.`,
    snippets: [
      own,
      ...(all === undefined
        ? []
        : [{ title: 'Or once for everything that the provider makes', text: all.join('\n') }]),
    ],
  };
}

/** Terraform would take the tags back at its next apply. */
function ignoreTags({ resource, code }: RepairSubject, set: Wanted): CodeSuggestion {
  const { attribute, computed, ignores } = wordsOf(resource.provider);
  const keys = Object.keys(set).sort();
  const ignored = keys.flatMap((key) =>
    [attribute, ...computed].map((name) => `${name}[${hclString(key)}]`),
  );
  const lifecycle = [
    hclComment(code ?? resource.address),
    ...hclBlock('lifecycle', ['ignore_changes = [', ...ignored.map((path) => `  ${path},`), ']']),
  ];
  const provider = ignores?.(keys);
  return {
    tool: 'terraform',
    note: 'These tags are written live although Terraform owns the resource: tell it to leave them alone, or it takes them back.',
    snippets: [
      {
        title: `Lifecycle of ${code ?? `the resource ${resource.address}`}`,
        text: lifecycle.join('\n'),
      },
      ...(provider === undefined
        ? []
        : [{ title: 'Or once in the provider', text: provider.join('\n') }]),
    ],
  };
}

interface ProviderWords {
  readonly attribute: 'tags' | 'labels';
  /** Attributes in which the provider repeats its tags. */
  readonly computed: readonly string[];
  /** Tags that it gives to everything it makes, where it can. */
  readonly defaults?: (set: Wanted) => string[];
  /** Tags that it leaves alone everywhere, where it can be told so. */
  readonly ignores?: (keys: readonly string[]) => string[];
}

const AWS: ProviderWords = {
  attribute: 'tags',
  computed: ['tags_all'],
  defaults: (set) => hclBlock('provider "aws"', hclBlock('default_tags', hclMap('tags', set))),
  ignores: (keys) =>
    hclBlock(
      'provider "aws"',
      hclBlock('ignore_tags', [`keys = [${keys.map(hclString).join(', ')}]`]),
    ),
};

/** The provider of Azure has neither default tags nor tags to ignore. */
const AZURE: ProviderWords = { attribute: 'tags', computed: [] };

const GOOGLE: ProviderWords = {
  attribute: 'labels',
  computed: [],
  defaults: (set) => hclBlock('provider "google"', hclMap('default_labels', set)),
};

function wordsOf(provider: string): ProviderWords {
  if (provider === 'aws') return AWS;
  return provider === 'gcp' ? GOOGLE : AZURE;
}
