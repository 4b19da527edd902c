import { beforeEach, describe, expect, it } from 'vitest';

import type { Gap } from '../../../src/clouds/inventory.ts';
import { CloudError } from '../../../src/clouds/errors.ts';
import type { Store } from '../../../src/store/index.ts';
import { policy, rule } from '../../rules.ts';
import { bucket, cloud, ownerNamed, scriptedJudge, startProcess } from '../../unit/sweep/world.ts';
import type { StorePlace } from '../store.ts';

/** Sweeps as a whole on a store: what they find, what they close, and what a crash leaves. */
export function sweepContract(place: () => StorePlace): void {
  let store: Store;
  beforeEach(async () => {
    store = await place().open();
  });

  const open = async () =>
    (await store.findings.list({ state: 'open' }, 100)).findings.map(({ address }) => address);

  describe('a sweep', () => {
    it('opens findings, keeps them while they last, resolves and reopens them', async () => {
      const aws = cloud({ one: { pages: [[bucket('a'), bucket('b', { owner: 'ada' })]] } });
      const process = startProcess(store, scriptedJudge(), [aws]);

      const first = await process.sweep();
      expect(first).toMatchObject({
        state: 'completed',
        reason: '1 of 1 account.',
        findings: { opened: 1, resolved: 0, reopened: 0 },
        coverage: { resources: { read: 2, judged: 2, unjudged: 0 }, percent: 100, gaps: [] },
      });
      const [finding] = (await store.findings.list({}, 10)).findings;
      expect(finding).toMatchObject({
        state: 'open',
        rule: 'tagging.owner',
        address: 'arn:aws:s3:::a',
        path: 'tags.owner',
        message: 'arn:aws:s3:::a has no owner.',
        fix: 'Add the tag.',
        account: '1',
        reopened: 0,
      });

      expect((await process.sweep()).findings).toEqual({ opened: 0, resolved: 0, reopened: 0 });

      aws.parts = { one: { pages: [[bucket('a', { owner: 'bob' }), bucket('b')]] } };
      const second = await process.sweep();
      expect(second.findings).toEqual({ opened: 1, resolved: 1, reopened: 0 });
      expect(await store.findings.find(finding!.id)).toMatchObject({
        state: 'resolved',
        resolved: 'fixed',
      });

      aws.parts = { one: { pages: [[bucket('a'), bucket('b', { owner: 'ada' })]] } };
      const third = await process.sweep();
      expect(third.findings).toEqual({ opened: 0, resolved: 1, reopened: 1 });
      expect(await store.findings.find(finding!.id)).toMatchObject({
        state: 'open',
        reopened: 1,
        resolved: undefined,
        firstSeen: finding!.firstSeen,
      });
      const { changes } = await store.findings.changes(third.id, 10);
      expect(changes.map(({ change, address }) => `${change} ${address}`).sort()).toEqual([
        'reopened arn:aws:s3:::a',
        'resolved arn:aws:s3:::b',
      ]);
    });

    it('says in the ledger what it did, before it shows as done', async () => {
      const process = startProcess(store, scriptedJudge(), [
        cloud({ one: { pages: [[bucket('a')]] } }),
      ]);
      const { id } = await process.sweep();
      expect(process.events.map(({ type, subject }) => [type, subject])).toEqual([
        ['sweep.started', id],
        ['findings.changed', id],
        ['sweep.finished', id],
      ]);
      expect(process.events[2]!.body).toMatchObject({
        state: 'completed',
        findings: { opened: 1 },
        coverage: { percent: 100 },
      });
    });

    it('is not at its end while the ledger does not take the record', async () => {
      const refusing = startProcess(
        store,
        scriptedJudge(),
        [cloud({ one: { pages: [[bucket('a')]] } })],
        {},
        {
          record: ({ type }) =>
            type === 'sweep.finished' ? Promise.reject(new Error('full')) : Promise.resolve(),
        },
      );
      expect(await refusing.sweep()).toMatchObject({ state: 'interrupted', reason: 'full' });
    });

    it('closes what is gone only where the part was read whole', async () => {
      const aws = cloud({
        whole: { pages: [[bucket('a'), bucket('b')]] },
        half: { account: '2', pages: [[bucket('c')], [bucket('d')]] },
      });
      const process = startProcess(store, scriptedJudge(), [aws], { group: 1 });
      await process.sweep();
      expect(await open()).toHaveLength(4);

      aws.parts = {
        whole: { pages: [[bucket('a')]] },
        half: { account: '2', pages: [[bucket('c')], new CloudError('CLOUD_DENIED', 'no')] },
      };
      const second = await process.sweep({ coverage: 50 });
      expect(second).toMatchObject({
        state: 'incomplete',
        reason: '1 of 2 accounts, 1 read in part (AccessDenied).',
        coverage: { accounts: { asked: 2, read: 1, partial: 1, unknown: 0 }, percent: 50 },
        findings: { opened: 0, resolved: 1, reopened: 0 },
      });
      expect((await open()).sort()).toEqual(['a', 'c', 'd'].map((name) => `arn:aws:s3:::${name}`));
      expect(await store.fleet.find('arn:aws:s3:::b')).toBeUndefined();
      expect(await store.fleet.find('arn:aws:s3:::d')).toMatchObject({ kind: 'bucket' });
    });

    it('knows a part that is not planned any more as empty only where its account could be read', async () => {
      const aws = cloud({
        'one/eu': { account: '1', pages: [[bucket('a')]] },
        'one/us': { account: '1', pages: [[bucket('b')]] },
        'two/eu': {
          account: '2',
          pages: [[bucket('c', {}, { raw: { scope: { account: '2' } } })]],
        },
      });
      const process = startProcess(store, scriptedJudge(), [aws]);
      await process.sweep();
      aws.parts = { 'one/eu': { account: '1', pages: [[bucket('a')]] } };
      aws.accounts = ['1', '2'];
      aws.gaps = [{ scope: { account: '2' }, code: 'CLOUD_DENIED', message: 'no' }];
      const second = await process.sweep();
      expect(second).toMatchObject({
        state: 'failed',
        reason: '1 of 2 accounts, 1 unknown (AccessDenied): 50 percent was read, 100 are required.',
      });
      expect((await open()).sort()).toEqual(['arn:aws:s3:::a', 'arn:aws:s3:::c']);
    });

    it('closes nothing that it did not ask for', async () => {
      const aws = cloud({ one: { pages: [[bucket('a')]] }, two: { pages: [[bucket('b')]] } });
      const process = startProcess(store, scriptedJudge(), [aws]);
      await process.sweep();
      aws.parts = { one: { pages: [[]] } };
      await process.sweep({ accounts: ['9'] });
      await process.sweep({ kinds: ['database.*'] });
      expect(await open()).toEqual(expect.arrayContaining(['arn:aws:s3:::b']) as unknown);
    });

    it('that was asked for nobody who is there has failed, whatever share of nobody is enough', async () => {
      const aws = cloud({});
      const process = startProcess(store, scriptedJudge(), [aws]);
      expect(await process.sweep({ accounts: ['typo'], coverage: 0 })).toMatchObject({
        state: 'failed',
        reason: 'No account of those that were asked for is there: nothing was read.',
      });
    });

    it('over some kinds leaves the others as they are, also those that an inventory gives unasked', async () => {
      const queue = bucket('q', {}, { raw: { told: { kind: 'queue', facts: {} } } });
      const aws = cloud({ one: { pages: [[bucket('a'), queue]] } });
      const process = startProcess(store, scriptedJudge(), [aws]);
      const told = await process.sweep({ kinds: ['queue'] });
      expect(told.coverage.resources).toEqual({ read: 1, judged: 1, unjudged: 0 });
      expect(await open()).toEqual(['arn:aws:s3:::q']);
      await process.sweep({ kinds: ['bucket'] });
      aws.parts = { one: { pages: [[bucket('a', { owner: 'ada' }), queue]] } };
      await process.sweep({ kinds: ['queue'] });
      expect((await open()).sort()).toEqual(['arn:aws:s3:::a', 'arn:aws:s3:::q']);
    });

    it('tells what it could not read in the order in which people read', async () => {
      const gap = (message: string): Gap => ({ scope: {}, code: 'CLOUD_PROTOCOL', message });
      const lines = ['line 10', 'line 2', 'line 9', 'line 1'];
      const aws = cloud({ one: { pages: [{ resources: [], gaps: lines.map(gap) }] } });
      const { coverage } = await startProcess(store, scriptedJudge(), [aws]).sweep();
      expect(coverage.gaps.map(({ message }) => message)).toEqual([
        'line 1',
        'line 2',
        'line 9',
        'line 10',
      ]);
    });

    it('leaves a finding open when nobody can tell any more, and says since when', async () => {
      const aws = cloud({ one: { pages: [[bucket('a')]] } });
      const process = startProcess(store, scriptedJudge(), [aws]);
      await process.sweep();
      aws.parts = { one: { pages: [[bucket('a', 'unread')]] } };
      const second = await process.sweep();
      expect(second).toMatchObject({ verdicts: { violations: 0, unknown: 1, failed: 0 } });
      const [finding] = (await store.findings.list({ state: 'open' }, 1)).findings;
      expect(finding).toMatchObject({ address: 'arn:aws:s3:::a' });
      expect(finding!.unsureSince).toBeDefined();
      expect(await store.fleet.find('arn:aws:s3:::a')).toMatchObject({
        tags: { state: 'unknown', reason: 'AccessDenied' },
      });
    });

    it('resolves the findings of a rule that is in force no more, read or not', async () => {
      const judge = scriptedJudge();
      const aws = cloud({ one: { pages: [[bucket('a')]] } });
      const process = startProcess(store, judge, [aws]);
      await process.sweep();
      judge.says = [[rule({ id: 'other.rule' }), () => ({ verdict: 'compliant' })]];
      aws.parts = { one: { pages: [new CloudError('CLOUD_UNAVAILABLE', 'down')] } };
      await process.sweep();
      expect(await open()).toEqual([]);
      expect((await store.findings.list({}, 1)).findings[0]).toMatchObject({
        resolved: 'rule-gone',
      });
    });

    it('does not guess for a rule that needs more than was read together', async () => {
      const wide = rule({ policy: policy({ related: ['network.*'] }) });
      const judge = scriptedJudge([wide, ownerNamed]);
      const parts = { one: { pages: [[bucket('a')], [bucket('b')]] } };
      const process = startProcess(store, judge, [cloud(parts)], { group: 1 });
      const paged = await process.sweep();
      expect(paged.findings.opened).toBe(0);
      expect(paged.verdicts.unknown).toBe(2);
      expect(paged.notes.join()).toContain('tagging.owner needs to see more resources');
      const together = startProcess(store, judge, [cloud(parts)], { group: 10 });
      expect((await together.sweep()).findings.opened).toBe(2);
    });
  });
}
