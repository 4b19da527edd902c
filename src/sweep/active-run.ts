import type { Slots } from '../kit/slots.ts';
import { SweepError } from './errors.ts';
import type { Fence, Lease } from './lease.ts';
import type { SweepLimits } from './parts.ts';
import type { RunRequest } from './run.ts';

/** A run under way in this process. */
export interface ActiveRun {
  readonly id: string;
  readonly request: RunRequest;
  readonly lease: Lease;
  readonly limits: SweepLimits;
  /** Waits until few enough groups are held in their normal form, with all that was found of them. */
  readonly judging: Slots;
  readonly signal: AbortSignal;
  /** Ends the run from within. */
  readonly cancel: () => void;
  readonly progressed: () => Promise<void>;
  /** What was told of it already. */
  readonly told: { digests: string | undefined; readonly notes: Set<string> };
}

/** The lease of an inventory: whatever two runs are after, they never read the same one at the same time. */
export function leaseScope(inventory: string): string {
  return `inventory:${inventory}`;
}

/** The inventory of such a lease, for messages. */
export function inventoryOf(scope: string): string {
  return scope.replace(/^inventory:/, '');
}

export function fenceOf({ lease }: ActiveRun, inventory: string): Fence {
  const scope = leaseScope(inventory);
  const fence = lease.fences.find((held) => held.scope === scope);
  if (fence !== undefined) return fence;
  throw new SweepError('SWEEP_FENCED', `This run holds no lease of ${inventory}.`);
}
