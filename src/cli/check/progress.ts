import type { Io } from '../io.ts';

/** One line on a terminal that says what is going on and disappears again; nothing where nobody looks. */
export interface Progress {
  readonly say: (what: string) => void;
  readonly done: () => void;
}

export function progressOn({ stderr, interactive, columns }: Io): Progress {
  if (!interactive) return { say: () => undefined, done: () => undefined };
  const erase = '\r\u001b[K';
  return {
    say: (what) => void stderr.write(`${erase}${what.slice(0, Math.max(columns - 1, 20))}`),
    done: () => void stderr.write(erase),
  };
}
