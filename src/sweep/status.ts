import { coverageOf, coverageSentence } from './coverage.ts';
import { progressOf } from './progress.ts';
import type { RunStatus } from './run.ts';
import type { StoredRun } from './store.ts';

/** A stored run as everybody sees it. */
export function statusOf(run: StoredRun): RunStatus {
  const sum = (count: 'violations' | 'unknown' | 'failed'): number =>
    run.partitions.reduce((total, { counts }) => total + counts[count], 0);
  return {
    id: run.id,
    name: run.request.name,
    request: run.request,
    state: run.state,
    cancelling: run.cancelling && run.finishedAt === undefined,
    startedAt: run.startedAt,
    updatedAt: run.updatedAt,
    finishedAt: run.finishedAt,
    reason: run.reason === '' ? `${coverageSentence(run)} so far.` : run.reason,
    coverage: coverageOf(run),
    verdicts: { violations: sum('violations'), unknown: sum('unknown'), failed: sum('failed') },
    findings: run.findings,
    policies: run.judgedBy?.policies,
    rules: run.judgedBy?.rules,
    notes: run.notes,
    progress: progressOf(run),
  };
}
