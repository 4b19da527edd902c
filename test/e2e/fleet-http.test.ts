import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { ChangePageView, InventoryList, PushView, SweepView } from '../../src/fleet/views.ts';
import { problem, until } from './client.ts';
import { useFleet } from './fleet-client.ts';
import { jsonLines, thing } from './fleet-place.ts';

const fleet = useFleet();
const { ask, another, findings, follow, get, place, post, push, refusal, sweep } = fleet;

/** Ten without an owner, two with one, and one of which nobody knows. */
const MAINFRAME = [
  ...Array.from({ length: 10 }, (_, index) => thing(`JOB.${index}`, { env: 'test' })),
  thing('PAYROLL', { owner: 'ada' }, { account: 'LPAR1' }),
  thing('LEDGER', { owner: 'bob' }),
  thing('LOCKED', null),
];

async function stored(): Promise<number | undefined> {
  const { inventories } = await get('/v1/inventories', InventoryList);
  return inventories.find(({ name }) => name === 'mainframe')?.resources;
}

describe('a push', () => {
  it('with bad lines is refused line by line, and nothing of it is taken', async () => {
    const response = await push([thing('A', {}), { id: 'B' }, thing('A', {}), 'nonsense']);
    const { code, status, problems } = await problem(response);
    expect([status, code]).toEqual([422, 'INVENTORY_REFUSED']);
    expect([...new Set(problems?.map(({ line }) => line))]).toEqual([2, 3, 4]);
    expect(problems?.find(({ line }) => line === 3)?.message).toContain('stands in line 1');
    const { inventories } = await get('/v1/inventories', InventoryList);
    expect(inventories.find(({ name }) => name === 'mainframe')).not.toHaveProperty('pushedAt');
  });

  it('is counted and told by its digest, packed or not', async () => {
    const plain = PushView.parse(await (await push(MAINFRAME)).json());
    const packed = await push(MAINFRAME, {
      body: gzipSync(jsonLines(MAINFRAME)),
      headers: { 'content-encoding': 'gzip' },
    });
    expect(packed.status).toBe(200);
    const again = PushView.parse(await packed.json());
    expect(again).toMatchObject({ inventory: 'mainframe', resources: 13, digest: plain.digest });
    expect(plain.digest).toMatch(/^sha256:/);
  });

  it.each([
    ['to one that is not there', 'nowhere', '404 FLEET_UNKNOWN'],
    ['to one with a very long name', 'x'.repeat(500), '404 FLEET_UNKNOWN'],
    ['to one that reads files', 'cellar', '422 FLEET_INVALID'],
    ['to a cloud', 'aws', '422 FLEET_INVALID'],
  ])('%s is refused', async (_, name, expected) => {
    const headers = { 'content-type': 'application/x-ndjson' };
    expect(await refusal('POST', `/v1/inventories/${name}`, { body: '', headers })).toBe(expected);
  });

  it('of nothing is refused, and leaves what was pushed before', async () => {
    const ask = { body: '\n', headers: { 'content-type': 'application/x-ndjson' } };
    expect(await refusal('POST', '/v1/inventories/mainframe', ask)).toBe('422 INVENTORY_REFUSED');
  });

  it.each([
    ['text/plain', '415 MEDIA_TYPE_UNSUPPORTED'],
    ['application/x-ndjson; charset=utf-16', '415 MEDIA_TYPE_UNSUPPORTED'],
  ])('as %s is refused: a form of a page could be that', async (type, expected) => {
    const asking = { body: jsonLines(MAINFRAME), headers: { 'content-type': type } };
    expect(await refusal('POST', '/v1/inventories/mainframe', asking)).toBe(expected);
  });

  it('beyond the limit is refused, also one that only unpacks to that', async () => {
    const on = await another({ PORTCULLIS_SERVER__LIMITS__DOCUMENT: '1KB' });
    const lines = jsonLines(MAINFRAME);
    const plain = await push(lines, { on });
    const packed = await push(lines, {
      on,
      body: gzipSync(lines),
      headers: { 'content-encoding': 'gzip' },
    });
    for (const response of [plain, packed]) {
      expect((await problem(response)).code).toBe('BODY_TOO_LARGE');
      expect(response.status).toBe(413);
    }
  });
});

describe('a sweep', () => {
  it('is answered at once, and at its end says what was read and what was not', async () => {
    const response = await ask('POST', '/v1/sweeps', { body: { name: 'nightly' } });
    expect(response.status).toBe(202);
    const begun = SweepView.parse(await response.json());
    expect(begun).toMatchObject({ state: 'running', request: { trigger: { actor: 'ada' } } });
    const ended = await follow(begun.id);
    expect(ended).toMatchObject({
      state: 'incomplete',
      reason: '4 of 5 accounts, 1 unknown (AccessDenied).',
      coverage: {
        percent: 80,
        gaps: [{ inventory: 'aws', account: '222222222222', code: 'CLOUD_DENIED' }],
      },
      verdicts: { unknown: 1, failed: 0 },
      findings: { opened: 13, resolved: 0, reopened: 0 },
    });
    expect(await stored()).toBe(13);
  });

  it('that cannot read enough has failed, and what it read stands', async () => {
    const strict = await sweep({ name: 'strict' });
    expect(strict).toMatchObject({ state: 'failed', coverage: { percent: 50 } });
    expect(strict.reason).toContain('50 percent was read, 100 are required');
    expect((await findings('?inventory=aws')).totals?.total).toBe(1);
  });

  it('tells what it changed; a second one of the same changes nothing', async () => {
    const list = z.object({ sweeps: z.array(SweepView) });
    const { sweeps } = await get('/v1/sweeps?limit=500', list);
    const first = sweeps.find(({ name }) => name === 'nightly');
    const page = await get(`/v1/sweeps/${first?.id ?? ''}/changes?limit=7`, ChangePageView);
    const rest = await get(
      `/v1/sweeps/${first?.id ?? ''}/changes?after=${page.next ?? ''}`,
      ChangePageView,
    );
    const all = [...page.changes, ...rest.changes];
    expect([page.changes.length, rest.changes.length, rest.next]).toEqual([7, 6, undefined]);
    expect(new Set(all.map(({ finding }) => finding)).size).toBe(13);
    expect(new Set(all.map(({ change }) => change))).toEqual(new Set(['opened']));
    const second = await sweep({ inventories: ['mainframe'] });
    expect(second).toMatchObject({ state: 'completed', findings: { opened: 0, resolved: 0 } });
    const none = await get(`/v1/sweeps/${second.id}/changes`, ChangePageView);
    expect(none.changes).toEqual([]);
  });

  it('resolves what is fixed and what is gone, and reopens what is back', async () => {
    await push([thing('JOB.0', { owner: 'ada' }), ...MAINFRAME.slice(2)]);
    const better = await sweep({ inventories: ['mainframe'] });
    expect(better.findings).toEqual({ opened: 0, resolved: 2, reopened: 0 });
    const resolved = await findings('?state=resolved');
    const why = resolved.findings.map(({ address, resolved: because }) => [address, because]);
    expect(why.sort()).toEqual([
      ['mainframe/JOB.0', 'fixed'],
      ['mainframe/JOB.1', 'gone'],
    ]);
    await push(MAINFRAME);
    const worse = await sweep({ inventories: ['mainframe'] });
    expect(worse.findings).toEqual({ opened: 0, resolved: 0, reopened: 2 });
    expect((await findings('?state=resolved')).findings).toEqual([]);
  });

  it('of part of what there is resolves nothing for not being seen', async () => {
    const asking = { headers: { 'content-type': 'application/x-ndjson' } };
    const lines = jsonLines(MAINFRAME.slice(0, 1));
    await post('/v1/inventories/mainframe?partial=true', PushView, { ...asking, body: lines });
    const part = await sweep({ inventories: ['mainframe'], coverage: 0 });
    expect(part).toMatchObject({ state: 'incomplete', findings: { resolved: 0 } });
    await push(MAINFRAME);
  });

  it('reads an inventory that is named twice once', async () => {
    const ended = await sweep({ inventories: ['cellar', 'cellar'] });
    expect(ended).toMatchObject({ state: 'completed', coverage: { resources: { read: 2 } } });
    expect(ended.request.inventories).toEqual(['cellar']);
  });

  describe('under way', () => {
    const hang = () => place().aws.addFault({ kind: 'hang', operation: 'SelectResourceConfig' });

    it('keeps others away from its inventories alone, and ends when it is told', async () => {
      hang();
      const { id } = await post('/v1/sweeps', SweepView, { body: { inventories: ['aws'] } });
      const busy = { body: { inventories: ['cellar', 'aws'] } };
      expect(await refusal('POST', '/v1/sweeps', busy)).toBe('409 SWEEP_BUSY');
      expect(await refusal('POST', `/v1/sweeps/${id}/resume`)).toBe('409 SWEEP_BUSY');
      expect((await sweep({ inventories: ['cellar'] })).state).toBe('completed');
      await post(`/v1/sweeps/${id}/cancel`, SweepView);
      expect((await follow(id)).state).toBe('cancelled');
      expect(await refusal('POST', `/v1/sweeps/${id}/cancel`)).toBe('422 FLEET_INVALID');
      expect(await refusal('POST', `/v1/sweeps/${id}/resume`)).toBe('409 SWEEP_STATE');
      expect((await findings('?inventory=aws&state=open')).totals?.total).toBe(1);
    });

    it('is interrupted with its process, and goes on in another one', async () => {
      hang();
      const on = await another();
      const { id } = await post('/v1/sweeps', SweepView, {
        on,
        body: { inventories: ['aws'], coverage: 50 },
      });
      await until(() =>
        place().aws.calls.some(({ operation }) => operation === 'SelectResourceConfig'),
      );
      await on.stop();
      expect((await get(`/v1/sweeps/${id}`, SweepView)).state).toBe('interrupted');
      place().aws.clearFaults();
      expect((await ask('POST', `/v1/sweeps/${id}/resume`)).status).toBe(202);
      const ended = await follow(id);
      expect(ended).toMatchObject({ state: 'incomplete', coverage: { resources: { read: 2 } } });
    });
  });
});

describe('what makes no sense', () => {
  it.each([
    ['POST', '/v1/sweeps', '{"name":', '400 REQUEST_INVALID'],
    ['POST', '/v1/sweeps', '[]', '400 REQUEST_INVALID'],
    ['POST', '/v1/sweeps', '{"nmae":"nightly"}', '400 REQUEST_INVALID'],
    ['POST', '/v1/sweeps', '{"coverage":101}', '400 REQUEST_INVALID'],
    ['POST', '/v1/sweeps', '{"inventories":[]}', '400 REQUEST_INVALID'],
    ['POST', '/v1/sweeps', '{"name":"never"}', '404 FLEET_UNKNOWN'],
    ['POST', '/v1/sweeps', '{"inventories":["never"]}', '404 SWEEP_UNKNOWN'],
    ['POST', '/v1/sweeps', '{"name":"strict","inventories":["cellar"]}', '422 FLEET_INVALID'],
    ['POST', '/v1/sweeps/never/cancel', '', '404 FLEET_UNKNOWN'],
    ['POST', '/v1/sweeps/never/resume', '', '404 SWEEP_UNKNOWN'],
    ['GET', '/v1/sweeps/never', undefined, '404 FLEET_UNKNOWN'],
    ['GET', `/v1/sweeps/${'x'.repeat(2000)}`, undefined, '404 FLEET_UNKNOWN'],
    ['GET', '/v1/sweeps/a%00b', undefined, '404 FLEET_UNKNOWN'],
    ['GET', '/v1/sweeps/%ff', undefined, '400 REQUEST_INVALID'],
    ['GET', '/v1/sweeps/never/changes', undefined, '404 FLEET_UNKNOWN'],
    ['GET', '/v1/sweeps?limit=0', undefined, '400 REQUEST_INVALID'],
    ['GET', '/v1/sweeps?limit=501', undefined, '400 REQUEST_INVALID'],
    ['GET', '/v1/sweeps?limit=1&limit=2', undefined, '400 REQUEST_INVALID'],
    ['GET', '/v1/sweeps?order=asc', undefined, '400 REQUEST_INVALID'],
    ['DELETE', '/v1/sweeps', undefined, '405 METHOD_NOT_ALLOWED'],
    ['GET', '/v1/inventories/mainframe', undefined, '405 METHOD_NOT_ALLOWED'],
  ])('%s %s %s is refused', async (method, path, body, expected) => {
    expect(await refusal(method, path, { body })).toBe(expected);
  });

  it('a form of a web page is refused where anybody may ask', async () => {
    const on = await another({ PORTCULLIS_AUTH__TOKENS: '[]' });
    const from = async (origin: string) =>
      (await fetch(`${on.url}/v1/sweeps/never/cancel`, { method: 'POST', headers: { origin } }))
        .status;
    expect(await from('https://evil.example')).toBe(403);
    expect(await from('null')).toBe(403);
    expect(await from(on.url)).toBe(404);
  });

  it.each([
    ['ci', 'GET', '/v1/findings', 403],
    ['ci', 'POST', '/v1/sweeps', 403],
    ['reader', 'POST', '/v1/sweeps', 403],
    ['reader', 'POST', '/v1/inventories/mainframe', 403],
    ['reader', 'GET', '/v1/sweeps', 200],
    ['reader', 'HEAD', '/v1/findings/export', 200],
    ['ada', 'GET', '/v1/findings', 200],
  ] as const)('%s asks %s %s: %d', async (as, method, path, status) => {
    const response = await ask(method, path, method === 'POST' ? { as, body: {} } : { as });
    await response.arrayBuffer();
    expect(response.status).toBe(status);
  });
});
