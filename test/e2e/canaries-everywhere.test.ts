import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { REPORT_FORMATS } from '../../src/audit-report/registry.ts';
import { REPORT_KIND_IDS } from '../../src/audit-report/report.ts';
import { SweepView } from '../../src/fleet/views.ts';
import { RecordList } from '../../src/http/views.ts';
import { unzip } from '../unit/audit-report/unzip.ts';
import {
  ALL_CANARIES,
  found,
  manifestsWithCanaries,
  of,
  planWithCanaries,
  REVIEWED,
  reviewOfSecret,
  templateWithCanary,
  token,
} from './canary-documents.ts';
import { bytesBelow, copyOf, makeTalkativePlace, startGate } from './canary-place.ts';
import type { GateProcess, TalkativePlace } from './canary-place.ts';
import { portcullis } from './cli.ts';
import { until } from './client.ts';

const leaks = (text: string): string[] => found(text, ALL_CANARIES);

let place: TalkativePlace;
let gate: GateProcess;
let url = '';
const file = (name: string): string => path.join(place.folder, name);
beforeAll(async () => {
  place = await makeTalkativePlace();
  gate = startGate(place);
  url = await gate.url();
}, 180_000);
afterAll(() => {
  gate.child.kill('SIGKILL');
  place.close();
});

async function ask(at: string, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const answer = await fetch(`${url}${at}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: answer.status, text: await answer.text() };
}
async function read(at: string): Promise<{ readonly status: number; readonly bytes: Buffer }> {
  const answer = await fetch(`${url}${at}`);
  return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
}
const text = async (at: string): Promise<string> => {
  const { status, bytes } = await read(at);
  expect(status, `${at}: ${bytes.toString()}`).toBe(200);
  return bytes.toString();
};

const QUERY = new URLSearchParams({
  name: `plan-${of('tag')}-${token('document-name')}.json`,
  actor: `me ${of('attribute')} ${token('actor')}`,
  'run.url': `https://u:${of('run')}@ci/1?token=${of('query')}`,
  'label.DB_PASSWORD': of('label'),
}).toString();

describe('by a policy that says all it sees, through the built gate', { timeout: 280_000 }, () => {
  it.each<[string, () => string, () => string, Record<string, string>]>([
    ['a plan', () => `/v1/decisions?${QUERY}`, planWithCanaries, { 'idempotency-key': of('key') }],
    ...REVIEWED.map((operation): [string, () => string, () => string, Record<string, string>] => [
      `a Secret, ${operation}`,
      () => '/v1/admission/kubernetes/validate?timeout=30s',
      () => reviewOfSecret(operation),
      {},
    ]),
    [
      'manifests of a Secret, a ConfigMap and a Pod',
      () => '/v1/decisions?point=admission',
      manifestsWithCanaries,
      { 'content-type': 'application/yaml' },
    ],
  ])('%s is answered without what it keeps secret', async (_, at, document, headers) => {
    const answer = await ask(at(), document(), headers);
    expect(answer.status, answer.text).toBe(200);
    expect(leaks(answer.text)).toEqual([]);
  });

  it.each<[string, string, () => unknown, number]>([
    ['a template', '/v1/decisions', templateWithCanary, 422],
    ['a plan that is cut off', '/v1/decisions', () => planWithCanaries().slice(0, -40), 400],
    ['a review that is none', '/v1/admission/kubernetes/validate', planWithCanaries, 400],
    [
      'an envelope that is none',
      '/v1/exemptions',
      () => ({ [token('exemption')]: token('exemption') }),
      400,
    ],
    [
      'rules that nobody can read',
      '/v1/impact',
      () => ({ rules: { 'r.yaml': `rules:\n  - {id: ${token('candidate')}, policy: 7}\n` } }),
      422,
    ],
  ])('%s is refused without quoting it', async (_, at, body, status) => {
    const answer = await ask(at, body());
    expect(leaks(answer.text)).toEqual([]);
    expect(answer.status, answer.text).toBe(status);
  });

  it('what somebody pastes into an exemption stays out of it', async () => {
    const asked = {
      ...{ id: 'EX-1', rules: ['leak'], match: { addresses: ['nothing'] }, owner: 'ada' },
      ...{ ticket: token('exemption'), until: '2999-01-01T00:00:00Z' },
      reason: `It needs https://u:${token('exemption')}@host.`,
    };
    const answers = [
      await ask('/v1/exemptions', asked),
      await ask('/v1/exemptions/EX-1/reject', { reason: `No: ${token('exemption')}` }),
    ];
    for (const answer of answers) {
      expect(answer.status, answer.text).toBe(200);
      expect(answer.text).toContain('(sensitive)');
      expect(leaks(answer.text)).toEqual([]);
    }
  });

  it('a sweep of things with tokens, by a cloud that quotes one when it refuses', async () => {
    const started = await ask('/v1/sweeps', { coverage: 0 });
    const { id } = SweepView.parse(JSON.parse(started.text));
    let ended = '';
    await until(async () => {
      ended = await text(`/v1/sweeps/${id}`);
      return SweepView.parse(JSON.parse(ended)).state !== 'running';
    });
    expect(ended).toMatch(/not with [^"]*\(sensitive\)/);
    const findings = await text('/v1/findings');
    expect(findings).toContain('cellar/rack-1');
    const seen = [ended, findings, await text('/v1/findings/export'), await text('/v1/sweeps')];
    for (const one of seen) expect(leaks(one)).toEqual([]);
  });

  it('what is kept, and what replays make of it', async () => {
    const candidate = 'rules:\n  - {id: leak, policy: PC-LEAK-001, enforce: record}\n';
    const impact = await ask('/v1/impact', { rules: { 'r.yaml': candidate } });
    expect(impact.status, impact.text).toBe(200);
    expect(leaks(impact.text)).toEqual([]);
    const pages = ['/v1/decisions?limit=100', '/v1/events?limit=100', '/metrics', '/v1/exemptions'];
    for (const at of pages) expect(leaks(await text(at)), at).toEqual([]);
  });

  const kinds = REPORT_KIND_IDS.filter((kind) => kind !== 'certificate');
  const reports = REPORT_FORMATS.flatMap(({ id, kinds: made }) =>
    kinds.filter((kind) => made.some((one) => one === kind)).map((kind) => `${kind}.${id}`),
  );
  it.each(reports)('the report %s', async (name) => {
    const { status, bytes } = await read(`/v1/reports/${name}`);
    expect(status, bytes.toString()).toBe(200);
    expect(leaks(readable(name, bytes))).toEqual([]);
  });

  it.each(REPORT_FORMATS.filter(({ kinds: made }) => made.some((one) => one === 'certificate')))(
    'the certificate of each decision as $id',
    async ({ id: format }) => {
      const list = RecordList.parse(JSON.parse(await text('/v1/decisions?limit=100')));
      expect(list.records.length).toBeGreaterThan(4);
      for (const { id } of list.records.slice(0, format === 'pdf' ? 2 : 100)) {
        const name = `certificate.${format}`;
        const { status, bytes } = await read(`/v1/reports/${name}?decision=${id}`);
        expect(status).toBe(200);
        expect(leaks(readable(name, bytes))).toEqual([]);
      }
    },
  );

  it('the files of the ledger and of the fleet, an export of it, a replay, and all that was logged', async () => {
    const env = { ...place.env, PORTCULLIS_DATA: copyOf(file('data'), file('copy')) };
    const options = { env, cwd: place.folder };
    const exported = await portcullis(['audit', 'export', file('exported')], options);
    expect(exported.code, exported.stderr).toBe(0);
    const identical = await portcullis(['replay', '--output', 'json', '--rules', 'rules'], options);
    expect(identical.stdout, identical.stderr).toContain('portcullis-impact');
    expect(leaks(identical.stdout + identical.stderr)).toEqual([]);
    expect(leaks(bytesBelow(file('exported')))).toEqual([]);
    expect(leaks(bytesBelow(file('data')))).toEqual([]);
    expect(gate.output()).toContain('request');
    expect(leaks(gate.output())).toEqual([]);
  });
});

const PDFTOTEXT = spawnSync('pdftotext', ['-v']).status === 0;
if (!PDFTOTEXT) console.warn('There is no pdftotext: what PDFs say is looked for in their bytes.');

/** A download as text that can be searched: archives opened, pages read, lines joined. */
function readable(name: string, bytes: Buffer): string {
  if (name.endsWith('.xlsx')) return [...unzip(bytes).values()].join('\n');
  if (!name.endsWith('.pdf') || !PDFTOTEXT) return bytes.toString();
  const { stdout, status } = spawnSync('pdftotext', ['-', '-'], {
    input: bytes,
    maxBuffer: 2 ** 28,
  });
  expect(status).toBe(0);
  expect(stdout.length).toBeGreaterThan(100);
  return stdout.toString().replaceAll(/[\s\u200b\u00ad]/g, '');
}

const CRASHES = new URL('./crash-preload.mjs', import.meta.url).pathname;
/** The preload waits for this word in what is parsed. */
const crashing = (): string =>
  planWithCanaries().replace('aws_sqs_queue.q', 'aws_sqs_queue.crash-now');

describe('last words', { timeout: 180_000 }, () => {
  it.each(['exception', 'rejection', 'worker'])('of a gate, after an %s', async (kind) => {
    const env = { NODE_OPTIONS: `--import=${CRASHES}`, CRASH: kind, PORTCULLIS_DATA: file(kind) };
    const run = startGate(place, env);
    const at = await run.url();
    const asked = fetch(`${at}/v1/decisions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: crashing(),
    });
    const answer = await asked.then((got) => got.text()).catch(() => '');
    if (kind === 'worker') {
      expect(answer).toContain('"decision":"deny"');
      run.child.kill('SIGTERM');
    } else {
      expect(await run.exit).toBe(1);
      expect(run.output()).toContain('broke on purpose');
      expect(run.output()).toContain('(sensitive)');
    }
    await run.exit;
    expect(leaks(run.output() + answer)).toEqual([]);
  });

  it.each(['exception', 'rejection'])('of the command line, after an %s', async (kind) => {
    const { code, stdout, stderr } = await portcullis(['check', '-'], {
      input: crashing(),
      cwd: place.folder,
      env: { ...place.env, NODE_OPTIONS: `--import=${CRASHES}`, CRASH: kind },
    });
    expect(stderr).toContain('broke on purpose');
    expect(stderr).toContain('(sensitive)');
    expect(leaks(stdout + stderr)).toEqual([]);
    expect(code).toBe(2);
  });
});
