import type { RepairRun, RepairStep, StoredPlan } from '../../../src/repair/journal.ts';
import type { PlannedChange } from '../../../src/repair/plan/model.ts';
import { sealPlan } from '../../../src/repair/plan/seal.ts';
import type { Store } from '../../../src/store/index.ts';
import type { Lease } from '../../../src/sweep/lease.ts';

export async function held(store: Store, scope: string, owner: string): Promise<Lease> {
  const lease = await store.leases.acquire([scope], owner, 60_000);
  if ('heldBy' in lease) throw new Error(`held by ${lease.heldBy}`);
  return lease;
}

export function at(minute: number): string {
  return new Date(Date.UTC(2026, 10, 25, 10, minute)).toISOString();
}

function change(address: string): PlannedChange {
  return {
    address,
    kind: 'aws.s3.bucket',
    inventory: 'estate',
    target: { address, type: 'AWS::S3::Bucket', scope: { account: '1', region: 'eu' } },
    set: { owner: { before: null, after: 'ada', source: { kind: 'constant', from: 'owner' } } },
    remove: { Owner: { before: 'ada' } },
    snapshot: { Owner: 'ada' },
    watch: [],
    rules: ['tagging.owner'],
  };
}

export function plan(addresses: readonly string[] = ['a']): Omit<StoredPlan, 'state'> {
  return {
    plan: sealPlan({
      purpose: 'repair',
      changes: addresses.map(change),
      suggestions: [],
      refusals: [
        { address: 'z', keys: ['owner'], rules: ['r'], code: 'no-value', message: 'ask Ada' },
      ],
      gates: [],
      breaches: [],
      complete: true,
      gaps: [],
    }),
    requestedBy: 'ada',
    createdAt: at(0),
    rulesDigest: 'sha256:a',
    scope: '{}',
  };
}

export function run(given: Partial<RepairRun>): RepairRun {
  return {
    id: 'run-1',
    plan: 'plan-x',
    purpose: 'repair',
    dryRun: false,
    actor: 'ada',
    state: 'running',
    reason: '',
    startedAt: at(1),
    ...given,
  };
}

export function step(runId: string, address: string, position: number): RepairStep {
  return {
    run: runId,
    position,
    change: change(address),
    state: 'intended',
    attempt: 1,
    reason: '',
    actor: 'ada',
    intendedAt: at(1),
  };
}
