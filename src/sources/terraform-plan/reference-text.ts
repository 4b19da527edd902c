import { segmentsOf } from './address.ts';
import type { InstanceKey, Segment } from './address.ts';

/** A reference as the code of a plan writes it, taken apart. */
export type ParsedReference =
  /** `aws_s3_bucket.b`, `data.aws_vpc.main[0]`; `block` is the text without key and attributes. */
  | { readonly to: 'block'; readonly block: string; readonly key: InstanceKey }
  /** `module.m["k"].id`; without an output the module as a whole. */
  | {
      readonly to: 'output';
      readonly call: string;
      readonly key: InstanceKey;
      readonly output: string | undefined;
    }
  | { readonly to: 'variable'; readonly name: string }
  /** `each.key`, `count.index`, and `each.value` when nothing of it is picked. */
  | { readonly to: 'own-key'; readonly value: boolean }
  /** `each.value.bucket`: some part of what is iterated over. */
  | { readonly to: 'own-value' }
  /** What never names a resource: path.module, terraform.workspace. */
  | { readonly to: 'plain' }
  /** What the plan does not show: local values. */
  | { readonly to: 'hidden' };

const PLAIN = new Set(['path', 'terraform', 'self']);

/** Takes a reference apart; what does not read as one is `hidden`, so nothing is concluded from it. */
export function parseReference(text: string): ParsedReference {
  const segments = segmentsOf(text);
  const [head, second] = [nameAt(segments, 0), nameAt(segments, 1)];
  if (head === undefined) return { to: 'hidden' };
  if (PLAIN.has(head)) return { to: 'plain' };
  if (second === undefined || head === 'local') return { to: 'hidden' };
  if (head === 'var') return { to: 'variable', name: second };
  if (head === 'count') return { to: 'own-key', value: false };
  if (head === 'each') return eachReference(second, segments.length);
  if (head === 'module') return outputReference(second, segments);
  if (head === 'data')
    return {
      to: 'block',
      block: `data.${second}.${nameAt(segments, 2) ?? ''}`,
      key: keyAt(segments, 3),
    };
  return { to: 'block', block: `${head}.${second}`, key: keyAt(segments, 2) };
}

function eachReference(part: string, length: number): ParsedReference {
  if (part === 'value' && length > 2) return { to: 'own-value' };
  return { to: 'own-key', value: part === 'value' };
}

function outputReference(call: string, segments: readonly Segment[]): ParsedReference {
  const key = keyAt(segments, 2);
  return { to: 'output', call, key, output: nameAt(segments, key === undefined ? 2 : 3) };
}

function nameAt(segments: readonly Segment[], at: number): string | undefined {
  const segment = segments[at];
  return segment !== undefined && 'name' in segment ? segment.name : undefined;
}

function keyAt(segments: readonly Segment[], at: number): InstanceKey {
  const segment = segments[at];
  return segment !== undefined && 'key' in segment ? segment.key : undefined;
}
