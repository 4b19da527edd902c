import { compact } from '../kit/compact.ts';
import type { RepairStatus } from '../repair/ports.ts';
import type { Repairs } from '../repair/repairs.ts';
import type { Fleet } from './fleet.ts';
import { RepairPlanSummary, RepairPlanView, RepairRunView } from './repair-views.ts';

/** A caller waits so long for a run to end; then it is told how far it is, and looks again. */
const PATIENCE_MS = 20_000;

/** Repairs, as the doors see them. */
export function repairDesk(repairs: Repairs, ending: AbortSignal) {
  return {
    planRepair: async (ask, actor) => toPlanView(await repairs.plan(compact(ask), actor, ending)),
    repairPlans: async (limit) =>
      (await repairs.list(limit)).map((plan) => RepairPlanSummary.parse(plan)),
    repairPlan: async (id) => toPlanView(await repairs.get(id)),
    approveRepair: async (id, actor) => toPlanView(await repairs.approve(id, actor)),
    applyRepair: async (plan, { actor, dryRun, signal }) => {
      let run: string | undefined;
      const began = (id: string): void => void (run = id);
      const running = repairs.apply(plan, { actor, dryRun, began }, either(ending, signal));
      return await patiently(repairs, running, () => run);
    },
    repairRuns: async (limit) => (await repairs.runs(limit)).map((run) => ({ ...run })),
    repairRun: async (id) => toRunView(await repairs.status(id)),
    planUndo: async (run, actor) => toPlanView(await repairs.planUndo(run, actor, ending)),
    resumeRepair: async (run, { actor, signal }) =>
      await patiently(repairs, repairs.resume(run, actor, either(ending, signal)), () => run),
  } satisfies Partial<Fleet>;
}

function either(ending: AbortSignal, signal: AbortSignal | undefined): AbortSignal {
  return signal === undefined ? ending : AbortSignal.any([ending, signal]);
}

/** The run goes on by itself: its end is recorded whether somebody waits for it or not. A plan may have more than one. */
async function patiently(
  repairs: Repairs,
  running: Promise<RepairStatus>,
  begun: () => string | undefined,
): Promise<RepairRunView> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
  });
  try {
    const ended = await Promise.race([running, late]);
    if (ended !== undefined) return toRunView(ended);
  } finally {
    clearTimeout(timer);
  }
  const run = begun();
  if (run === undefined) return toRunView(await running);
  running.catch(() => undefined);
  return toRunView(await repairs.status(run));
}

function toPlanView(stored: Awaited<ReturnType<Repairs['get']>>): RepairPlanView {
  return RepairPlanView.parse(stored);
}

function toRunView({ run, tally, steps }: RepairStatus): RepairRunView {
  return RepairRunView.parse({
    run,
    tally,
    steps: steps.map(({ change, ...step }) => ({
      ...step,
      address: change.address,
      kind: change.kind,
      set: change.set,
      remove: change.remove,
    })),
  });
}
