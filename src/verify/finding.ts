/** What can be wrong with a log, told apart. */
export type FindingKind =
  | 'signature'
  | 'truncated'
  | 'changed-entry'
  | 'deleted-or-inserted'
  | 'swapped'
  | 'changed-tile'
  | 'rewritten'
  | 'missing-file'
  | 'malformed';

export interface Finding {
  readonly kind: FindingKind;
  /** The file it was seen in, below the folder of the log. */
  readonly file: string;
  /** The first sequence of an entry that it touches, where one can be named. */
  readonly index?: number;
  readonly message: string;
}

/** Nothing was verified: the folder or a key cannot be read. */
export class VerifyError extends Error {
  override readonly name = 'VerifyError';
}

/** A list that a log which is wrong throughout cannot make long. */
export interface Bounded<T> {
  readonly items: readonly T[];
  readonly total: () => number;
  readonly add: (item: T) => void;
}

export function bounded<T>(most = 100): Bounded<T> {
  const items: T[] = [];
  let total = 0;
  return {
    items,
    total: () => total,
    add: (item) => {
      total += 1;
      if (items.length < most) items.push(item);
    },
  };
}
