import type { CloudOutside } from '../clouds/adapter.ts';
import type { Inventory } from '../clouds/inventory.ts';
import type { Fleet } from './fleet.ts';
import type { Judge } from './judge.ts';
import type { Leases } from './lease.ts';
import type { Recorder } from './recorder.ts';
import type { RunStatus } from './run.ts';
import type { Findings } from './finding.ts';
import type { SweepStore } from './store.ts';

/** What sweeps are made of; the composition root puts it together. */
export interface SweepParts {
  readonly store: {
    readonly sweeps: SweepStore;
    readonly leases: Leases;
    readonly findings: Findings;
    readonly fleet: Pick<Fleet, 'findAll'>;
  };
  readonly inventories: Inventories;
  readonly judge: Judge;
  readonly record: Recorder;
  readonly outside: SweepOutside;
  readonly newId: (time: Date) => string;
  /** Tells this process from all others that share the store: `host/4711/01J…`. */
  readonly instance: string;
  readonly limits?: Partial<SweepLimits>;
  /** Told when a run of this process has come further. */
  readonly onProgress?: (status: RunStatus) => void;
}

export interface Inventories {
  /** As the configuration names them. */
  readonly names: readonly string[];
  /** For one run, which closes it. @throws CloudError */
  readonly open: (name: string) => Promise<Inventory>;
}

export interface SweepOutside extends CloudOutside {
  /** Calls again and again until it is told to stop; keeps no process alive. */
  readonly every: (milliseconds: number, work: () => void) => () => void;
  /** Keeps the memory of this process small for as long as a run is under way; what it answers is called at the run's end. */
  readonly sparing?: () => () => void;
}

export interface SweepLimits {
  /** How long a lease lasts without being renewed, in milliseconds: the time until another process takes over. */
  readonly leaseMs: number;
  /** Resources that are judged and written together; pages are put together until there are so many. */
  readonly group: number;
  /** Groups of all runs of this process that are judged and written at a time; what was read besides waits. */
  readonly judging: number;
  /** Most resources of a part that can only be understood as a whole. */
  readonly whole: number;
  /** Parts of one account that are read at a time. */
  readonly perAccount: number;
  /** How long a run waits, in milliseconds, for an account that asked to be left alone, when nothing else is left to do. */
  readonly parkMs: number;
}

export const SWEEP_LIMITS: SweepLimits = {
  leaseMs: 30_000,
  group: 500,
  // While one is judged another is written; more would only stand about in memory.
  judging: 2,
  whole: 20_000,
  perAccount: 2,
  parkMs: 10 * 60_000,
};
