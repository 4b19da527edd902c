import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';

import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Io } from '../../../../src/cli/io.ts';
import { runProgram } from '../../../../src/cli/program.ts';
import { loadConfig } from '../../../../src/config/load.ts';
import { openSqliteLedger } from '../../../../src/ledger/sqlite/index.ts';
import { decision } from '../../../decisions.ts';

let place: string;
let data: string;
let folder: string;
beforeEach(() => {
  place = mkdtempSync(path.join(tmpdir(), 'portcullis-export-'));
  data = path.join(place, 'data');
  folder = path.join(place, 'evidence');
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

async function record(from: number, to: number): Promise<void> {
  const ledger = await openSqliteLedger({ folder: data, deadlineMs: 20_000, queue: 1000 });
  const time = '2026-11-22T08:00:00.000Z';
  for (let n = from; n < to; n++) {
    const id = `record-${n}`;
    await ledger.append({ id, time, type: 'decision', decision: decision({ id, time }) });
  }
  await ledger.close();
}

/** Runs `portcullis audit export`. */
async function exported(...more: string[]): Promise<{ out: string; err: string; code: number }> {
  let [out, err, code] = ['', '', 0];
  const io: Io = {
    stdout: { write: (part) => (out += part) },
    stderr: { write: (part) => (err += part) },
    stdin: Readable.from([]),
    cwd: place,
    colour: false,
    interactive: false,
    columns: 120,
    searchPath: [],
    env: {},
    token: undefined,
    loadConfig: () => loadConfig({ cwd: place, env: { PORTCULLIS_DATA: data } }),
    watchInterrupt: () => ({ came: Promise.resolve(), release: () => undefined }),
    setExitCode: (given) => (code = given),
  };
  await runProgram(['audit', 'export', 'evidence', ...more], io);
  return { out, err, code };
}

/** Every file under the folder with its bytes. */
function held(): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(path.join(folder, name)).isFile(),
  );
  return Object.fromEntries(
    files.sort().map((name) => [name, readFileSync(path.join(folder, name)).toString('base64')]),
  );
}

function change(statement: string): void {
  const database = new Database(path.join(data, 'ledger.db'));
  database.exec(statement);
  database.close();
}

describe('portcullis audit export', () => {
  it('writes tiles, bundles, the key and the checkpoint', async () => {
    await record(0, 3);
    const { out, code } = await exported('-o', 'json', '--origin', 'example.com/log');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ origin: 'example.com/log', size: 3 });
    expect(Object.keys(held())).toEqual([
      '.export.lock',
      'checkpoint',
      'tile/0/000.p/3',
      'tile/entries/000.p/3',
      'verifier-key',
    ]);
    const checkpoint = readFileSync(path.join(folder, 'checkpoint'), 'utf8');
    expect(checkpoint).toMatch(/^example\.com\/log\n3\n\S{44}\n\n\u2014 example\.com\/log \S+\n$/);
    expect(statSync(path.join(data, 'ledger.key')).mode & 0o777).toBe(0o600);
  });

  it('goes on where it stopped, and leaves what it wrote as it is', async () => {
    await record(0, 3);
    await exported();
    const before = held();
    await record(3, 260);
    expect((await exported()).out).toContain('260 records');
    const after = held();
    expect(after).toMatchObject({ ...before, checkpoint: after['checkpoint'] });
    expect(Object.keys(after)).toEqual(
      expect.arrayContaining([
        'tile/0/000',
        'tile/0/001.p/4',
        'tile/1/000.p/1',
        'tile/entries/000',
      ]),
    );
    expect((await exported()).code).toBe(0);
    expect(held()).toEqual(after);
  });

  it.each([
    ['a record was changed', `UPDATE record SET header = '{}' WHERE sequence = 1`],
    ['the last records were dropped', 'DELETE FROM record WHERE sequence > 1'],
  ])('signs nothing when %s, into this folder or a new one', async (_, statement) => {
    await record(0, 4);
    await exported();
    const before = held();
    change(statement);
    const refused = await exported();
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toContain('another history');
    expect(held()).toEqual(before);
    cpSync(folder, path.join(place, 'kept'), { recursive: true });
    rmSync(folder, { recursive: true });
    expect((await exported()).code).toBe(2);
    expect(readdirSync(folder)).toEqual(['.export.lock']);
  });

  it('refuses a folder with the log of another key', async () => {
    await record(0, 2);
    await exported();
    const before = held();
    rmSync(path.join(data, 'ledger.key'));
    rmSync(path.join(data, 'ledger.checkpoint'));
    expect(await exported()).toMatchObject({
      code: 2,
      err: expect.stringContaining("not signed by this ledger's key") as unknown,
    });
    expect(held()).toEqual(before);
  });

  it('is alone: another export from this ledger or to this folder is refused, and does no harm', async () => {
    await record(0, 2);
    for (const taken of [data, folder]) {
      mkdirSync(taken, { recursive: true });
      const lock = new Database(path.join(taken, '.export.lock'));
      lock.exec('BEGIN EXCLUSIVE');
      const refused = await exported();
      expect(refused).toMatchObject({ code: 2, out: '' });
      expect(refused.err).toContain(`Another export from or to ${taken} is under way.`);
      expect(existsSync(path.join(folder, 'checkpoint'))).toBe(false);
      lock.close();
    }
    expect((await exported()).code).toBe(0);
  });

  it('says which record is missing', async () => {
    await record(0, 4);
    change('DELETE FROM record WHERE sequence = 2');
    expect(await exported()).toMatchObject({
      code: 2,
      err: expect.stringContaining('no record 2') as unknown,
    });
  });

  it('refuses a key that others can read, and another origin than the key has', async () => {
    await record(0, 1);
    await exported();
    expect((await exported('--origin', 'example.com/else')).err).toContain(
      'portcullis.local/ledger',
    );
    chmodSync(path.join(data, 'ledger.key'), 0o640);
    expect(await exported()).toMatchObject({
      code: 2,
      err: expect.stringContaining('can be read by others') as unknown,
    });
  });

  it('takes no origin that a note cannot hold', async () => {
    expect((await exported('--origin', 'a b')).code).toBe(3);
  });
});
