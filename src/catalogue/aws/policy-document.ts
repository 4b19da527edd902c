import { UNKNOWN } from '../facts.ts';
import type { Facts } from '../facts.ts';
import { allOf, anyOf, equals, holds, not, orElse, present, someOf, spelled } from '../values.ts';
import type { Truth } from '../values.ts';
import type { Read, View } from '../view.ts';

/** AWS takes at most 32 KB anywhere (key policies); what is longer is not read. */
const LONGEST = 262_144;
const MOST_STATEMENTS = 1_000;

type Texts = Read<readonly Read<string>[]>;

/** One statement of a policy document, of either spelling: JSON, or the blocks of `data.aws_iam_policy_document`. */
export interface Statement {
  readonly allows: Truth;
  readonly actions: Texts;
  readonly notActions: Texts;
  readonly resources: Texts;
  readonly notResources: Texts;
  /** Identifiers of principals: `*`, ARNs, account numbers, services. */
  readonly principals: Texts;
  readonly notPrincipals: Texts;
  readonly conditions: Read<readonly Condition[]>;
}

/** A condition's key and values; keys compare without case. */
interface Condition {
  readonly key: Read<string>;
  readonly values: Texts;
}

/** A policy document's statements. */
export type Policy = Read<readonly Statement[]>;

/**
 * The policy document at a path. JSON that cannot be read as one is unknown, not harmless. A document still to come
 * is read from the data source that makes it, where the plan shows that: most of it is known.
 */
export function policyAt(view: View, path: string): Policy {
  const text = view.read(path);
  if (text === undefined || text === '') return undefined;
  if (text === UNKNOWN) return policyFromData(view, path);
  const document = typeof text === 'string' ? parsed(text) : text;
  if (!isObject(document)) return UNKNOWN;
  const statements = asList(member(document, 'Statement'));
  if (statements.length > MOST_STATEMENTS || !statements.every(isObject)) return UNKNOWN;
  return statements.map(fromJson);
}

function parsed(text: string): unknown {
  if (text.length > LONGEST) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function fromJson(statement: object): Statement {
  return {
    allows: member(statement, 'Effect') === 'Allow',
    actions: texts(member(statement, 'Action')),
    notActions: texts(member(statement, 'NotAction')),
    resources: texts(member(statement, 'Resource')),
    notResources: texts(member(statement, 'NotResource')),
    principals: principals(member(statement, 'Principal')),
    notPrincipals: principals(member(statement, 'NotPrincipal')),
    conditions: conditions(member(statement, 'Condition')),
  };
}

/** `"*"`, or lists by sort: `{"AWS": "*", "Service": ["a", "b"]}`. A service or federation named `*` does not exist. */
function principals(value: unknown): Texts {
  if (!isObject(value)) return texts(value);
  return Object.values(value).flatMap((entry) => texts(entry) ?? []);
}

function conditions(value: unknown): readonly Condition[] {
  if (!isObject(value)) return [];
  return Object.values(value)
    .filter(isObject)
    .flatMap((operator) => Object.entries(operator))
    .map(([key, values]) => ({ key: key.toLowerCase(), values: texts(values) }));
}

function texts(value: unknown): readonly string[] | undefined {
  return value === undefined ? undefined : asList(value).map(spelled);
}

/** Page aws_iam_policy_document: statements allow unless they say Deny. */
function policyFromData(view: View, path: string): Policy {
  const documents = view.targets(path, ['aws_iam_policy_document']);
  if (documents.views.length === 0 || !documents.certain) return UNKNOWN;
  const statements: Statement[] = [];
  for (const { written } of documents.views) {
    const blocks = written.list('statement');
    const merged = anyOf(
      present(written.read('source_policy_documents')),
      present(written.read('override_policy_documents')),
    );
    if (blocks === UNKNOWN || merged !== false) return UNKNOWN;
    statements.push(...(blocks ?? []).map(fromBlock));
  }
  return statements;
}

function fromBlock(statement: View): Statement {
  const effect = orElse(statement.string('effect'), 'Allow');
  return {
    allows: equals(effect, 'Allow'),
    actions: listed(statement, 'actions'),
    notActions: listed(statement, 'not_actions'),
    resources: listed(statement, 'resources'),
    notResources: listed(statement, 'not_resources'),
    principals: blockPrincipals(statement, 'principals'),
    notPrincipals: blockPrincipals(statement, 'not_principals'),
    conditions: blockConditions(statement),
  };
}

function listed(view: View, path: string): Texts {
  const items = view.list(path);
  return items === UNKNOWN ? UNKNOWN : items?.map((item) => item.string(''));
}

function blockPrincipals(statement: View, path: string): Texts {
  const blocks = statement.list(path);
  if (blocks === undefined || blocks === UNKNOWN) return blocks;
  return blocks.flatMap((block) => {
    const identifiers = listed(block, 'identifiers');
    return identifiers === UNKNOWN ? [UNKNOWN] : (identifiers ?? []);
  });
}

function blockConditions(statement: View): Read<readonly Condition[]> {
  const blocks = statement.list('condition');
  if (blocks === undefined || blocks === UNKNOWN) return blocks;
  return blocks.map((block) => {
    const key = block.string('variable');
    return {
      key: typeof key === 'string' ? key.toLowerCase() : key,
      values: listed(block, 'values'),
    };
  });
}

function some(list: Texts, test: (text: string) => boolean): Truth {
  return someOf(list, (text) => holds(text, test));
}

const isEverything = (text: string): boolean => text === '*' || text === '*:*';
const isServiceWide = (text: string): boolean => isEverything(text) || /^[^:*?]+:\*$/.test(text);

/** What a policy of an identity grants. `NotAction` and `NotResource` grant everything but what they list. */
export function grants(policy: Policy): Facts {
  return {
    wildcard_actions: someOf(policy, (one) =>
      allOf(one.allows, anyOf(some(one.actions, isServiceWide), present(one.notActions))),
    ),
    wildcard_resources: someOf(policy, (one) =>
      allOf(
        one.allows,
        anyOf(
          some(one.resources, (text) => text === '*'),
          present(one.notResources),
        ),
      ),
    ),
    admin_access: someOf(policy, (one) =>
      allOf(
        one.allows,
        some(one.actions, isEverything),
        some(one.resources, (text) => text === '*'),
      ),
    ),
  };
}

/**
 * Anyone may use what this policy protects: a statement allows every principal, or all but some, and no condition
 * narrows that. A trust in GitHub's tokens that does not look at `sub` admits every repository there is.
 */
export function trustsAnyone(policy: Policy): Truth {
  return someOf(policy, (one) => {
    const everyone = anyOf(
      some(one.principals, (text) => text === '*'),
      present(one.notPrincipals),
    );
    return allOf(
      one.allows,
      anyOf(allOf(everyone, not(present(one.conditions))), admitsEveryRepository(one)),
    );
  });
}

const GITHUB = 'token.actions.githubusercontent.com';

function admitsEveryRepository(statement: Statement): Truth {
  const federated = some(statement.principals, (text) => text.endsWith(GITHUB));
  const narrowed = someOf(statement.conditions, ({ key, values }) =>
    allOf(
      holds(key, (name) => name === `${GITHUB}:sub` || name === `${GITHUB}:repository_owner`),
      not(some(values, (value) => /^(?:repo:)?\*/.test(value))),
    ),
  );
  return allOf(federated, not(narrowed));
}

/** Requests without TLS are refused. */
export function demandsTls(policy: Policy): Truth {
  return someOf(policy, (one) =>
    allOf(
      not(one.allows),
      some(one.principals, (text) => text === '*'),
      someOf(one.conditions, ({ key, values }) =>
        allOf(
          equals(key, 'aws:securetransport'),
          some(values, (value) => value.toLowerCase() === 'false'),
        ),
      ),
    ),
  );
}

function asList(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function isObject(value: unknown): value is object {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function member(value: object, key: string): unknown {
  return Object.hasOwn(value, key) ? (Reflect.get(value, key) as unknown) : undefined;
}
