import type { InventoryLine } from './schema.ts';

/** Where pushed inventories are kept. A push replaces the one before as a whole, or not at all. */
export interface PushedInventories {
  /** The last push that was taken; undefined when there was none. */
  readonly snapshot: (name: string) => Promise<PushedSnapshot | undefined>;
}

export interface PushedSnapshot {
  /** Another one for every push. */
  readonly id: string;
  /** RFC 3339. */
  readonly pushedAt: string;
  readonly count: number;
  /** False when whoever pushed it says that it is not everything there is: then nothing is closed for not being in it. */
  readonly complete: boolean;
  /** Lines in the order of the push, `after` of them left out. */
  readonly lines: (after: number, limit: number) => Promise<readonly InventoryLine[]>;
}
