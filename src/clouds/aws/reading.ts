import { z } from 'zod';

import { messageOf } from '../../kit/errors.ts';
import type { TagReading, TagTarget } from '../tagger.ts';
import { CloudError } from '../errors.ts';
import { placeOf } from './batches.ts';
import type { AwsCalls, Where } from './calls.ts';
import { isBlind } from './confirm.ts';
import type { AwsSettings } from './schema.ts';
import { quoted, selectAll } from './select.ts';
import { identityTags, tagsNow } from './tagreads.ts';
import type { Tags } from './tagreads.ts';
import { normaliseTags } from './tags.ts';

type ReadTags = TagReading['tags'];

/**
 * Tags as they are now, in the order of the targets. Identities are asked of IAM, all else of the Tagging API. What that
 * does not know was never tagged, is gone, or is of a type that it does not support: only where AWS Config has the resource,
 * and tells no tags either, it has none; otherwise they are unknown.
 *
 * @throws CloudError when every single read failed.
 */
export async function readTargets(
  calls: AwsCalls,
  settings: AwsSettings,
  targets: readonly TagTarget[],
  signal: AbortSignal,
): Promise<TagReading[]> {
  const found = new Map<string, ReadTags>();
  let answered = 0;
  let refused: CloudError | undefined;
  for (const part of partsOf(targets)) {
    try {
      for (const [arn, tags] of await readPart(calls, settings, part, signal)) found.set(arn, tags);
      answered += 1;
    } catch (thrown) {
      if (!(thrown instanceof CloudError) || thrown.code === 'CLOUD_STOPPED') throw thrown;
      refused ??= thrown;
      for (const { address } of part.targets) found.set(address, unknown(messageOf(thrown)));
    }
  }
  if (refused !== undefined && answered === 0) throw refused;
  return targets.map((target) => ({ target, tags: found.get(target.address) ?? NO_PLACE }));
}

const NO_PLACE = unknown('it is no ARN, so that no service can be asked for its tags');

interface Part {
  readonly where: Where;
  readonly targets: TagTarget[];
}

function partsOf(targets: readonly TagTarget[]): Iterable<Part> {
  const parts = new Map<string, Part>();
  for (const target of targets) {
    const where = placeOf({ target });
    if (where === undefined) continue;
    const key = `${where.account} ${where.region}`;
    const part = parts.get(key) ?? { where, targets: [] };
    part.targets.push(target);
    parts.set(key, part);
  }
  return parts.values();
}

async function readPart(
  calls: AwsCalls,
  settings: AwsSettings,
  { where, targets }: Part,
  signal: AbortSignal,
): Promise<Map<string, ReadTags>> {
  const found = new Map<string, ReadTags>();
  const others: TagTarget[] = [];
  for (const target of targets) {
    const tags = await identityTags(calls, where.account, target.address, signal);
    if (tags === undefined) others.push(target);
    else found.set(target.address, tags);
  }
  const arns = others.map(({ address }) => address);
  const now: ReadonlyMap<string, Tags> =
    arns.length === 0 ? new Map<string, Tags>() : await tagsNow(calls, where, arns, signal);
  for (const [arn, values] of now) found.set(arn, { state: 'known', values });
  const absent = others.filter(({ address }) => !now.has(address));
  for (const [arn, tags] of await neverTagged(calls, settings, where, absent, signal))
    found.set(arn, tags);
  return found;
}

const Row = z.object({
  arn: z.string(),
  resourceType: z.string(),
  tags: z.unknown().optional(),
});
type Row = z.infer<typeof Row>;

/** ARNs in one question: a query has 4,096 characters, an ARN 1,011 at most. */
const LONGEST_LIST = 3500;

async function neverTagged(
  calls: AwsCalls,
  settings: AwsSettings,
  where: Where,
  targets: readonly TagTarget[],
  signal: AbortSignal,
): Promise<Map<string, ReadTags>> {
  const found = new Map<string, ReadTags>();
  for (const { address } of targets) found.set(address, NOBODY_KNOWS);
  try {
    for (const list of listsOf(targets.map(({ address }) => address))) {
      const expression = `SELECT arn, resourceType, tags WHERE arn IN (${list.join(', ')})`;
      const query = { expression, shape: Row, what: 'resources by their ARNs' };
      for (const row of await selectAll(calls, settings, where, query, signal))
        found.set(row.arn, confirmedNone(row));
    }
  } catch (thrown) {
    if (!(thrown instanceof CloudError) || thrown.code === 'CLOUD_STOPPED') throw thrown;
    const reason = `the Tagging API does not know it, and AWS Config could not be asked: ${thrown.message}`;
    for (const { address } of targets) found.set(address, unknown(reason));
  }
  return found;
}

function listsOf(arns: readonly string[]): string[][] {
  const lists: string[][] = [];
  let length = Infinity;
  for (const arn of arns) {
    const text = quoted(arn);
    if (length + text.length > LONGEST_LIST) {
      lists.push([]);
      length = 0;
    }
    lists.at(-1)?.push(text);
    length += text.length + 2;
  }
  return lists;
}

function confirmedNone(row: Row): ReadTags {
  const tags = normaliseTags(row);
  if (tags.state === 'unknown') return tags;
  if (Object.keys(tags.values).length > 0)
    return unknown(
      'the Tagging API does not know it, and what AWS Config told of its tags may be old',
    );
  return isBlind(row.resourceType)
    ? unknown(
        `neither the Tagging API nor AWS Config can be relied on for tags of ${row.resourceType}`,
      )
    : tags;
}

const NOBODY_KNOWS = unknown('neither the Tagging API nor AWS Config knows this resource');

function unknown(reason: string): { state: 'unknown'; reason: string } {
  return { state: 'unknown', reason };
}
