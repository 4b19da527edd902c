import { tmpdir } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openDatabase, openStore } from '../../src/store/index.ts';
import { findPostgres, startPostgres } from '../postgres.mjs';
import type { Postgres } from '../postgres.mjs';
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
    fires: 100,
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
    stop: () => postgres.stop(),
  });

  describe('a PostgreSQL that goes away', () => {
    let url: string;
    beforeAll(async () => {
      postgres = await startPostgres(bin);
      url = await postgres.database();
    });
    afterAll(() => postgres.stop());

    it('in the middle of a transaction fails it, and ends nothing else', async () => {
      const outside = fakeOutside();
      const database = await openDatabase({ folder: tmpdir(), url, outside });
      const killer = new pg.Client({ connectionString: url });
      await killer.connect();
      const others =
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()';
      const broken = database.write(async (transaction) => {
        await database.now(transaction);
        await killer.query(`${others} AND datname = current_database()`);
        await wait(100);
        await database.now(transaction);
      });
      await expect(broken).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      expect(
        await database.read(async (connection) => await database.now(connection)),
      ).toBeInstanceOf(Date);
      await killer.end();
      await database.close();
    });

    it('is used again as soon as it is back', async () => {
      const store = await openStore({ folder: tmpdir(), url, outside: fakeOutside() });
      await postgres.kill();
      await expect(store.leases.free(['aws'])).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      await postgres.start();
      await expect
        .poll(() => store.leases.free(['aws']).catch(() => undefined), { timeout: 20_000 })
        .toEqual(['aws']);
      await store.close();
    });
  });
}
