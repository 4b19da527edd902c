import { RepairError } from '../repair/errors.ts';
import type { Repairs } from '../repair/repairs.ts';

/** Repairs that know what of them is under way, whoever began it: a door, the schedule, or what was left behind. */
export interface UnderwayRepairs extends Repairs {
  /**
   * Lets nothing new begin that writes, and waits for what is under way.
   *
   * @returns false when something still was after `withinMs`: it is resumed like that of a process that died.
   */
  readonly settled: (withinMs: number) => Promise<boolean>;
}

/** Repairs write their journal to the very end: the store must not be closed before they have. */
export function repairsUnderway(repairs: Repairs): UnderwayRepairs {
  const underway = new Set<Promise<unknown>>();
  let ending = false;
  const tracked =
    <A extends unknown[], T>(begin: (...asked: A) => Promise<T>) =>
    async (...asked: A): Promise<T> => {
      if (ending) throw stopping();
      const running = begin(...asked);
      underway.add(running);
      try {
        return await running;
      } finally {
        underway.delete(running);
      }
    };
  return {
    ...repairs,
    plan: tracked(repairs.plan),
    approve: tracked(repairs.approve),
    apply: tracked(repairs.apply),
    planUndo: tracked(repairs.planUndo),
    resume: tracked(repairs.resume),
    settled: async (withinMs) => {
      ending = true;
      return await within(withinMs, Promise.allSettled(underway));
    },
  };
}

async function within(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

function stopping(): RepairError {
  return new RepairError('REPAIR_STOPPING', 'The gate is stopping; no repair is begun any more.', {
    help: 'Ask again when it is back: what was under way is resumed.',
  });
}
