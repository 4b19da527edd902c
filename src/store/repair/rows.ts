import { compact } from '../../kit/compact.ts';
import { PlanHead, PlanState, RunState, StepState } from '../../repair/journal.ts';
import type { PlanSummary, RepairRun, RepairStep, StoredPlan } from '../../repair/journal.ts';
import { PlannedChange, RepairPlan } from '../../repair/plan/model.ts';
import type { RepairPlanTable, RepairRunTable, RepairStepTable } from './tables.ts';

/** Rows <-> what the journal's port speaks of. What comes out of a database is parsed like anything from outside. */
export function fromPlanRow(row: RepairPlanTable): StoredPlan {
  return { plan: RepairPlan.parse(JSON.parse(row.body)), ...aroundPlan(row) };
}

export function toSummary(row: Omit<RepairPlanTable, 'body'>): PlanSummary {
  return { id: row.id, ...PlanHead.parse(JSON.parse(row.head)), ...aroundPlan(row) };
}

function aroundPlan(row: Omit<RepairPlanTable, 'body'>): Omit<StoredPlan, 'plan'> {
  return {
    state: PlanState.parse(row.state),
    scope: row.scope,
    requestedBy: row.requested_by,
    createdAt: row.created_at,
    rulesDigest: row.rules_digest,
    ...compact({
      approvedBy: row.approved_by ?? undefined,
      approvedAt: row.approved_at ?? undefined,
    }),
  };
}

export function toPlanRow(made: Omit<StoredPlan, 'state'>): RepairPlanTable {
  const { purpose, undoes, totals, breaches } = made.plan;
  const head: PlanHead = { purpose, undoes, totals, breaches: breaches.length };
  return {
    id: made.plan.id,
    head: JSON.stringify(head),
    body: JSON.stringify(made.plan),
    state: 'proposed' satisfies PlanState,
    scope: made.scope,
    requested_by: made.requestedBy,
    created_at: made.createdAt,
    rules_digest: made.rulesDigest,
    approved_by: null,
    approved_at: null,
  };
}

export function fromRunRow(row: RepairRunTable): RepairRun {
  return {
    id: row.id,
    plan: row.plan_id,
    purpose: RepairPlan.shape.purpose.parse(row.purpose),
    dryRun: row.dry_run === 1,
    actor: row.actor,
    state: RunState.parse(row.state),
    reason: row.reason,
    startedAt: row.started_at,
    ...compact({ undoes: row.undoes ?? undefined, finishedAt: row.finished_at ?? undefined }),
  };
}

export function toRunRow(run: RepairRun): RepairRunTable {
  return {
    id: run.id,
    plan_id: run.plan,
    purpose: run.purpose,
    undoes: run.undoes ?? null,
    dry_run: run.dryRun ? 1 : 0,
    actor: run.actor,
    state: run.state,
    reason: run.reason,
    started_at: run.startedAt,
    finished_at: run.finishedAt ?? null,
  };
}

export function fromStepRow(row: RepairStepTable): RepairStep {
  return {
    run: row.run_id,
    position: row.position,
    change: PlannedChange.parse(JSON.parse(row.body)),
    state: StepState.parse(row.state),
    attempt: row.attempt,
    reason: row.reason,
    actor: row.actor,
    intendedAt: row.intended_at,
    ...compact({ finishedAt: row.finished_at ?? undefined }),
  };
}

export function toStepRow(step: RepairStep, dryRun: boolean): RepairStepTable {
  const { target } = step.change;
  const { account, subscription, project, region } = target.scope;
  return {
    run_id: step.run,
    position: step.position,
    address: step.change.address,
    account: account ?? subscription ?? project ?? '',
    region: region ?? '',
    body: JSON.stringify(step.change),
    dry_run: dryRun ? 1 : 0,
    state: step.state,
    attempt: step.attempt,
    reason: step.reason,
    actor: step.actor,
    intended_at: step.intendedAt,
    finished_at: step.finishedAt ?? null,
  };
}
