import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import Database from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { encodeBundle } from '../../src/ledger/tiles/bundle.ts';
import { fillLedger } from '../evidence.ts';
import { portcullis } from './cli.ts';
import type { Ran } from './cli.ts';

/**
 * What writes a log and what verifies it share no code and were written apart; here the one reads what the other wrote. The
 * ledger is the real one, and both are the built command line.
 */
const SIZE = 600;
const OLD = 300;

let place: string;
let key: string;
beforeAll(async () => {
  place = mkdtempSync(path.join(tmpdir(), 'portcullis-audit-'));
  await fillLedger(at('data'), 0, OLD);
  key = (await exported('data', 'log')).verifierKey;
  cpSync(at('log/checkpoint'), at('kept'));
  await fillLedger(at('data'), OLD, SIZE);
  expect(await exported('data', 'log')).toMatchObject({ size: SIZE, before: OLD });
}, 120_000);
afterAll(() => rmSync(place, { recursive: true, force: true }));

const at = (name: string) => path.join(place, name);

const Exported = z.object({
  size: z.number(),
  before: z.number().optional(),
  verifierKey: z.string(),
});

async function exported(data: string, folder: string): Promise<z.infer<typeof Exported>> {
  const { code, stdout, stderr } = await portcullis(['audit', 'export', folder, '-o', 'json'], {
    cwd: place,
    env: { PORTCULLIS_DATA: at(data) },
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return Exported.parse(JSON.parse(stdout));
}

async function verify(folder: string, ...more: string[]): Promise<Ran> {
  return await portcullis(['audit', 'verify', folder, ...more], { cwd: place });
}

const Verified = z.object({
  verified: z.boolean(),
  size: z.number().optional(),
  findings: z.array(z.object({ kind: z.string(), index: z.number().optional() })),
});

/** What is found first in a copy of the log that somebody had in their hands. */
async function found(name: string, tamper: () => Promise<void> | void, ...more: string[]) {
  cpSync(at('log'), at(name), { recursive: true });
  await tamper();
  const { code, stdout } = await verify(name, '--key', key, '-o', 'json', ...more);
  const { verified, findings } = Verified.parse(JSON.parse(stdout));
  return { code, verified, first: findings[0] };
}

const bundles = ['tile/entries/000', 'tile/entries/001', 'tile/entries/002.p/88'];

/** The entries of a log, read and written without its writer's or its verifier's help. */
function readEntries(name: string): Buffer[] {
  return bundles.flatMap((file) => {
    const bytes = readFileSync(at(`${name}/${file}`));
    const entries: Buffer[] = [];
    for (let from = 0; from < bytes.length;) {
      const to = from + 2 + bytes.readUInt16BE(from);
      entries.push(bytes.subarray(from + 2, to));
      from = to;
    }
    return entries;
  });
}

function writeEntries(name: string, entries: readonly Buffer[]): void {
  for (const [n, file] of bundles.entries()) {
    const part = entries.slice(n * 256, n === 2 ? undefined : n * 256 + 256);
    writeFileSync(at(`${name}/${file}`), encodeBundle(part));
  }
}

describe('the log of a real ledger, exported and verified by the built command line', () => {
  it('is verified, alone and against the checkpoint that was kept', async () => {
    const alone = await verify('log', '--key', key);
    expect(alone).toMatchObject({ code: 0, stderr: '' });
    expect(alone.stdout).toContain(`verified: ${SIZE} entries`);
    const since = await verify('log', '--key', 'log/verifier-key', '--since', 'kept');
    expect(since.code).toBe(0);
    expect(since.stdout).toContain(`begins with the ${OLD} entries`);
  });

  it.each([
    ['empty', 0, 'is signed, and has no entry yet'],
    ['of one', 1, 'verified: 1 entry of'],
    ['a full tile', 256, 'verified: 256 entries of'],
  ])('is verified when it is %s', async (name, size, headline) => {
    await fillLedger(at(`data ${name}`), 0, size);
    const { verifierKey } = await exported(`data ${name}`, name);
    expect((await verify(name, '--key', verifierKey)).stdout).toContain(headline);
  });
});

describe('a log that was meddled with is found out, with the kind and the first bad entry', () => {
  const entries = (change: (entries: Buffer[]) => Buffer[]) => (name: string) =>
    writeEntries(name, change(readEntries(name)));
  const swap = (all: Buffer[]) => {
    const [one = Buffer.of(), other = Buffer.of()] = [all[20], all[70]];
    return all.with(20, other).with(70, one);
  };
  const flip = (bytes: Buffer) => bytes.map((byte, n) => (n === 40 ? byte ^ 1 : byte));

  it.each<[string, (name: string) => void, string, number]>([
    [
      'flip',
      entries((all) => all.map((entry, n) => (n === 513 ? Buffer.from(flip(entry)) : entry))),
      'changed-entry',
      513,
    ],
    ['delete', entries((all) => all.toSpliced(260, 1)), 'deleted-or-inserted', 260],
    ['swap', entries(swap), 'swapped', 20],
    [
      'insert',
      entries((all) => all.toSpliced(99, 0, Buffer.from('{}'))),
      'deleted-or-inserted',
      99,
    ],
    ['cut', (name) => truncateSync(at(`${name}/tile/entries/001`), 0), 'truncated', 256],
    ['drop', (name) => rmSync(at(`${name}/${bundles[2] ?? ''}`)), 'truncated', 512],
  ])('%s', async (name, tamper, kind, index) => {
    expect(await found(name, () => tamper(name))).toEqual({
      code: 1,
      verified: false,
      first: expect.objectContaining({ kind, index }) as unknown,
    });
  });

  it('rewritten from a record on, and exported anew with the stolen key', async () => {
    await rewritten('data rewritten');
    await exported('data rewritten', 'rewritten');
    // Whole in itself: it takes the checkpoint that somebody kept, or the old one, to see it.
    expect((await verify('rewritten', '--key', key)).code).toBe(0);
    const since = await verify('rewritten', '--key', key, '--since', 'kept', '-o', 'json');
    expect(since.code).toBe(1);
    expect(Verified.parse(JSON.parse(since.stdout)).findings[0]?.kind).toBe('rewritten');
    cpSync(at('rewritten'), at('rewritten, old head'), { recursive: true });
    cpSync(at('log/checkpoint'), at('rewritten, old head/checkpoint'));
    const { code, stdout } = await verify('rewritten, old head', '--key', key, '-o', 'json');
    expect(code).toBe(1);
    expect(Verified.parse(JSON.parse(stdout)).findings[0]?.kind).toBe('rewritten');
  });

  it('rolled back to before the checkpoint that was kept', async () => {
    cpSync(at('log/checkpoint'), at('newest'));
    await fillLedger(at('data short'), 0, OLD);
    cpSync(at('data/ledger.key'), at('data short/ledger.key'));
    await exported('data short', 'short');
    const { code, stdout } = await verify('short', '--key', key, '--since', 'newest', '-o', 'json');
    expect(code).toBe(1);
    expect(Verified.parse(JSON.parse(stdout)).findings[0]).toMatchObject({
      kind: 'truncated',
      index: OLD,
    });
  });

  it('and by the wrong key it is not vouched for', async () => {
    await fillLedger(at('data other'), 0, 1);
    const other = (await exported('data other', 'other')).verifierKey;
    const { code, stdout } = await verify('log', '--key', other);
    expect(code).toBe(1);
    expect(stdout).toContain('signature  checkpoint');
    expect(stdout).toContain('Check that the key is the right one');
  });

  /** The same ledger with one record changed, and no memory of what was signed. */
  async function rewritten(name: string): Promise<void> {
    await fillLedger(at(name), 0, SIZE);
    cpSync(at('data/ledger.key'), at(`${name}/ledger.key`));
    const database = new Database(at(`${name}/ledger.db`));
    database.exec(`UPDATE record SET header = '{"id":"another"}' WHERE sequence = 41`);
    database.close();
  }
});

describe('what cannot be looked at is no verdict: exit code 2', () => {
  it.each([
    ['no key', ['log'], 'no verifier key was given'],
    ['a key that is none', ['log', '--key', 'portcullis.local/ledger+00000000+AAAA'], 'no Ed25519'],
    ['a file of keys that is not there', ['log', '--key', 'nowhere'], 'nowhere cannot be read'],
    ['a folder that is not there', ['nowhere', '--key', 'log/verifier-key'], 'is no folder'],
    ['a folder without a log', ['void', '--key', 'log/verifier-key'], 'holds no log'],
    [
      'a kept checkpoint that is not there',
      ['log', '--key', 'log/verifier-key', '--since', 'nowhere'],
      'nowhere cannot be read',
    ],
  ])('%s', async (_, given, message) => {
    mkdirSync(at('void'), { recursive: true });
    const [folder = '', ...more] = given;
    const { code, stdout, stderr } = await verify(folder, ...more);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain('--key');
  });
});
