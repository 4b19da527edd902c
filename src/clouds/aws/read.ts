import type { Gap, LiveResource, Page, Partition } from '../inventory.ts';
import { CloudError } from '../errors.ts';
import type { AwsCalls, Where } from './calls.ts';
import { isStaleToken } from './classify.ts';
import { configurationsOf } from './configurations.ts';
import type { Configurations } from './configurations.ts';
import { confirmedTags } from './confirm.ts';
import { nextCursor, readCursor, restart, writeCursor } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import { liveResource } from './live.ts';
import { RECORDED_IN } from './plan.ts';
import { ConfigRow } from './schema.ts';
import type { AwsSettings } from './schema.ts';
import { FIELDS, quoted, select } from './select.ts';
import type { Rows } from './select.ts';
import { normaliseTags } from './tags.ts';

/** One page of a part. @throws CloudError */
export async function readAws(
  calls: AwsCalls,
  settings: AwsSettings,
  partition: Partition,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<Page> {
  const place = placeOf(partition);
  const { page, at } = await list(calls, settings, partition, readCursor(cursor), signal);
  const rows = page.rows.map((row) => rowOf(row, partition)).filter(isThere);
  const told = await configurationsOf(calls, settings, place.where, rows, signal);
  const whole = rows.flatMap((row) => merged(row, told) ?? []);
  const resources = await resourcesOf(calls, whole, place.scope, signal);
  const next = nextCursor(at, page.next, partition.key);
  return {
    resources,
    ...(next === undefined ? {} : { next: writeCursor(next) }),
    ...(told.unprocessed.size === 0 ? {} : { gaps: [unprocessedGap(partition, told)] }),
  };
}

interface Place {
  /** Whom to ask. */
  readonly where: Where;
  /** Where it is. */
  readonly scope: { readonly account: string; readonly region: string };
}

function placeOf({ key, scope, type }: Partition): Place {
  const { account, region, [RECORDED_IN]: recordedIn = region } = scope;
  if (
    account !== undefined &&
    region !== undefined &&
    recordedIn !== undefined &&
    type !== undefined
  )
    return { where: { account, region: recordedIn }, scope: { account, region } };
  throw new CloudError('CLOUD_PROTOCOL', `${key} is no part of an inventory of AWS`);
}

/** A token that is not taken any more begins the part again: pages may come twice, and none is left out. */
async function list(
  calls: AwsCalls,
  settings: AwsSettings,
  partition: Partition,
  at: Cursor,
  signal: AbortSignal,
): Promise<{ page: Rows; at: Cursor }> {
  const { where, scope } = placeOf(partition);
  const within =
    settings.aggregator === undefined
      ? ''
      : ` AND accountId = ${quoted(scope.account)} AND awsRegion = ${quoted(scope.region)}`;
  const expression = `SELECT ${FIELDS} WHERE resourceType = ${quoted(partition.type ?? '')}${within}`;
  const ask = async ({ token }: Cursor): Promise<Rows> =>
    await select(calls, settings, where, { expression, token }, signal);
  try {
    return { page: await ask(at), at };
  } catch (thrown) {
    if (at.token === undefined || !isStaleToken(thrown)) throw thrown;
    const again = restart(at, partition.key, thrown);
    return { page: await ask(again), at: again };
  }
}

function rowOf(row: unknown, { key }: Partition): ConfigRow {
  const parsed = ConfigRow.safeParse(row);
  if (parsed.success) return parsed.data;
  throw new CloudError('CLOUD_PROTOCOL', `AWS Config answered ${key} in another shape`);
}

/** Deleted items stay in the answers for a while. */
function isThere({ configurationItemStatus }: ConfigRow): boolean {
  return !/deleted/i.test(configurationItemStatus ?? '');
}

/** The query's tags and relations, the batch's configuration; undefined for what is gone since it was listed. */
function merged(row: ConfigRow, { items, unprocessed }: Configurations): ConfigRow | undefined {
  const item = items.get(row.resourceId);
  if (item === undefined) return unprocessed.has(row.resourceId) ? row : undefined;
  if (!isThere(item)) return undefined;
  const { configuration, supplementaryConfiguration } = item;
  return { ...row, configuration, supplementaryConfiguration };
}

async function resourcesOf(
  calls: AwsCalls,
  rows: readonly ConfigRow[],
  scope: Place['scope'],
  signal: AbortSignal,
): Promise<LiveResource[]> {
  const tags = await confirmedTags(
    calls,
    rows.map((row) => ({
      arn: row.arn,
      type: row.resourceType,
      account: row.accountId ?? scope.account,
      region: row.awsRegion ?? scope.region,
      tags: normaliseTags(row),
    })),
    signal,
  );
  return rows.map((row, index) =>
    liveResource(row, tags[index] ?? { state: 'unknown', reason: 'not read' }, scope),
  );
}

function unprocessedGap({ scope, type }: Partition, { unprocessed }: Configurations): Gap {
  return {
    scope,
    ...(type === undefined ? {} : { type }),
    code: 'CLOUD_UNAVAILABLE',
    message: `AWS Config did not tell the configuration of ${unprocessed.size} resources of type ${type ?? ''}`,
  };
}
