import type { CloudErrorCode } from './errors.ts';
import type { ReadTags } from '../sources/source.ts';

/** The port through which a repair changes tags. It writes what it is told, and says of each resource what became of it. */
export interface Tagger {
  /** As `Inventory.name`: the inventory whose resources it can write. */
  readonly name: string;
  readonly adapter: string;
  readonly limits: TagLimits;
  /**
   * Tags as they are now, read from the service itself and not from an inventory that may be behind.
   * One result a target, in their order. @throws CloudError only when nothing can be read at all.
   */
  readonly read: (
    targets: readonly TagTarget[],
    signal: AbortSignal,
  ) => Promise<readonly TagReading[]>;
  /**
   * Sets and removes tags; other tags stay as they are. Batches, bisects a batch that is refused whole, and reads partial
   * failures. Never retries a write whose outcome is not known: that is `uncertain`, and the caller reads again.
   * One result a change, in their order.
   */
  readonly write: (
    changes: readonly TagChange[],
    signal: AbortSignal,
  ) => Promise<readonly TagResult[]>;
  readonly close: () => Promise<void>;
}

export interface TagLimits {
  /** Resources in one call. */
  readonly batch: number;
  /** Tags that a resource can have, and that one call can set. */
  readonly tags: number;
  /** Why a tag cannot be written as it is, in words, or undefined: reserved prefixes, length, alphabet. */
  readonly refuses: (key: string, value: string) => string | undefined;
  /** How the cloud stores a key and a value: Google labels are lower case. */
  readonly spell: (key: string, value: string) => { readonly key: string; readonly value: string };
}

/** What is to be tagged. */
export interface TagTarget {
  /** As in LiveResource.resource.address. */
  readonly address: string;
  /** The native type. */
  readonly type: string;
  readonly scope: Readonly<Record<string, string>>;
}

export interface TagReading {
  readonly target: TagTarget;
  /** `unknown` also where the service has no way to read them; `missing` where the resource is gone. */
  readonly tags: ReadTags | { readonly state: 'missing' };
  /** A fingerprint or etag that the write must carry, where the cloud has one. */
  readonly version?: string;
}

export interface TagChange {
  readonly target: TagTarget;
  readonly set: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
  /** As TagReading.version: the write fails when the resource has changed since. */
  readonly version?: string;
}

export type TagResult =
  | { readonly target: TagTarget; readonly outcome: 'done' }
  | {
      readonly target: TagTarget;
      /** `failed`: nothing was written. `uncertain`: it may have been. `conflict`: the resource changed since it was read. */
      readonly outcome: 'failed' | 'uncertain' | 'conflict';
      readonly code: CloudErrorCode;
      /** The cloud's own code: `InvalidParameterException`. */
      readonly reason: string;
      readonly message: string;
    };
