import type { Repairs } from '../repair/repairs.ts';

/** Repairs whose clouds are opened when somebody first asks: most gates never write anything. */
export function repairsOnDemand(make: () => Promise<Repairs>): Repairs {
  let made: Promise<Repairs> | undefined;
  const repairs = (): Promise<Repairs> =>
    (made ??= make().catch((error: unknown) => {
      // What could not be opened now may be there next time.
      made = undefined;
      throw error;
    }));
  return {
    plan: async (...asked) => await (await repairs()).plan(...asked),
    get: async (...asked) => await (await repairs()).get(...asked),
    list: async (...asked) => await (await repairs()).list(...asked),
    runs: async (...asked) => await (await repairs()).runs(...asked),
    approve: async (...asked) => await (await repairs()).approve(...asked),
    apply: async (...asked) => await (await repairs()).apply(...asked),
    status: async (...asked) => await (await repairs()).status(...asked),
    planUndo: async (...asked) => await (await repairs()).planUndo(...asked),
    resume: async (...asked) => await (await repairs()).resume(...asked),
  };
}
