import { RepairError } from './errors.ts';
import type { RepairRun, StoredPlan } from './journal.ts';
import { brakesOf } from './plan/gates.ts';
import type { ApplyRequest, RepairsParts, RepairStatus } from './ports.ts';
import { requireMayWrite, requireState } from './require.ts';
import { nowOf, record, runScope, TIMING } from './run/context.ts';
import type { RunContext, RunParts } from './run/context.ts';
import { resolveOpen } from './run/resume.ts';
import { finishRun, runChanges } from './run/run.ts';
import { storedPlan, storedRun } from './stored.ts';

export async function approve(parts: RepairsParts, id: string, actor: string): Promise<StoredPlan> {
  const stored = await storedPlan(parts, id);
  requireState(stored, ['proposed'], 'approved');
  const { approvers } = parts.settings();
  if (actor === stored.requestedBy)
    throw new RepairError(
      'REPAIR_APPROVAL',
      `${actor} asked for this plan and cannot approve it too.`,
      {
        help: 'A second person must look at it.',
      },
    );
  if (approvers?.includes(actor) === false)
    throw new RepairError('REPAIR_APPROVAL', `${actor} is not among those who may approve.`, {
      help: 'They stand in repairs.approvers of the configuration.',
    });
  await record(parts, 'repair.approved', id, { requestedBy: stored.requestedBy }, actor);
  if (!(await parts.journal.approve(id, actor, nowOf(parts)))) return raced(parts, id, 'approved');
  return storedPlan(parts, id);
}

export async function apply(
  parts: RepairsParts,
  id: string,
  request: ApplyRequest,
  signal: AbortSignal,
): Promise<RepairStatus> {
  const stored = await storedPlan(parts, id);
  const dryRun = request.dryRun ?? false;
  if (!dryRun) await requireMayWrite(parts, stored, request);
  const time = parts.outside.clock();
  const { undoes } = stored.plan;
  const run: RepairRun = {
    id: parts.newId(time),
    plan: id,
    purpose: stored.plan.purpose,
    ...(undoes === undefined ? {} : { undoes }),
    dryRun,
    actor: request.actor,
    state: 'running',
    reason: '',
    startedAt: time.toISOString(),
  };
  const context = await hold(parts, run, stored, signal);
  try {
    const { breaches } = stored.plan;
    await record(parts, 'repair.started', run.id, { plan: id, dryRun, breaches }, run.actor);
    if (!(await parts.journal.begin(run, [stored.state], context.lease))) {
      const message = 'another run of the plan was faster';
      await record(parts, 'repair.refused', run.id, { plan: id, message }, run.actor);
      return await raced(parts, id, 'applied');
    }
    request.began?.(run.id);
    return await carryOut(context, stored);
  } finally {
    await parts.leases.release(context.lease);
  }
}

/** The right to a run, for as long as this process shows signs of life. */
async function hold(
  parts: RepairsParts,
  run: RepairRun,
  stored: StoredPlan,
  signal: AbortSignal,
): Promise<RunContext> {
  const timing = { ...TIMING, ...parts.timing };
  const lease = await parts.leases.acquire([runScope(run.id)], parts.owner, timing.leaseMs);
  if ('heldBy' in lease)
    throw new RepairError(
      'REPAIR_HELD',
      `Run ${run.id} is carried out by ${lease.heldBy} until ${lease.until}.`,
      {
        help: 'It can be resumed when that process is gone and its time is over.',
      },
    );
  return { parts, timing, run, gates: stored.plan.gates, lease, signal };
}

async function carryOut(context: RunContext, { plan: content }: StoredPlan): Promise<RepairStatus> {
  const ending = await runChanges(context, content.changes, brakesOf(content.gates));
  const run = await finishRun(context, ending);
  return statusOf(context.parts, run);
}

export async function resume(
  parts: RepairsParts,
  id: string,
  actor: string,
  signal: AbortSignal,
): Promise<RepairStatus> {
  const run = await storedRun(parts, id);
  if (run.state !== 'running')
    throw new RepairError('REPAIR_STATE', `Run ${id} is over: ${run.state}.`, {
      help: 'Only a run that was left behind can be resumed; plan again for what is left.',
    });
  const stored = await storedPlan(parts, run.plan);
  const context = await hold(parts, run, stored, signal);
  try {
    await record(parts, 'repair.resumed', id, { plan: run.plan, dryRun: run.dryRun }, actor);
    await resolveOpen(context);
    return await carryOut(context, stored);
  } finally {
    await parts.leases.release(context.lease);
  }
}

export async function status(parts: RepairsParts, id: string): Promise<RepairStatus> {
  return statusOf(parts, await storedRun(parts, id));
}

async function statusOf({ journal }: RunParts, run: RepairRun): Promise<RepairStatus> {
  return { run, tally: await journal.tally(run.id), steps: await journal.steps(run.id) };
}

/** Somebody was faster: what they did is what counts. */
async function raced(parts: RepairsParts, id: string, wish: string): Promise<never> {
  requireState(await storedPlan(parts, id), [], wish);
  throw new RepairError('REPAIR_STATE', `Plan ${id} cannot be ${wish}.`);
}
