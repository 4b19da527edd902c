export type Slots = <T>(work: () => Promise<T>) => Promise<T>;

/** Lets at most `count` pieces of work run at a time; the others wait their turn. */
export function slots(count: number): Slots {
  const waiting: (() => void)[] = [];
  let free = count;
  const take = (): Promise<void> | undefined => {
    if (free === 0) return new Promise((resolve) => waiting.push(resolve));
    free -= 1;
    return undefined;
  };
  const give = () => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  return async (work) => {
    await take();
    try {
      return await work();
    } finally {
      give();
    }
  };
}
