import { setInterval as every } from 'node:timers';

import { messageOf } from '../kit/errors.ts';
import { parseCheckpoint } from './checkpoint.ts';
import type { Commit } from './append-queue.ts';
import { ledgerSigner } from './key.ts';
import type { Ledger, LedgerReader } from './ledger.ts';
import type { LedgerLog } from './log.ts';
import { anchorIn } from './log/anchor.ts';
import { ledgerLog } from './log/log.ts';
import { startSigning } from './log/schedule.ts';
import type { SigningSchedule } from './log/schedule.ts';
import type { LogReads, LogStore } from './log/store.ts';
import type { LedgerPlace } from './place.ts';
import { exportBySchedule } from './export/by-schedule.ts';
import type { ExportSettings } from './export/by-schedule.ts';
import { applyRetention } from './retention.ts';
import type { Retention } from './retention.ts';
import { logReads, logStoreOver } from './store/log-store.ts';
import { ledgerReader } from './store/reader.ts';
import type { LedgerDoor, StoredLedger } from './store/stored-ledger.ts';

export interface OpenLedgerOptions extends LedgerPlace {
  readonly deadlineMs: number;
  readonly queue: number;
  readonly onCommit?: ((commit: Commit) => void) | undefined;
  readonly retention: Retention;
  /** Where and how often the log is exported while this is open; absent for never. */
  readonly exporting?: ExportSettings | undefined;
  readonly clock: () => Date;
  readonly newId: (time: Date) => string;
  /** Something worth an operator's attention; static message, facts apart. */
  readonly warn: (message: string, facts: Readonly<Record<string, unknown>>) => void;
}

/** A ledger and the log over it; both close with the ledger. */
export interface OpenLedger {
  readonly ledger: Ledger;
  readonly log: LedgerLog;
}

const RETENTION_MS = 60 * 60 * 1000;

/**
 * Opens the ledger of the configuration for writing, signs its head, and keeps it signed.
 *
 * @throws LedgerError LEDGER_LOCKED, LEDGER_CORRUPT, LEDGER_UNAVAILABLE. LogError LEDGER_KEY when this key is not the
 * ledger's, LEDGER_HISTORY when what was signed is no beginning of it.
 */
export async function openLedger(options: OpenLedgerOptions): Promise<OpenLedger> {
  const signing: { schedule?: SigningSchedule } = {};
  const stored = await openStored(options, (commit) => {
    options.onCommit?.(commit);
    if (commit.size !== undefined) signing.schedule?.grown(commit.size);
  });
  const { log, size } = await firstHead(stored, options);
  const schedule = startSigning(log, size, options.warn);
  signing.schedule = schedule;
  const ageing = startAgeing(stored, options);
  const { exporting } = options;
  const exports = exporting && exportBySchedule(stored, options, exporting, options);
  return {
    log,
    ledger: {
      ...stored,
      close: async () => {
        clearInterval(ageing);
        await exports?.stop();
        await schedule.stop();
        await stored.close();
      },
    },
  };
}

async function firstHead(stored: StoredLedger, options: OpenLedgerOptions) {
  try {
    const log = logOver(stored.logStore, options, options.clock);
    const size = parseCheckpoint(await log.sign())?.size ?? 0;
    return { log, size };
  } catch (error) {
    await stored.close();
    throw error;
  }
}

function logOver(
  store: LogStore,
  { folder, origin, key }: LedgerPlace,
  clock: () => Date,
): LedgerLog {
  const signer = () => ledgerSigner(folder, origin, key);
  return ledgerLog({ store, signer, anchor: anchorIn(folder), clock });
}

/** Drivers are loaded by those alone who use them. */
async function openStored(
  { folder, url, deadlineMs, queue, warn }: OpenLedgerOptions,
  onCommit: (commit: Commit) => void,
): Promise<StoredLedger> {
  if (url === undefined) {
    const { openSqliteLedger } = await import('./sqlite/index.ts');
    return await openSqliteLedger({ folder, deadlineMs, queue, onCommit });
  }
  const { openPostgresqlLedger } = await import('./postgresql/index.ts');
  return await openPostgresqlLedger({ url, deadlineMs, queue, onCommit, warn });
}

function startAgeing(
  stored: StoredLedger,
  { retention, clock, newId, warn }: OpenLedgerOptions,
): NodeJS.Timeout {
  const age = (): void =>
    void applyRetention(stored, retention, { clock, newId }).catch((error: unknown) =>
      warn('bodies that are old enough could not be dropped', { error: messageOf(error) }),
    );
  const timer = every(age, RETENTION_MS);
  timer.unref();
  age();
  return timer;
}

/** What the command line has of a ledger, beside a gate or without one. */
export interface LedgerAccess {
  readonly reader: LedgerReader;
  /** Opened by those who sign or prove: the key is made where there is none yet. @throws LogError LEDGER_KEY */
  readonly log: () => LedgerLog;
  /** What was signed so far, and by whom. */
  readonly signed: Pick<LogReads, 'newestHead' | 'keys' | 'tile'>;
  readonly door: LedgerDoor;
  readonly close: () => Promise<void>;
}

/**
 * Opens a ledger that is there, to read it and for what an operator does once in a while.
 *
 * @throws LedgerError LEDGER_UNAVAILABLE when there is none, LEDGER_CORRUPT.
 */
export async function openLedgerAccess(
  place: LedgerPlace,
  clock: () => Date,
): Promise<LedgerAccess> {
  const door = await openDoor(place);
  return {
    reader: ledgerReader(door.database),
    log: () => logOver(logStoreOver(door.database, door.signing), place, clock),
    signed: logReads(door.database),
    door,
    close: door.close,
  };
}

async function openDoor({ folder, url }: LedgerPlace): Promise<LedgerDoor> {
  if (url === undefined) {
    const { openSqliteDoor } = await import('./sqlite/index.ts');
    return await openSqliteDoor(folder);
  }
  const { openPostgresqlDoor } = await import('./postgresql/index.ts');
  return await openPostgresqlDoor(url);
}
