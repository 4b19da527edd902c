import { afterEach, describe, expect, it } from 'vitest';

import type { RepairErrorCode } from '../../../src/repair/errors.ts';
import { RepairError } from '../../../src/repair/errors.ts';
import { requiring } from './estate.ts';
import { arn, empty, OWNER, world } from './world.ts';
import type { World } from './world.ts';

let one: World;
afterEach(() => one.close());

const planned = async (actor = 'ada') => one.repairs.plan({}, actor, one.signal);
const applied = async (given = {}) => {
  const { plan } = await planned();
  return one.repairs.apply(plan.id, { actor: 'ada', ...given }, one.signal);
};
const codeOf = async (work: Promise<unknown>): Promise<RepairErrorCode | undefined> => {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof RepairError) return thrown.code;
    throw thrown;
  }
  return undefined;
};
const typesOf = () => one.events.map(({ type }) => type);

describe('a repair', () => {
  it('is planned, judged, applied, read back, and recorded step by step', async () => {
    one = await world({ a: { Owner: 'ada' }, b: {}, c: { owner: 'bob' } });
    const stored = await planned();
    expect(stored).toMatchObject({ state: 'proposed', requestedBy: 'ada' });
    expect(stored.plan.changes.map(({ address, judgement }) => [address, judgement])).toEqual([
      [arn('a'), { compliantWith: ['tagging.owner'], stillViolated: [] }],
      [arn('b'), { compliantWith: ['tagging.owner'], stillViolated: [] }],
    ]);
    expect(one.cloud.writes).toEqual([]);

    const { run, tally } = await one.repairs.apply(stored.plan.id, { actor: 'ada' }, one.signal);
    expect(run).toMatchObject({ state: 'done', actor: 'ada', dryRun: false });
    expect(tally).toMatchObject({ verified: 2, failed: 0, unresolved: 0 });
    expect(Object.fromEntries(one.cloud.tags)).toEqual({
      [arn('a')]: { Owner: 'ada', owner: 'ada' },
      [arn('b')]: { owner: 'platform' },
      [arn('c')]: { owner: 'bob' },
    });
    expect(typesOf()).toEqual([
      'repair.planned',
      'repair.started',
      'repair.intended',
      'repair.result',
      'repair.finished',
    ]);
    expect((await one.repairs.get(stored.plan.id)).state).toBe('applied');
    expect((await planned()).plan.changes).toEqual([]);
  });

  it('tells in its journal who, what, where, before and after', async () => {
    one = await world({ a: { owner: '' } });
    const { run, steps } = await applied();
    expect(await one.repairs.status(run.id)).toMatchObject({ run, steps });
    expect(steps).toMatchObject([
      {
        run: run.id,
        actor: 'ada',
        state: 'verified',
        attempt: 1,
        change: {
          address: arn('a'),
          target: { scope: { account: '111122223333', region: 'eu-central-1' } },
          set: { owner: { before: '', after: 'platform' } },
        },
      },
    ]);
  });

  it('as a dry run makes the same steps and events, and writes nothing', async () => {
    one = await world(empty(3));
    one.switch = 'off';
    const { run, tally } = await applied({ dryRun: true });
    expect(run).toMatchObject({ dryRun: true, state: 'done' });
    expect(tally).toMatchObject({ rehearsed: 3, verified: 0 });
    expect(one.cloud.writes).toEqual([]);
    expect(typesOf()).toContain('repair.intended');
    expect((await one.repairs.list(10))[0]?.state).toBe('proposed');
  });

  it('that breaks a cap writes nothing at all; a dry run tells of it and goes on', async () => {
    one = await world(empty(4));
    one.rules = [requiring('r', ['owner'], { values: [{ constant: 'x' }], caps: { count: 3 } })];
    expect(await codeOf(applied())).toBe('REPAIR_CAPS');
    expect(one.cloud.writes).toEqual([]);
    const { tally } = await applied({ dryRun: true });
    expect(tally.rehearsed).toBe(4);
    expect(
      one.events.findLast(({ type }) => type === 'repair.started')?.body['breaches'],
    ).toMatchObject([{ rule: 'r' }]);
  });

  it('of an estate that was not read whole writes nothing', async () => {
    one = await world(empty(1));
    one.complete = false;
    expect(await codeOf(applied())).toBe('REPAIR_CAPS');
    expect(one.cloud.writes).toEqual([]);
  });

  it.each([
    ['automatic', { automatic: true }, undefined],
    ['suggest', { automatic: true }, 'REPAIR_APPROVAL'],
    ['approve', { automatic: true }, 'REPAIR_APPROVAL'],
    ['suggest', {}, undefined],
    ['approve', {}, 'REPAIR_APPROVAL'],
  ] as const)('in the mode %s, applied with %j', async (mode, request, code) => {
    one = await world(empty(1));
    one.rules = [requiring('r', ['owner'], { mode, values: [{ constant: 'x' }] })];
    expect(await codeOf(applied(request))).toBe(code);
    expect(one.cloud.writes).toHaveLength(code === undefined ? 1 : 0);
    if (code !== undefined) expect(typesOf()).toContain('repair.refused');
  });

  it('is approved by somebody else, once, and then runs once', async () => {
    one = await world(empty(1), { approvers: ['grace', 'ada'] });
    one.rules = [requiring('r', ['owner'], { mode: 'approve', values: [{ constant: 'x' }] })];
    const { plan } = await planned('ada');
    expect(await codeOf(one.repairs.approve(plan.id, 'ada'))).toBe('REPAIR_APPROVAL');
    expect(await codeOf(one.repairs.approve(plan.id, 'mallory'))).toBe('REPAIR_APPROVAL');
    expect(await one.repairs.approve(plan.id, 'grace')).toMatchObject({
      state: 'approved',
      approvedBy: 'grace',
    });
    expect(await codeOf(one.repairs.approve(plan.id, 'grace'))).toBe('REPAIR_STATE');
    const both = await Promise.allSettled([
      one.repairs.apply(plan.id, { actor: 'ada' }, one.signal),
      one.beside().apply(plan.id, { actor: 'grace' }, one.signal),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(one.cloud.writes).toHaveLength(1);
  });

  it('waits for its window', async () => {
    one = await world(empty(1));
    const window = { from: '22:00', until: '23:00', timezone: 'UTC' };
    one.rules = [requiring('r', ['owner'], { window, values: [{ constant: 'x' }] })];
    expect(await codeOf(applied())).toBe('REPAIR_WINDOW');
    one.outside.advance(12 * 3600 * 1000);
    expect(await codeOf(applied())).toBeUndefined();
  });

  it('is not applied by a plan that is old, or of other rules', async () => {
    one = await world(empty(1));
    const { plan } = await planned();
    const apply = () => one.repairs.apply(plan.id, { actor: 'ada' }, one.signal);
    one.rules = [{ ...OWNER, id: 'other' }];
    expect(await codeOf(apply())).toBe('REPAIR_STALE');
    one.rules = [OWNER];
    one.outside.advance(25 * 3600 * 1000);
    expect(await codeOf(apply())).toBe('REPAIR_STALE');
    await planned();
    expect(await codeOf(apply())).toBeUndefined();
    expect(await codeOf(apply())).toBe('REPAIR_STATE');
  });

  it('of something unknown says so', async () => {
    one = await world({});
    expect(await codeOf(one.repairs.get('plan-x'))).toBe('REPAIR_UNKNOWN');
    expect(await codeOf(one.repairs.status('run-x'))).toBe('REPAIR_UNKNOWN');
  });

  it('by a rule that is not there, or mends nothing, is no plan with nothing to write', async () => {
    one = await world({ a: {} });
    const { repair: _, ...looking } = { ...OWNER, id: 'looking' };
    one.rules = [...one.rules, looking];
    const plan = (rule: string) => one.repairs.plan({ rules: [rule] }, 'ada', one.signal);
    await expect(plan('tagging.owner')).resolves.toMatchObject({ state: 'proposed' });
    await expect(plan('taging.owner')).rejects.toMatchObject({
      code: 'REPAIR_UNKNOWN',
      message: 'There is no rule taging.owner.',
      help: 'Rules that say it: tagging.owner.',
    });
    await expect(plan('looking')).rejects.toMatchObject({
      message: 'The rule looking does not say how what it finds is mended.',
    });
  });
});

describe('what stops a repair', () => {
  it('is switched off from the start', async () => {
    one = await world(empty(1));
    one.switch = 'off';
    expect(await codeOf(applied())).toBe('REPAIR_WRITES_OFF');
  });

  it('is switched off on the way: nothing more is written', async () => {
    one = await world(empty(30));
    one.cloud.hook = (step) => {
      if (step === 'write' && one.cloud.writes.length > 0) return;
      if (step === 'write') one.switch = 'off';
    };
    const { run, tally } = await applied();
    expect(run).toMatchObject({
      state: 'stopped',
      reason: 'writes are switched off (repairs.writes)',
    });
    expect(tally).toMatchObject({ verified: 2 });
    expect(one.cloud.writes).toHaveLength(2);
  });

  it('is switched off between the journal entry and the write', async () => {
    one = await world(empty(1));
    one.cloud.hook = (step) => {
      if (step === 'read') one.switch = 'off';
    };
    const { steps } = await applied();
    expect(steps).toMatchObject([{ state: 'skipped', reason: 'writes are switched off' }]);
    expect(one.cloud.writes).toEqual([]);
  });

  it('dies with its canaries', async () => {
    one = await world(empty(10));
    one.cloud.faults.set(arn('b01'), 'failed');
    const { run, tally } = await applied();
    expect(run.state).toBe('stopped');
    expect(run.reason).toContain('1 of the first resources went wrong');
    expect(tally).toMatchObject({ verified: 1, failed: 1 });
    expect(one.cloud.writes).toHaveLength(1);
  });

  it('has too many errors, of those that were tried', async () => {
    one = await world(empty(60));
    for (const name of ['b10', 'b11', 'b12', 'b13']) one.cloud.faults.set(arn(name), 'failed');
    const { run, tally } = await applied();
    expect(run.reason).toBe('4 of 22 resources went wrong; the rules stop at 3 errors and 10 %');
    expect(tally).toMatchObject({ verified: 18, failed: 4 });
  });

  it('is not a few errors among many', async () => {
    one = await world(empty(60));
    for (const name of ['b20', 'b40']) one.cloud.faults.set(arn(name), 'failed');
    expect((await applied()).run.state).toBe('done');
  });

  it('is a ledger that does not take it: nothing is written', async () => {
    one = await world(empty(3));
    const { plan } = await planned();
    const apply = () => one.repairs.apply(plan.id, { actor: 'ada' }, one.signal);
    one.brokenFrom = 'repair.started';
    expect(await codeOf(apply())).toBe('REPAIR_UNRECORDED');
    one.brokenFrom = 'repair.intended';
    expect(await codeOf(apply())).toBe('REPAIR_UNRECORDED');
    expect(one.cloud.writes).toEqual([]);
    one.brokenFrom = undefined;
    const [run] = await one.repairs.runs(1);
    const { tally } = await one.repairs.resume(run!.id, 'ada', one.signal);
    expect(tally.verified).toBe(3);
    expect(one.cloud.writes).toHaveLength(3);
  });

  it('is a person who stops it', async () => {
    one = await world(empty(30));
    const { plan } = await planned();
    const stop = new AbortController();
    one.cloud.hook = (step) => {
      if (step === 'write') stop.abort();
    };
    const { run, tally } = await one.repairs.apply(plan.id, { actor: 'ada' }, stop.signal);
    expect(run).toMatchObject({ state: 'stopped', reason: 'somebody stopped it' });
    expect(tally.verified).toBe(2);
  });
});
