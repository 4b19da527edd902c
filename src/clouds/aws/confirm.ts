import { messageOf } from '../../kit/errors.ts';
import type { ReadTags } from '../../sources/source.ts';
import { CloudError } from '../errors.ts';
import type { AwsCalls } from './calls.ts';
import { arnParts, taggingRegion } from './regions.ts';
import { identityTags, tagsNow } from './tagreads.ts';
import type { Tags } from './tagreads.ts';

/**
 * Types of which AWS Config was seen to tell no tags although they had some. That they have none is believed only when the
 * service or the Tagging API says so too.
 */
const BLIND = new Set([
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGateway::Stage',
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Stage',
  'AWS::CloudWatch::Alarm',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::IAM::User',
]);

/** True for a type of which AWS Config's "no tags" proves nothing. */
export function isBlind(type: string): boolean {
  return BLIND.has(type);
}

export interface Doubtful {
  readonly arn: string | null | undefined;
  readonly type: string;
  readonly account: string;
  readonly region: string;
  readonly tags: ReadTags;
}

/**
 * Tags of a page of items, where AWS Config's word is not enough: what another read does not confirm is unknown, never
 * empty. In the order of the items.
 */
export async function confirmedTags(
  calls: AwsCalls,
  items: readonly Doubtful[],
  signal: AbortSignal,
): Promise<ReadTags[]> {
  const doubtful = items.filter(isDoubtful);
  const identities = await readIdentities(calls, doubtful, signal);
  const now = await readNow(
    calls,
    doubtful.filter(({ arn }) => !identities.has(arn ?? '')),
    signal,
  );
  return items.map((item) =>
    isDoubtful(item)
      ? (identities.get(item.arn ?? '') ?? confirmed(item, now.get(item.arn ?? '')))
      : item.tags,
  );
}

function isDoubtful({ type, tags }: Doubtful): boolean {
  return tags.state === 'unknown' || (isBlind(type) && Object.keys(tags.values).length === 0);
}

function confirmed({ type, tags }: Doubtful, now: Tags | string | undefined): ReadTags {
  if (typeof now === 'object') return { state: 'known', values: now };
  const told =
    tags.state === 'unknown' ? tags.reason : `AWS Config does not always tell the tags of ${type}`;
  return { state: 'unknown', reason: `${told}, and ${now ?? NOT_THERE}` };
}

const NOT_THERE = 'the Tagging API does not know the resource';

async function readIdentities(
  calls: AwsCalls,
  items: readonly Doubtful[],
  signal: AbortSignal,
): Promise<Map<string, ReadTags>> {
  const found = new Map<string, ReadTags>();
  for (const { arn, account } of items) {
    if (arn === null || arn === undefined) continue;
    const read = await softly(async () => await identityTags(calls, account, arn, signal));
    if (typeof read === 'string')
      found.set(arn, { state: 'unknown', reason: `IAM does not tell the tags: ${read}` });
    else if (read?.state === 'known') found.set(arn, read);
  }
  return found;
}

/** Tags by ARN, or why they could not be read. */
async function readNow(
  calls: AwsCalls,
  items: readonly Doubtful[],
  signal: AbortSignal,
): Promise<Map<string, Tags | string>> {
  const found = new Map<string, Tags | string>();
  const places = new Map<string, { account: string; region: string; arns: string[] }>();
  for (const { arn, account, region } of items) {
    const parts = arnParts(arn ?? '');
    const asked = parts === undefined ? undefined : taggingRegion(parts, region);
    if (arn === null || arn === undefined || asked === undefined) continue;
    const key = `${account} ${asked}`;
    const place = places.get(key) ?? { account, region: asked, arns: [] };
    place.arns.push(arn);
    places.set(key, place);
  }
  for (const { account, region, arns } of places.values()) {
    const read = await softly(async () => await tagsNow(calls, { account, region }, arns, signal));
    for (const arn of arns) {
      const tags = typeof read === 'string' ? read : read.get(arn);
      if (tags !== undefined) found.set(arn, tags);
    }
  }
  return found;
}

/** A tag that cannot be confirmed is unknown; that is no reason to give up the page. */
async function softly<T>(work: () => Promise<T>): Promise<T | string> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof CloudError) || thrown.code === 'CLOUD_STOPPED') throw thrown;
    return messageOf(thrown);
  }
}
