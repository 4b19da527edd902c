import { afterEach, describe, expect, it } from 'vitest';

import { bucket, HOME, oneRegion, OTHER, REGION } from './estates.ts';
import { closeAll, EVERYTHING, machines, readPart, ROLE, scene, signal } from './scenes.ts';

afterEach(closeAll);

describe('a plan', () => {
  it('has a gap for a region in which nothing is recorded, with what to do', async () => {
    const { inventory } = await scene(
      {
        accounts: [
          {
            id: HOME,
            regions: [
              { name: REGION, items: [bucket('a')] },
              { name: 'us-east-1', recorder: 'absent', items: [bucket('unseen')] },
              { name: 'eu-west-1', recorder: 'stopped', items: [bucket('old')] },
            ],
          },
        ],
      },
      { regions: [REGION, 'us-east-1', 'eu-west-1'] },
    );
    const { partitions, gaps } = await inventory.plan(EVERYTHING, signal);
    expect(partitions.map(({ key }) => key)).toEqual([
      `${HOME}/${REGION}/AWS::S3::Bucket`,
      `${HOME}/eu-west-1/AWS::S3::Bucket`,
    ]);
    expect(gaps.map(({ scope, code }) => [scope['region'], code]).sort()).toEqual([
      ['eu-west-1', 'CLOUD_SETTINGS'],
      // What has no region may have been recorded where nothing can be read.
      ['global', 'CLOUD_SETTINGS'],
      ['us-east-1', 'CLOUD_SETTINGS'],
    ]);
    expect(gaps.map(({ message }) => message).join()).toContain('set up AWS Config');
  });

  it('notices what only the Tagging API knows, of the types that are wanted', async () => {
    const database = (name: string) => ({
      arn: `arn:aws:rds:${REGION}:${HOME}:db:${name}`,
      resourceId: name,
      resourceType: 'AWS::RDS::DBInstance',
      tags: { owner: 'x' },
    });
    const odd = {
      arn: `arn:aws:oddity:${REGION}:${HOME}:odd-thing/1`,
      resourceId: '1',
      resourceType: 'AWS::Oddity::OddThing',
      tags: {},
    };
    const { inventory } = await scene({
      accounts: [
        {
          id: HOME,
          regions: [
            {
              name: REGION,
              unrecorded: ['AWS::RDS::DBInstance', 'AWS::Oddity::OddThing'],
              items: [
                ...machines(3).map((item) => ({ ...item, tags: { owner: 'x' } })),
                bucket('a', { tags: {} }),
                database('one'),
                database('two'),
                odd,
              ],
            },
          ],
        },
      ],
    });
    const { gaps } = await inventory.plan(EVERYTHING, signal);
    expect(gaps.map(({ type }) => type)).toEqual(['AWS::RDS::DBInstance', 'oddity:odd-thing']);
    expect(gaps[0]?.message).toContain('knows 2 resources of type AWS::RDS::DBInstance');
    const oddities = { kind: (kind: string) => kind === 'oddity:odd-thing' };
    expect((await inventory.plan(oddities, signal)).gaps).toHaveLength(1);
    expect((await inventory.plan({ kind: () => false }, signal)).gaps).toEqual([]);
  });

  it('says so when it cannot find out what is not recorded', async () => {
    const { inventory } = await scene(oneRegion(bucket('a')), {}, [
      { kind: 'denied', operation: 'GetResources' },
    ]);
    const { partitions, gaps } = await inventory.plan(EVERYTHING, signal);
    expect(partitions).toHaveLength(1);
    expect(gaps).toMatchObject([
      { code: 'CLOUD_DENIED', scope: { account: HOME, region: REGION } },
    ]);
  });

  it('takes the accounts of the organization, the suspended ones as gaps', async () => {
    const ids = Array.from({ length: 25 }, (_, n) => String(100_000_000_000 + n));
    const { inventory } = await scene(
      {
        accounts: ids.map((id, n) => ({
          id,
          status: n === 3 ? ('SUSPENDED' as const) : ('ACTIVE' as const),
          regions: [{ name: REGION, items: [] }],
        })),
      },
      { organization: true, role: ROLE },
    );
    const { accounts, gaps } = await inventory.plan(EVERYTHING, signal);
    expect(accounts).toEqual(ids);
    expect(gaps).toMatchObject([{ scope: { account: ids[3] }, code: 'CLOUD_DENIED' }]);
  });

  it('does not take the credentials of one account for those of another', async () => {
    const { inventory, fake } = await scene(oneRegion(bucket('a')), { accounts: [HOME, OTHER] });
    const { partitions, gaps } = await inventory.plan(EVERYTHING, signal);
    expect(partitions.map(({ scope }) => scope['account'])).toEqual([HOME]);
    expect(gaps).toMatchObject([{ scope: { account: OTHER }, code: 'CLOUD_SETTINGS' }]);
    expect(fake.calls.filter(({ account }) => account === OTHER)).toEqual([]);
  });

  it('of an aggregator has a gap for every source without a fresh answer', async () => {
    const { inventory } = await scene(
      {
        ...oneRegion(bucket('a')),
        aggregators: [
          {
            name: 'all',
            account: HOME,
            region: REGION,
            sources: [
              { account: HOME, region: REGION, status: 'SUCCEEDED' },
              { account: OTHER, region: REGION, status: 'FAILED', error: 'AccessDenied' },
              { account: '333333333333', region: REGION, status: 'OUTDATED' },
              { account: OTHER, region: 'ap-south-1', status: 'FAILED' },
            ],
          },
        ],
      },
      { aggregator: { name: 'all', account: HOME, region: REGION } },
    );
    const { accounts, gaps } = await inventory.plan(EVERYTHING, signal);
    expect(accounts).toEqual([HOME, OTHER, '333333333333']);
    expect(gaps.map(({ scope }) => scope['account'])).toEqual([OTHER, '333333333333']);
    expect(gaps[0]?.message).toContain('FAILED (AccessDenied)');
  });
});

describe('50 accounts, of which one refuses and another ends its session in the middle', () => {
  it('are 49 that are read and one that is a gap', async () => {
    const ids = Array.from({ length: 50 }, (_, n) => String(100_000_000_000 + n));
    const { inventory, outside, fake } = await scene(
      {
        accounts: ids.map((id, n) => ({
          id,
          refuses: n === 17,
          regions: [{ name: REGION, items: [bucket(`bucket-${n}`, { tags: { n: String(n) } })] }],
        })),
      },
      { accounts: ids, role: ROLE },
    );
    const { accounts, gaps, partitions } = await inventory.plan(EVERYTHING, signal);
    expect(accounts).toHaveLength(50);
    expect(gaps).toMatchObject([{ scope: { account: ids[17] }, code: 'CLOUD_DENIED' }]);
    expect(gaps[0]?.message).toContain('not authorized to perform: sts:AssumeRole');
    fake.addFault({ kind: 'expired-credentials', account: ids[20]!, times: 1 });
    let read = 0;
    for (const partition of partitions) {
      // A sweep that outlives its sessions several times.
      outside.advance(10 * 60_000);
      read += (await readPart(inventory, partition)).length;
    }
    expect(read).toBe(49);
  });
});
