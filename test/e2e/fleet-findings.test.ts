import { request } from 'node:http';
import { connect } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';

import { FindingView } from '../../src/fleet/views.ts';
import { until } from './client.ts';
import { bearer, useFleet } from './fleet-client.ts';
import { thing } from './fleet-place.ts';

const fleet = useFleet();
const { ask, findings, get, push, refusal, served, sweep } = fleet;

const FORMULA = '=HYPERLINK("http://evil.example")';

beforeAll(async () => {
  await push([
    ...Array.from({ length: 7 }, (_, index) => thing(`JOB.${index}`, { env: 'test' })),
    thing('TAPE', { owner: '', 'cost-center': FORMULA }, { account: 'LPAR1', region: 'cellar' }),
    thing('DONE', { owner: 'ada' }),
  ]);
  await sweep({ name: 'nightly' });
});

describe('findings', () => {
  it.each([
    ['', 11],
    ['?state=open', 11],
    ['?state=resolved', 0],
    ['?severity=high', 11],
    ['?severity=low', 0],
    ['?rule=owner', 11],
    ['?rule=own', 0],
    ['?policy=PC-TAG-001', 11],
    ['?kind=aws.s3.bucket', 1],
    ['?account=111111111111', 2],
    ['?account=111111111111&inventory=infra', 1],
    ['?region=cellar', 1],
    ['?inventory=mainframe', 8],
    ['?tag=env', 7],
    ['?tag=env%3Dtest', 7],
    ['?tag=env%3Dprod', 0],
    ['?tag=team%3D%3D1%2B1', 1],
    ['?address=mainframe/JOB.*', 7],
    ['?address=mainframe/JOB', 0],
    ['?address=%25', 0],
    ['?since=2020-01-01T00:00:00Z', 11],
    ['?since=2999-01-01T00:00:00%2B02:00', 0],
  ])('selected by %j are %d, and the totals say the same', async (query, count) => {
    const { findings: found, totals } = await findings(query);
    expect(found).toHaveLength(count);
    expect(totals?.total).toBe(count);
    expect(totals?.bySeverity.high).toBe(count);
  });

  it.each([
    '?severity=worst',
    '?state=all',
    '?since=yesterday',
    '?limit=1001',
    '?limit=x',
    '?owner=ada',
    `?rule=${'x'.repeat(300)}`,
    '?rule=a&rule=b',
  ])('asked for by %j are refused', async (query) => {
    expect(await refusal('GET', `/v1/findings${query}`)).toBe('400 REQUEST_INVALID');
  });

  it('come in pages that hold together while findings come and go', async () => {
    const whole = (await findings('?limit=1000')).findings.map(({ id }) => id);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await findings(`?limit=4${after === undefined ? '' : `&after=${after}`}`);
      expect(page.totals === undefined).toBe(after !== undefined);
      seen.push(...page.findings.map(({ id }) => id));
      after = page.next;
      if (seen.length === 4) await sweep({ inventories: ['mainframe'] });
    } while (after !== undefined);
    expect(seen).toEqual(whole);
  });

  it('are found one by one, with all that is known', async () => {
    const [first] = (await findings('?inventory=aws')).findings;
    const one = await get(`/v1/findings/${first?.id ?? ''}`, FindingView);
    expect(one).toEqual(first);
    expect(one).toMatchObject({
      address: 'arn:aws:s3:::logs',
      tags: { state: 'known', values: { team: '=1+1' } },
      scope: { account: '111111111111' },
      reopened: 0,
    });
    expect(await refusal('GET', '/v1/findings/sha256:nobody')).toBe('404 FLEET_UNKNOWN');
    expect(await refusal('GET', `/v1/findings/${'x'.repeat(1000)}`)).toBe('404 FLEET_UNKNOWN');
  });

  it('are answered to a GET that has a body, which says nothing', async () => {
    const body = JSON.stringify({ state: 'resolved' });
    const status = await new Promise((resolve, reject) => {
      const headers = { ...bearer('reader'), 'content-length': body.length };
      request(`${served().url}/v1/findings`, { method: 'GET', headers }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode));
      })
        .on('error', reject)
        .end(body);
    });
    expect(status).toBe(200);
  });
});

describe('an export', () => {
  it('is all findings, a line each, as they are answered one by one', async () => {
    const response = await ask('GET', '/v1/findings/export');
    expect(response.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe(
      'attachment; filename="findings.ndjson"',
    );
    const lines = (await response.text()).split('\n');
    expect(lines.pop()).toBe('');
    const all = (await findings('?limit=1000')).findings;
    expect(lines.map((line) => FindingView.parse(JSON.parse(line)))).toEqual(all);
  });

  it('as CSV starts no formula in a spreadsheet', async () => {
    const response = await ask('GET', '/v1/findings/export?format=csv&account=LPAR1');
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    const text = await response.text();
    const [head, line, ...rest] = text.split('\r\n');
    expect(rest).toEqual(['']);
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
    expect(head).toMatch(/^id,state,severity/);
    expect(line).toContain(`"'${FORMULA.replaceAll('"', '""')}"`);
  });

  it('of nothing is an empty file, or the head of one', async () => {
    const none = '/v1/findings/export?state=resolved';
    expect(await (await ask('GET', none)).text()).toBe('');
    expect(await (await ask('GET', `${none}&format=csv`)).text()).toMatch(/^id,[^\n]*\r\n$/);
  });

  it('is told by HEAD as by GET, and sent by GET alone', async () => {
    const [head, got] = await Promise.all(
      ['HEAD', 'GET'].map((method) => ask(method, '/v1/findings/export?format=csv')),
    );
    expect([head?.status, await head?.text()]).toEqual([200, '']);
    await got?.text();
    for (const name of ['content-type', 'content-disposition', 'cache-control'])
      expect(head?.headers.get(name)).toBe(got?.headers.get(name));
  });

  it.each(['?format=xlsx', '?limit=5', '?after=x'])('with %j is refused', async (query) => {
    expect(await refusal('GET', `/v1/findings/export${query}`)).toBe('400 REQUEST_INVALID');
  });

  it('whose caller goes away in the middle ends there, and no failure is told', async () => {
    const long = 'x'.repeat(900);
    await push(
      Array.from({ length: 12_000 }, (_, index) => thing(`BIG.${index}`, { note: long })).map(
        (line) => line,
      ),
    );
    await sweep({ inventories: ['mainframe'] });
    const before = served().lines.length;
    const { port } = new URL(served().url);
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write(
        `GET /v1/findings/export HTTP/1.1\r\nhost: x\r\nauthorization: ${bearer('reader')['authorization'] ?? ''}\r\n\r\n`,
      );
    });
    // It takes the first bytes, and no more; what follows does not fit into the buffers between.
    await new Promise((resolve) => socket.once('data', resolve));
    socket.pause();
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    const lines = () => served().lines.slice(before);
    await until(() => lines().some(({ fields }) => fields['path'] === '/v1/findings/export'));
    const told = lines().filter(({ fields }) => fields['path'] === '/v1/findings/export');
    expect(told).toMatchObject([{ fields: { status: 499 } }]);
    expect(lines().filter(({ level }) => level === 'error')).toEqual([]);
    expect(await (await ask('HEAD', '/v1/findings/export')).text()).toBe('');
  });
});
