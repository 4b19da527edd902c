import { beforeEach, describe, expect, it } from 'vitest';

import type { Store } from '../../../src/store/index.ts';
import { startScheduler } from '../../../src/sweep/schedule.ts';
import type { Scheduler } from '../../../src/sweep/schedule.ts';
import { SweepError } from '../../../src/sweep/errors.ts';
import { SweepSettings } from '../../../src/sweep/schema.ts';
import type { SweepEvent } from '../../../src/sweep/recorder.ts';
import type { Sweeps } from '../../../src/sweep/service.ts';
import { fakeOutside } from '../../unit/clouds/outside.ts';
import type { StorePlace } from '../store.ts';

const MINUTE_MS = 60_000;

/** A process with a scheduler whose clock is the test's; its runs are over as soon as they are begun, unless told. */
interface Replica {
  readonly scheduler: Scheduler;
  readonly events: SweepEvent[];
  readonly warnings: readonly unknown[];
}

/** Schedules of several replicas on one store. */
export function scheduleContract(place: () => StorePlace, fires: number): void {
  let store: Store;
  let outside: ReturnType<typeof fakeOutside>;
  let running: string[];
  let busy: boolean;
  let ids = 0;
  beforeEach(async () => {
    store = await place().open();
    outside = fakeOutside('2026-11-25T08:00:30.000Z');
    running = [];
    busy = false;
  });

  const starter = (on: Store): Pick<Sweeps, 'start' | 'recover'> => ({
    start: async (request) => {
      if (busy) throw new SweepError('SWEEP_BUSY', 'it is being swept');
      const id = `run-${++ids}`;
      const lease = await on.leases.acquire(['inventory:aws'], id, 60_000);
      if (!('fences' in lease)) throw new SweepError('SWEEP_BUSY', lease.heldBy);
      try {
        await on.sweeps.begin({ id, request, notes: [] }, lease);
        running.push(request.trigger.fireTime ?? '');
        await on.sweeps.finish(id, { state: 'completed', reason: 'done' }, lease);
      } finally {
        await on.leases.release(lease);
      }
      return id;
    },
    recover: () => Promise.resolve([]),
  });

  const replica = (on: Store, given: object = {}): Replica => {
    const events: SweepEvent[] = [];
    const scheduler = startScheduler({
      settings: SweepSettings.parse([{ name: 'hourly', schedule: '0 * * * *', ...given }]),
      sweeps: starter(on),
      fires: on.fires,
      inventories: ['aws'],
      record: (event) => {
        events.push(event);
        return Promise.resolve();
      },
      outside: { ...outside, every: () => () => undefined },
    });
    return { scheduler, events, warnings: outside.warnings };
  };

  const outcomes = async (): Promise<string[]> =>
    (await store.fires.list('hourly', 2000))
      .map(({ fireTime, outcome }) => `${outcome} ${fireTime.slice(11, 16)}`)
      .reverse();

  describe('a schedule', () => {
    it('owes nothing for the time before it was there, and runs when it is due, once', async () => {
      const { scheduler, events } = replica(store);
      await scheduler.tick();
      expect(running).toEqual([]);
      outside.advance(60 * MINUTE_MS);
      await scheduler.tick();
      await scheduler.tick();
      expect(running).toEqual(['2026-11-25T09:00:00.000Z']);
      expect(await outcomes()).toEqual(['ran 09:00']);
      expect(events).toMatchObject([{ type: 'sweep.fire', body: { outcome: 'ran' } }]);
      await scheduler.stop();
    });

    it('catches up once after its process was away, and writes down what it missed', async () => {
      const first = replica(store);
      await first.scheduler.tick();
      await first.scheduler.stop();
      outside.advance(185 * MINUTE_MS);
      const second = replica(store);
      await second.scheduler.tick();
      expect(await outcomes()).toEqual(['missed 09:00', 'missed 10:00', 'caught-up 11:00']);
      expect(running).toEqual(['2026-11-25T11:00:00.000Z']);
      expect(second.events.map(({ body }) => body['outcome'])).toEqual([
        'missed',
        'missed',
        'caught-up',
      ]);
      await second.scheduler.stop();
    });

    it('runs a little late, and says so, when the process stood still over it', async () => {
      const { scheduler } = replica(store);
      await scheduler.tick();
      outside.advance(60 * MINUTE_MS + 3_000);
      await scheduler.tick();
      expect(await outcomes()).toEqual(['ran 09:00']);
      await scheduler.stop();
    });

    it('catches up what the clocks went past', async () => {
      outside = fakeOutside('2027-03-14T05:00:00.000Z');
      const { scheduler } = replica(store, {
        schedule: '30 2 * * *',
        timezone: 'America/New_York',
      });
      await scheduler.tick();
      for (let n = 0; n < 8; n++) {
        outside.advance(30 * MINUTE_MS);
        await scheduler.tick();
      }
      expect(await outcomes()).toEqual(['caught-up 07:00']);
      await scheduler.stop();
    });

    it('skips a fire while the last sweep is still running, and counts it', async () => {
      const { scheduler } = replica(store);
      await scheduler.tick();
      busy = true;
      for (let n = 0; n < 2; n++) {
        outside.advance(60 * MINUTE_MS);
        await scheduler.tick();
      }
      busy = false;
      outside.advance(60 * MINUTE_MS);
      await scheduler.tick();
      expect(await outcomes()).toEqual([
        'skipped-overlap 09:00',
        'skipped-overlap 10:00',
        'ran 11:00',
      ]);
      await scheduler.stop();
    });

    it('waits its turn instead where the configuration says so', async () => {
      const { scheduler } = replica(store, { noOverlap: false });
      await scheduler.tick();
      busy = true;
      outside.advance(60 * MINUTE_MS);
      await scheduler.tick();
      expect(await outcomes()).toEqual([]);
      busy = false;
      outside.advance(10 * MINUTE_MS);
      await scheduler.tick();
      expect(await outcomes()).toEqual(['caught-up 09:00']);
      await scheduler.stop();
    });

    it('begins anew when its expression changes', async () => {
      const first = replica(store);
      await first.scheduler.tick();
      await first.scheduler.stop();
      outside.advance(185 * MINUTE_MS);
      const second = replica(store, { schedule: '0 * * * 1-5' });
      await second.scheduler.tick();
      expect(running).toEqual([]);
      await second.scheduler.stop();
    });
  });

  describe('three replicas', () => {
    it(`have one run for each of ${fires} fires`, async () => {
      const stores = [store, await place().open(), await place().open()];
      const replicas = stores.map((on) => replica(on, { schedule: '* * * * *' }));
      await Promise.all(replicas.map(({ scheduler }) => scheduler.tick()));
      for (let n = 0; n < fires; n++) {
        outside.advance(MINUTE_MS);
        await Promise.all(replicas.map(({ scheduler }) => scheduler.tick()));
      }
      expect(new Set(running).size).toBe(fires);
      expect(running).toHaveLength(fires);
      const noted = await store.fires.list('hourly', 2000);
      expect(noted).toHaveLength(fires);
      expect(noted.every(({ outcome, run }) => outcome === 'ran' && run !== undefined)).toBe(true);
      for (const { scheduler } of replicas) await scheduler.stop();
      expect(outside.warnings).toEqual([]);
    });
  });
}
