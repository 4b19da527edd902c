import type { LogReads, LogStore, SigningDesk } from '../log/store.ts';
import { wrapped } from './errors.ts';
import { addVerifierKey, keepHead, newestHead, verifierKeys } from './heads.ts';
import { headers } from './reader.ts';
import type { InTransaction, LedgerDatabase } from './tables.ts';
import { readTile } from './tree.ts';
import { recordCount } from './write.ts';

const READING = 'The log cannot be read';

/** What the log reads, over a connection. */
export function logReads(database: LedgerDatabase): LogReads {
  return {
    size: () => wrapped(() => recordCount(database), READING),
    tile: (level, index) => wrapped(() => readTile(database, level, index), READING),
    headers: (from, limit) => wrapped(() => headers(database, from, limit), READING),
    newestHead: () => wrapped(() => newestHead(database), READING),
    keys: () => wrapped(() => verifierKeys(database), READING),
  };
}

/** A store whose signer works in one transaction, alone by the lock that it holds. */
export function logStoreOver(database: LedgerDatabase, signing: InTransaction): LogStore {
  return {
    ...logReads(database),
    alone: (work) =>
      wrapped(
        () => signing(async (transaction) => await work(deskOver(transaction))),
        'The head of the log cannot be signed',
      ),
  };
}

function deskOver(transaction: LedgerDatabase): SigningDesk {
  return {
    ...logReads(transaction),
    keepHead: (head) => keepHead(transaction, head),
    addKey: (text, time) => addVerifierKey(transaction, text, time),
  };
}
