import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { fakeOutside } from '../unit/clouds/outside.ts';
import { storeContract } from './store.ts';

let root: string;

storeContract('SQLite', {
  fires: 1000,
  start: () => {
    root = mkdtempSync(path.join(tmpdir(), 'portcullis-store-'));
    return Promise.resolve();
  },
  place: () => {
    const outside = fakeOutside();
    return Promise.resolve({
      folder: mkdtempSync(path.join(root, 'place-')),
      outside,
      pass: (milliseconds: number) => {
        outside.advance(milliseconds);
        return Promise.resolve();
      },
    });
  },
  stop: () => {
    rmSync(root, { recursive: true, force: true });
    return Promise.resolve();
  },
});
