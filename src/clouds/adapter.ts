import type { z } from 'zod';

import type { Inventory } from './inventory.ts';
import type { Tagger } from './tagger.ts';

/** One cloud, or another place that tells what exists: a line of src/clouds/registry.ts. */
export interface CloudAdapter<Settings> {
  readonly id: string;
  readonly title: string;
  /** One sentence for --help and the docs: what is read, and by which service. */
  readonly reads: string;
  /** Strict; what `inventories:` of portcullis.yaml takes for this adapter, `type: <id>` and `name` included. */
  readonly settings: z.ZodType<Settings>;
  /**
   * Every permission that it may ask the cloud for, and why: deploy/ is generated from it, and a test fails when a call is
   * not covered. Reading and writing apart, so that a deployment can stay read-only.
   */
  readonly permissions: {
    readonly read: readonly Permission[];
    readonly write: readonly Permission[];
  };
  readonly openInventory: (settings: Settings, outside: CloudOutside) => Promise<Inventory>;
  /** Absent where nothing can be written. */
  readonly openTagger?: (settings: Settings, outside: CloudOutside) => Promise<Tagger>;
}

export interface Permission {
  /** As the cloud spells it: `config:SelectResourceConfig`, `Microsoft.Resources/tags/write`, `cloudasset.assets.searchAllResources`. */
  readonly action: string;
  readonly why: string;
  /** What it is needed on, as the cloud spells it, where it would open more than tags otherwise; absent: everything that is read or mended. */
  readonly on?: string;
}

/** What an adapter may know of the world: it never looks at the clock or the environment by itself. */
export interface CloudOutside {
  readonly clock: () => Date;
  /** The environment that SDKs take credentials from; read by the composition root alone. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Waits, or ends with the signal's reason. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** From 0 to 1, for the jitter of retries. */
  readonly random: () => number;
  /** Something worth an operator's attention; static message, facts apart, never credentials. */
  readonly warn: (message: string, facts: Readonly<Record<string, unknown>>) => void;
}
