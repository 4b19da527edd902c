import type { StoredHeader } from '../ledger.ts';
import type { Head } from '../store/heads.ts';

/** What the log reads of the store. */
export interface LogReads {
  /** Records that are durable now. */
  readonly size: () => Promise<number>;
  /** The hashes of a tile as far as they go, one behind the other. */
  readonly tile: (level: number, index: number) => Promise<Uint8Array>;
  readonly headers: (from: number, limit: number) => Promise<readonly StoredHeader[]>;
  readonly newestHead: () => Promise<Head | undefined>;
  /** Verifier keys, the one that signs now first. */
  readonly keys: () => Promise<readonly string[]>;
}

/** What whoever signs does, too. When these return it is durable. */
export interface SigningDesk extends LogReads {
  readonly keepHead: (head: Head) => Promise<void>;
  readonly addKey: (text: string, time: string) => Promise<void>;
}

/** What a ledger's store offers to the log over it. */
export interface LogStore extends LogReads {
  /** Runs `work` while nobody else signs: no other process that shares the database either, where several may. */
  readonly alone: <T>(work: (desk: SigningDesk) => Promise<T>) => Promise<T>;
}
