import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';

import { RepairError } from '../../../src/repair/errors.ts';
import type { RepairJournal } from '../../../src/repair/journal.ts';
import { planUndo } from '../../../src/repair/plan/undo.ts';
import { planRepairs } from '../../../src/repair/plan/plan.ts';
import { patchTags } from '../../../src/repair/plan/tags.ts';
import { planInput, requiring, spelling, subject } from './estate.ts';
import { arn, OWNER, world } from './world.ts';
import type { World } from './world.ts';

let one: World;
afterEach(() => one.close());

const planned = async () => (await one.repairs.plan({}, 'ada', one.signal)).plan;
const apply = (plan: string) => one.repairs.apply(plan, { actor: 'ada' }, one.signal);
const run = async () => apply((await planned()).id);

/** A process that dies when the cloud is asked to write: its journal takes nothing any more. @returns the run it leaves behind. */
async function die(): Promise<string> {
  const plan = await planned();
  const doomed = one.beside({
    owner: 'dead',
    tagger: () => ({ ...one.cloud, write: () => Promise.reject(new Death()) }),
    outside: { ...one.outside, sleep: () => Promise.reject(new Death()) },
    journal: deadJournal(),
  });
  await expect(doomed.apply(plan.id, { actor: 'ada' }, one.signal)).rejects.toThrow(Death);
  const [left] = await one.repairs.runs(1);
  return left!.id;
}

function deadJournal(): RepairJournal {
  return { ...one.store.repairs, settle: () => Promise.reject(new Death()) };
}

class Death extends Error {}

describe('after a crash', () => {
  it('a step that was not written is begun again, as another attempt', async () => {
    one = await world({ a: {} });
    const id = await die();
    expect((await one.repairs.status(id)).steps).toMatchObject([{ state: 'intended' }]);
    const { run: resumed, steps } = await one.repairs.resume(id, 'grace', one.signal);
    expect(resumed.state).toBe('done');
    expect(steps).toMatchObject([{ state: 'verified', attempt: 2 }]);
    expect(one.cloud.writes).toHaveLength(1);
    // The dead process may have been about to be heard by the cloud.
    expect(one.outside.slept).toContain(1000);
  });

  it('a step that was written is found so, and not written again', async () => {
    one = await world({ a: {} });
    const id = await die();
    one.cloud.tags.set(arn('a'), { owner: 'platform' });
    const { steps } = await one.repairs.resume(id, 'grace', one.signal);
    expect(steps).toMatchObject([{ state: 'verified', attempt: 1 }]);
    expect(one.cloud.writes).toEqual([]);
  });

  it('a write that was cut in two is completed, and only what is missing is written', async () => {
    one = await world({ a: { Owner: 'ada' } });
    one.rules = [
      OWNER,
      spelling('tagging.spelling', ['owner'], { replace: true, values: [{ spelling: true }] }),
    ];
    const id = await die();
    one.cloud.tags.set(arn('a'), { Owner: 'ada', owner: 'ada' });
    const { steps } = await one.repairs.resume(id, 'grace', one.signal);
    expect(steps).toMatchObject([{ state: 'verified', attempt: 2 }]);
    expect(one.cloud.writes).toMatchObject([{ set: {}, remove: ['Owner'] }]);
    expect(one.cloud.tags.get(arn('a'))).toEqual({ owner: 'ada' });
  });

  it('what a person changed in between is left alone', async () => {
    one = await world({ a: {} });
    const id = await die();
    one.cloud.tags.set(arn('a'), { owner: 'grace' });
    const { steps } = await one.repairs.resume(id, 'grace', one.signal);
    expect(steps).toMatchObject([{ state: 'skipped' }]);
    expect(one.cloud.tags.get(arn('a'))).toEqual({ owner: 'grace' });
  });

  it('with writes switched off it only finds out', async () => {
    one = await world({ a: {}, b: {} });
    const id = await die();
    one.switch = 'off';
    one.cloud.tags.set(arn('b'), { owner: 'platform' });
    const { run: resumed, steps } = await one.repairs.resume(id, 'grace', one.signal);
    expect(steps.map(({ state }) => state)).toEqual(['failed', 'verified']);
    expect(resumed.state).toBe('stopped');
    expect(one.cloud.writes).toEqual([]);
  });

  it('another run keeps its hands off what is still open', async () => {
    one = await world({ a: {} });
    const id = await die();
    one.rules = [{ ...OWNER, id: 'another.rule' }];
    const { steps } = await run();
    expect(steps).toMatchObject([{ state: 'skipped' }]);
    expect(steps[0]?.reason).toContain(`run ${id} is at this resource`);
    expect(one.cloud.writes).toEqual([]);
  });

  it('a run that is alive is not taken over, and one that is over is not resumed', async () => {
    one = await world({ a: {} });
    const plan = await planned();
    let stolen: unknown;
    one.cloud.hook = async (step) => {
      if (step !== 'write') return;
      const [alive] = await one.repairs.runs(1);
      stolen = await one
        .beside()
        .resume(alive!.id, 'eve', one.signal)
        .catch((thrown: unknown) => thrown);
    };
    const { run: done } = await apply(plan.id);
    expect(stolen).toMatchObject({ code: 'REPAIR_HELD' });
    await expect(one.repairs.resume(done.id, 'ada', one.signal)).rejects.toThrow(RepairError);
  });

  it('a process that slept too long does not write on', async () => {
    one = await world({ a: {} });
    const plan = await planned();
    one.cloud.hook = async (step) => {
      if (step !== 'read') return;
      one.cloud.hook = () => undefined;
      one.outside.advance(200_000);
      const [left] = await one.repairs.runs(1);
      await one.beside().resume(left!.id, 'grace', one.signal);
    };
    await expect(apply(plan.id)).rejects.toMatchObject({ code: 'SWEEP_FENCED' });
    expect(one.cloud.writes).toHaveLength(1);
  });

  it('a step that fails to arrive three times is given up', async () => {
    one = await world({ a: {} });
    const id = await die();
    const doomed = one.beside({ journal: deadJournal() });
    one.cloud.faults.set(arn('a'), 'uncertain-lost');
    for (let n = 0; n < 2; n++)
      await expect(doomed.resume(id, 'ada', one.signal)).rejects.toThrow(Death);
    const { steps } = await one.repairs.resume(id, 'ada', one.signal);
    expect(steps).toMatchObject([{ state: 'failed', attempt: 3 }]);
    expect(steps[0]?.reason).toContain('after 3 attempts');
  });
});

describe('two repairers', () => {
  it('at one resource make one write', async () => {
    one = await world({ a: {} });
    const first = await planned();
    one.rules = [{ ...OWNER, id: 'another.rule' }];
    const second = await planned();
    const other = one.beside({ rules: () => ({ digest: 'sha256:another.rule', rules: [] }) });
    one.rules = [OWNER];
    expect(second.id).not.toBe(first.id);
    const results = await Promise.all([
      apply(first.id),
      other.apply(second.id, { actor: 'grace' }, one.signal),
    ]);
    expect(one.cloud.writes).toHaveLength(1);
    const states = results.flatMap(({ steps }) => steps.map(({ state }) => state)).sort();
    expect(states).toEqual(['skipped', 'verified']);
  });
});

describe('undo', () => {
  it('shows the way back, and takes it; and the way back has a way back', async () => {
    const before = { a: { Owner: 'ada' }, b: {}, c: { owner: ' ' } };
    one = await world(before);
    one.rules = [
      OWNER,
      spelling('tagging.spelling', ['owner'], { replace: true, values: [{ spelling: true }] }),
    ];
    const { run: made } = await run();
    const after = Object.fromEntries(one.cloud.tags);
    const { plan } = await one.repairs.planUndo(made.id, 'grace', one.signal);
    expect(plan).toMatchObject({ purpose: 'undo', undoes: made.id });
    expect(plan.changes.map(({ set, remove }) => ({ set, remove }))).toEqual([
      {
        set: { Owner: { before: null, after: 'ada', source: { kind: 'undo', from: made.id } } },
        remove: { owner: { before: 'ada' } },
      },
      { set: {}, remove: { owner: { before: 'platform' } } },
      {
        set: { owner: { before: 'platform', after: ' ', source: { kind: 'undo', from: made.id } } },
        remove: {},
      },
    ]);
    const undone = await one.repairs.apply(plan.id, { actor: 'grace' }, one.signal);
    expect(undone.tally.verified).toBe(3);
    expect(Object.values(Object.fromEntries(one.cloud.tags))).toEqual(Object.values(before));

    const back = await one.repairs.planUndo(undone.run.id, 'ada', one.signal);
    await apply(back.plan.id);
    expect(Object.fromEntries(one.cloud.tags)).toEqual(after);
  });

  it('leaves alone what anybody changed since, and says so', async () => {
    one = await world({ a: {}, b: {}, c: {}, d: {} });
    const { run: made } = await run();
    one.cloud.tags.set(arn('a'), { owner: 'grace' });
    one.cloud.tags.delete(arn('b'));
    one.cloud.tags.set(arn('d'), {});
    const { plan } = await one.repairs.planUndo(made.id, 'grace', one.signal);
    expect(plan.changes.map(({ address }) => address)).toEqual([arn('c')]);
    expect(plan.refusals.map(({ code, message }) => [code, message])).toEqual([
      [
        'not-ours',
        'owner was changed since and stays: we left it "platform", and it is "grace" now',
      ],
      ['not-found', 'the resource is gone'],
      ['not-ours', 'owner is as it was before already'],
    ]);
    one.cloud.tags.set(arn('c'), { owner: 'linus' });
    const { steps } = await apply(plan.id);
    expect(steps).toMatchObject([{ state: 'skipped' }]);
    expect(one.cloud.tags.get(arn('c'))).toEqual({ owner: 'linus' });
  });

  it('works whatever the rules say by now, and not of what is under way or was rehearsed', async () => {
    one = await world({ a: {} });
    const { plan } = await one.repairs.plan({}, 'ada', one.signal);
    const dry = await one.repairs.apply(plan.id, { actor: 'ada', dryRun: true }, one.signal);
    await expect(one.repairs.planUndo(dry.run.id, 'ada', one.signal)).rejects.toThrow('dry run');
    const { run: made } = await apply(plan.id);
    const undo = await one.repairs.planUndo(made.id, 'ada', one.signal);
    one.rules = [];
    await apply(undo.plan.id);
    expect(one.cloud.tags.get(arn('a'))).toEqual({});
  });

  it('three times in a row is a fight, told with its name', async () => {
    one = await world({ a: {} });
    for (let n = 0; n < 3; n++) {
      const { run: made } = await run();
      const { plan } = await one.repairs.planUndo(made.id, 'grace', one.signal);
      await one.repairs.apply(plan.id, { actor: 'grace' }, one.signal);
      one.outside.advance(60_000);
    }
    const plan = await planned();
    expect(plan.changes).toEqual([]);
    expect(plan.refusals).toMatchObject([{ code: 'flapping' }]);
    expect(plan.refusals[0]?.message).toContain('last undone by grace');
  });

  it('of any plan gives back what was there, and touches nothing that a person changed', () => {
    const tags = fc.dictionary(
      fc.constantFrom('owner', 'Owner', 'OWNER', 'team', 'cost-center'),
      fc.constantFrom('', 'ada', 'bob'),
    );
    const rules = [
      requiring('o', ['owner'], { values: [{ spelling: true }, { constant: 'ada' }] }),
      requiring('c', ['cost-center'], { values: [{ constant: '1' }] }),
      spelling('s', ['owner'], { replace: true, values: [{ spelling: true }] }),
    ];
    fc.assert(
      fc.property(tags, fc.option(tags), (before, human) => {
        const [change] = planRepairs(planInput([subject('a', before)], rules)).changes;
        if (change === undefined) return;
        const after = { ...patchTags(before, change.set, change.remove), ...human };
        const [back] = planUndo('r', [{ change, now: { state: 'known', values: after } }]).changes;
        const undone = back === undefined ? after : patchTags(after, back.set, back.remove);
        if (human === null) expect(undone).toEqual(before);
        for (const [key, value] of Object.entries(human ?? {}))
          if (change.set[key]?.after !== value) expect(undone[key]).toBe(value);
      }),
    );
  });
});
