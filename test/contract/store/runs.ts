import { beforeEach, describe, expect, it } from 'vitest';

import type { Store } from '../../../src/store/index.ts';
import {
  bucket,
  cloud,
  haltOnce,
  request,
  scriptedJudge,
  startProcess,
} from '../../unit/sweep/world.ts';
import type { StorePlace } from '../store.ts';

/** Runs of several processes on one store: who goes on with what, and that nothing is done twice. */
export function runContract(place: () => StorePlace): void {
  let store: Store;
  beforeEach(async () => {
    store = await place().open();
  });

  const open = async () =>
    (await store.findings.list({ state: 'open' }, 100)).findings.map(({ address }) => address);

  describe('a run', () => {
    it('keeps others from its inventories, and lets them in at its end', async () => {
      const aws = cloud({ one: { pages: [[bucket('a')]] } });
      const halt = haltOnce();
      aws.before = halt.wait;
      const first = startProcess(store, scriptedJudge(), [aws]);
      const second = startProcess(await place().open(), scriptedJudge(), [aws]);
      const id = await first.sweeps.start(request([aws]));
      await expect(second.sweeps.start(request([aws]))).rejects.toMatchObject({
        code: 'SWEEP_BUSY',
        message: expect.stringMatching(
          new RegExp(`^aws is being swept already, by process-\\d+: sweep ${id}\\.$`),
        ) as unknown,
        help: expect.stringContaining(`portcullis sweep cancel ${id}`) as unknown,
      });
      await halt.reached;
      halt.letGo();
      expect(await first.sweeps.finished(id)).toMatchObject({ state: 'completed' });
      expect(await second.sweep()).toMatchObject({ state: 'completed' });
    });

    it('is resumed from its checkpoint by another process, and counts nothing twice', async () => {
      const names = Array.from({ length: 10 }, (_, n) => `bucket-${n}`);
      const aws = cloud({ one: { pages: names.map((name) => [bucket(name)]) } });
      let pages = 0;
      const first = startProcess(store, scriptedJudge(), [aws], { group: 1 });
      const judge = scriptedJudge();
      aws.before = () => {
        if (++pages > 4) void first.sweeps.close();
      };
      const interrupted = await first.sweep();
      expect(interrupted).toMatchObject({
        state: 'interrupted',
        reason: 'Its process was stopped.',
      });
      aws.before = () => undefined;
      const second = startProcess(await place().open(), judge, [aws], { group: 1 });
      expect(await second.sweeps.recover()).toEqual([interrupted.id]);
      expect(await second.sweeps.finished(interrupted.id)).toMatchObject({
        state: 'completed',
        coverage: { resources: { read: 10, judged: 10 } },
        verdicts: { violations: 10 },
        findings: { opened: 10 },
      });
      expect(judge.asked.flat()).not.toContain('arn:aws:s3:::bucket-0');
    });

    it('holds two groups in their normal form at the most, however many parts are read at a time', async () => {
      const parts = Array.from({ length: 8 }, (_, n) => {
        const pages = [[bucket(`a-${n}`)], [bucket(`b-${n}`)], [bucket(`c-${n}`)]];
        return [`part-${n}`, { account: `account-${n}`, pages }] as const;
      });
      const aws = cloud(Object.fromEntries(parts));
      const held = { now: 0, most: 0 };
      const judge = scriptedJudge();
      judge.before = async () => {
        held.most = Math.max(held.most, ++held.now);
        await new Promise((resolve) => setImmediate(resolve));
      };
      const commit: Store['sweeps']['commit'] = async (...group) => {
        await store.sweeps.commit(...group);
        held.now--;
      };
      const counting = { ...store, sweeps: { ...store.sweeps, commit } };
      const sweeper = startProcess(counting, judge, [aws], { group: 1 });
      expect(await sweeper.sweep({ concurrency: 8 })).toMatchObject({
        state: 'completed',
        coverage: { resources: { read: 24 } },
      });
      expect(held).toEqual({ now: 0, most: 2 });
    });

    it('that lost its lease writes nothing any more', async () => {
      const aws = cloud({ one: { pages: [[bucket('late')]] } });
      const sleeping = scriptedJudge();
      const halt = haltOnce();
      sleeping.before = halt.wait;
      const first = startProcess(store, sleeping, [aws], { leaseMs: 500 });
      const id = await first.sweeps.start(request([aws]));
      await halt.reached;
      await place().pass(700);
      aws.parts = { one: { pages: [[bucket('new')]] } };
      const second = startProcess(await place().open(), scriptedJudge(), [aws]);
      expect(await second.sweeps.recover()).toEqual([id]);
      expect(await second.sweeps.finished(id)).toMatchObject({ state: 'completed' });
      halt.letGo();
      await first.sweeps.finished(id);
      expect(await open()).toEqual(['arn:aws:s3:::new']);
      expect(await second.sweeps.status(id)).toMatchObject({ state: 'completed' });
      expect(JSON.stringify(first.warnings)).toContain('held by');
    });

    it('is cancelled by whoever asks, here or elsewhere', async () => {
      const pages = Array.from({ length: 50 }, (_, n) => [bucket(`bucket-${n}`)]);
      const aws = cloud({ one: { pages } });
      const first = startProcess(store, scriptedJudge(), [aws], { group: 1 });
      const second = startProcess(await place().open(), scriptedJudge(), [aws]);
      const id = await first.sweeps.start(request([aws]));
      expect(await second.sweeps.cancel(id, 'grace')).toBe(true);
      expect(second.events).toContainEqual({
        type: 'sweep.cancelling',
        subject: id,
        actor: 'grace',
        body: { by: expect.any(String) as string },
      });
      const ended = await first.sweeps.finished(id);
      expect(ended).toMatchObject({ state: 'cancelled' });
      expect(ended!.coverage.resources.read).toBeLessThan(50);
      expect(await second.sweeps.cancel(id, 'grace')).toBe(false);
      expect(await second.sweep()).toMatchObject({ state: 'completed' });
    });

    it('that nobody went on with cannot be resumed after a newer one', async () => {
      const aws = cloud({ one: { pages: [[bucket('a')], [bucket('b')]] } });
      const judge = scriptedJudge();
      const process = startProcess(store, judge, [aws], { group: 1 });
      judge.before = () => {
        if (judge.asked.length === 1) void process.sweeps.close();
      };
      const old = await process.sweep();
      expect(old.state).toBe('interrupted');
      judge.before = () => undefined;
      await process.sweep();
      expect(await process.sweeps.status(old.id)).toMatchObject({ state: 'cancelled' });
      await expect(process.sweeps.resume(old.id, 'ada')).rejects.toMatchObject({
        code: 'SWEEP_STATE',
      });
      expect(await open()).toHaveLength(2);
    });
  });
}
