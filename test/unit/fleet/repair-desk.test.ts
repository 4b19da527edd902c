import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { repairDesk } from '../../../src/fleet/repair-desk.ts';
import { repairsUnderway } from '../../../src/fleet/repairs-underway.ts';
import { arn, world } from '../repair/world.ts';
import type { World } from '../repair/world.ts';

let one: World;
beforeEach(async () => {
  one = await world({ a: {} });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await one.close();
});

/** A write that the cloud does not answer until it is told to. */
function slowCloud() {
  let answer = (): void => undefined;
  let arrived = (): void => undefined;
  const answered = new Promise<void>((resolve) => (answer = resolve));
  const writing = new Promise<void>((resolve) => (arrived = resolve));
  one.cloud.hook = async (step) => {
    if (step !== 'write') return;
    arrived();
    await answered;
  };
  return { answer, writing };
}

/** The patience of the desk, to be lost at a word. */
function patience(): () => void {
  const real = globalThis.setTimeout;
  const waiting: (() => void)[] = [];
  const keep = (work: () => void, ms?: number) => {
    if (ms === 20_000) waiting.push(work);
    return real(ms === 20_000 ? () => undefined : work, ms);
  };
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(keep);
  return () => {
    for (const lose of waiting) lose();
  };
}

describe('whoever has no time to wait for the end of a run', () => {
  it('is told of the run that began, not of another run of the same plan', async () => {
    const { plan } = await one.repairs.plan({}, 'ada', one.signal);
    const desk = repairDesk(one.repairs, one.signal);
    const lose = patience();
    const { answer, writing } = slowCloud();
    const applying = desk.applyRepair(plan.id, { actor: 'ada', dryRun: false });
    await writing;
    // It begins later and is over sooner.
    one.outside.advance(1000);
    const dry = await desk.applyRepair(plan.id, { actor: 'ada', dryRun: true });
    lose();
    const told = await applying;
    expect(told.run).toMatchObject({ state: 'running', dryRun: false });
    expect(told.run.id).not.toBe(dry.run.id);
    answer();
    await expect.poll(async () => (await desk.repairRun(told.run.id)).run.state).toBe('done');
  });
});

describe('repairs that end with their process', () => {
  it('are waited for: what was written is in the journal', async () => {
    const repairs = repairsUnderway(one.repairs);
    const { plan } = await repairs.plan({}, 'ada', one.signal);
    const { answer, writing } = slowCloud();
    const stop = new AbortController();
    const applying = repairs.apply(plan.id, { actor: 'ada' }, stop.signal);
    await writing;
    stop.abort(new Error('the gate is stopping'));
    let over = false;
    const settled = repairs.settled(60_000).then((all) => {
      over = true;
      return all;
    });
    await one.repairs.list(1);
    expect(over).toBe(false);
    answer();
    expect(await settled).toBe(true);
    expect((await applying).run.state).not.toBe('running');
    expect(one.cloud.tags.get(arn('a'))).toEqual({ owner: 'platform' });
  });

  it('are not waited for without end', async () => {
    const repairs = repairsUnderway(one.repairs);
    const { plan } = await repairs.plan({}, 'ada', one.signal);
    const { answer, writing } = slowCloud();
    const applying = repairs.apply(plan.id, { actor: 'ada' }, one.signal);
    await writing;
    expect(await repairs.settled(1)).toBe(false);
    answer();
    await applying;
  });

  it('let nothing new begin, and can still be looked at', async () => {
    const repairs = repairsUnderway(one.repairs);
    const { plan } = await repairs.plan({}, 'ada', one.signal);
    await repairs.settled(1000);
    await expect(repairs.apply(plan.id, { actor: 'ada' }, one.signal)).rejects.toMatchObject({
      code: 'REPAIR_STOPPING',
    });
    expect((await repairs.get(plan.id)).state).toBe('proposed');
  });
});
