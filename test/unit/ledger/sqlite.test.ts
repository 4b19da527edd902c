import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { sha256 } from '../../../src/kit/digest.ts';
import type { DecisionRecord } from '../../../src/ledger/ledger.ts';
import { openSqliteLedger, openSqliteLedgerReader } from '../../../src/ledger/sqlite/index.ts';
import { decision } from '../../decisions.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'portcullis-sqlite-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const options = () => ({ folder, deadlineMs: 20_000, queue: 1000 });

function record(id: string, reason = ''): DecisionRecord {
  const time = '2026-11-22T08:00:00.000Z';
  return { id, time, type: 'decision', decision: decision({ id, time, reason }) };
}

describe('one writer', () => {
  it('keeps a second one out, names the process, and lets it in afterwards', async () => {
    const first = await openSqliteLedger(options());
    await expect(openSqliteLedger(options())).rejects.toMatchObject({
      code: 'LEDGER_LOCKED',
      message: expect.stringContaining(`process ${process.pid}`) as unknown,
    });
    await first.append(record('after the attempt'));
    await first.close();
    const second = await openSqliteLedger(options());
    await second.close();
    expect(existsSync(path.join(folder, 'ledger.owner'))).toBe(false);
  });

  it('keeps out a second process too, and is not stopped by an owner that was killed', async () => {
    const script = `
      import { openSqliteLedger } from ${JSON.stringify(new URL('../../../dist/ledger/sqlite/index.js', import.meta.url).href)};
      try { await openSqliteLedger(${JSON.stringify(options())}); console.log('open'); process.kill(process.pid, 'SIGKILL'); }
      catch (error) { console.log(error.code); process.exit(0); }`;
    const file = path.join(folder, 'second.mjs');
    writeFileSync(file, script);
    const run = () => spawnSync(process.execPath, [file], { encoding: 'utf8' }).stdout.trim();
    const first = await openSqliteLedger(options());
    expect(run()).toBe('LEDGER_LOCKED');
    await first.close();
    expect(run()).toBe('open');
    expect(existsSync(path.join(folder, 'ledger.owner'))).toBe(true);
    const next = await openSqliteLedger(options());
    await next.close();
  });
});

describe('a reader beside the writer', () => {
  it('sees every record that was answered, and cannot be had where there is no ledger', async () => {
    await expect(openSqliteLedgerReader(folder)).rejects.toMatchObject({
      code: 'LEDGER_UNAVAILABLE',
    });
    const ledger = await openSqliteLedger(options());
    const reader = await openSqliteLedgerReader(folder);
    for (let n = 0; n < 20; n++) {
      await ledger.append(record(`r${n}`));
      expect((await reader.get(`r${n}`))?.sequence).toBe(n);
    }
    await reader.close();
    await ledger.close();
  });
});

describe('a full disk', () => {
  it('refuses the record, keeps the ones that were answered, and goes on when there is room', async () => {
    const full = await openSqliteLedger({ ...options(), maxPages: 40 });
    const answered: string[] = [];
    let refused = 0;
    for (let n = 0; n < 60; n++) {
      const id = `r${n}`;
      try {
        await full.append(record(id, 'x'.repeat(5000)));
        answered.push(id);
      } catch (error) {
        expect(error).toMatchObject({
          code: 'LEDGER_UNAVAILABLE',
          message: expect.stringContaining('SQLITE_FULL') as unknown,
        });
        refused++;
      }
    }
    expect(answered.length).toBeGreaterThan(0);
    expect(refused).toBeGreaterThan(0);
    await full.close();
    const roomy = await openSqliteLedger(options());
    expect((await roomy.list({ limit: 500 })).records.map(({ id }) => id).reverse()).toEqual(
      answered,
    );
    expect(await roomy.append(record('one more'))).toEqual({ sequence: answered.length });
    await roomy.close();
  });
});

describe('an append', () => {
  it('that is not durable by its deadline is refused', async () => {
    const ledger = await openSqliteLedger({ ...options(), deadlineMs: 200 });
    // Another connection holds the database: to the writer that is a disk that does not answer.
    const other = new Database(path.join(folder, 'ledger.db'));
    other.exec('BEGIN IMMEDIATE');
    await expect(ledger.append(record('slow'))).rejects.toMatchObject({
      code: 'LEDGER_UNAVAILABLE',
      message: expect.stringContaining('200 ms') as unknown,
    });
    other.exec('ROLLBACK');
    other.close();
    await ledger.close();
  });

  it('beyond the queue is refused at once', async () => {
    const ledger = await openSqliteLedger({ ...options(), queue: 2 });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, async (_, n) => await ledger.append(record(`r${n}`))),
    );
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused.length).toBeGreaterThan(10);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
    await ledger.close();
  });

  it('shares its transaction with whatever waits', async () => {
    const commits: number[] = [];
    const ledger = await openSqliteLedger({
      ...options(),
      onCommit: ({ records }) => commits.push(records),
    });
    await Promise.all(
      Array.from({ length: 200 }, async (_, n) => await ledger.append(record(`r${n}`))),
    );
    expect(commits.reduce((a, b) => a + b)).toBe(200);
    expect(commits.length).toBeLessThan(10);
    await ledger.close();
  });
});

describe('a file that is no ledger', () => {
  it.each([
    [
      'not a database',
      () => writeFileSync(path.join(folder, 'ledger.db'), 'no database '.repeat(1000)),
    ],
    [
      'a database of somebody else',
      () => new Database(path.join(folder, 'ledger.db')).exec('CREATE TABLE theirs (a)'),
    ],
    [
      'a ledger of a newer version',
      () =>
        new Database(path.join(folder, 'ledger.db')).exec(
          `PRAGMA application_id = 1349481076; CREATE TABLE migration (version INTEGER PRIMARY KEY, name TEXT); INSERT INTO migration VALUES (99, 'later')`,
        ),
    ],
  ])('(%s) is refused and left alone', async (_, prepare) => {
    prepare();
    await expect(openSqliteLedger(options())).rejects.toMatchObject({ code: 'LEDGER_CORRUPT' });
  });

  it('shows when a body was changed behind its back', async () => {
    const ledger = await openSqliteLedger(options());
    await ledger.append(record('r', 'as it was'));
    new Database(path.join(folder, 'ledger.db')).exec(
      "UPDATE body SET json = replace(json, 'as it was', 'as I want')",
    );
    await expect(ledger.get('r')).rejects.toMatchObject({ code: 'LEDGER_CORRUPT' });
    await ledger.close();
  });

  it.each([
    ['the body, and its digest beside it', changeBody],
    ['what was judged, and its digest beside it', changeInput],
    ['the time by which it is found', `UPDATE record SET time = '2026-11-21T08:00:00.000Z'`],
  ])('and when somebody changed %s, which the header does not say', async (_, how) => {
    const ledger = await openSqliteLedger(options());
    await ledger.append({ ...record('r', 'as it was'), input: '["as it was"]' });
    const file = new Database(path.join(folder, 'ledger.db'));
    if (typeof how === 'string') file.exec(how);
    else how(file);
    const corrupt = { code: 'LEDGER_CORRUPT' };
    await expect(how === changeInput ? ledger.input('r') : ledger.get('r')).rejects.toMatchObject(
      corrupt,
    );
    if (how !== changeInput) await expect(ledger.list({ limit: 9 })).rejects.toMatchObject(corrupt);
    file.close();
    await ledger.close();
  });
});

function changeBody(file: Database.Database): void {
  changeUnder(file, 'body_digest');
}

function changeInput(file: Database.Database): void {
  changeUnder(file, 'input_digest');
}

/** As somebody would who knows the tables, and can write them. */
function changeUnder(file: Database.Database, column: 'body_digest' | 'input_digest'): void {
  const find = file.prepare(`SELECT json FROM body JOIN record ON digest = ${column}`);
  const { json } = z.object({ json: z.string() }).parse(find.get());
  const other = json.replace('as it was', 'as I want');
  file.prepare('INSERT INTO body VALUES (?, ?)').run(sha256(other), other);
  file.prepare(`UPDATE record SET ${column} = ?`).run(sha256(other));
}

it('goes on in a file of the version before', async () => {
  const first = await openSqliteLedger(options());
  await first.append(record('old'));
  await first.close();
  const file = new Database(path.join(folder, 'ledger.db'));
  file.exec(
    `CREATE INDEX record_body ON record (body_digest); DELETE FROM migration WHERE name = 'less to do for an append'`,
  );
  file.close();
  const ledger = await openSqliteLedger(options());
  expect(await ledger.append(record('new'))).toEqual({ sequence: 1 });
  expect((await ledger.get('old'))?.sequence).toBe(0);
  await ledger.close();
});

it('makes the data folder for its user alone', async () => {
  const inner = path.join(folder, 'a', 'b');
  const ledger = await openSqliteLedger({ ...options(), folder: inner });
  expect(statSync(inner).mode & 0o777).toBe(0o700);
  await ledger.close();
});
