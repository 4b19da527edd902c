import path from 'node:path';

import { readNote, replace } from '../export/files.ts';
import type { Anchor } from './signing.ts';

const FILE = 'ledger.checkpoint';

/** The last signed head as a file of the data folder; an export writes there, too. */
export function anchorIn(folder: string): Anchor {
  const file = path.join(folder, FILE);
  return {
    read: () => readNote(file),
    write: (note) => replace(file, Buffer.from(note)),
  };
}
