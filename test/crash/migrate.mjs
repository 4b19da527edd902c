// Kills a process again and again while it brings a ledger of an older shape up to date, on both stores; in the end it must
// be up to date, with every record, and verify.
//   node test/crash/migrate.mjs                                   20 kills a store, 20,000 records
//   KILLS=50 RECORDS=1000000 STORE=sqlite node test/crash/migrate.mjs
// It needs the build (dist/).
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'libsql';
import pg from 'pg';

import { findPostgres, startPostgres } from '../postgres.mjs';
import { auditLedger, environment, makePlace, requireBuild } from './gate.mjs';

const KILLS = Number(process.env['KILLS'] ?? 20);
const RECORDS = Number(process.env['RECORDS'] ?? 20_000);
const STORES = { both: ['sqlite', 'postgresql'], sqlite: ['sqlite'], postgresql: ['postgresql'] };
/** The shape without a tree, and without what retention needs. */
const OLD_SHAPE = 3;
/** A process that is not killed is done long before. */
const PATIENCE_MS = 300_000;
const LEAVES =
  'SELECT idx, length(hashes) / 32 AS width FROM tile WHERE level = 0 ORDER BY idx DESC LIMIT 1';
/** "Port", as the file says whose it is. */
const APPLICATION_ID = 0x506f7274;

const child = fileURLToPath(new URL('./migrate-process.mjs', import.meta.url));
const { MIGRATIONS, ledgerWords } = await import(
  new URL('../../dist/ledger/store/migrations.js', import.meta.url).href
);

requireBuild();
let [passed, failed] = [0, 0];
for (const name of STORES[process.env['STORE'] ?? 'both']) await tryStore(name);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

async function tryStore(name) {
  const bin = name === 'postgresql' ? findPostgres() : undefined;
  if (name === 'postgresql' && bin === undefined) return;
  const postgres = bin === undefined ? undefined : await startPostgres(bin, { durable: true });
  const place = makePlace();
  const data = path.join(place, 'data');
  mkdirSync(data);
  const store = await openStore(data, await postgres?.database());
  try {
    await store.older();
    const kills = await killUntilDone(data, store);
    const env = environment(place, store.url);
    const ids = Array.from({ length: RECORDS }, (_, n) => idOf(n));
    const { size, wrongs, entries } = auditLedger(place, env, []);
    const all = [...wrongs];
    if (size !== RECORDS) all.push(`${size} records are left of ${RECORDS}`);
    ids.forEach((id, at) => {
      if (entries[at] !== id) all.push(`entry ${at} is ${entries[at]}`);
    });
    for (const wrong of all.slice(0, 20)) console.error(wrong);
    console.log(
      `${name}: ${kills.all} kills while ${RECORDS} records were brought up to date (${kills.halfway} left it halfway), ${all.length} missing or wrong`,
    );
    const lost = Math.min(kills.all, all.length);
    passed += kills.all - lost;
    failed += lost;
  } finally {
    await store.close();
    rmSync(place, { recursive: true, force: true });
    await postgres?.stop();
  }
}

/** Whenever it came to its end before it was killed, it is put back into the older shape. */
async function killUntilDone(data, store) {
  const kills = { all: 0, halfway: 0 };
  const begin = performance.now();
  await openAndKill(data, store.url, () => pause(PATIENCE_MS));
  const whole = performance.now() - begin;
  await store.older();
  while (kills.all < KILLS) {
    // At any moment, and every other time as soon as a part of the tree stands.
    const moment =
      kills.all % 2 === 0
        ? () => pause(Math.random() * whole)
        : (running) => untilSome(store, running);
    const killed = await openAndKill(data, store.url, moment);
    if (killed) {
      kills.all += 1;
      const leaves = await store.leaves();
      if (leaves > 0 && leaves < RECORDS) kills.halfway += 1;
      if (leaves === RECORDS) await store.older();
    } else {
      await store.older();
    }
  }
  if (await openAndKill(data, store.url, () => pause(PATIENCE_MS)))
    throw new Error('it does not come to its end');
  return kills;
}

/** @returns true when it was killed before it was done. */
async function openAndKill(folder, url, moment) {
  const running = spawn(process.execPath, [child, JSON.stringify({ folder, url })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => running.once('exit', resolve));
  let said = '';
  running.stdout.on('data', (chunk) => {
    if (said === '') void moment(running).then(() => running.kill('SIGKILL'));
    said += chunk.toString();
  });
  const code = await ended;
  if (code !== null && code !== 0) throw new Error(`opening the ledger ended with ${code}`);
  return code === null && !said.includes('opened');
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}

async function untilSome(store, running) {
  while (running.exitCode === null && (await store.leaves()) === 0) await pause(2);
}

async function openStore(folder, url) {
  return url === undefined ? openFile(path.join(folder, 'ledger.db')) : await openDatabase(url);
}

function openFile(file) {
  const within = (work) => {
    const database = new Database(file, { timeout: 10_000 });
    try {
      return work(database);
    } finally {
      database.close();
    }
  };
  return {
    url: undefined,
    older: () => {
      for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
      rmSync(path.join(path.dirname(file), 'ledger.checkpoint'), { force: true });
      within((database) => {
        database.exec('BEGIN');
        for (const statement of olderShape('sqlite')) database.exec(statement);
        database.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
        for (const [table, columns, rows] of olderRows()) {
          const marks = columns.map(() => '?').join(', ');
          const insert = database.prepare(
            `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`,
          );
          for (const row of rows()) insert.run(...row);
        }
        database.exec('COMMIT');
      });
    },
    leaves: () =>
      within((database) => {
        const there = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'tile'").all();
        return leavesOf(there.length === 0 ? [] : database.prepare(LEAVES).all());
      }),
    close: () => undefined,
  };
}

async function openDatabase(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    url,
    older: async () => {
      await client.query('DROP SCHEMA IF EXISTS portcullis_ledger CASCADE');
      await client.query('CREATE SCHEMA portcullis_ledger');
      await client.query('SET search_path = portcullis_ledger');
      await client.query('BEGIN');
      for (const statement of olderShape('postgresql')) await client.query(statement);
      for (const [table, columns, rows] of olderRows()) {
        const list = columns.join(', ');
        const all = [...rows()].map((row) =>
          Object.fromEntries(columns.map((c, n) => [c, row[n]])),
        );
        await client.query(
          `INSERT INTO ${table} (${list}) SELECT ${list} FROM json_populate_recordset(NULL::portcullis_ledger.${table}, $1)`,
          [JSON.stringify(all)],
        );
      }
      await client.query('COMMIT');
    },
    leaves: async () => {
      const { rows } = await client.query(LEAVES).catch((error) => {
        // There is no such table yet.
        if (error.code === '42P01') return { rows: [] };
        throw error;
      });
      return leavesOf(rows);
    },
    close: () => client.end(),
  };
}

function leavesOf(rows) {
  return rows.length === 0 ? 0 : Number(rows[0].idx) * 256 + Number(rows[0].width);
}

function olderShape(dialect) {
  const words = ledgerWords(dialect);
  return [
    `CREATE TABLE migration (version ${words.BIGINT} PRIMARY KEY, name ${words.TEXT} NOT NULL)${words.STRICT}`,
    ...MIGRATIONS.slice(0, OLD_SHAPE).flatMap(({ name, statements }, at) => [
      ...statements(words),
      `INSERT INTO migration (version, name) VALUES (${at + 1}, '${name}')`,
    ]),
  ];
}

function idOf(n) {
  return `record-${n}`;
}

/** Records as they were written then: header, body under its digest, columns to filter by. */
function olderRows() {
  const time = '2026-01-01T00:00:00.000Z';
  const body = '{}';
  const digest = `sha256:${createHash('sha256').update(body).digest('hex')}`;
  const columns = ['sequence', 'id', 'time', 'type', 'header', 'body_digest', 'decision', 'point'];
  return [
    ['body', ['digest', 'json'], () => [[digest, body]]],
    [
      'record',
      [...columns, 'source', 'subject'],
      function* rows() {
        for (let n = 0; n < RECORDS; n++) {
          const id = idOf(n);
          const header = JSON.stringify({ body: digest, id, time, type: 'sweep.started' });
          yield [n, id, time, 'sweep.started', header, digest, '', '', '', 's'];
        }
      },
    ],
  ];
}
