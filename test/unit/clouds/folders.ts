import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder of its own under the temporary one, with these files in it. */
export interface Folder {
  readonly path: string;
  readonly file: (name: string) => string;
  readonly write: (name: string, text: string) => string;
  readonly remove: () => void;
}

export function makeFolder(files: Readonly<Record<string, string>> = {}): Folder {
  const path = mkdtempSync(join(tmpdir(), 'portcullis-inventory-'));
  const folder: Folder = {
    path,
    file: (name) => join(path, name),
    write: (name, text) => {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), text);
      return join(path, name);
    },
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
  for (const [name, text] of Object.entries(files)) folder.write(name, text);
  return folder;
}
