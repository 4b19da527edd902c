/** Distinct names: the first few by themselves, the others by their number. */
export interface Names {
  readonly add: (name: string) => void;
  readonly told: () => { readonly resources: string[]; readonly moreResources: number };
}

const MOST_NAMED = 20;
/** Names of all groups together that are told apart; beyond, their number is "at least". */
const MOST_KNOWN = 200_000;

/** Groups of names that share one bound on memory. */
export function namesWithin(most = MOST_KNOWN): () => Names {
  let left = most;
  return () => {
    const known = new Set<string>();
    return {
      add: (name) => {
        if (known.has(name) || left === 0) return;
        known.add(name);
        left -= 1;
      },
      told: () => ({
        resources: [...known].slice(0, MOST_NAMED),
        moreResources: Math.max(0, known.size - MOST_NAMED),
      }),
    };
  };
}
