import path from 'node:path';

import { readNote, replace, writeOnce } from './files.ts';

/** Where a log goes: what C2SP tlog-tiles calls its prefix. Names are relative to it, with slashes. */
export interface ExportTarget {
  /** How messages call it. */
  readonly place: string;
  /** A folder that nobody else may write to meanwhile; absent where no lock of this machine would keep others away. */
  readonly folder?: string;
  /** A small text, or undefined where there is none. @throws LogError LEDGER_EXPORT */
  readonly readNote: (name: string) => Promise<string | undefined>;
  /** Writes what never changes again, unless it is there already. @throws LogError LEDGER_HISTORY, LEDGER_EXPORT */
  readonly writeOnce: (name: string, bytes: Uint8Array) => Promise<void>;
  /** Writes so that a reader sees the old one or the new one, whole. @throws LogError LEDGER_EXPORT */
  readonly replace: (name: string, bytes: Uint8Array) => Promise<void>;
  readonly close: () => void;
}

export function folderTarget(folder: string): ExportTarget {
  const at = (name: string) => path.join(folder, name);
  return {
    place: folder,
    folder,
    readNote: (name) => readNote(at(name)),
    writeOnce: (name, bytes) => writeOnce(at(name), bytes),
    replace: (name, bytes) => replace(at(name), bytes),
    close: () => undefined,
  };
}
