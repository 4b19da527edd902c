import { beforeEach, describe, expect, it } from 'vitest';

import type { RepairJournal, RepairRun } from '../../../src/repair/journal.ts';
import type { Store } from '../../../src/store/index.ts';
import type { Lease } from '../../../src/sweep/lease.ts';
import type { StorePlace } from '../store.ts';
import { at, held, plan, run, step } from './repair-builders.ts';

/** The contract of the journal of repairs: src/repair/journal.ts. */
export function repairJournalContract(place: () => StorePlace): void {
  describe('the journal of repairs', () => {
    let store: Store;
    let journal: RepairJournal;
    let lease: Lease;
    beforeEach(async () => {
      store = await place().open();
      journal = store.repairs;
      lease = await held(store, 'repair/run-1', 'one');
    });

    const begin = async (given: Partial<RepairRun> = {}, changes?: readonly string[]) => {
      const stored = await journal.propose(plan(changes));
      const begun = run({ plan: stored.plan.id, ...given });
      expect(await journal.begin(begun, ['proposed', 'approved'], lease)).toBe(true);
      return begun;
    };

    it('keeps a plan as it is', async () => {
      const made = plan();
      expect(await journal.propose(made)).toEqual({ ...made, state: 'proposed' });
      expect(await journal.plan(made.plan.id)).toEqual({ ...made, state: 'proposed' });
      expect(await journal.plan('plan-x')).toBeUndefined();
      const other = { ...plan(['b']), createdAt: at(5) };
      await journal.propose(other);
      expect((await journal.plans(10)).map(({ id }) => id)).toEqual([other.plan.id, made.plan.id]);
      expect(await journal.plans(1)).toEqual([
        {
          id: other.plan.id,
          state: 'proposed',
          purpose: 'repair',
          totals: { changes: 1, suggestions: 0, refusals: { 'no-value': 1 } },
          breaches: 0,
          requestedBy: 'ada',
          createdAt: at(5),
          rulesDigest: 'sha256:a',
          scope: '{}',
        },
      ]);
    });

    it('refreshes the same plan, and keeps who asked and who agreed', async () => {
      const made = plan();
      await journal.propose(made);
      expect(await journal.approve(made.plan.id, 'grace', at(1))).toBe(true);
      const again = await journal.propose({
        ...made,
        requestedBy: 'grace',
        createdAt: at(9),
        rulesDigest: 'sha256:b',
      });
      expect(again).toMatchObject({
        state: 'approved',
        requestedBy: 'ada',
        approvedBy: 'grace',
        createdAt: at(9),
        rulesDigest: 'sha256:b',
      });
    });

    it('approves once', async () => {
      const { id } = (await journal.propose(plan())).plan;
      const both = await Promise.all([
        journal.approve(id, 'grace', at(1)),
        journal.approve(id, 'linus', at(1)),
      ]);
      expect(both.sort()).toEqual([false, true]);
      expect(await journal.approve('plan-x', 'grace', at(1))).toBe(false);
    });

    it('begins once, ends with the run, and then the plan can be proposed anew without its approval', async () => {
      const made = plan();
      await journal.propose(made);
      await journal.approve(made.plan.id, 'grace', at(1));
      const first = run({ plan: made.plan.id });
      const second = run({ plan: made.plan.id, id: 'run-2' });
      const begun = await Promise.all(
        [first, second].map((one) => journal.begin(one, ['proposed', 'approved'], lease)),
      );
      expect([...begun].sort()).toEqual([false, true]);
      expect((await journal.propose(made)).state).toBe('applying');
      const [mine] = await journal.runs(10);
      await journal.finish({ ...mine!, state: 'done', finishedAt: at(9) }, lease);
      expect(await journal.run(mine!.id)).toEqual({ ...mine, state: 'done', finishedAt: at(9) });
      expect((await journal.plan(made.plan.id))?.state).toBe('applied');
      const anew = await journal.propose({ ...made, requestedBy: 'linus' });
      expect(anew).toMatchObject({ state: 'proposed', requestedBy: 'linus' });
      expect(anew).not.toHaveProperty('approvedBy');
    });

    it('a run that stopped leaves its plan stopped, a dry run leaves it alone', async () => {
      const stopped = await begin();
      await journal.finish({ ...stopped, state: 'stopped', reason: 'errors' }, lease);
      expect((await journal.plan(stopped.plan))?.state).toBe('stopped');
      const dry = run({ id: 'run-dry', plan: stopped.plan, dryRun: true });
      expect(await journal.begin(dry, [], lease)).toBe(true);
      await journal.finish({ ...dry, state: 'done' }, lease);
      expect((await journal.plan(stopped.plan))?.state).toBe('stopped');
      expect(await journal.run('run-x')).toBeUndefined();
    });

    it('opens steps, and tells what became of them', async () => {
      const { id } = await begin();
      const steps = ['a', 'b', 'c'].map((name, position) => step(id, name, position));
      expect(await journal.intend(steps, lease)).toEqual({ open: steps, skipped: [] });
      expect(await journal.steps(id)).toEqual(steps);
      await journal.settle(
        id,
        [
          { position: 0, state: 'written', reason: '' },
          { position: 1, state: 'failed', reason: 'AccessDenied' },
        ],
        at(2),
        lease,
      );
      await journal.settle(id, [{ position: 0, state: 'verified', reason: '' }], at(3), lease);
      expect(
        (await journal.steps(id)).map(({ state, reason, finishedAt }) => [
          state,
          reason,
          finishedAt,
        ]),
      ).toEqual([
        ['verified', '', at(3)],
        ['failed', 'AccessDenied', at(2)],
        ['intended', '', undefined],
      ]);
      expect(await journal.tally(id)).toMatchObject({
        verified: 1,
        failed: 1,
        intended: 1,
        written: 0,
      });
    });

    it('a step that is closed stays as it is', async () => {
      const { id } = await begin();
      await journal.intend([step(id, 'a', 0)], lease);
      await journal.settle(id, [{ position: 0, state: 'failed', reason: 'first' }], at(2), lease);
      await journal.settle(id, [{ position: 0, state: 'verified', reason: 'late' }], at(3), lease);
      await journal.intendAgain(id, [0], at(4), lease);
      expect(await journal.steps(id)).toMatchObject([
        { state: 'failed', reason: 'first', attempt: 1 },
      ]);
    });

    it('counts attempts', async () => {
      const { id } = await begin();
      await journal.intend([step(id, 'a', 0)], lease);
      await journal.intendAgain(id, [0], at(4), lease);
      expect(await journal.steps(id)).toMatchObject([
        { state: 'intended', attempt: 2, intendedAt: at(4) },
      ]);
    });

    it('lets one run at a resource at a time, whoever comes first', async () => {
      const first = await begin();
      const second = await begin({ id: 'run-2' }, ['b']);
      const results = await Promise.all(
        [first, second].map(({ id }) => journal.intend([step(id, 'same', 0)], lease)),
      );
      expect(results.map(({ open }) => open.length).sort()).toEqual([0, 1]);
      const [loser] = results.flatMap(({ skipped }) => skipped);
      const winner = results.flatMap(({ open }) => open)[0]!;
      expect(loser).toMatchObject({ state: 'skipped' });
      expect(loser?.reason).toContain(winner.run);
      expect(await journal.steps(loser!.run)).toMatchObject([{ state: 'skipped' }]);
      await journal.settle(
        winner.run,
        [{ position: 0, state: 'verified', reason: '' }],
        at(2),
        lease,
      );
      const third = await begin({ id: 'run-3' }, ['c']);
      expect((await journal.intend([step(third.id, 'same', 0)], lease)).open).toHaveLength(1);
    });

    it('a dry run keeps nobody away', async () => {
      const dry = await begin({ dryRun: true });
      const real = await begin({ id: 'run-2' }, ['b']);
      expect((await journal.intend([step(dry.id, 'same', 0)], lease)).open).toHaveLength(1);
      expect((await journal.intend([step(real.id, 'same', 0)], lease)).open).toHaveLength(1);
    });

    it('refuses whoever lost the lease', async () => {
      const { id } = await begin();
      await journal.intend([step(id, 'a', 0)], lease);
      await store.leases.release(lease);
      await held(store, 'repair/run-1', 'two');
      const late = { code: 'SWEEP_FENCED' };
      await expect(journal.intend([step(id, 'b', 1)], lease)).rejects.toMatchObject(late);
      await expect(journal.intendAgain(id, [0], at(4), lease)).rejects.toMatchObject(late);
      const outcomes = [{ position: 0, state: 'verified', reason: '' }] as const;
      await expect(journal.settle(id, outcomes, at(4), lease)).rejects.toMatchObject(late);
      await expect(journal.finish(run({ id }), lease)).rejects.toMatchObject(late);
      expect(await journal.steps(id)).toMatchObject([{ state: 'intended', attempt: 1 }]);
    });

    it('remembers what was mended, and who took it back', async () => {
      const made = await begin();
      await journal.intend(
        ['a', 'b'].map((name, position) => step(made.id, name, position)),
        lease,
      );
      const verified = [0, 1].map(
        (position) => ({ position, state: 'verified', reason: '' }) as const,
      );
      await journal.settle(made.id, verified, at(2), lease);
      const undo = await begin({ id: 'run-2', purpose: 'undo', undoes: made.id, actor: 'grace' }, [
        'u',
      ]);
      await journal.intend([{ ...step(undo.id, 'a', 0), actor: 'grace' }], lease);
      await journal.settle(undo.id, verified.slice(0, 1), at(3), lease);
      const names = Array.from({ length: 1200 }, (_, n) => `other-${n}`);
      expect(await journal.history(['a', 'b', ...names], at(0))).toEqual([
        { address: 'a', key: 'owner', run: made.id, at: at(1), undoneBy: 'grace' },
        { address: 'b', key: 'owner', run: made.id, at: at(1) },
      ]);
      expect(await journal.history(['a'], at(2))).toEqual([]);
      expect(await journal.history([], at(0))).toEqual([]);
    });

    it('is there when the store is opened again', async () => {
      const made = await begin();
      await journal.intend([step(made.id, 'a', 0)], lease);
      const again = await place().open();
      expect(await again.repairs.steps(made.id)).toEqual([step(made.id, 'a', 0)]);
      expect(await again.repairs.run(made.id)).toEqual(made);
    });
  });
}
