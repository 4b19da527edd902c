import { isRecord } from '../kit/record.ts';
import { SourceError } from './errors.ts';
import { isBinaryPlan } from './terraform-plan/binary.ts';

const SHOW_PLAN =
  'Save the plan and show it: terraform plan -out=tfplan && terraform show -json tfplan > plan.json (tofu works alike).';

/** How much of a text is looked at. */
const HEAD = 16_384;

const BLOCK =
  /^(?:terraform|provider|resource|data|variable|module|locals|output|moved|import|removed)(?:\s+"[^"]*"){0,2}\s*\{/;

/**
 * Names the file that people send by mistake, by its first bytes: archives, and the binary plan.
 *
 * @param name of the document, for the command in the message.
 * @returns undefined when nothing is recognised.
 */
export function mistakenBytes(
  bytes: Uint8Array,
  name: string | undefined,
): SourceError | undefined {
  if (isBinaryPlan(bytes)) {
    return new SourceError('SOURCE_UNUSABLE', 'this is the binary plan file, not its JSON', {
      help: `Run: terraform show -json ${name ?? 'PLANFILE'} > plan.json (or tofu show -json).`,
    });
  }
  if (startsWith(bytes, [0x1f, 0x8b])) {
    return new SourceError('SOURCE_UNUSABLE', 'the document is compressed with gzip', {
      help: 'Decompress it, or over HTTP send it with the header Content-Encoding: gzip.',
    });
  }
  return undefined;
}

/** Names the text that people send in place of a document: a log, a configuration, what a terminal showed. */
export function mistakenText(text: string): SourceError | undefined {
  const head = text.slice(0, HEAD);
  const first = firstLine(head);
  if (first.startsWith('{"@level"') || first.includes('"@module":"terraform.ui"')) return uiLog();
  if (BLOCK.test(first)) {
    return new SourceError('SOURCE_UNUSABLE', 'this is Terraform configuration (HCL), not a plan', {
      help: SHOW_PLAN,
    });
  }
  if (
    /(?:Terraform|OpenTofu) (?:used the selected providers|will perform the following actions)/.test(
      head,
    )
  ) {
    return new SourceError(
      'SOURCE_UNUSABLE',
      'this is what a plan looks like in a terminal, not its JSON',
      {
        help: SHOW_PLAN,
      },
    );
  }
  return undefined;
}

/** Names the parsed document that people send in place of one that can be judged: a state, a line of a log. */
export function mistakenValue(value: unknown): SourceError | undefined {
  if (!isRecord(value)) return undefined;
  if (value['@module'] === 'terraform.ui') return uiLog();
  const rawState = value['version'] === 4 && ('lineage' in value || 'serial' in value);
  const shownState = 'format_version' in value && 'values' in value && !('planned_values' in value);
  if (!rawState && !shownState) return undefined;
  return new SourceError('SOURCE_UNUSABLE', 'this is a Terraform state, not a plan', {
    help: SHOW_PLAN,
  });
}

function uiLog(): SourceError {
  return new SourceError(
    'SOURCE_UNUSABLE',
    'this is the log of `terraform plan -json`, made for user interfaces; it is not the plan',
    { help: SHOW_PLAN },
  );
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, at) => bytes[at] === byte);
}

/** The first line that is neither blank nor a comment. */
function firstLine(head: string): string {
  for (const line of head.split('\n')) {
    const trimmed = line.trim();
    if (trimmed !== '' && !trimmed.startsWith('#') && !trimmed.startsWith('//')) return trimmed;
  }
  return '';
}
