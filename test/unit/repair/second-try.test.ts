import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { requiring } from './estate.ts';
import { arn, empty, world } from './world.ts';
import type { World } from './world.ts';

let one: World;
afterEach(() => one.close());

const A = arn('b00');
const AS_BEFORE = 'it reads as before: the write did not arrive, or is not shown yet';

const apply = async (signal = one.signal) => {
  const { plan } = await one.repairs.plan({}, 'ada', signal);
  return one.repairs.apply(plan.id, { actor: 'ada' }, signal);
};

/** The cloud loses the first write of these; whatever is to happen while it is waited for happens then. */
function loses(addresses: readonly string[], meanwhile: () => void = () => undefined): void {
  for (const address of addresses) one.cloud.faults.set(address, 'uncertain-lost');
  whileWaiting(() => {
    for (const address of addresses) one.cloud.faults.delete(address);
    meanwhile();
  });
}

/** The first reading that is later than the wait. */
function whileWaiting(act: () => void): void {
  one.cloud.hook = (step) => {
    if (step !== 'read' || !one.outside.slept.includes(1000)) return;
    one.cloud.hook = () => undefined;
    act();
  };
}

/** What the ledger was told of resources, in order. */
function told(): string[] {
  return one.events
    .flatMap(({ type, body }) => {
      const about = About.safeParse(body);
      return about.success
        ? about.data.resources.map(({ attempt, state }) => `${type} ${state ?? attempt ?? ''}`)
        : [];
    })
    .filter((what) => /intended|result/.test(what));
}

const About = z.object({
  resources: z.array(z.object({ attempt: z.int().optional(), state: z.string().optional() })),
});

describe('a write that got lost', () => {
  it('is waited for, read as before, and written once more in the same run', async () => {
    one = await world(empty(1));
    loses([A]);
    const { run, steps } = await apply();
    expect(run.state).toBe('done');
    expect(steps).toMatchObject([{ state: 'verified', attempt: 2 }]);
    expect(one.cloud.writes).toHaveLength(2);
    expect(one.outside.slept).toEqual([10, 1000]);
    expect(one.cloud.tags.get(A)).toEqual({ owner: 'platform' });
  });

  it('is an attempt of its own in the journal and the ledger, before it is written', async () => {
    one = await world(empty(1));
    loses([A]);
    const seen: unknown[] = [];
    const watched = one.beside({
      tagger: () => ({
        ...one.cloud,
        write: async (changes, signal) => {
          const [run] = await one.repairs.runs(1);
          const [kept] = (await one.repairs.status(run?.id ?? '')).steps;
          seen.push([kept?.state, kept?.attempt, told().at(-1)]);
          return one.cloud.write(changes, signal);
        },
      }),
    });
    const { plan } = await one.repairs.plan({}, 'ada', one.signal);
    await watched.apply(plan.id, { actor: 'ada' }, one.signal);
    expect(seen).toEqual([
      ['intended', 1, 'repair.intended 1'],
      ['intended', 2, 'repair.intended 2'],
    ]);
    expect(told()).toEqual(['repair.intended 1', 'repair.intended 2', 'repair.result verified']);
  });

  it('is not written again where the ledger does not take the attempt; resuming finds out', async () => {
    one = await world(empty(1));
    loses([A], () => (one.brokenFrom = 'repair.intended'));
    await expect(apply()).rejects.toMatchObject({ code: 'REPAIR_UNRECORDED' });
    expect(one.cloud.writes).toHaveLength(1);
    one.brokenFrom = undefined;
    const [left] = await one.repairs.runs(1);
    const { steps } = await one.repairs.resume(left?.id ?? '', 'grace', one.signal);
    expect(steps).toMatchObject([{ state: 'verified', attempt: 3 }]);
    expect(one.cloud.writes).toHaveLength(2);
  });

  it('is not written by a process that was taken over while it waited', async () => {
    one = await world(empty(1));
    const { sleep } = one.outside;
    const { plan } = await one.repairs.plan({}, 'ada', one.signal);
    one.cloud.faults.set(A, 'uncertain-lost');
    const slow = one.beside({
      outside: {
        ...one.outside,
        sleep: async (milliseconds, signal) => {
          await sleep(milliseconds, signal);
          if (milliseconds !== 1000) return;
          one.cloud.faults.clear();
          one.outside.advance(200_000);
          const [left] = await one.repairs.runs(1);
          await one.repairs.resume(left?.id ?? '', 'grace', one.signal);
        },
      },
    });
    await expect(slow.apply(plan.id, { actor: 'ada' }, one.signal)).rejects.toMatchObject({
      code: 'SWEEP_FENCED',
    });
    expect(one.cloud.writes).toHaveLength(2);
    expect(one.cloud.tags.get(A)).toEqual({ owner: 'platform' });
  });

  it('twice is unresolved, and not written a third time', async () => {
    one = await world(empty(1));
    one.cloud.faults.set(A, 'uncertain-lost');
    const { steps } = await apply();
    expect(steps).toMatchObject([{ state: 'unresolved', attempt: 2, reason: AS_BEFORE }]);
    expect(one.cloud.writes).toHaveLength(2);
  });

  it('takes nothing else along: of a batch only what is missing is written again', async () => {
    one = await world(empty(2));
    loses([A]);
    const { tally } = await apply();
    expect(tally.verified).toBe(2);
    expect(one.cloud.writes.map(({ target }) => target.address)).toEqual([A, arn('b01'), A]);
  });

  it('is not written again where the cloud had said done: that is only not shown yet', async () => {
    one = await world(empty(1));
    one.cloud.faults.set(A, 'lies');
    const { steps } = await apply();
    expect(steps).toMatchObject([{ state: 'unresolved', attempt: 1 }]);
    expect(one.cloud.writes).toHaveLength(1);
  });
});

describe('after the wait', () => {
  it.each([
    ['it arrived late', { owner: 'platform' }, 'verified', ''],
    ['a person was there', { owner: 'grace' }, 'unresolved', 'owner was not there, is "grace"'],
  ])('%s: it is not written again', async (_, tags, state, reason) => {
    one = await world(empty(1));
    loses([A], () => one.cloud.tags.set(A, tags));
    const { steps } = await apply();
    expect(steps).toMatchObject([{ state, attempt: 1 }]);
    expect(steps[0]?.reason).toContain(reason);
    expect(one.cloud.writes).toHaveLength(1);
    expect(one.cloud.tags.get(A)).toEqual(tags);
  });

  it('it cannot be read: it is not written again', async () => {
    one = await world(empty(1));
    loses([A], () => one.cloud.unreadable.add(A));
    const { steps } = await apply();
    expect(steps).toMatchObject([{ state: 'unresolved', attempt: 1 }]);
    expect(one.cloud.writes).toHaveLength(1);
  });

  it.each([
    ['it arrived in the last moment', { owner: 'platform' }, 'verified'],
    ['a person came in the last moment', { owner: 'grace' }, 'unresolved'],
  ])('%s, when the attempt was journalled: it is not written', async (_, tags, state) => {
    one = await world(empty(1));
    loses([A], () => {
      let reads = 0;
      one.cloud.hook = (step) => {
        if (step === 'read' && (reads += 1) === 1) one.cloud.tags.set(A, tags);
      };
    });
    const { steps } = await apply();
    expect(steps).toMatchObject([{ state, attempt: 2 }]);
    expect(one.cloud.writes).toHaveLength(1);
    expect(one.cloud.tags.get(A)).toEqual(tags);
  });
});

describe('whatever stops a run stops the second try', () => {
  const NOT_AGAIN = `${AS_BEFORE}; not tried again: `;

  it.each([
    ['the switch', () => (one.switch = 'off'), 'writes are switched off'],
    ['the window', () => one.outside.advance(10 * 60_000), 'its window is shut'],
  ])('%s, thrown while it is waited for', async (_, act, reason) => {
    one = await world(empty(1));
    one.rules = [
      requiring('tagging.owner', ['owner'], {
        values: [{ constant: 'platform' }],
        window: { from: '09:00', until: '10:05', timezone: 'UTC' },
      }),
    ];
    const { sleep } = one.outside;
    const patient = one.beside({
      outside: {
        ...one.outside,
        sleep: async (milliseconds, signal) => {
          await sleep(milliseconds, signal);
          if (milliseconds === 1000) act();
        },
      },
    });
    one.cloud.faults.set(A, 'uncertain-lost');
    const { plan } = await one.repairs.plan({}, 'ada', one.signal);
    const { steps } = await patient.apply(plan.id, { actor: 'ada' }, one.signal);
    expect(steps).toMatchObject([{ state: 'unresolved', attempt: 1 }]);
    expect(steps[0]?.reason).toContain(`${NOT_AGAIN}${reason}`);
    expect(one.cloud.writes).toHaveLength(1);
  });

  it('the switch, thrown after the attempt was journalled', async () => {
    one = await world(empty(1));
    loses([A], () => {
      one.cloud.hook = (step) => {
        if (step === 'read') one.switch = 'off';
      };
    });
    const { steps } = await apply();
    expect(steps).toMatchObject([
      { state: 'unresolved', attempt: 2, reason: 'writes are switched off' },
    ]);
    expect(one.cloud.writes).toHaveLength(1);
  });

  it('somebody, who need not wait for the wait', async () => {
    one = await world(empty(1));
    const stop = new AbortController();
    one.cloud.faults.set(A, 'uncertain-lost');
    one.cloud.hook = (step) => {
      if (step === 'write') stop.abort();
    };
    const { steps, run } = await apply(stop.signal);
    expect(run.state).toBe('stopped');
    expect(steps).toMatchObject([
      { state: 'unresolved', attempt: 1, reason: `${NOT_AGAIN}somebody stopped it` },
    ]);
    expect(one.outside.slept).toEqual([10]);
  });

  it('somebody, in the middle of the wait', async () => {
    one = await world(empty(1));
    const stop = new AbortController();
    const { sleep } = one.outside;
    const stopped = one.beside({
      outside: {
        ...one.outside,
        sleep: (milliseconds, signal) => {
          if (milliseconds === 1000) stop.abort();
          return signal.aborted
            ? Promise.reject(new Error('AbortError'))
            : sleep(milliseconds, signal);
        },
      },
    });
    one.cloud.faults.set(A, 'uncertain-lost');
    const { plan } = await one.repairs.plan({}, 'ada', one.signal);
    const { steps } = await stopped.apply(plan.id, { actor: 'ada' }, stop.signal);
    expect(steps).toMatchObject([{ state: 'unresolved', attempt: 1 }]);
    expect(one.cloud.writes).toHaveLength(1);
  });

  it('the error rate, with what went wrong in the same batch', async () => {
    one = await world(empty(4));
    one.rules = [
      requiring('tagging.owner', ['owner'], {
        values: [{ constant: 'platform' }],
        canary: 0,
        stopAt: { errors: 3, percent: 10 },
      }),
    ];
    for (const name of ['b01', 'b02', 'b03']) one.cloud.faults.set(arn(name), 'failed');
    one.cloud.faults.set(A, 'uncertain-lost');
    const { steps } = await apply();
    expect(steps.map(({ state }) => state)).toEqual(['unresolved', 'failed', 'failed', 'failed']);
    expect(steps[0]?.reason).toBe(
      `${NOT_AGAIN}3 of 3 resources went wrong; the rules stop at 3 errors and 10 %`,
    );
    expect(one.cloud.writes).toHaveLength(1);
  });
});
