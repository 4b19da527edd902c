import { DescribeConfigurationRecorderStatusCommand } from '@aws-sdk/client-config-service';

import { matchesAny } from '../../kit/glob.ts';
import type { Gap, InventoryPlan, Partition, Wanted } from '../inventory.ts';
import { failedSources, findAccounts, gapOf } from './accounts.ts';
import { atMost } from './atmost.ts';
import type { AwsCalls } from './calls.ts';
import { unrecordedTypes } from './crosscheck.ts';
import { isWanted } from './kinds.ts';
import { isGlobalType } from './regions.ts';
import { CountRow } from './schema.ts';
import type { AwsSettings } from './schema.ts';
import { quoted, selectAll } from './select.ts';

/** Identities live in no region; items of them say this. */
export const NO_REGION = 'global';

/** Of a partition's scope: the region whose Config tells of it, where that is not the one it is in. */
export const RECORDED_IN = 'recordedIn';

/** Each asks all its regions at once; more would wait for sockets until they are late. */
const ACCOUNTS_AT_ONCE = 4;

interface Surveyed {
  readonly region: string;
  /** How many of each type; undefined where nothing could be learnt. */
  readonly types: ReadonlyMap<string, number> | undefined;
  readonly gaps: readonly Gap[];
}

/** What there is to read: a part for each account, region and type. @throws CloudError when no account can be named. */
export async function planAws(
  calls: AwsCalls,
  settings: AwsSettings,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<InventoryPlan> {
  const { asked, readable, gaps } = await findAccounts(calls, settings, wanted, signal);
  const regions = settings.regions.filter(
    (region) => wanted.regions === undefined || matchesAny(wanted.regions, region),
  );
  const failed = await failedSources(calls, settings, signal);
  const surveys = await atMost(
    ACCOUNTS_AT_ONCE,
    readable,
    async (account) => await surveyAccount(calls, settings, account, regions, wanted, signal),
  );
  return {
    accounts: asked,
    partitions: surveys.flatMap(({ partitions }) => partitions),
    gaps: [
      ...gaps,
      ...failed.filter(({ scope }) => concerns(scope, asked, regions)),
      ...surveys.flatMap((survey) => survey.gaps),
    ],
  };
}

function concerns(
  { account, region }: Gap['scope'],
  accounts: readonly string[],
  regions: readonly string[],
): boolean {
  return (
    (account === undefined || accounts.includes(account)) &&
    (region === undefined || regions.includes(region))
  );
}

async function surveyAccount(
  calls: AwsCalls,
  settings: AwsSettings,
  account: string,
  regions: readonly string[],
  wanted: Wanted,
  signal: AbortSignal,
): Promise<{ partitions: readonly Partition[]; gaps: readonly Gap[] }> {
  const asked = settings.aggregator === undefined ? regions : [...regions, NO_REGION];
  const surveys = await Promise.all(
    asked.map(async (region) => await surveyRegion(calls, settings, account, region, signal)),
  );
  const crossed = await crossChecked(calls, settings, account, surveys, wanted, signal);
  const unread = surveys.filter(({ types }) => types === undefined);
  return {
    partitions: partitionsOf(account, surveys, wanted),
    gaps: [
      ...surveys.flatMap(({ gaps }) => gaps),
      ...crossed,
      ...(unread.length === 0 ? [] : [identitiesUnknown(account, unread)]),
    ],
  };
}

/** Identities are recorded in one region or in many: where one could not be read, they may have been recorded there alone. */
function identitiesUnknown(account: string, unread: readonly Surveyed[]): Gap {
  const names = unread.map(({ region }) => region).join(', ');
  const [code] = unread.flatMap(({ gaps }) => gaps.map((gap) => gap.code));
  return {
    scope: { account, region: NO_REGION },
    code: code ?? 'CLOUD_UNAVAILABLE',
    message: `users, roles and policies of ${account} may be recorded in ${names}, which could not be read`,
  };
}

async function surveyRegion(
  calls: AwsCalls,
  settings: AwsSettings,
  account: string,
  region: string,
  signal: AbortSignal,
): Promise<Surveyed> {
  const scope = { account, region };
  try {
    const gap =
      settings.aggregator === undefined ? await recorderGap(calls, scope, signal) : undefined;
    if (gap?.recorder === 'absent') return { region, types: undefined, gaps: [gap.gap] };
    const rows = await selectAll(
      calls,
      settings,
      scope,
      {
        expression: `SELECT resourceType, COUNT(*)${whereOf(settings, scope)} GROUP BY resourceType`,
        shape: CountRow,
        what: `the types in ${account}, ${region}`,
      },
      signal,
    );
    return {
      region,
      types: new Map(rows.map((row) => [row.resourceType, row['COUNT(*)']])),
      gaps: gap === undefined ? [] : [gap.gap],
    };
  } catch (thrown) {
    const gap = gapOf(thrown, scope, `AWS Config of ${account} in ${region} cannot be read`);
    return { region, types: undefined, gaps: [gap] };
  }
}

function whereOf(
  { aggregator }: AwsSettings,
  { account, region }: { account: string; region: string },
) {
  return aggregator === undefined
    ? ''
    : ` WHERE accountId = ${quoted(account)} AND awsRegion = ${quoted(region)}`;
}

/** A region in which nothing is recorded answers as one in which there is nothing. */
async function recorderGap(
  calls: AwsCalls,
  scope: { readonly account: string; readonly region: string },
  signal: AbortSignal,
): Promise<{ recorder: 'absent' | 'stopped'; gap: Gap } | undefined> {
  const { ConfigurationRecordersStatus: recorders = [] } = await calls.call(
    'config',
    'DescribeConfigurationRecorderStatus',
    scope,
    async (client, sending) =>
      await client.send(new DescribeConfigurationRecorderStatusCommand({}), sending),
    { signal },
  );
  if (recorders.some(({ recording }) => recording === true)) return undefined;
  const recorder = recorders.length === 0 ? 'absent' : 'stopped';
  const what = {
    absent: 'has no recorder, so that nothing there is known: set up AWS Config',
    stopped: 'has stopped recording, and what it tells is old: start its recorder',
  };
  return {
    recorder,
    gap: {
      scope,
      code: 'CLOUD_SETTINGS',
      message: `AWS Config of ${scope.account} in ${scope.region} ${what[recorder]}`,
    },
  };
}

async function crossChecked(
  calls: AwsCalls,
  settings: AwsSettings,
  account: string,
  surveys: readonly Surveyed[],
  wanted: Wanted,
  signal: AbortSignal,
): Promise<Gap[]> {
  if (!settings.crossCheck || settings.aggregator !== undefined) return [];
  const everywhere = surveys.flatMap(({ types }) => [...(types?.keys() ?? [])]);
  const identities = everywhere.filter(isGlobalType);
  const gaps = await Promise.all(
    surveys.map(async ({ region, types }) => {
      if (types === undefined) return [];
      const recorded = new Set([...types.keys(), ...identities]);
      const where = { account, region };
      try {
        return await unrecordedTypes(calls, where, recorded, wanted, signal);
      } catch (thrown) {
        const what = `which types AWS Config does not record in ${account}, ${region}, cannot be told`;
        return [gapOf(thrown, where, what)];
      }
    }),
  );
  return gaps.flat();
}

function partitionsOf(
  account: string,
  surveys: readonly Surveyed[],
  wanted: Wanted,
): readonly Partition[] {
  const partitions = new Map<string, Partition>();
  for (const { region, types } of surveys)
    for (const [type, expected] of types ?? []) {
      if (expected === 0 || !isWanted(wanted, type)) continue;
      const one = partitionOf(account, region, type, expected);
      // Where identities are recorded in several regions, the first one tells of them all.
      if (!partitions.has(one.key)) partitions.set(one.key, one);
    }
  return [...partitions.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

function partitionOf(account: string, region: string, type: string, expected: number): Partition {
  const place = isGlobalType(type) ? NO_REGION : region;
  return {
    key: `${account}/${place}/${type}`,
    scope: { account, region: place, ...(place === region ? {} : { [RECORDED_IN]: region }) },
    type,
    expected,
  };
}
