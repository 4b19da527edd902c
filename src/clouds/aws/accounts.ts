import { DescribeConfigurationAggregatorSourcesStatusCommand } from '@aws-sdk/client-config-service';
import { ListAccountsCommand } from '@aws-sdk/client-organizations';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';

import { matchesAny } from '../../kit/glob.ts';
import { messageOf } from '../../kit/errors.ts';
import { CloudError } from '../errors.ts';
import type { Gap, Wanted } from '../inventory.ts';
import { atMost } from './atmost.ts';
import { OWN } from './calls.ts';
import type { AwsCalls, Where } from './calls.ts';
import { everyPage } from './pages.ts';
import { globalRegion } from './regions.ts';
import type { AwsSettings } from './schema.ts';
import { AccountRow } from './schema.ts';
import { selectAll } from './select.ts';

export interface Accounts {
  /** Everything that was asked for. */
  readonly asked: readonly string[];
  readonly readable: readonly string[];
  readonly gaps: readonly Gap[];
}

/** The accounts of a sweep, and those of them whose doors stay shut. @throws CloudError when they cannot be named at all. */
export async function findAccounts(
  calls: AwsCalls,
  settings: AwsSettings,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<Accounts> {
  const named = await nameAccounts(calls, settings, signal);
  const asked = [...new Set(named.ids)]
    .filter((id) => wanted.accounts === undefined || matchesAny(wanted.accounts, id))
    .sort();
  const gaps = named.gaps.filter(({ scope }) => asked.includes(scope['account'] ?? ''));
  const shut = new Set(gaps.map(({ scope }) => scope['account']));
  const open = asked.filter((id) => !shut.has(id));
  const refused =
    settings.aggregator === undefined ? await doors(calls, settings, open, signal) : [];
  const locked = new Set(refused.map(({ scope }) => scope['account']));
  return {
    asked,
    readable: open.filter((id) => !locked.has(id)),
    gaps: [...gaps, ...refused],
  };
}

interface Named {
  readonly ids: readonly string[];
  readonly gaps: readonly Gap[];
}

async function nameAccounts(
  calls: AwsCalls,
  settings: AwsSettings,
  signal: AbortSignal,
): Promise<Named> {
  if (settings.accounts !== undefined && settings.accounts.length > 0)
    return { ids: settings.accounts, gaps: [] };
  if (settings.organization === true) return await ofOrganization(calls, settings, signal);
  if (settings.aggregator !== undefined) return await ofAggregator(calls, settings, signal);
  return { ids: [await ownAccount(calls, settings, signal)], gaps: [] };
}

/** A suspended account still costs money and still holds data; it just cannot be looked into. */
async function ofOrganization(
  calls: AwsCalls,
  settings: AwsSettings,
  signal: AbortSignal,
): Promise<Named> {
  const where = { account: OWN, region: globalRegion(settings.regions[0]) };
  const accounts = await everyPage('the accounts of the organization', async (token) => {
    const { Accounts = [], NextToken } = await calls.call(
      'organizations',
      'ListAccounts',
      where,
      async (client, sending) =>
        await client.send(
          new ListAccountsCommand(token === undefined ? {} : { NextToken: token }),
          sending,
        ),
      { signal },
    );
    return { items: Accounts, next: NextToken };
  });
  const known = accounts.flatMap(({ Id, Status }) =>
    Id === undefined ? [] : [{ id: Id, status: Status ?? 'ACTIVE' }],
  );
  return {
    ids: known.map(({ id }) => id),
    gaps: known
      .filter(({ status }) => status !== 'ACTIVE')
      .map(({ id, status }) => ({
        scope: { account: id },
        code: 'CLOUD_DENIED',
        message: `the account ${id} is ${status.toLowerCase().replaceAll('_', ' ')}: nothing in it can be read`,
      })),
  };
}

/** Those that have something, and those that should have told and did not. */
async function ofAggregator(
  calls: AwsCalls,
  settings: AwsSettings,
  signal: AbortSignal,
): Promise<Named> {
  const rows = await selectAll(
    calls,
    settings,
    whereOfAggregator(settings),
    {
      expression: 'SELECT accountId, COUNT(*) GROUP BY accountId',
      shape: AccountRow,
      what: 'the accounts of the aggregator',
    },
    signal,
  );
  const failed = await failedSources(calls, settings, signal);
  const sources = failed.flatMap(({ scope }) => scope['account'] ?? []);
  return { ids: [...rows.map(({ accountId }) => accountId), ...sources], gaps: [] };
}

export async function ownAccount(
  calls: AwsCalls,
  settings: AwsSettings,
  signal: AbortSignal,
): Promise<string> {
  const where = { account: OWN, region: settings.regions[0] ?? globalRegion(undefined) };
  const { Account } = await calls.call(
    'sts',
    'GetCallerIdentity',
    where,
    async (client, sending) => await client.send(new GetCallerIdentityCommand({}), sending),
    { signal },
  );
  if (Account !== undefined) return Account;
  throw new CloudError('CLOUD_PROTOCOL', 'STS does not say whose account the credentials are of');
}

const DOORS_AT_ONCE = 10;

/** Tries every account's role: a refusal is a gap, and says whose. */
async function doors(
  calls: AwsCalls,
  settings: AwsSettings,
  accounts: readonly string[],
  signal: AbortSignal,
): Promise<Gap[]> {
  if (settings.role === undefined) return await othersThan(calls, settings, accounts, signal);
  const gaps = await atMost(DOORS_AT_ONCE, accounts, async (account): Promise<Gap[]> => {
    try {
      await calls.enter(account, signal);
      return [];
    } catch (thrown) {
      return [gapOf(thrown, { account }, `the role in account ${account} cannot be assumed`)];
    }
  });
  return gaps.flat();
}

/** Without a role the credentials open their own account and no other one. */
async function othersThan(
  calls: AwsCalls,
  settings: AwsSettings,
  accounts: readonly string[],
  signal: AbortSignal,
): Promise<Gap[]> {
  if (accounts.length === 0) return [];
  const own = await ownAccount(calls, settings, signal);
  return accounts
    .filter((account) => account !== own)
    .map((account) => ({
      scope: { account },
      code: 'CLOUD_SETTINGS',
      message: `the credentials belong to account ${own}: to read ${account}, set \`role\` to one that they may assume there`,
    }));
}

/** Sources that an aggregator has no fresh answer from. What it still tells of them is old. */
export async function failedSources(
  calls: AwsCalls,
  settings: AwsSettings,
  signal: AbortSignal,
): Promise<Gap[]> {
  const { aggregator } = settings;
  if (aggregator === undefined) return [];
  const sources = await everyPage('the sources of the aggregator', async (token) => {
    const { AggregatedSourceStatusList = [], NextToken } = await calls.call(
      'config',
      'DescribeConfigurationAggregatorSourcesStatus',
      whereOfAggregator(settings),
      async (client, sending) =>
        await client.send(
          new DescribeConfigurationAggregatorSourcesStatusCommand({
            ConfigurationAggregatorName: aggregator.name,
            ...(token === undefined ? {} : { NextToken: token }),
          }),
          sending,
        ),
      { signal },
    );
    return { items: AggregatedSourceStatusList, next: NextToken };
  });
  return sources
    .filter(({ LastUpdateStatus }) => LastUpdateStatus !== 'SUCCEEDED')
    .map(({ SourceId = '', SourceType, AwsRegion, LastUpdateStatus, LastErrorCode }) => ({
      scope: {
        ...(SourceType === 'ACCOUNT' ? { account: SourceId } : { organization: SourceId }),
        ...(AwsRegion === undefined ? {} : { region: AwsRegion }),
      },
      code: 'CLOUD_UNAVAILABLE',
      message: `the aggregator ${aggregator.name} has no fresh answer from ${SourceId}${AwsRegion === undefined ? '' : ` in ${AwsRegion}`}: ${LastUpdateStatus ?? 'no status'}${LastErrorCode === undefined ? '' : ` (${LastErrorCode})`}`,
    }));
}

function whereOfAggregator({ aggregator, regions }: AwsSettings): Where {
  return { account: aggregator?.account ?? OWN, region: aggregator?.region ?? regions[0] ?? '' };
}

/** What could not be read, in words; a wish to stop is none of it. @throws CloudError CLOUD_STOPPED */
export function gapOf(thrown: unknown, scope: Gap['scope'], what: string, type?: string): Gap {
  if (!(thrown instanceof CloudError) || thrown.code === 'CLOUD_STOPPED') throw thrown;
  return {
    scope,
    ...(type === undefined ? {} : { type }),
    code: thrown.code,
    message: `${what}: ${messageOf(thrown)}`,
  };
}
