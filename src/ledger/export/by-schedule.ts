import type { ExportOutcome, ExportSchedule, Trouble } from './schedule.ts';
import { startExporting } from './schedule.ts';
import { ledgerSigner } from '../key.ts';
import type { EventRecord } from '../ledger.ts';
import type { LedgerPlace } from '../place.ts';
import type { StoredLedger } from '../store/stored-ledger.ts';
import { exportLog } from './export.ts';
import { openTarget } from './open-target.ts';
import type { Destination } from './destination.ts';

/** What the configuration says of exports, and who wants to hear of them. */
export interface ExportSettings extends Destination {
  readonly every: number;
  readonly told: (outcome: ExportOutcome) => void;
}

interface Outside {
  readonly clock: () => Date;
  readonly newId: (time: Date) => string;
  readonly warn: (message: string, facts: Readonly<Record<string, unknown>>) => void;
}

/** Exports the ledger of a gate while that runs. */
export function exportBySchedule(
  stored: Pick<StoredLedger, 'size' | 'headers' | 'append' | 'logStore'>,
  place: LedgerPlace,
  settings: ExportSettings,
  outside: Outside,
): ExportSchedule {
  const { to, every, told } = settings;
  const { clock, newId, warn } = outside;
  return startExporting({
    everyMs: every,
    clock,
    told: (outcome) => {
      told(outcome);
      if (outcome.result !== 'done') warn('the ledger was not exported', { to, ...outcome });
    },
    run: async (signal) => {
      const target = await openTarget(settings, signal);
      try {
        return await exportLog({
          ledger: stored,
          signed: stored.logStore,
          // Asked each time, for a key can be rotated while the gate runs.
          signer: ledgerSigner(place.folder, place.origin, place.key),
          target,
          data: place.folder,
          resume: true,
          onProgress: () => undefined,
          signal,
        });
      } finally {
        target.close();
      }
    },
    record: async (trouble) => {
      try {
        await stored.append(eventOf(trouble, to, clock(), newId));
      } catch (error) {
        warn('that an export failed could not be recorded', { to, error: String(error) });
      }
    },
  });
}

function eventOf(
  { type, ...body }: Trouble,
  to: string,
  time: Date,
  newId: (time: Date) => string,
): EventRecord {
  return { id: newId(time), time: time.toISOString(), type, subject: to, body: { to, ...body } };
}
