import { apply, approve, resume, status } from './applying.ts';
import type { PlanSummary, RepairRun, StoredPlan } from './journal.ts';
import { plan, undo } from './planning.ts';
import type { ApplyRequest, RepairScope, RepairsParts, RepairStatus } from './ports.ts';
import { storedPlan } from './stored.ts';

/** Repairs as the command line, HTTP and the schedule use them. Every promise may be rejected with RepairError or StoreError. */
export interface Repairs {
  /** Plans, judges what it planned, and keeps it. Nothing is written to any cloud. */
  readonly plan: (scope: RepairScope, actor: string, signal: AbortSignal) => Promise<StoredPlan>;
  readonly get: (plan: string) => Promise<StoredPlan>;
  /** Newest first. */
  readonly list: (limit: number) => Promise<readonly PlanSummary[]>;
  readonly runs: (limit: number) => Promise<readonly RepairRun[]>;
  readonly approve: (plan: string, actor: string) => Promise<StoredPlan>;
  readonly apply: (
    plan: string,
    request: ApplyRequest,
    signal: AbortSignal,
  ) => Promise<RepairStatus>;
  readonly status: (run: string) => Promise<RepairStatus>;
  /** The way back of a run as a plan: what will be restored, and what was changed by others since and stays. `apply` takes it. */
  readonly planUndo: (run: string, actor: string, signal: AbortSignal) => Promise<StoredPlan>;
  /** Finds out what a run that was left behind has done, and goes on with it. */
  readonly resume: (run: string, actor: string, signal: AbortSignal) => Promise<RepairStatus>;
}

export function createRepairs(parts: RepairsParts): Repairs {
  return {
    plan: (scope, actor, signal) => plan(parts, scope, actor, signal),
    get: (id) => storedPlan(parts, id),
    list: (limit) => parts.journal.plans(limit),
    runs: (limit) => parts.journal.runs(limit),
    approve: (id, actor) => approve(parts, id, actor),
    apply: (id, request, signal) => apply(parts, id, request, signal),
    status: (run) => status(parts, run),
    planUndo: (run, actor, signal) => undo(parts, run, actor, signal),
    resume: (run, actor, signal) => resume(parts, run, actor, signal),
  };
}
