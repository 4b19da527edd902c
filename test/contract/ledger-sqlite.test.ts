import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { openLedger } from '../../src/ledger/open.ts';
import { settings } from './ledger-log.ts';
import { ledgerContract } from './ledger.ts';

ledgerContract('SQLite', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'portcullis-ledger-'));
  return Promise.resolve({
    open: () => openLedger({ ...settings(), folder }),
    dispose: () => rmSync(folder, { recursive: true }),
  });
});
