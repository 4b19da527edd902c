import { LedgerError } from '../errors.ts';
import type { LedgerReader } from '../ledger.ts';
import { MAX_ENTRY_BYTES } from '../tiles/bundle.ts';

const PAGE = 1000;

export type EntryReader = Pick<LedgerReader, 'headers'>;

/**
 * The entries of the log, the oldest first: the bytes of each record's header. A page is in memory at a time.
 *
 * @throws LedgerError LEDGER_CORRUPT when a record is missing among them or is longer than a log can hold.
 */
export async function* entriesOf(
  ledger: EntryReader,
  from: number,
  size: number,
): AsyncGenerator<Uint8Array> {
  let next = from;
  while (next < size) {
    const page = await ledger.headers(next, Math.min(PAGE, size - next));
    if (page.length === 0) throw missing(next);
    for (const { sequence, header } of page) {
      if (sequence !== next) throw missing(next);
      yield entryOf(sequence, header);
      next++;
    }
  }
}

function entryOf(sequence: number, header: string): Uint8Array {
  const entry = Buffer.from(header, 'utf8');
  if (entry.length <= MAX_ENTRY_BYTES) return entry;
  throw new LedgerError(
    'LEDGER_CORRUPT',
    `The header of record ${sequence} has ${entry.length} bytes; an entry of a log has ${MAX_ENTRY_BYTES} at most.`,
    { help: 'Restore the ledger from a backup.' },
  );
}

function missing(sequence: number): LedgerError {
  return new LedgerError('LEDGER_CORRUPT', `The ledger has no record ${sequence}.`, {
    help: 'Restore the ledger from a backup.',
  });
}
