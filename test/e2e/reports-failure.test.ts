import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';

import type { Gateway } from '../../src/gateway.ts';
import type { StoredRecord } from '../../src/ledger/ledger.ts';
import { decision } from '../decisions.ts';
import { portcullis } from './cli.ts';
import { decided, useGate } from './client.ts';
import { plan } from './gate.ts';

const { another, ask, gateway, place } = useGate();
const folder = mkdtempSync(path.join(tmpdir(), 'portcullis-report-failure-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Decisions that are counted, and listed up to some record: there the disk gives up. */
function failing(records: number, from: number): Gateway {
  let passes = 0;
  return {
    ...gateway(),
    list: ({ before = records, limit }) => {
      if (before === records && limit > 1) passes += 1;
      if (passes > 1 && before <= from) return Promise.reject(new Error('the disk is gone'));
      const page = Array.from({ length: Math.min(limit, before) }, (_, at) =>
        record(before - 1 - at),
      );
      const last = page.at(-1)?.sequence ?? 0;
      return Promise.resolve({ records: page, ...(last > 0 ? { next: last } : {}) });
    },
  };
}

function record(sequence: number): StoredRecord {
  const made = decision({ id: `D${sequence}`, time: new Date().toISOString() });
  return { sequence, id: made.id, time: made.time, type: 'decision', decision: made };
}

/** What a client sees of a download: all of it, or that it was cut. */
function download(url: string): Promise<{ bytes: number; ended: boolean; complete: boolean }> {
  return new Promise((resolve, reject) => {
    request(url, (answer) => {
      let [bytes, ended] = [0, false];
      answer.on('data', (piece: Buffer) => (bytes += piece.length));
      answer.on('end', () => (ended = true));
      answer.on('error', () => undefined);
      answer.on('close', () => resolve({ bytes, ended, complete: answer.complete }));
    })
      .on('error', reject)
      .end();
  });
}

/** Reports in a format that stand in the ledger as issued. */
async function issued(format: string): Promise<number> {
  const { events } = await gateway().events({ type: 'report', limit: 10 });
  return events.filter(({ body }) => body['format'] === format).length;
}

/** Takes the beginning of a download and goes away. */
function firstPiece(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, (answer) => {
      answer.once('data', (piece: Buffer) => {
        answer.destroy();
        resolve(piece.length);
      });
    })
      .on('error', reject)
      .end();
  });
}

describe('a report that fails on its way', () => {
  it('is a broken download to the client, and never looks like a whole file', async () => {
    const { url, lines } = await another({}, failing(4000, 1000));
    const { bytes, ended, complete } = await download(`${url}/v1/reports/decisions.csv`);
    expect(bytes).toBeGreaterThan(64 * 1024);
    expect({ ended, complete }).toEqual({ ended: false, complete: false });
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'a report was cut short' }),
    );
    const { events } = await gateway().events({ type: 'report', limit: 10 });
    expect(events).toEqual([]);
  });

  it('is an answer that says so where nothing was sent yet', async () => {
    const { url } = await another({}, failing(4000, 4000));
    const answer = await fetch(`${url}/v1/reports/decisions.csv`);
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem/);
  });

  it('leaves no file behind, and the one that was there as it was', async () => {
    const { url } = await another({}, failing(4000, 1000));
    const file = path.join(folder, 'decisions.csv');
    writeFileSync(file, 'of yesterday');
    const args = ['report', 'decisions', '--format', 'csv', '--server', url, '-o', file];
    const { code, stderr } = await portcullis(args);
    expect(code).toBe(2);
    expect(stderr).toContain('cut its answer off');
    expect(readdirSync(folder)).toEqual(['decisions.csv']);
    expect(readFileSync(file, 'utf8')).toBe('of yesterday');
  });
});

describe('a report of more rows than its format takes', () => {
  it('says so in a header', async () => {
    const { url } = await another({}, failing(2100, -1));
    const answer = await fetch(`${url}/v1/reports/decisions.pdf`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-report-cut')).toContain(
      'decisions: The first 2,000 of 2,100 rows',
    );
    await answer.body?.cancel();
  }, 120_000);
});

describe('a client that goes away in the middle of a report', () => {
  it.each(['csv', 'xlsx'])(
    'ends the reading of it: %s',
    async (format) => {
      const [decisions, page] = [300_000, 500];
      let pages = 0;
      const { list, ...rest } = failing(decisions, -1);
      const counting = {
        ...rest,
        list: (filter: Parameters<Gateway['list']>[0]) => {
          pages += 1;
          return list(filter);
        },
      };
      const { url, lines } = await another({}, counting);
      expect(await firstPiece(`${url}/v1/reports/decisions.${format}`)).toBeGreaterThan(0);

      await vi.waitFor(
        async () => {
          const read = pages;
          await setTimeout(300);
          expect(pages).toBe(read);
        },
        { timeout: 60_000 },
      );
      // Once to be counted, and not to its end for the rows.
      expect(pages).toBeLessThan((2 * decisions) / page);
      expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
      expect(await issued(format)).toBe(0);
    },
    120_000,
  );
});

describe('a report without a gate', () => {
  it('is made from the ledger in the data folder, written whole, and proves itself', async () => {
    const env = { ...place().env, PORTCULLIS_DATA: path.join(folder, 'own') };
    const document = path.join(folder, 'plan.json');
    writeFileSync(document, plan());
    const here = { env, cwd: folder };
    const checked = await portcullis(['check', document, '--record'], here);
    expect(checked.code).toBe(1);
    const file = path.join(folder, 'here.csv');
    const made = await portcullis(['report', 'decisions', '--format', 'csv', '-o', file], here);
    expect(made).toMatchObject({ code: 0, stdout: '' });
    expect(made.stderr).toContain('here.csv.evidence.json');
    expect(readFileSync(file, 'utf8')).toMatch(/,deny,pre-apply,/);
    const Evidence = z.object({ verifierKeys: z.array(z.string()).length(1) });
    const evidence = readFileSync(`${file}.evidence.json`, 'utf8');
    const [verifier = ''] = Evidence.parse(JSON.parse(evidence)).verifierKeys;
    const verified = await portcullis(['audit', 'verify', file, '--key', verifier], here);
    expect(verified.stdout).toContain('verified: report');
    expect(existsSync(`${file}.part`)).toBe(false);
    const piped = await portcullis(['report', 'decisions', '--format', 'ndjson'], here);
    expect(piped.stdout.split('\n').length).toBeGreaterThan(4);
  }, 120_000);

  it('does not take the ledger from the gate that has it, and says whom to ask', async () => {
    await decided(await ask(plan({ owner: 'ada' })));
    const { code, stderr } = await portcullis(['report', 'decisions'], { env: place().env });
    expect(code).toBe(2);
    expect(stderr).toContain('--server http://');
  });
});
