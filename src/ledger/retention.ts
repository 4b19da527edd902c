import type { EventRecord } from './ledger.ts';
import { DROP_STEP } from './store/retention.ts';
import type { Drop, LegalHold } from './store/retention.ts';
import type { StoredLedger } from './store/stored-ledger.ts';

/** How long bodies are kept; headers, and every proof of them, stay for ever. */
export interface Retention {
  /** Milliseconds; undefined for ever. */
  readonly decisions?: number | undefined;
  /** Of what was judged, where it is kept at all. */
  readonly inputs?: number | undefined;
  readonly holds: readonly LegalHold[];
}

export interface RetentionOutside {
  readonly clock: () => Date;
  readonly newId: (time: Date) => string;
}

/** Drops the bodies that are old enough, and writes down that it did. @throws LedgerError */
export async function applyRetention(
  ledger: Pick<StoredLedger, 'drop' | 'append'>,
  { decisions, inputs, holds }: Retention,
  outside: RetentionOutside,
): Promise<void> {
  const ages = [
    { what: 'inputs', age: inputs },
    { what: 'decisions', age: decisions },
  ] as const;
  for (const { what, age } of ages) {
    if (age === undefined) continue;
    const before = new Date(outside.clock().getTime() - age).toISOString();
    const dropped = await dropAll(ledger, { what, before, holds });
    if (dropped > 0) await ledger.append(aged({ what, before, dropped }, outside));
  }
}

async function dropAll(ledger: Pick<StoredLedger, 'drop'>, drop: Drop): Promise<number> {
  for (let dropped = 0; ;) {
    const step = await ledger.drop(drop);
    dropped += step;
    if (step < DROP_STEP) return dropped;
  }
}

function aged(
  body: { what: Drop['what']; before: string; dropped: number },
  { clock, newId }: RetentionOutside,
): EventRecord {
  const time = clock();
  const [id, at] = [newId(time), time.toISOString()];
  return { id, time: at, type: 'ledger.bodies-aged', subject: body.what, body };
}
