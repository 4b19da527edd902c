import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { TILE_WIDTH } from '../../src/ledger/tree/tree.ts';
import { consistencyProof, inclusionProof } from '../../src/ledger/tree/proof.ts';
import { tileHashes } from '../../src/ledger/tree/tile-hashes.ts';
import { tilePath } from '../../src/ledger/tiles/path.ts';
import { portcullis, run, ROOT } from '../e2e/cli.ts';
import { makePlace, openGateway, serve } from '../e2e/gate.ts';
import { decision } from '../decisions.ts';
import { fillLedger } from '../evidence.ts';
import { MOTO_KEYS, motoFor, startMoto } from './aws/moto.ts';
import type { Moto } from './aws/moto.ts';

const INSTALL = fileURLToPath(new URL('./install-ledger.mjs', import.meta.url));
const Tools = z.object({ fsck: z.string().nullable(), sumdb: z.string().nullable() });
const tools = toolsOrSkip();
const moto = motoFor('an exported ledger on moto');

/** Both sides of the borders of tiles at the first and the second level, and a log that is long. */
const SIZES = [1, 255, 256, 257, 65_536, 65_537, 100_003];
const LONGEST = 100_003;

const Said = z.object({
  size: z.number(),
  inclusion: z.number(),
  consistency: z.number(),
  claims: z.number(),
});

describe.skipIf(tools === undefined)('an exported ledger before the verifiers of others', () => {
  let place: string;
  const found = new Map<number, { fsck: string; sumdb: z.infer<typeof Said> | string }>();
  const at = (name: string) => path.join(place, name);

  beforeAll(async () => {
    place = mkdtempSync(path.join(tmpdir(), 'portcullis-conformance-'));
    let from = 0;
    for (const size of SIZES) {
      await fillLedger(at('data'), from, size, small);
      from = size;
      // One folder is continued from export to export, and looked at each time: it is the log of each size in turn.
      await exported('continued', size);
      cpSync(at('continued/verifier-key'), at('key'));
      cpSync(at('continued/checkpoint'), at(`checkpoint-${size}`));
      const [theirs, proved] = await Promise.all([fsck('continued'), sumdb('continued')]);
      found.set(size, { fsck: theirs, sumdb: proved });
      if (size === 257) cpSync(at('continued'), at('tampered'), { recursive: true });
    }
    await exported('whole', LONGEST);
  }, 900_000);
  afterAll(() => rmSync(place, { recursive: true, force: true }));

  async function exported(folder: string, size: number): Promise<void> {
    const { code, stdout, stderr } = await portcullis(['audit', 'export', folder, '-o', 'json'], {
      cwd: place,
      env: { PORTCULLIS_DATA: at('data') },
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ size });
  }

  async function sumdb(folder: string, ...more: string[]) {
    const ran = await run(tools?.sumdb ?? '', ['-key', at('key'), '-log', at(folder), ...more]);
    return ran.code === 0 ? Said.parse(JSON.parse(ran.stdout)) : ran.stderr;
  }

  /** Its exit code is 0 whatever it finds: what it found stands in what it says. */
  async function fsck(folder: string, ...more: string[]): Promise<string> {
    const url = folder.startsWith('http') ? folder : `file://${at(folder)}/`;
    const given = [
      ...more,
      '-storage_url',
      url,
      '-public_key',
      at('key'),
      '-ui=false',
      '-v',
      '1',
      '-N',
      '4',
    ];
    const { code, stderr } = await run(tools?.fsck ?? '', given);
    expect(code).toBe(0);
    return /(Successfully fsck'd log with size \d+|fsck failed: .*)/.exec(stderr)?.[0] ?? stderr;
  }

  it.each(SIZES)('Tessera’s fsck finds %i whole', (size) =>
    expect(found.get(size)?.fsck).toBe(`Successfully fsck'd log with size ${size}`),
  );

  it.each(SIZES)('Go’s sumdb proves %i', (size) => {
    const said = found.get(size)?.sumdb;
    expect(said).toMatchObject({ size });
    expect(typeof said === 'object' ? said.inclusion : 0).toBeGreaterThan(0);
  });

  it('an export at one go is the same, and both find it whole', async () => {
    expect(await fsck('whole')).toBe(`Successfully fsck'd log with size ${LONGEST}`);
    expect(await sumdb('whole')).toMatchObject({ size: LONGEST });
    const heads = ['whole', 'continued'].map((folder) => readFileSync(at(`${folder}/checkpoint`)));
    expect(heads[0]).toEqual(heads[1]);
  });

  it.each(SIZES)('Go’s sumdb proves the longest from a checkpoint over %i', async (size) => {
    const alone = await sumdb('continued');
    const since = await sumdb('continued', '-old', at(`checkpoint-${size}`));
    if (typeof alone === 'string' || typeof since === 'string')
      throw new Error(JSON.stringify(since));
    expect(since.consistency).toBe(alone.consistency + 1);
  });

  it('Go’s sumdb believes the proofs that the ledger makes', async () => {
    const places = [0, 1, 255, 256, 65_535, 65_536, 77_777, LONGEST - 1];
    const read = tileHashes(LONGEST, (level, index, width) =>
      hashesOf(at(`continued/${tilePath(level, index, width)}`)),
    );
    const inclusion = await Promise.all(
      places.map(async (index) => ({
        index,
        leaf: leafAt(index),
        proof: base64(await inclusionProof(index, LONGEST, read)),
      })),
    );
    const consistency = await Promise.all(
      [...SIZES, 99_999].map(async (size) => ({
        size,
        proof: base64(await consistencyProof(size, LONGEST, read)),
      })),
    );
    writeFileSync(at('claims'), JSON.stringify({ inclusion, consistency }));
    expect(await sumdb('continued', '-claims', at('claims'))).toMatchObject({
      claims: inclusion.length + consistency.length,
    });
    const wrong = inclusion.map((claim) => ({ ...claim, index: claim.index ^ 2 }));
    writeFileSync(at('wrong'), JSON.stringify({ inclusion: wrong, consistency }));
    expect(await sumdb('continued', '-claims', at('wrong'))).toContain('the proof of');
  });

  it('a gate serves it to fsck and to Portcullis’ own verifier, for a token', async () => {
    const gate = makePlace();
    const token = 'of-the-auditor';
    const sha256 = createHash('sha256').update(token).digest('hex');
    const env = {
      ...gate.env,
      PORTCULLIS_DATA: at('data'),
      PORTCULLIS_AUTH__TOKENS: JSON.stringify([{ name: 'auditor', role: 'read', sha256 }]),
    };
    const gateway = await openGateway({ ...gate, env });
    const served = await serve({ ...gate, env }, gateway);
    const url = `${served.url}/v1/ledger/`;
    try {
      expect(await fsck(url, '-bearer_token', token)).toMatch(
        /^Successfully fsck'd log with size 10000\d$/,
      );
      const verify = ['audit', 'verify', url, '--key', 'key', '--since', `checkpoint-65537`];
      const own = await portcullis(verify, { cwd: place, env: { PORTCULLIS_TOKEN: token } });
      expect(own).toMatchObject({ code: 0, stderr: '' });
      expect(own.stdout).toContain('begins with the 65537 entries');
      const stranger = await portcullis(verify, { cwd: place, env: { PORTCULLIS_TOKEN: 'none' } });
      expect(stranger.code).toBe(2);
      expect(stranger.stderr).toContain('PORTCULLIS_TOKEN');
    } finally {
      await served.stop();
      await gateway.close();
      gate.dispose();
    }
  });

  it('both refuse what Portcullis’ own verifier refuses', async () => {
    const bundle = readFileSync(at('tampered/tile/entries/000'));
    bundle[100] = (bundle[100] ?? 0) ^ 1;
    writeFileSync(at('tampered/tile/entries/000'), bundle);
    expect(await fsck('tampered')).toContain('fsck failed');
    expect(await sumdb('tampered')).toContain('not the one that was signed');
    const own = await portcullis(['audit', 'verify', 'tampered', '--key', 'key'], { cwd: place });
    expect(own.code).toBe(1);
  });

  function hashesOf(file: string): Buffer[] {
    const bytes = readFileSync(file);
    return Array.from({ length: bytes.length / 32 }, (_, n) => bytes.subarray(n * 32, n * 32 + 32));
  }

  function leafAt(index: number): string {
    const n = Math.floor(index / TILE_WIDTH);
    const width = Math.min(TILE_WIDTH, LONGEST - n * TILE_WIDTH);
    const bytes = readFileSync(
      at(`continued/${tilePath(0, n, width).replace('/0/', '/entries/')}`),
    );
    let from = 0;
    for (let skip = index % TILE_WIDTH; skip > 0; skip--) from += 2 + bytes.readUInt16BE(from);
    return bytes.toString('utf8', from + 2, from + 2 + bytes.readUInt16BE(from));
  }
});

/** What an export to a bucket of somebody else's storage leaves there. */
describe.skipIf(tools === undefined || moto === undefined)('an exported ledger on moto', () => {
  let place: string;
  let running: Moto;
  beforeAll(async () => {
    place = mkdtempSync(path.join(tmpdir(), 'portcullis-moto-'));
    running = await startMoto(moto!);
    await fetch(`${running.url}/evidence`, { method: 'PUT' });
    // For all to read, as a transparency log may be: fsck has no credentials of a cloud.
    const forAll = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject' };
    const allowed = await fetch(`${running.url}/evidence?policy`, {
      method: 'PUT',
      body: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ ...forAll, Resource: 'arn:aws:s3:::evidence/*' }],
      }),
    });
    expect(allowed.ok).toBe(true);
  });
  afterAll(async () => {
    await (running as Moto | undefined)?.stop();
    rmSync(place, { recursive: true, force: true });
  });

  it('is continued there, and Tessera’s fsck finds it whole each time', async () => {
    const data = path.join(place, 'data');
    const endpoint = running.url;
    const config = path.join(place, 'portcullis.yaml');
    writeFileSync(
      config,
      JSON.stringify({ ledger: { export: { to: 's3://evidence/gate', endpoint } } }),
    );
    for (const [from, size] of [
      [0, 300],
      [300, 1000],
    ] as const) {
      await fillLedger(data, from, size);
      const told = await portcullis(
        ['audit', 'export', 's3://evidence/gate', '-c', config, '-o', 'json'],
        {
          cwd: place,
          env: {
            PORTCULLIS_DATA: data,
            AWS_REGION: 'us-east-1',
            AWS_ACCESS_KEY_ID: MOTO_KEYS.accessKeyId,
            AWS_SECRET_ACCESS_KEY: MOTO_KEYS.secretAccessKey,
          },
        },
      );
      expect(told).toMatchObject({ code: 0, stderr: '' });
      const { verifierKey } = z.object({ verifierKey: z.string() }).parse(JSON.parse(told.stdout));
      writeFileSync(path.join(place, 'key'), verifierKey);
      const { stderr } = await run(tools?.fsck ?? '', [
        ...['-storage_url', `${endpoint}/evidence/gate/`, '-public_key', path.join(place, 'key')],
        ...['-ui=false', '-v', '1', '-N', '4'],
      ]);
      expect(stderr).toContain(`Successfully fsck'd log with size ${size}`);
    }
  });
});

/** Decisions first; then what is small, so that a long log is there soon. */
function small(n: number) {
  const [id, time] = [`record-${n}`, '2026-11-22T08:00:00.000Z'];
  return n < 300
    ? ({ id, time, type: 'decision', decision: decision({ id, time }) } as const)
    : ({ id, time, type: 'sweep.started', subject: `sweep-${n}`, body: { n } } as const);
}

function base64(hashes: readonly Uint8Array[]): string[] {
  return hashes.map((hash) => Buffer.from(hash).toString('base64'));
}

/** The tools, or undefined after saying aloud that they are missing. @throws Error where skipping is not allowed. */
function toolsOrSkip(): { fsck: string; sumdb: string } | undefined {
  const found = Tools.parse(JSON.parse(execFileSync('node', [INSTALL, '--find']).toString('utf8')));
  const { fsck, sumdb } = found;
  const built = existsSync(path.join(ROOT, 'dist/bin.js'));
  if (fsck !== null && sumdb !== null && built) return { fsck, sumdb };
  const message =
    'SKIPPED peer: the verifiers of others: missing the tools (node test/peers/install-ledger.mjs) or dist/bin.js';
  if (process.env['PORTCULLIS_PEERS_REQUIRED'] !== undefined) throw new Error(message);
  console.error(message);
  return undefined;
}
