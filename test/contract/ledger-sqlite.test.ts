import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { openSqliteLedger } from '../../src/ledger/sqlite/index.ts';
import { ledgerContract } from './ledger.ts';

ledgerContract('SQLite', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'portcullis-ledger-'));
  return {
    open: async () => await openSqliteLedger({ folder, deadlineMs: 20_000, queue: 1000 }),
    dispose: () => {
      rmSync(folder, { recursive: true });
      return Promise.resolve();
    },
  };
});
