/** Keys of which it is counted how often they are asked for; then all counts are halved, and what was asked for once is forgotten. */
const MOST_COUNTED = 16_384;

/**
 * What was made of a key, while there is room. When there is none, only what was asked for less often makes way: neither a
 * thousand plans that nobody asks about again nor a round of more plans than fit drive out what is used. What is larger than
 * a quarter of the room is made anew each time.
 */
export function rememberUpTo<T>(room: number): (key: string, size: number, make: () => T) => T {
  const known = new Map<string, { readonly value: T; readonly size: number }>();
  const timesAsked = countAsked();
  let used = 0;
  /** The entries that would have to go, the one asked for longest ago first; undefined where one of them is worth more. */
  const makingWay = (size: number, times: number): readonly string[] | undefined => {
    const going: string[] = [];
    let free = room - used;
    for (const [key, entry] of known) {
      if (free >= size) break;
      if (timesAsked.of(key) >= times) return undefined;
      going.push(key);
      free += entry.size;
    }
    return going;
  };
  const forget = (key: string): void => {
    used -= known.get(key)?.size ?? 0;
    known.delete(key);
  };
  return (key, size, make) => {
    const times = timesAsked.add(key);
    const found = known.get(key);
    if (found !== undefined) {
      known.delete(key);
      known.set(key, found);
      return found.value;
    }
    const value = make();
    if (size > room / 4) return value;
    const going = makingWay(size, times);
    if (going === undefined) return value;
    for (const one of going) forget(one);
    known.set(key, { value, size });
    used += size;
    return value;
  };
}

function countAsked(): {
  readonly add: (key: string) => number;
  readonly of: (key: string) => number;
} {
  const counts = new Map<string, number>();
  const age = (): void => {
    for (const [key, count] of counts) {
      if (count < 2) counts.delete(key);
      else counts.set(key, Math.floor(count / 2));
    }
  };
  return {
    of: (key) => counts.get(key) ?? 0,
    add: (key) => {
      if (counts.size >= MOST_COUNTED) age();
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return count;
    },
  };
}
