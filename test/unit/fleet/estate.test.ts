import { describe, expect, it } from 'vitest';

import { estateOf } from '../../../src/fleet/estate.ts';
import { lastWholeRun } from '../../../src/fleet/gaps.ts';
import { RepairSpec } from '../../../src/bindings/repair.ts';
import type { RepairScope } from '../../../src/repair/ports.ts';
import type { Finding } from '../../../src/sweep/finding.ts';
import type { FleetResource } from '../../../src/sweep/fleet.ts';
import type { RunGap, RunRequest, RunState } from '../../../src/sweep/run.ts';
import type { StoredPartition, StoredRun } from '../../../src/sweep/store.ts';
import { rule } from '../../rules.ts';
import { finding, live } from './builders.ts';

const MENDING = rule({
  repair: { ...RepairSpec.parse({ values: [{ constant: 'ada' }] }), keys: ['owner'] },
});
const TALKING = rule({ id: 'tagging.team' });
interface World {
  readonly findings: readonly Finding[];
  readonly resources: readonly FleetResource[];
  readonly runs?: readonly StoredRun[];
}

/** What the last sweeps left: a page holds two, so that everything is read page by page. */
async function estate(
  { findings, resources, runs = [stored({})] }: World,
  scope: RepairScope = {},
) {
  const page = <T>(all: readonly T[], after: string | undefined) => {
    const from = Number(after ?? 0);
    const next = from + 2 < all.length ? { next: String(from + 2) } : {};
    return { items: all.slice(from, from + 2), next };
  };
  const never = () => Promise.reject(new Error('not asked for here'));
  return await estateOf(
    {
      findings: {
        list: ({ state, rule: id }, _, after) => {
          const fitting = findings.filter(
            (one) => one.state === state && (id === undefined || one.rule === id),
          );
          const { items, next } = page(fitting, after);
          return Promise.resolve({ findings: items, ...next });
        },
        find: never,
        totals: never,
        changes: never,
      },
      live: {
        findAll: (addresses) =>
          Promise.resolve(resources.filter(({ address }) => addresses.includes(address))),
        list: (_, __, after) => {
          const { items, next } = page(resources, after);
          return Promise.resolve({ resources: items, ...next });
        },
        find: never,
        inside: never,
        count: never,
      },
      runs: (inventory) =>
        lastWholeRun(
          {
            runs: ({ states }) =>
              Promise.resolve(runs.filter(({ state }) => states?.includes(state) ?? true)),
            run: (id) => Promise.resolve(runs.find((run) => run.id === id)),
          },
          inventory,
        ),
      rules: () => [MENDING, TALKING],
    },
    scope,
    AbortSignal.timeout(60_000),
  );
}

interface GivenRun {
  readonly id?: string;
  readonly state?: RunState;
  readonly request?: Partial<RunRequest>;
  readonly gaps?: readonly Partial<RunGap>[];
  readonly partitions?: readonly StoredPartition[];
}

/** A run that read all of `aws`, unless told. */
function stored({ id = 'run-1', state = 'completed', ...given }: GivenRun): StoredRun {
  const time = '2026-11-25T08:00:00.000Z';
  const gaps = (given.gaps ?? []).map((gap): RunGap => ({
    inventory: 'aws',
    partition: 'p',
    account: '111111111111',
    scope: {},
    code: 'CLOUD_DENIED',
    message: 'not allowed',
    ...gap,
  }));
  return {
    id,
    number: 1,
    request: {
      name: 'nightly',
      inventories: ['aws'],
      coverage: 100,
      concurrency: 4,
      trigger: { by: 'person' },
      ...given.request,
    },
    state,
    reason: 'as it went',
    ...{ startedAt: time, updatedAt: time, finishedAt: time, now: time },
    ...{ cancelling: false, attempts: 1, notes: [], judgedBy: undefined },
    findings: { opened: 0, resolved: 0, reopened: 0 },
    planned: { aws: ['111111111111'] },
    partitions: given.partitions ?? [],
    gaps,
  };
}

const WAITING: StoredPartition = {
  inventory: 'aws',
  key: 'p',
  account: '111111111111',
  scope: {},
  type: undefined,
  together: undefined,
  expected: undefined,
  state: 'waiting',
  cursor: undefined,
  pages: 0,
  counts: { resources: 0, judged: 0, violations: 0, unknown: 0, failed: 0 },
};

const OTHER = live({
  address: 'arn:aws:s3:::data',
  account: '222222222222',
  region: 'us-east-1',
  kind: 'aws.sqs.queue',
  scope: { account: '222222222222', region: 'us-east-1' },
});
const { address, account, region, kind } = OTHER;
const TWO: World = {
  findings: [finding(), finding({ address, account, region, kind })],
  resources: [live(), OTHER],
};

describe('the ground of repairs', () => {
  it.each<[string, RepairScope, readonly string[]]>([
    ['everything', {}, ['logs', 'data']],
    ['accounts by glob', { accounts: ['1*'] }, ['logs']],
    ['regions by glob', { regions: ['us-*', 'ap-*'] }, ['data']],
    ['kinds by glob', { kinds: ['aws.s3.*'] }, ['logs']],
    ['addresses by glob', { addresses: ['*:::da*'] }, ['data']],
    ['all at once', { accounts: ['1*'], regions: ['us-*'] }, []],
    ['a rule that mends', { rules: ['tagging.owner'] }, ['logs', 'data']],
    ['a rule that only talks', { rules: ['tagging.team'] }, []],
  ])('is as wide as the scope says: %s', async (_, scope, names) => {
    const { subjects, verdicts } = await estate(TWO, scope);
    expect(subjects.map(({ resource }) => resource.address.replace(/.*:::/, ''))).toEqual(names);
    expect(verdicts).toHaveLength(names.length);
  });

  it('holds what else is wrong with a resource, path by path, and nothing of the others', async () => {
    const { verdicts, subjects } = await estate({
      findings: [
        finding(),
        finding({ path: 'tags.owner2', message: 'and this' }),
        finding({ rule: 'tagging.team', path: 'tags.team' }),
        finding({ rule: 'tagging.team', address: 'arn:aws:s3:::else' }),
        finding({ state: 'resolved', path: 'tags.old' }),
      ],
      resources: [live(), live({ address: 'arn:aws:s3:::else' })],
    });
    expect(subjects).toHaveLength(1);
    const shown = verdicts.map((one) => [
      one.rule,
      one.verdict === 'violation' ? one.violations.map((violation) => violation.path) : [],
    ]);
    expect(shown).toEqual([
      ['tagging.owner', ['tags.owner', 'tags.owner2']],
      ['tagging.team', ['tags.team']],
    ]);
  });

  it('knows what a resource stands in, with its tags', async () => {
    const group = '/subscriptions/s/resourcegroups/g';
    const tags = { state: 'known', values: { owner: 'ada' }, unknown: [] } as const;
    const { subjects } = await estate({
      findings: [finding()],
      resources: [live({ parents: [group, '/gone'] }), live({ address: group, tags })],
    });
    expect(subjects[0]?.parents).toEqual([
      {
        role: 'resource-group',
        address: group,
        tags: { state: 'known', values: { owner: 'ada' } },
      },
    ]);
  });

  describe('of what a plan declared', () => {
    const gate = {
      decision: 'd1',
      time: '2026-11-25T08:00:00.000Z',
      verdict: 'allow',
      address: 'aws_s3_bucket.logs',
    } as const;

    it('says where in the code it stands, and that code made it', async () => {
      const { subjects } = await estate({ findings: [finding({ gate })], resources: [live()] });
      expect(subjects[0]).toMatchObject({
        code: 'aws_s3_bucket.logs',
        managedBy: { tool: 'terraform' },
      });
    });

    it('keeps the tool that the cloud itself names', async () => {
      const managedBy = { tool: 'cloudformation', name: 'stack' } as const;
      const { subjects } = await estate({
        findings: [finding({ gate })],
        resources: [live({ managedBy })],
      });
      expect(subjects[0]?.managedBy).toEqual(managedBy);
    });

    it('takes what was admitted to a cluster for no code', async () => {
      const { subjects } = await estate({
        findings: [finding({ gate, provider: 'kubernetes' })],
        resources: [live()],
      });
      expect(subjects[0]).not.toHaveProperty('code');
      expect(subjects[0]?.managedBy).toBeUndefined();
    });
  });

  it('counts what each rule looks at, in the scope, of what can carry tags', async () => {
    const world = {
      findings: [],
      resources: [live(), OTHER, live({ address: 'untaggable', taggable: false })],
    };
    expect((await estate(world)).coverage.judged).toEqual({ 'tagging.owner': 2 });
    expect((await estate(world, { regions: ['us-*'] })).coverage.judged).toEqual({
      'tagging.owner': 1,
    });
    expect((await estate(world, { kinds: ['none'] })).coverage.judged).toEqual({});
  });
});

describe('whether all of it was read', () => {
  it.each<[string, readonly StoredRun[], readonly string[]]>([
    ['by the last whole sweep', [stored({})], []],
    ['by none', [], ['aws was never swept to the end']],
    ['but for a gap', [stored({ gaps: [{}] })], ['aws: 111111111111: not allowed']],
    [
      'but for a type',
      [stored({ gaps: [{ type: 'AWS::S3::Bucket' }] })],
      ['aws: 111111111111: AWS::S3::Bucket: not allowed'],
    ],
    ['and the gap is of another inventory', [stored({ gaps: [{ inventory: 'azure' }] })], []],
    [
      'by a narrow sweep alone',
      [stored({ request: { regions: ['eu-*'] } })],
      ['aws was never swept to the end'],
    ],
    [
      'by a whole sweep before a narrow one',
      [stored({ id: 'new', request: { kinds: ['x'] }, gaps: [{}] }), stored({ id: 'old' })],
      [],
    ],
    [
      'by a sweep of something else',
      [stored({ request: { inventories: ['azure'] } })],
      ['aws was never swept to the end'],
    ],
    [
      'by a sweep that is under way, or was cancelled',
      [stored({ state: 'running' }), stored({ state: 'cancelled' })],
      ['aws was never swept to the end'],
    ],
    [
      'by a sweep that was given up before its end',
      [stored({ state: 'failed', partitions: [WAITING] })],
      ['aws: the last sweep did not come to its end: as it went'],
    ],
    [
      'by a sweep that failed before it knew what there is',
      [{ ...stored({ state: 'failed' }), planned: {} }],
      ['aws: the last sweep did not come to its end: as it went'],
    ],
  ])('%s', async (_, runs, gaps) => {
    const { coverage } = await estate({ ...TWO, runs });
    expect(coverage).toMatchObject({ complete: gaps.length === 0, gaps });
  });

  it('asks for the accounts of the scope alone, and for those that no gap names', async () => {
    const runs = [
      stored({ gaps: [{ account: '333333333333' }, { account: '' }, { account: '111111111111' }] }),
    ];
    const { coverage } = await estate({ ...TWO, runs }, { accounts: ['1*'] });
    expect(coverage.gaps).toEqual(['aws: not allowed', 'aws: 111111111111: not allowed']);
  });
});
