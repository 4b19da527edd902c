import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { DecisionRecord } from '../../src/ledger/ledger.ts';
import { openLedger } from '../../src/ledger/open.ts';
import type { OpenLedgerOptions } from '../../src/ledger/open.ts';
import { LOCKS, SCHEMA } from '../../src/ledger/postgresql/pool.ts';
import { decision, violation } from '../decisions.ts';
import { findPostgres, startPostgres } from '../postgres.mjs';
import type { Postgres } from '../postgres.mjs';
import { event, settings } from './ledger-log.ts';

const bin = findPostgres();

/** A batch is sent at one go, so what fails in the middle of it must not leave the rest behind. */
describe.skipIf(bin === undefined)('a batch on PostgreSQL', () => {
  let postgres: Postgres;
  let folder: string;
  let url: string;
  /** Somebody else's connection to the same tables. */
  let other: pg.Client;
  beforeAll(async () => {
    postgres = await startPostgres(bin ?? '');
  });
  afterAll(() => postgres.stop());
  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'portcullis-batch-'));
    url = await postgres.database();
    other = new pg.Client({ connectionString: url, options: `-c search_path=${SCHEMA}` });
    await other.connect();
    return async () => {
      await other.end();
      rmSync(folder, { recursive: true });
    };
  });

  const open = (more: Partial<OpenLedgerOptions> = {}) =>
    openLedger({ ...settings(), folder, url, ...more });

  function keyed(id: string, idempotencyKey: string): DecisionRecord {
    const time = '2026-01-01T00:00:00.000Z';
    const given = decision({ id, time, violations: [violation('a'), violation('b')] });
    return { id, time, type: 'decision', decision: given, idempotencyKey };
  }

  async function counts(): Promise<unknown> {
    const { rows } = await other.query(
      `SELECT (SELECT count(*) FROM record)::int AS records, (SELECT count(*) FROM body)::int AS bodies,
              (SELECT count(*) FROM record_rule)::int AS rules, (SELECT count(*) FROM idempotency)::int AS keys,
              (SELECT sum(length(hashes)) FROM tile WHERE level = 0)::int AS hashes`,
    );
    return rows[0];
  }

  it('that the database refuses in part leaves nothing, and the next one goes through', async () => {
    const { ledger, log } = await open();
    await ledger.append(keyed('first', 'good'));
    const before = await counts();
    expect(before).toEqual({ records: 1, bodies: 1, rules: 2, keys: 1, hashes: 32 });
    await other.query(`ALTER TABLE idempotency ADD CONSTRAINT refused CHECK (key <> 'bad')`);
    await expect(ledger.append(keyed('second', 'bad'))).rejects.toMatchObject({
      code: 'LEDGER_UNAVAILABLE',
      message: expect.stringContaining('refused') as unknown,
    });
    expect(await counts()).toEqual(before);
    expect(await ledger.append(keyed('third', 'good too'))).toEqual({ sequence: 1 });
    expect(await log.sign()).toContain('\n2\n');
    await ledger.close();
  });

  it('that never got its turn leaves nothing, and the next one goes through', async () => {
    const { ledger } = await open({ deadlineMs: 300 });
    await other.query(`SELECT pg_advisory_lock(${LOCKS.append})`);
    await expect(ledger.append(event('late'))).rejects.toMatchObject({
      code: 'LEDGER_UNAVAILABLE',
    });
    // The server gives up by itself; only then is it certain that the batch is not written after all.
    const waiting = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`;
    await expect
      .poll(async () => (await other.query(waiting)).rowCount, { timeout: 10_000 })
      .toBe(0);
    await other.query(`SELECT pg_advisory_unlock(${LOCKS.append})`);
    let tries = 0;
    await expect
      .poll(() => ledger.append(event(`try ${++tries}`)).catch(() => undefined), {
        timeout: 10_000,
      })
      .toMatchObject({ sequence: expect.any(Number) as unknown });
    const { events } = await ledger.events({ limit: 10 });
    expect(events.map(({ id }) => id)).not.toContain('late');
    await ledger.close();
  });

  it('is durable also where the database lets others commit without the disk', async () => {
    const name = url.slice(url.lastIndexOf('/') + 1);
    await other.query(`ALTER DATABASE ${name} SET synchronous_commit = off`);
    const { ledger } = await open();
    // What a transaction is set to stands in nothing but itself, so it is asked for as it writes.
    await other.query('CREATE TABLE seen (setting text)');
    await other.query(
      `CREATE FUNCTION look() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         INSERT INTO ${SCHEMA}.seen VALUES (current_setting('synchronous_commit')); RETURN NEW; END $$`,
    );
    await other.query(
      'CREATE TRIGGER look AFTER INSERT ON record FOR EACH ROW EXECUTE FUNCTION look()',
    );
    await ledger.append(event('one'));
    expect((await other.query('SELECT setting FROM seen')).rows).toEqual([{ setting: 'on' }]);
    await ledger.close();
  });

  it('goes on in tables of the version before', async () => {
    const first = await open();
    await first.ledger.append(keyed('old', 'key'));
    await first.ledger.close();
    await other.query('CREATE INDEX record_body ON record (body_digest)');
    for (const table of ['record_rule', 'idempotency'])
      await other.query(`ALTER TABLE ${table} ADD FOREIGN KEY (sequence) REFERENCES record`);
    await other.query(`DELETE FROM migration WHERE name = 'less to do for an append'`);
    const { ledger, log } = await open();
    expect(await ledger.append(keyed('new', 'another'))).toEqual({ sequence: 1 });
    expect((await ledger.get('old'))?.sequence).toBe(0);
    expect(await log.sign()).toContain('\n2\n');
    const left = await other.query(
      `SELECT conname FROM pg_constraint WHERE contype = 'f' AND connamespace = '${SCHEMA}'::regnamespace`,
    );
    expect(left.rows).toEqual([]);
    await ledger.close();
  });
});
