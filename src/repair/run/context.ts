import type { Tagger } from '../../clouds/tagger.ts';
import { messageOf } from '../../kit/errors.ts';
import type { Lease, Leases } from '../../sweep/lease.ts';
import { RepairError } from '../errors.ts';
import type { RepairJournal, RepairRun } from '../journal.ts';
import type { RuleGate } from '../plan/model.ts';
import type { Recorder, RepairEventType } from '../recorder.ts';

/** What a run may know of the world. */
export interface RunOutside {
  readonly clock: () => Date;
  /** Waits, or ends with the signal's reason. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** What runs are made of; the composition root puts it together. */
export interface RunParts {
  readonly journal: RepairJournal;
  readonly leases: Leases;
  readonly recorder: Recorder;
  /** Those of the configuration, by the inventory's name. */
  readonly tagger: (inventory: string) => Tagger | undefined;
  /** The kill switch: asked before every write, so that it stops a run under way. */
  readonly writes: () => 'on' | 'off';
  readonly outside: RunOutside;
  /** Names this process among those that share the store. */
  readonly owner: string;
  readonly timing?: Partial<RunTiming>;
}

export interface RunTiming {
  /** How long a run is held without a sign of life; as long as a batch may take. */
  readonly leaseMs: number;
  /** A write that a dead process had begun may still arrive for so long; only then is what is there believed. */
  readonly settleMs: number;
  /** A write begins so soon after its journal entry, or not at all: whoever slept longer may have been taken over. */
  readonly freshMs: number;
  /** Pauses before reading back again: clouds answer from copies that lag behind. */
  readonly verifyPausesMs: readonly number[];
}

export const TIMING: RunTiming = {
  leaseMs: 120_000,
  settleMs: 30_000,
  freshMs: 60_000,
  verifyPausesMs: [0, 1_000, 3_000],
};

/** One run, with the right to it. */
export interface RunContext {
  readonly parts: RunParts;
  readonly timing: RunTiming;
  readonly run: RepairRun;
  readonly gates: readonly RuleGate[];
  readonly lease: Lease;
  readonly signal: AbortSignal;
}

/** The scope of the lease on a run. */
export function runScope(run: string): string {
  return `repair/${run}`;
}

export function nowOf({ outside }: Pick<RunParts, 'outside'>): string {
  return outside.clock().toISOString();
}

/**
 * Records what is about to happen, or did.
 *
 * @throws RepairError REPAIR_UNRECORDED; whoever asked must not write.
 */
export async function record(
  parts: Pick<RunParts, 'recorder' | 'outside'>,
  type: RepairEventType,
  subject: string,
  body: Readonly<Record<string, unknown>>,
  actor?: string,
): Promise<void> {
  try {
    await parts.recorder({
      type,
      time: nowOf(parts),
      subject,
      ...(actor === undefined ? {} : { actor }),
      body,
    });
  } catch (thrown) {
    throw new RepairError(
      'REPAIR_UNRECORDED',
      `${type} of ${subject} could not be recorded: ${messageOf(thrown)}`,
      {
        help: 'Nothing is written that is not recorded. Mend the ledger, then resume.',
        cause: thrown,
      },
    );
  }
}
