import { z } from 'zod';

import type { Lease } from '../sweep/lease.ts';
import type { PastRepair } from './plan/input.ts';
import { RepairPlan } from './plan/model.ts';
import type { PlannedChange } from './plan/model.ts';

export const PLAN_STATES = ['proposed', 'approved', 'applying', 'applied', 'stopped'] as const;
export const PlanState = z.enum(PLAN_STATES);
export type PlanState = z.infer<typeof PlanState>;

/** A plan as it is kept, with what became of it. */
export interface StoredPlan {
  readonly plan: RepairPlan;
  readonly state: PlanState;
  readonly requestedBy: string;
  readonly createdAt: string;
  readonly approvedBy?: string;
  readonly approvedAt?: string;
  /** The rules that it was made by. */
  readonly rulesDigest: string;
  /** What was asked for, in words. */
  readonly scope: string;
}

/** A plan without its content: what a list shows. */
export interface PlanSummary extends Omit<StoredPlan, 'plan'>, PlanHead {
  readonly id: string;
}

export const PlanHead = RepairPlan.pick({ purpose: true, undoes: true, totals: true }).extend({
  breaches: z.int(),
});
export type PlanHead = z.infer<typeof PlanHead>;

/**
 * - `running`: under way, or left behind by a process that died: then it is resumed.
 * - `done`: every change was tried.
 * - `stopped`: it gave up: errors, the kill switch, the window, somebody's wish.
 */
export const RUN_STATES = ['running', 'done', 'stopped'] as const;
export const RunState = z.enum(RUN_STATES);
export type RunState = z.infer<typeof RunState>;

/** One application of a plan. */
export interface RepairRun {
  readonly id: string;
  readonly plan: string;
  readonly purpose: RepairPlan['purpose'];
  readonly undoes?: string;
  readonly dryRun: boolean;
  readonly actor: string;
  readonly state: RunState;
  readonly reason: string;
  readonly startedAt: string;
  readonly finishedAt?: string;
}

/**
 * What became of one resource. `intended` and `written` are open: what the cloud did is not known for certain, and after a crash
 * it is read before anything else is done. The others are closed.
 * - `verified`: read back, and it is as planned.
 * - `failed`: nothing was written. `skipped`: nothing was tried, for a reason.
 * - `unresolved`: something was, or may have been, written, and what is there now is not what was planned: a person must look.
 * - `rehearsed`: a dry run would have written it.
 */
export const STEP_STATES = [
  'intended',
  'written',
  'verified',
  'failed',
  'skipped',
  'unresolved',
  'rehearsed',
] as const;
export const StepState = z.enum(STEP_STATES);
export type StepState = z.infer<typeof StepState>;

/** How a run stands, by the states of its steps. */
export type Tally = Readonly<Record<StepState, number>>;

/** One journal entry: all that an undo needs, written before the cloud is. */
export interface RepairStep {
  readonly run: string;
  /** In the plan's order of changes, from 0. */
  readonly position: number;
  readonly change: PlannedChange;
  readonly state: StepState;
  /** How often a write was begun. */
  readonly attempt: number;
  readonly reason: string;
  readonly actor: string;
  /** Of the last attempt. */
  readonly intendedAt: string;
  readonly finishedAt?: string;
}

/** What a step comes to. */
export interface StepOutcome {
  readonly position: number;
  readonly state: Exclude<StepState, 'intended'>;
  readonly reason: string;
}

/** What was intended, and what was not because another run has the resource in its hands. */
export interface Intended {
  readonly open: readonly RepairStep[];
  readonly skipped: readonly RepairStep[];
}

/**
 * The memory of repairs. Every call is durable when it answers. Calls that take a lease are refused, as SWEEP_FENCED, once
 * somebody else holds it: a process that was only asleep does not write on.
 */
export interface RepairJournal {
  /**
   * Keeps a plan as `proposed`. The same plan again, when its last run is over, is proposed anew: an approval was for that run.
   * One that is proposed or approved is only as fresh as the last time it was made; one under way stays as it is.
   */
  readonly propose: (plan: Omit<StoredPlan, 'state'>) => Promise<StoredPlan>;
  readonly plan: (id: string) => Promise<StoredPlan | undefined>;
  /** Newest first. @param limit 1 to 500. */
  readonly plans: (limit: number) => Promise<readonly PlanSummary[]>;
  /** Compare and set: false when the plan is not `proposed` (any more). */
  readonly approve: (id: string, by: string, at: string) => Promise<boolean>;
  /**
   * Compare and set: the plan becomes `applying` and the run begins, both or neither. False when the plan is in another state.
   * A dry run begins whatever the state, and leaves it.
   */
  readonly begin: (run: RepairRun, from: readonly PlanState[], lease: Lease) => Promise<boolean>;
  readonly run: (id: string) => Promise<RepairRun | undefined>;
  /** Newest first. @param limit 1 to 500. */
  readonly runs: (limit: number) => Promise<readonly RepairRun[]>;
  /** Ends a run, and with it what became of its plan. */
  readonly finish: (run: RepairRun, lease: Lease) => Promise<void>;
  /**
   * Opens steps. A resource has one open step at a time, in all runs: of two repairers one is told to keep away, and its step is
   * `skipped`.
   */
  readonly intend: (steps: readonly RepairStep[], lease: Lease) => Promise<Intended>;
  /** One more attempt of open steps. */
  readonly intendAgain: (
    run: string,
    positions: readonly number[],
    at: string,
    lease: Lease,
  ) => Promise<void>;
  /** What became of open steps. */
  readonly settle: (
    run: string,
    outcomes: readonly StepOutcome[],
    at: string,
    lease: Lease,
  ) => Promise<void>;
  /** How many steps of a run are in which state. */
  readonly tally: (run: string) => Promise<Tally>;
  /** In the order of the plan. */
  readonly steps: (run: string) => Promise<readonly RepairStep[]>;
  /** Tags that were mended since then, of these resources; with who took them back through us. */
  readonly history: (addresses: readonly string[], since: string) => Promise<readonly PastRepair[]>;
}

/** Why a step was not opened. */
export function heldBy(run: string): string {
  return `run ${run} is at this resource; resume that run if it was left behind`;
}
