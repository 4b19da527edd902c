import type { LedgerRecord } from '../src/ledger/ledger.ts';
import { openSqliteLedger } from '../src/ledger/sqlite/index.ts';
import { decision } from './decisions.ts';

const TIME = '2026-11-22T08:00:00.000Z';

/** Appends records to the ledger of a data folder, numbered from `from` up to, not with, `to`; every tenth is no decision. */
export async function fillLedger(
  data: string,
  from: number,
  to: number,
  record: (n: number) => LedgerRecord = recordOf,
): Promise<void> {
  const ledger = await openSqliteLedger({ folder: data, deadlineMs: 60_000, queue: 2000 });
  try {
    for (let start = from; start < to; start += 1000) {
      const numbers = Array.from({ length: Math.min(1000, to - start) }, (_, at) => start + at);
      await Promise.all(numbers.map((n) => ledger.append(record(n))));
    }
  } finally {
    await ledger.close();
  }
}

function recordOf(n: number) {
  const id = `record-${n}`;
  return n % 10 === 9
    ? ({ id, time: TIME, type: 'sweep.started', subject: `sweep-${n}`, body: { n } } as const)
    : ({ id, time: TIME, type: 'decision', decision: decision({ id, time: TIME }) } as const);
}
