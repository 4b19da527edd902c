import type { Partition } from '../clouds/inventory.ts';
import type { FleetResource } from './fleet.ts';
import type { Observation } from './findings.ts';
import type { Digested } from './judge.ts';
import type { Fence, Lease } from './lease.ts';
import type { Ended, RunGap, RunRequest, RunState } from './run.ts';

/**
 * What a sweep keeps. Every write names the lease under which it is made, and is refused with SWEEP_FENCED when that
 * belongs to somebody else by now; every write is one transaction, so that a crash leaves the state before or after it.
 */
export interface SweepStore {
  /**
   * A new run in state `running`. Interrupted runs that read one of its inventories can never go on after it, for it sees
   * what they did not: they are cancelled with it.
   *
   * @throws SweepError SWEEP_FIRED when the fire that it is for led to a run already.
   */
  readonly begin: (run: NewRun, lease: Lease) => Promise<void>;
  /** An interrupted run (or one whose process died) is running again, under this lease. */
  readonly reopen: (id: string, lease: Lease) => Promise<void>;
  readonly savePlan: (id: string, plan: PlannedInventory, fence: Fence) => Promise<void>;
  /** The parts that are not done, in the order of the plan. */
  readonly open: (id: string) => Promise<readonly StoredPartition[]>;
  /** What was read together and judged, with where to go on from: a page is counted once, however often it is read. */
  readonly commit: (group: JudgedGroup, fence: Fence) => Promise<void>;
  /** The part is at its end: `complete` when all of it was read. */
  readonly endPartition: (
    run: string,
    part: Pick<StoredPartition, 'inventory' | 'key'>,
    gaps: readonly RunGap[],
    fence: Fence,
  ) => Promise<void>;
  /**
   * Resolves what a complete part does not hold any more, a bounded number of resources at a time.
   *
   * @param wanted kinds that were asked for; what was not asked for was not missed either.
   * @returns where to go on; undefined at the end.
   */
  readonly closeGone: (gone: Gone, fence: Fence, after: string) => Promise<string | undefined>;
  /** Parts of which something is kept, and that this run did not plan. */
  readonly unplanned: (run: string, inventory: string) => Promise<readonly UnplannedPart[]>;
  /** Resolves findings of rules that are in force no more. @returns false when there are none left. */
  readonly closeRules: (
    run: string,
    inventory: string,
    rules: readonly string[],
    fence: Fence,
  ) => Promise<boolean>;
  readonly note: (id: string, note: string, fence: Fence) => Promise<void>;
  readonly judgedBy: (id: string, by: JudgedBy, fence: Fence) => Promise<void>;
  readonly finish: (id: string, end: RunEnd, lease: Lease) => Promise<void>;
  /** The process that has the run lets go of it: somebody may resume it. */
  readonly interrupt: (id: string, reason: string, lease: Lease) => Promise<void>;
  /** Asks whoever has the run to end it. @returns false when there is no such run under way. */
  readonly askToCancel: (id: string) => Promise<boolean>;
  readonly cancelAsked: (id: string) => Promise<boolean>;
  readonly run: (id: string) => Promise<StoredRun | undefined>;
  /** Newest first. */
  readonly runs: (filter: RunFilter, limit: number, before?: number) => Promise<readonly RunHead[]>;
}

export interface NewRun {
  readonly id: string;
  readonly request: RunRequest;
  readonly notes: readonly string[];
}

export interface PlannedInventory {
  readonly inventory: string;
  readonly accounts: readonly string[];
  readonly partitions: readonly (Partition & { readonly account: string })[];
  readonly gaps: readonly RunGap[];
}

export interface StoredPartition {
  readonly inventory: string;
  readonly key: string;
  readonly account: string;
  readonly scope: Readonly<Record<string, string>>;
  readonly type: string | undefined;
  readonly together: Readonly<Record<string, string>> | undefined;
  readonly expected: number | undefined;
  readonly state: PartitionState;
  /** Where to read on. */
  readonly cursor: string | undefined;
  readonly pages: number;
  readonly counts: Counts;
}

export type PartitionState = 'waiting' | 'reading' | 'complete' | 'incomplete';

export interface Counts {
  readonly resources: number;
  readonly judged: number;
  readonly violations: number;
  readonly unknown: number;
  readonly failed: number;
}

export interface JudgedGroup {
  readonly run: string;
  readonly inventory: string;
  readonly partition: string;
  readonly items: readonly JudgedItem[];
  readonly gaps: readonly RunGap[];
  /** Of the next page; undefined when this was the last one. */
  readonly next: string | undefined;
  readonly pages: number;
}

export interface JudgedItem {
  readonly resource: FleetResource;
  readonly observation: Observation;
  readonly identities: readonly string[];
}

export interface Gone {
  readonly run: string;
  readonly inventory: string;
  readonly partition: string;
  readonly wanted: (kind: string) => boolean;
}

export interface UnplannedPart {
  readonly partition: string;
  readonly account: string;
}

export interface JudgedBy {
  readonly policies: Digested;
  readonly rules: Digested;
}

export interface RunEnd {
  readonly state: Ended;
  readonly reason: string;
}

/** A run with what the store adds up for it. */
export interface StoredRun extends RunHead {
  /** By the clock of the store. */
  readonly now: string;
  /** Accounts by inventory. */
  readonly planned: Readonly<Record<string, readonly string[]>>;
  readonly partitions: readonly StoredPartition[];
  readonly gaps: readonly RunGap[];
  readonly findings: {
    readonly opened: number;
    readonly resolved: number;
    readonly reopened: number;
  };
}

/** A line of a list of runs. */
export interface RunHead {
  readonly id: string;
  /** Counts up with every run, whatever the clocks say. */
  readonly number: number;
  readonly request: RunRequest;
  readonly state: RunState;
  readonly cancelling: boolean;
  /** How often it was begun or resumed. */
  readonly attempts: number;
  readonly startedAt: string;
  readonly updatedAt: string;
  readonly finishedAt: string | undefined;
  readonly reason: string;
  readonly notes: readonly string[];
  readonly judgedBy: JudgedBy | undefined;
}

export interface RunFilter {
  readonly name?: string;
  readonly states?: readonly RunState[];
}
