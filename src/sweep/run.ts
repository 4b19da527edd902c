import { z } from 'zod';

import type { Gap } from '../clouds/inventory.ts';
import type { Digested } from './judge.ts';

/** What is to be swept. Kept with the run, so that another process can go on with it. */
export const RunRequest = z.object({
  /** The name of a configured sweep; `ad-hoc` for one that somebody asked for in its own words. */
  name: z.string(),
  inventories: z.array(z.string()).min(1),
  /** Globs. */
  accounts: z.array(z.string()).optional(),
  regions: z.array(z.string()).optional(),
  kinds: z.array(z.string()).optional(),
  /** Percent of the accounts that must have been read for the run not to fail. */
  coverage: z.number().min(0).max(100),
  /** Partitions read at a time. */
  concurrency: z.int().min(1),
  trigger: z.object({
    by: z.enum(['schedule', 'person', 'catch-up']),
    actor: z.string().optional(),
    fireTime: z.string().optional(),
  }),
});
export type RunRequest = z.output<typeof RunRequest>;

/**
 * - `running`: some process has its lease, or had it until it died; `interrupted`: nobody goes on with it, it can be resumed.
 * - `completed`: everything was read and judged; `incomplete`: not everything, but enough; `failed`: not enough, or nothing.
 * - `cancelled`: somebody said so, or a newer run took its place. What it found until then stands.
 */
export const RUN_STATES = [
  'running',
  'interrupted',
  'completed',
  'incomplete',
  'failed',
  'cancelled',
] as const;
export const RunState = z.enum(RUN_STATES);
export type RunState = z.infer<typeof RunState>;

export type Ended = Exclude<RunState, 'running' | 'interrupted'>;

/** What of the fleet a run saw. It is part of every answer about the run: silence about an account never reads as "clean". */
export interface Coverage {
  readonly accounts: {
    readonly asked: number;
    /** Read whole. */
    readonly read: number;
    /** Read in part. */
    readonly partial: number;
    /** Of which nothing could be read. */
    readonly unknown: number;
  };
  readonly partitions: {
    readonly asked: number;
    readonly complete: number;
    readonly incomplete: number;
    /** Not read yet. */
    readonly waiting: number;
  };
  readonly resources: { readonly read: number; readonly judged: number; readonly unjudged: number };
  /** Every account counts the same, and one that was read in part counts as that part; rounded down to a tenth. */
  readonly percent: number;
  readonly gaps: readonly RunGap[];
}

export interface RunGap extends Gap {
  readonly inventory: string;
  /** The key of the partition; empty for what could not even be planned. */
  readonly partition: string;
  readonly account: string;
}

/** A run as everybody sees it. */
export interface RunStatus {
  readonly id: string;
  readonly name: string;
  readonly request: RunRequest;
  readonly state: RunState;
  /** Somebody asked for its end, and it has not come to it yet. */
  readonly cancelling: boolean;
  readonly startedAt: string;
  readonly updatedAt: string;
  readonly finishedAt: string | undefined;
  /** One sentence: "12 of 14 accounts, 2 unknown (AccessDenied)", and what it came to. */
  readonly reason: string;
  readonly coverage: Coverage;
  readonly verdicts: {
    readonly violations: number;
    readonly unknown: number;
    readonly failed: number;
  };
  readonly findings: {
    readonly opened: number;
    readonly resolved: number;
    readonly reopened: number;
  };
  readonly policies: Digested | undefined;
  readonly rules: Digested | undefined;
  /** What a reader must know besides: a rule that needs more than one page can show, rules that changed meanwhile. */
  readonly notes: readonly string[];
  readonly progress: Progress;
}

/** How far a run has come. */
export interface Progress {
  readonly accounts: { readonly done: number; readonly of: number };
  readonly regions: { readonly done: number; readonly of: number };
  readonly partitions: { readonly done: number; readonly of: number };
  readonly resources: { readonly done: number; readonly expected: number | undefined };
  /** Resources a second, since the run began. */
  readonly rate: number;
  /** Absent where nobody can tell. */
  readonly secondsLeft: number | undefined;
}
