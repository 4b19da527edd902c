import { beforeEach, describe, expect, it } from 'vitest';

import type { Store } from '../../../src/store/index.ts';
import { bucket, cloud, scriptedJudge, startProcess } from '../../unit/sweep/world.ts';
import type { StorePlace } from '../store.ts';

/** What a sweep keeps of resources besides their findings. */
export function estateContract(place: () => StorePlace): void {
  let store: Store;
  beforeEach(async () => {
    store = await place().open();
  });

  describe('what is kept of a resource', () => {
    it('has what the gate said of it', async () => {
      await store.gateIndex.note([
        {
          identities: ['bucket|1|eu-central-1|a'],
          decision: '01J',
          time: '2026-11-01T00:00:00.000Z',
          verdict: 'allow',
          address: 'aws_s3_bucket.a',
        },
      ]);
      const process = startProcess(store, scriptedJudge(), [
        cloud({ one: { pages: [[bucket('a'), bucket('b')]] } }),
      ]);
      await process.sweep();
      const gates = (await store.findings.list({}, 9)).findings.map(({ address, gate }) => [
        address,
        gate?.decision,
      ]);
      expect(Object.fromEntries(gates)).toEqual({
        'arn:aws:s3:::a': '01J',
        'arn:aws:s3:::b': undefined,
      });
    });

    it('has why nobody knows who made it, until somebody does', async () => {
      const aws = cloud({ one: { pages: [[bucket('a')]] } });
      const reason = 'AccessDenied';
      aws.whoMade = () => Promise.resolve({ state: 'unknown', why: 'unread', reason });
      const { sweep } = startProcess(store, scriptedJudge(), [aws]);
      const kept = async () => {
        const { findings } = await store.findings.list({}, 10);
        const { resources } = await store.fleet.list({}, 10);
        return [...findings, ...resources];
      };
      await sweep();
      for (const { createdBy, creatorUnknown } of await kept())
        expect([createdBy, creatorUnknown]).toEqual([undefined, { why: 'unread', reason }]);
      const creator = { name: 'ada', role: 'Admin', event: 'CreateBucket' };
      aws.whoMade = () => Promise.resolve({ state: 'known', creator });
      await sweep();
      for (const { createdBy, creatorUnknown } of await kept())
        expect([createdBy, creatorUnknown]).toEqual([creator, undefined]);
    });

    it('has what it stands in, and who made it', async () => {
      const made = bucket(
        'a',
        { owner: 'ada' },
        {
          parents: ['vpc-1', 'account-1'],
          createdBy: { name: 'ada', event: 'CreateBucket' },
          managedBy: { tool: 'terraform', name: 'prod' },
        },
      );
      const process = startProcess(store, scriptedJudge(), [
        cloud({ one: { pages: [[made, bucket('b', {}, { parents: ['account-1'] })]] } }),
      ]);
      await process.sweep();
      expect((await store.fleet.inside('account-1', 10)).resources).toMatchObject([
        {
          address: 'arn:aws:s3:::a',
          parents: ['vpc-1', 'account-1'],
          createdBy: { name: 'ada', event: 'CreateBucket' },
          managedBy: { tool: 'terraform', name: 'prod' },
          tags: { state: 'known', values: { owner: 'ada' }, unknown: [] },
        },
        { address: 'arn:aws:s3:::b' },
      ]);
      const page = await store.fleet.inside('account-1', 1);
      expect(page.next).toBe('arn:aws:s3:::a');
      expect(await store.fleet.count({ account: '1' })).toBe(2);
    });
  });
}
