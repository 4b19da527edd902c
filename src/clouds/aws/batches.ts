import type { TagChange } from '../tagger.ts';
import { canonicalJson } from '../../kit/canonical-json.ts';
import { AWS_LIMITS } from './limits.ts';
import { arnParts, taggingRegion } from './regions.ts';

/** Resources of one account and region that get the same change in one call. */
export interface Batch {
  readonly account: string;
  readonly region: string;
  readonly set: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
  readonly members: readonly Member[];
}

export interface Member {
  /** Of the change among all that were given. */
  readonly index: number;
  readonly arn: string;
}

/**
 * Changes in calls as large as the Tagging API takes. One call is of one account and region and gives every resource the
 * same tags; a resource stands in it once. Batches keep the order of the changes of a resource. Changes without a place
 * are left out.
 */
export function batchesOf(changes: readonly (TagChange | undefined)[]): readonly Batch[] {
  const batches: (Batch & { members: Member[]; key: string })[] = [];
  const latest = new Map<string, number>();
  for (const [index, change] of changes.entries()) {
    const place = change === undefined ? undefined : placeOf(change);
    if (change === undefined || place === undefined) continue;
    const { set, remove, target } = change;
    const key = canonicalJson({ ...place, set, remove });
    const after = latest.get(target.address) ?? -1;
    let found = batches.findIndex(
      (batch, at) => at > after && batch.key === key && batch.members.length < AWS_LIMITS.batch,
    );
    if (found < 0) found = batches.push({ ...place, set, remove, key, members: [] }) - 1;
    batches[found]?.members.push({ index, arn: target.address });
    latest.set(target.address, found);
  }
  return batches.map(({ key: _, ...batch }) => batch);
}

/** Where the Tagging API is asked about a resource, or undefined where that cannot be told. */
export function placeOf({
  target,
}: Pick<TagChange, 'target'>): { account: string; region: string } | undefined {
  const parts = arnParts(target.address);
  const account = target.scope['account'] ?? parts?.account ?? '';
  const region = parts === undefined ? undefined : taggingRegion(parts, target.scope['region']);
  return account === '' || region === undefined ? undefined : { account, region };
}
