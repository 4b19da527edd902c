import { tmpdir } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, it } from 'vitest';

import { findPostgres, startPostgres } from '../postgres.ts';
import type { Postgres } from '../postgres.ts';
import { fakeOutside } from '../unit/clouds/outside.ts';
import { storeContract } from './store.ts';

const bin = findPostgres();
let postgres: Postgres;

if (bin === undefined) {
  describe('PostgreSQL as the fleet store', () => {
    it.skip('is not installed on this machine', () => undefined);
  });
} else {
  storeContract('PostgreSQL', {
    start: async () => {
      postgres = await startPostgres(bin);
    },
    place: async () => ({
      folder: tmpdir(),
      url: await postgres.database(),
      outside: fakeOutside(),
      // Its clock is its own.
      pass: (milliseconds) => wait(milliseconds),
    }),
    stop: () => {
      postgres.stop();
      return Promise.resolve();
    },
  });
}
