import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

import { parseKeys, verifyReport } from '../../src/verify/index.ts';
import { portcullis } from './cli.ts';
import { decided, useGate } from './client.ts';
import { plan } from './gate.ts';

const { ask, gateway, url } = useGate();
const folder = mkdtempSync(path.join(tmpdir(), 'portcullis-reports-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function keys(): Promise<readonly string[]> {
  return (await gateway().log?.verifierKeys()) ?? [];
}

async function download(name: string): Promise<{ file: string; answer: Response }> {
  const answer = await fetch(`${url()}/v1/reports/${name}`);
  const file = path.join(folder, (name.split('?')[0] ?? '').replace('/', '-'));
  writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
  return { file, answer };
}

describe('a report over HTTP', () => {
  it('holds what was decided, and is verified offline by the key of the gate', async () => {
    const { id } = await decided(await ask(plan(), { query: '?label.team=web' }));
    await ask(plan({ owner: 'ada' }));
    const { file, answer } = await download('decisions.json?team=web');
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="portcullis-decisions-[\d-]+[.]json"$/,
    );
    const report: unknown = JSON.parse(readFileSync(file, 'utf8'));
    expect(report).toMatchObject({ tables: [{ rows: [{ id, decision: 'deny' }] }, {}] });
    const trusted = parseKeys((await keys()).join('\n'), 'the gate');
    expect(verifyReport({ file, keys: trusted })).toMatchObject({ findings: [], quoted: 1 });
    writeFileSync(file, readFileSync(file, 'utf8').replace('"deny"', '"allow"'));
    const { findings } = verifyReport({ file, keys: trusted });
    expect(findings.map(({ kind }) => kind)).toContain('changed-report');
  });

  it('has its evidence at an address of its own where the format has no place for it', async () => {
    const { file, answer } = await download('decisions.csv');
    const link = /^<([^>]+)>; rel="describedby"/.exec(answer.headers.get('link') ?? '')?.[1] ?? '';
    writeFileSync(`${file}.evidence.json`, await (await fetch(`${url()}${link}`)).text());
    const trusted = parseKeys((await keys()).join('\n'), 'the gate');
    expect(verifyReport({ file, keys: trusted }).findings).toEqual([]);
  });

  it.each([
    ['nothing.json', 404, 'REPORT_UNKNOWN'],
    ['decisions.doc', 404, 'REPORT_UNKNOWN'],
    ['certificate.json', 422, 'REPORT_INVALID'],
    ['certificate.json?decision=none', 404, 'REPORT_UNKNOWN'],
    ['decisions.json?since=2026-02-01T00:00:00Z&until=2026-01-01T00:00:00Z', 422, 'REPORT_INVALID'],
    ['posture.json?framework=none', 422, 'REPORT_INVALID'],
    ['none/evidence', 404, 'REPORT_UNKNOWN'],
  ])('%s is refused with %d', async (name, status, code) => {
    const answer = await fetch(`${url()}/v1/reports/${name}`);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ code });
  });

  it.each(['posture', 'exemptions', 'repairs'])('there is one of %s', async (kind) => {
    const { file, answer } = await download(`${kind}.ndjson`);
    expect(answer.status).toBe(200);
    const trusted = parseKeys((await keys()).join('\n'), 'the gate');
    expect(verifyReport({ file, keys: trusted }).findings).toEqual([]);
  });
});

describe('a report on the command line', () => {
  it('is written by the gate that is asked, and verified by the key alone', async () => {
    const { id } = await decided(await ask(plan()));
    const file = path.join(folder, 'certificate.html');
    const args = ['report', 'certificate', id, '--format', 'html', '--server', url(), '-o', file];
    expect(await portcullis(args)).toMatchObject({ code: 0 });
    const [key = ''] = await keys();
    const verified = await portcullis(['audit', 'verify', file, '--key', key]);
    expect(verified.stdout).toContain('verified: report');
    expect(verified.code).toBe(0);
    expect((await portcullis(['audit', 'verify', file])).code).toBe(2);
    // It holds nothing of what came before it: a promise that nobody looked at must not be read into the answer.
    const since = await portcullis(['audit', 'verify', file, '--key', key, '--since', file]);
    expect({ code: since.code, stdout: since.stdout }).toEqual({ code: 3, stdout: '' });
    expect(since.stderr).toContain('--since is for a log');
    writeFileSync(file, readFileSync(file, 'utf8').replace(id, 'X'.repeat(id.length)));
    const changed = await portcullis(['audit', 'verify', file, '--key', key]);
    expect(changed.code).toBe(1);
    expect(changed.stdout).toContain('changed-report');
  });

  it('without its evidence is no report, and who verifies it is told where to find that', async () => {
    const file = path.join(folder, 'alone.csv');
    writeFileSync(file, 'sequence,id\n');
    const [key = ''] = await keys();
    const { code, stdout, stderr } = await portcullis(['audit', 'verify', file, '--key', key]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('name the report itself, and get both again');
  });

  it.each(['xlsx', 'pdf'])('%s is not poured into a terminal', async (format) => {
    const { code, stdout, stderr } = await portcullis(['report', 'decisions', '--format', format]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain(`-o decisions.${format}`);
  });
});
