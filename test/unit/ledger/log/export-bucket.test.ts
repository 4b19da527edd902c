import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { exportLog } from '../../../../src/ledger/export/export.ts';
import { openTarget } from '../../../../src/ledger/export/open-target.ts';
import { ledgerSigner } from '../../../../src/ledger/key.ts';
import { openLedgerAccess } from '../../../../src/ledger/open.ts';
import { parseKeys, servedLog, verifyLog } from '../../../../src/verify/index.ts';
import { fillLedger } from '../../../evidence.ts';
import { fakeBucket } from './fake-bucket.ts';
import type { FakeBucket } from './fake-bucket.ts';

let place: string;
let bucket: FakeBucket;
beforeEach(async () => {
  place = mkdtempSync(path.join(tmpdir(), 'portcullis-bucket-'));
  bucket = await fakeBucket();
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'canned');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'canned-secret');
  vi.stubEnv('AWS_REGION', 'eu-central-1');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await bucket.close();
  rmSync(place, { recursive: true });
});

const data = (name = 'data') => path.join(place, name);

/** What a gate does by its schedule. */
async function exported({
  from = 'data',
  to = 's3://evidence/gate/one',
  signal,
}: { from?: string; to?: string; signal?: AbortSignal } = {}) {
  const folder = data(from);
  const access = await openLedgerAccess({ folder }, () => new Date());
  const target = await openTarget({ to, endpoint: bucket.endpoint });
  try {
    return await exportLog({
      ledger: access.reader,
      signed: access.signed,
      signer: ledgerSigner(folder, undefined),
      target,
      data: folder,
      resume: true,
      onProgress: () => undefined,
      ...(signal && { signal }),
    });
  } finally {
    target.close();
    await access.close();
  }
}

/** An auditor who has the key, and the address of the bucket. */
const verified = async () =>
  await verifyLog({
    source: servedLog({ url: `${bucket.endpoint}/evidence/gate/one` }),
    keys: parseKeys(ledgerSigner(data(), undefined).verifier.text, 'key'),
  });

const tiles = () => bucket.puts.filter((key) => key.includes('/tile/'));

describe('an export to a bucket', () => {
  it('is verified from there, and continued: no tile is sent twice, the checkpoint last', async () => {
    for (const [from, size] of [
      [0, 300],
      [300, 300],
      [300, 1100],
    ] as const) {
      await fillLedger(data(), from, size);
      expect((await exported()).checkpoint.size).toBe(size);
      if (from < size) expect(bucket.puts.at(-1)).toBe('gate/one/checkpoint');
      expect(await verified()).toMatchObject({ findings: [], checkpoint: { size } });
    }
    expect(new Set(tiles()).size).toBe(tiles().length);
    // Of three exports the second had nothing to tell.
    expect(bucket.puts.filter((key) => key.endsWith('/checkpoint'))).toHaveLength(2);
  });

  it('reads nothing of what lies there in full tiles: its work does not grow with the log', async () => {
    await fillLedger(data(), 0, 1300);
    await exported();
    await fillLedger(data(), 1300, 1301);
    bucket.gets.length = 0;
    await exported();
    expect(bucket.gets.filter((key) => /tile\/(0|entries)\/00[0-4]/.test(key))).toEqual([]);
    expect(await verified()).toMatchObject({ findings: [], checkpoint: { size: 1301 } });
  });

  it('that was interrupted has no checkpoint, and goes on where it was', async () => {
    await fillLedger(data(), 0, 1000);
    bucket.refuse = () => (tiles().length < 4 ? undefined : { status: 403, code: 'AccessDenied' });
    await expect(exported()).rejects.toMatchObject({
      code: 'LEDGER_EXPORT',
      help: expect.stringContaining('s3:PutObject') as unknown,
    });
    expect(bucket.objects.has('gate/one/checkpoint')).toBe(false);
    bucket.refuse = () => undefined;
    await exported();
    expect(new Set(tiles()).size).toBe(tiles().length);
    expect(await verified()).toMatchObject({ findings: [], checkpoint: { size: 1000 } });
  });

  it('that is stopped ends between two tiles', async () => {
    await fillLedger(data(), 0, 600);
    const controller = new AbortController();
    bucket.refuse = () => {
      controller.abort();
      return undefined;
    };
    await expect(exported({ signal: controller.signal })).rejects.toThrow(/abort/i);
    expect(bucket.objects.has('gate/one/checkpoint')).toBe(false);
    expect(tiles().length).toBeLessThanOrEqual(2);
  });
});

describe('nothing is written over', () => {
  it('a tile that has other bytes', async () => {
    await fillLedger(data(), 0, 300);
    bucket.objects.set('gate/one/tile/entries/000', Buffer.from('other'));
    await expect(exported()).rejects.toMatchObject({ code: 'LEDGER_HISTORY' });
    expect(bucket.objects.get('gate/one/tile/entries/000')?.toString()).toBe('other');
    expect(bucket.objects.has('gate/one/checkpoint')).toBe(false);
  });

  it('a tile that a replica wrote since it was looked at: the same bytes are well', async () => {
    await fillLedger(data(), 0, 10);
    await exported({ to: 's3://evidence/gate/two' });
    const key = 'tile/0/000.p/10';
    const bytes = bucket.objects.get(`gate/two/${key}`)!;
    bucket.refuse = (put) => {
      if (put === `gate/one/${key}`) bucket.objects.set(put, bytes);
      return undefined;
    };
    await exported();
    expect(await verified()).toMatchObject({ findings: [], checkpoint: { size: 10 } });
  });

  it.each([
    ['of another ledger', 'other', 'is not signed by this ledger'],
    ['of this ledger, by a ledger that was set back', 'short', 'the ledger has 5 records now'],
  ])('the log %s', async (_, other, message) => {
    await fillLedger(data(), 0, 300);
    await exported();
    await fillLedger(data(other), 0, other === 'short' ? 5 : 400);
    if (other === 'short')
      copyFileSync(path.join(data(), 'ledger.key'), path.join(data(other), 'ledger.key'));
    const before = bucket.objects.get('gate/one/checkpoint');
    await expect(exported({ from: other })).rejects.toThrow(message);
    expect(bucket.objects.get('gate/one/checkpoint')).toBe(before);
  });

  it('the log of a ledger whose first records are others now', async () => {
    await fillLedger(data(), 0, 300);
    await exported();
    await fillLedger(data('other'), 1, 302);
    copyFileSync(path.join(data(), 'ledger.key'), path.join(data('other'), 'ledger.key'));
    await expect(exported({ from: 'other' })).rejects.toThrow('the first records are others now');
  });
});

describe('what is wrong is told with what to do', () => {
  it.each([
    ['a bucket that is not there', 's3://nowhere/x', /NoSuchBucket/, /Make the bucket/],
    ['an address that is none', 's3://Up/x', /is no place for an export/, /s3:\/\/bucket/],
  ])('%s', async (_, to, message, help) => {
    await fillLedger(data(), 0, 1);
    const failed = exported({ to });
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.toMatchObject({ help: expect.stringMatching(help) as unknown });
    await expect(failed).rejects.not.toThrow(/canned/);
  });
});
