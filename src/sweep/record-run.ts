import type { Lease } from './lease.ts';
import type { SweepParts } from './parts.ts';
import { statusOf } from './status.ts';
import type { RunEnd } from './store.ts';

/** Changes of findings in one record. */
const CHANGES_A_RECORD = 500;

/** What the run changed, finding by finding, in records of a bearable size. */
export async function recordChanges(id: string, { store, record }: SweepParts): Promise<void> {
  let after: string | undefined;
  let part = 0;
  do {
    const { changes, next } = await store.findings.changes(id, CHANGES_A_RECORD, after);
    if (changes.length > 0)
      await record({ type: 'findings.changed', subject: id, body: { part, changes } });
    part++;
    after = next;
  } while (after !== undefined);
}

/** The record first: a run that shows as done has one. */
export async function recordEnd(
  id: string,
  { state, reason }: RunEnd,
  lease: Lease,
  { store, record }: SweepParts,
): Promise<void> {
  const run = await store.sweeps.run(id);
  if (run !== undefined) {
    const { name, coverage, verdicts, findings, policies, rules, notes } = statusOf(run);
    const body = { name, state, reason, coverage, verdicts, findings, policies, rules, notes };
    await record({ type: 'sweep.finished', subject: id, body });
  }
  await store.sweeps.finish(id, { state, reason }, lease);
}
