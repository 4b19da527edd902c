import { z } from 'zod';

import { limited } from './call.ts';
import { AwsRefusal } from './refusal.ts';
import type { FakeCall, FakeWorld, Operation } from './call.ts';
import type { ConfigItem } from './estate.ts';
import { page } from './pages.ts';
import { parseQuery, runQuery } from './select.ts';

const MOST = 100;
const PAGE = 25;
const AGGREGATE_PAGE = 500;

const SelectInput = z.object({
  Expression: z.string(),
  Limit: z.number().int().optional(),
  MaxResults: z.number().int().optional(),
  NextToken: z.string().optional(),
  ConfigurationAggregatorName: z.string().optional(),
});

/** One item of the estate with where it is. */
interface Placed {
  readonly account: string;
  readonly region: string;
  readonly item: ConfigItem;
}

export const CONFIG_OPERATIONS: Readonly<Record<string, Operation>> = {
  SelectResourceConfig: (call, world) =>
    select(call, world, recorded(world, call.account, call.region), PAGE),
  SelectAggregateResourceConfig: (call, world) => {
    aggregatorOf(call, world);
    const all = world.state
      .current()
      .accounts.flatMap(({ id, regions }) =>
        regions.flatMap(({ name }) => recorded(world, id, name)),
      );
    return select(call, world, all, AGGREGATE_PAGE);
  },
  BatchGetResourceConfig: batchGet,
  BatchGetAggregateResourceConfig: batchGetAggregate,
  GetResourceConfigHistory: history,
  DescribeConfigurationRecorders: (call, world) => ({
    ConfigurationRecorders:
      recorderOf(call, world) === 'absent'
        ? []
        : [{ name: 'default', recordingGroup: { allSupported: true } }],
  }),
  DescribeConfigurationRecorderStatus: (call, world) => ({
    ConfigurationRecordersStatus:
      recorderOf(call, world) === 'absent'
        ? []
        : [
            {
              name: 'default',
              recording: recorderOf(call, world) === 'on',
              lastStatus: 'SUCCESS',
            },
          ],
  }),
  DescribeConfigurationAggregatorSourcesStatus: (call, world) => {
    const input = z
      .object({ NextToken: z.string().optional(), Limit: z.number().optional() })
      .parse(call.input);
    const { sources } = aggregatorOf(call, world);
    const { items, next } = page(
      sources,
      pagingOf(input.NextToken, input.Limit ?? MOST),
      call,
      world,
    );
    return {
      AggregatedSourceStatusList: items.map(({ account, region, status, error }) => ({
        SourceId: account,
        SourceType: 'ACCOUNT',
        AwsRegion: region,
        LastUpdateStatus: status,
        ...(error === undefined ? {} : { LastErrorCode: error, LastErrorMessage: error }),
      })),
      ...(next === undefined ? {} : { NextToken: next }),
    };
  },
};

function select(
  call: FakeCall,
  world: FakeWorld,
  placed: readonly Placed[],
  otherwise: number,
): unknown {
  const input = SelectInput.parse(call.input);
  const asked = input.Limit ?? input.MaxResults ?? 0;
  if (asked < 0 || asked > MOST)
    throw new AwsRefusal('InvalidLimitException', `The limit must be between 0 and ${MOST}`);
  const query = parseQuery(input.Expression);
  const rows = runQuery(query, placed.map(rowOf(world)));
  const size = asked === 0 ? otherwise : asked;
  const { items, next } = page(rows, pagingOf(input.NextToken, size), call, world);
  return {
    Results: items,
    QueryInfo: { SelectFields: query.select.map((Name) => ({ Name })) },
    ...(next === undefined ? {} : { NextToken: next }),
  };
}

/** Types that AWS Config does not record give no rows: no error, no word. */
function recorded(world: FakeWorld, account: string, region: string): Placed[] {
  const found = world.state.account(account)?.regions.find(({ name }) => name === region);
  if (found === undefined || found.recorder === 'absent') return [];
  return found.items
    .filter(({ resourceType }) => found.unrecorded?.includes(resourceType) !== true)
    .map((item) => ({ account, region, item }));
}

function rowOf(world: FakeWorld): (placed: Placed) => Record<string, unknown> {
  return ({ account, region, item }) => {
    const tags = Object.entries(item.recordedTags ?? item.tags ?? {});
    return {
      version: '1.3',
      accountId: account,
      awsRegion: regionOf(item, region),
      arn: item.arn,
      resourceId: item.resourceId,
      resourceName: item.resourceName,
      resourceType: item.resourceType,
      resourceCreationTime: item.resourceCreationTime,
      configurationItemCaptureTime: capturedAt(item, world),
      configurationItemStatus: item.configurationItemStatus ?? 'OK',
      tags: tags.map(([key, value]) => ({ key, value, tag: `${key}=${value}` })),
      relationships: item.relationships ?? [],
      configuration: item.configuration ?? {},
      supplementaryConfiguration: item.supplementaryConfiguration ?? {},
    };
  };
}

/** No tags, no deleted items: https://docs.aws.amazon.com/config/latest/APIReference/API_BatchGetResourceConfig.html */
function batchGet(call: FakeCall, world: FakeWorld): unknown {
  const { resourceKeys } = z
    .object({
      resourceKeys: z.array(z.object({ resourceType: z.string(), resourceId: z.string() })),
    })
    .parse(call.input);
  limited(resourceKeys, 'resourceKeys', [1, MOST], 'ValidationException');
  const placed = recorded(world, call.account, call.region);
  const short = world.faults.hit('short-page', call) !== undefined;
  const served = short ? resourceKeys.slice(0, Math.ceil(resourceKeys.length / 2)) : resourceKeys;
  return {
    baseConfigurationItems: served.flatMap((key) =>
      placed.filter(({ item }) => isItem(item, key)).map(baseOf(world)),
    ),
    unprocessedResourceKeys: resourceKeys.slice(served.length),
  };
}

function batchGetAggregate(call: FakeCall, world: FakeWorld): unknown {
  aggregatorOf(call, world);
  const { ResourceIdentifiers } = z
    .object({
      ResourceIdentifiers: z.array(
        z.object({
          SourceAccountId: z.string(),
          SourceRegion: z.string(),
          ResourceId: z.string(),
          ResourceType: z.string(),
        }),
      ),
    })
    .parse(call.input);
  limited(ResourceIdentifiers, 'ResourceIdentifiers', [1, MOST], 'ValidationException');
  return {
    BaseConfigurationItems: ResourceIdentifiers.flatMap((key) =>
      regionsOf(world, key.SourceAccountId, key.SourceRegion)
        .flatMap((region) => recorded(world, key.SourceAccountId, region))
        .filter(({ item }) =>
          isItem(item, { resourceId: key.ResourceId, resourceType: key.ResourceType }),
        )
        .map(baseOf(world)),
    ),
    UnprocessedResourceIdentifiers: [],
  };
}

function history(call: FakeCall, world: FakeWorld): unknown {
  const key = z
    .object({ resourceType: z.string(), resourceId: z.string(), limit: z.number().optional() })
    .parse(call.input);
  const placed = recorded(world, call.account, call.region).find(({ item }) => isItem(item, key));
  if (placed === undefined)
    throw new AwsRefusal(
      'ResourceNotDiscoveredException',
      `Resource ${key.resourceId} of resourceType:${key.resourceType} is unknown or has not been discovered`,
    );
  const { item } = placed;
  return {
    configurationItems: [
      {
        ...baseOf(world)(placed),
        tags: item.recordedTags ?? item.tags ?? {},
        // Items have named no events since version 1.3.
        relatedEvents: [],
        relationships: item.relationships ?? [],
      },
    ],
  };
}

function baseOf(world: FakeWorld): (placed: Placed) => Record<string, unknown> {
  return ({ account, region, item }) => ({
    version: '1.3',
    accountId: account,
    arn: item.arn,
    resourceType: item.resourceType,
    resourceId: item.resourceId,
    resourceName: item.resourceName,
    awsRegion: regionOf(item, region),
    configurationItemCaptureTime: seconds(capturedAt(item, world)),
    configurationItemStatus: item.configurationItemStatus ?? 'OK',
    ...(item.resourceCreationTime === undefined
      ? {}
      : { resourceCreationTime: seconds(item.resourceCreationTime) }),
    configuration: JSON.stringify(item.configuration ?? {}),
    supplementaryConfiguration: Object.fromEntries(
      Object.entries(item.supplementaryConfiguration ?? {}).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    ),
  });
}

/** Identities say that they are in `global`, and any region may have recorded them. */
function regionsOf(world: FakeWorld, account: string, region: string): readonly string[] {
  if (region !== 'global') return [region];
  return world.state.account(account)?.regions.map(({ name }) => name) ?? [];
}

function isItem(item: ConfigItem, key: { resourceType: string; resourceId: string }): boolean {
  return item.resourceType === key.resourceType && item.resourceId === key.resourceId;
}

/** Identities belong to no region, whichever recorder takes them down. */
function regionOf({ resourceType }: ConfigItem, region: string): string {
  return resourceType.startsWith('AWS::IAM::') ? 'global' : region;
}

function capturedAt(item: ConfigItem, { clock }: FakeWorld): string {
  return item.configurationItemCaptureTime ?? clock().toISOString();
}

function seconds(time: string): number {
  return new Date(time).getTime() / 1000;
}

function recorderOf(call: FakeCall, world: FakeWorld): 'on' | 'stopped' | 'absent' {
  const region = world.state
    .account(call.account)
    ?.regions.find(({ name }) => name === call.region);
  return region === undefined ? 'absent' : (region.recorder ?? 'on');
}

function aggregatorOf(call: FakeCall, world: FakeWorld) {
  const name = call.input['ConfigurationAggregatorName'];
  const found = world.estate.aggregators?.find(
    (one) => one.name === name && one.account === call.account && one.region === call.region,
  );
  if (found !== undefined) return found;
  throw new AwsRefusal(
    'NoSuchConfigurationAggregatorException',
    `The configuration aggregator does not exist: ${String(name)}`,
  );
}

function pagingOf(token: string | undefined, size: number) {
  return {
    size,
    token,
    invalid: 'InvalidNextTokenException',
    expired: 'InvalidNextTokenException',
  };
}
