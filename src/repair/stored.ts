import { RepairError } from './errors.ts';
import type { RepairJournal, RepairRun, StoredPlan } from './journal.ts';

interface Kept {
  readonly journal: RepairJournal;
}

/** @throws RepairError REPAIR_UNKNOWN */
export async function storedPlan({ journal }: Kept, id: string): Promise<StoredPlan> {
  const stored = await journal.plan(id);
  if (stored !== undefined) return stored;
  throw new RepairError('REPAIR_UNKNOWN', `There is no plan ${id}.`, {
    help: 'Those that there are: `portcullis repair plans`, or GET /v1/repairs/plans.',
  });
}

/** @throws RepairError REPAIR_UNKNOWN */
export async function storedRun({ journal }: Kept, id: string): Promise<RepairRun> {
  const run = await journal.run(id);
  if (run !== undefined) return run;
  throw new RepairError('REPAIR_UNKNOWN', `There is no run ${id}.`, {
    help: 'Those that there are: `portcullis repair runs`, or GET /v1/repairs/runs.',
  });
}
