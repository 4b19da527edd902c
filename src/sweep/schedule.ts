import { createTask } from 'node-cron';
import type { ScheduledTask } from 'node-cron';

import { messageOf } from '../kit/errors.ts';
import { firesBetween } from './cron.ts';
import type { Fire } from './cron.ts';
import { SweepError } from './errors.ts';
import type { FireOutcome, Fires } from './fires.ts';
import type { SweepOutside } from './parts.ts';
import type { Recorder } from './recorder.ts';
import { toRequest } from './request.ts';
import type { SweepSetting } from './schema.ts';
import type { Sweeps } from './service.ts';

export interface ScheduleParts {
  readonly settings: readonly SweepSetting[];
  readonly sweeps: Pick<Sweeps, 'start' | 'recover'>;
  readonly fires: Fires;
  readonly inventories: readonly string[];
  readonly record: Recorder;
  readonly outside: Pick<SweepOutside, 'clock' | 'warn' | 'every'>;
}

export interface Scheduler {
  /** Runs what is due now, and accounts for what was missed. One look at a time; it never rejects. */
  readonly tick: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

type Scheduled = SweepSetting & { readonly schedule: string };

/** A run that begins later than this was not begun by its schedule, but after it. */
const LATE_MS = 90_000;

/** How often to look for what no timer told of: a run whose process died, a fire over which this one was asleep. */
const LOOK_MS = 15_000;

/**
 * Runs the configured sweeps when they are due. node-cron rings; what is due is computed from where the schedule was last
 * accounted for, so that a ring that comes late, twice or in every replica changes nothing: each fire is one line in the
 * store, and leads to one run at the most.
 */
export function startScheduler(parts: ScheduleParts): Scheduler {
  const scheduled = parts.settings.filter(isScheduled);
  let looking = Promise.resolve();
  const tick = (): Promise<void> => (looking = looking.then(() => lookAll(scheduled, parts)));
  const bells = scheduled.map((setting) => bell(setting, parts, tick));
  for (const task of bells) void task.start();
  const quiet = parts.outside.every(LOOK_MS, () => void tick());
  void tick();
  return {
    tick,
    stop: async () => {
      quiet();
      for (const task of bells) await task.destroy();
      await looking;
    },
  };
}

function isScheduled(setting: SweepSetting): setting is Scheduled {
  return setting.schedule !== undefined;
}

/** Of several replicas those ring whose fire is not accounted for; the store decides which one of them gets it. */
function bell(
  setting: Scheduled,
  { fires }: ScheduleParts,
  tick: () => Promise<void>,
): ScheduledTask {
  const { name, schedule, timezone } = setting;
  return createTask(schedule, tick, {
    name,
    timezone,
    noOverlap: true,
    unref: true,
    suppressMissedWarning: true,
    distributed: true,
    runCoordinator: {
      shouldRun: async (key) => {
        const time = new Date(key.slice(name.length + 1));
        return Number.isNaN(time.getTime())
          ? true
          : (await fires.find(name, time.toISOString()))?.run === undefined;
      },
    },
  });
}

async function lookAll(scheduled: readonly Scheduled[], parts: ScheduleParts): Promise<void> {
  await quietly(parts, 'interrupted runs could not be resumed', 'all', async () => {
    await parts.sweeps.recover();
  });
  for (const setting of scheduled) {
    await quietly(parts, 'a schedule could not be looked at', setting.name, () =>
      look(setting, parts),
    );
  }
}

async function quietly(
  { outside }: ScheduleParts,
  message: string,
  sweep: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    outside.warn(message, { sweep, error: messageOf(error) });
  }
}

async function look(setting: Scheduled, parts: ScheduleParts): Promise<void> {
  const { name, schedule: expression, timezone } = setting;
  const now = parts.outside.clock();
  const mark = await parts.fires.mark(name);
  const advance = (time: Date): Promise<void> =>
    parts.fires.advance({ sweep: name, expression, timezone, seenUntil: time.toISOString() });
  // A schedule that is new here owes nothing for the time before.
  if (mark?.expression !== expression || mark.timezone !== timezone) {
    await advance(now);
    return;
  }
  const due = firesBetween(expression, timezone, new Date(mark.seenUntil), now);
  const latest = due.at(-1);
  if (latest === undefined) return;
  for (const { time } of due.slice(0, -1)) await settle(setting, time, 'missed', parts);
  if (await fire(setting, latest, now, parts)) await advance(latest.time);
  else if (due.length > 1) await advance(new Date(latest.time.getTime() - 1));
}

/** @returns false when it is still due. */
async function fire(
  setting: Scheduled,
  { time, skippedByClocks }: Fire,
  now: Date,
  parts: ScheduleParts,
): Promise<boolean> {
  const fireTime = time.toISOString();
  const isRun = async (): Promise<boolean> =>
    (await parts.fires.find(setting.name, fireTime))?.run !== undefined;
  if (await isRun()) return true;
  const late = skippedByClocks || now.getTime() - time.getTime() > LATE_MS;
  const by = late ? ('catch-up' as const) : ('schedule' as const);
  try {
    await parts.sweeps.start(toRequest(setting, parts.inventories, { by, fireTime }));
  } catch (error) {
    const code = error instanceof SweepError ? error.code : undefined;
    // Another replica was quicker.
    if (code === 'SWEEP_FIRED' || (code === 'SWEEP_BUSY' && (await isRun()))) return true;
    if (code !== 'SWEEP_BUSY') throw error;
    if (setting.noOverlap) await settle(setting, time, 'skipped-overlap', parts);
    return setting.noOverlap;
  }
  await tell(setting.name, fireTime, late ? 'caught-up' : 'ran', parts);
  return true;
}

async function settle(
  { name }: Scheduled,
  time: Date,
  outcome: Extract<FireOutcome, 'missed' | 'skipped-overlap'>,
  parts: ScheduleParts,
): Promise<void> {
  const fireTime = time.toISOString();
  if (!(await parts.fires.settle({ sweep: name, fireTime, outcome }))) return;
  await tell(name, fireTime, outcome, parts);
}

async function tell(
  name: string,
  fireTime: string,
  outcome: FireOutcome,
  { record }: ScheduleParts,
): Promise<void> {
  const body = { sweep: name, fireTime, outcome };
  await record({ type: 'sweep.fire', subject: `${name} ${fireTime}`, body });
}
