import { toEntry } from '../../../src/ledger/entry.ts';
import { formatCheckpoint } from '../../../src/ledger/checkpoint.ts';
import type {
  EventPage,
  LedgerRecord,
  RecordPage,
  StoredEvent,
  StoredRecord,
} from '../../../src/ledger/ledger.ts';
import type { LedgerLog } from '../../../src/ledger/log.ts';
import { signerOf } from '../../../src/ledger/note/key.ts';
import { signNote } from '../../../src/ledger/note/note.ts';
import { leafHash, nodeHash } from '../../../src/ledger/tree/hash.ts';
import { inclusionProof, treeRoot } from '../../../src/ledger/tree/proof.ts';
import type { ReadHash } from '../../../src/ledger/tree/proof.ts';
import type { ReportReaders } from '../../../src/audit-report/readers.ts';
import type { ReportsParts } from '../../../src/audit-report/parts.ts';

const signer = signerOf('example.com/gate', Buffer.alloc(32, 7));
/** A key of the same name that signed nothing. */
export const STRANGER = signerOf('example.com/gate', Buffer.alloc(32, 8)).verifier.text;
export const KEY = signer.verifier.text;

/** A ledger in memory, with its log: small, and by the same tree and notes as the real one. */
export interface MemoryLedger {
  readonly append: (record: LedgerRecord) => void;
  readonly log: LedgerLog;
  readonly parts: (readers?: Partial<ReportReaders>) => ReportsParts;
}

export function memoryLedger(): MemoryLedger {
  const decisions: StoredRecord[] = [];
  const events: StoredEvent[] = [];
  const leaves: string[] = [];
  const append = (record: LedgerRecord): void => {
    const sequence = leaves.length;
    leaves.push(toEntry(record).header);
    if ('decision' in record) {
      const { id, time, type, decision } = record;
      decisions.unshift({ sequence, id, time, type, decision });
    } else events.unshift({ ...record, sequence });
  };
  const log = logOf(leaves);
  const list: ReportReaders['decisions'] = ({ before = Infinity, limit, ...filter }) => {
    const { since = '', until = '~', rule } = filter;
    const found = decisions.filter(
      ({ sequence, time, decision }) =>
        sequence < before &&
        time >= since &&
        time < until &&
        (rule === undefined || toEntryRules(decision).includes(rule)),
    );
    return Promise.resolve(pageOf(found, limit, (records): RecordPage => ({ records })));
  };
  const list2: ReportReaders['events'] = ({ before = Infinity, limit, ...filter }) => {
    const { type = '', subject, since = '', until = '~' } = filter;
    const found = events.filter(
      (event) =>
        event.sequence < before &&
        event.time >= since &&
        event.time < until &&
        (event.type === type || event.type.startsWith(`${type}.`) || type === '') &&
        (subject === undefined || event.subject === subject),
    );
    return Promise.resolve(pageOf(found, limit, (page): EventPage => ({ events: page })));
  };
  return {
    append,
    log,
    parts: (readers) => ({
      log,
      newId: () => `R${leaves.length}`,
      record: (event) => {
        append({ ...event, id: `E${leaves.length}`, time: '2026-11-26T08:00:00.000Z' });
        return Promise.resolve();
      },
      readers: {
        decisions: list,
        decision: (id) => Promise.resolve(decisions.find((one) => one.id === id)),
        events: list2,
        policies: () => [],
        rules: () => [],
        exemptions: () => Promise.resolve([]),
        findings: () => Promise.resolve({ findings: [] }),
        inventories: [],
        lastSweep: () => Promise.resolve(undefined),
        resources: () => Promise.resolve(0),
        repairRuns: () => Promise.resolve([]),
        repairSteps: () => Promise.resolve([]),
        clock: () => new Date('2026-11-26T08:00:00.000Z'),
        ...readers,
      },
    }),
  };
}

function toEntryRules(decision: StoredRecord['decision']): readonly string[] {
  const { id, time } = decision;
  return toEntry({ id, time, type: 'decision', decision }).rules;
}

function pageOf<T extends { readonly sequence: number }, P extends object>(
  found: readonly T[],
  limit: number,
  make: (items: readonly T[]) => P,
): P & { next?: number } {
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return { ...make(page), ...(found.length > limit && last ? { next: last.sequence } : {}) };
}

function logOf(leaves: readonly string[]): LedgerLog {
  const hash: ReadHash = async (level, index) =>
    level === 0
      ? leafHash(Buffer.from(leaves[index]!))
      : nodeHash(await hash(level - 1, index * 2), await hash(level - 1, index * 2 + 1));
  const sign = async (): Promise<string> => {
    const [origin, size] = [signer.verifier.name, leaves.length];
    return signNote(formatCheckpoint({ origin, size, root: await treeRoot(size, hash) }), signer);
  };
  return {
    origin: signer.verifier.name,
    verifierKeys: () => Promise.resolve([KEY]),
    checkpoint: sign,
    sign,
    tile: () => Promise.resolve(undefined),
    entries: () => Promise.resolve(undefined),
    prove: async (sequences) => ({
      checkpoint: await sign(),
      leaves: await Promise.all(
        sequences.map(async (index) => ({
          index,
          leaf: leaves[index]!,
          proof: (await inclusionProof(index, leaves.length, hash)).map((one) =>
            Buffer.from(one).toString('base64'),
          ),
        })),
      ),
    }),
    consistency: () => Promise.resolve([]),
  };
}
