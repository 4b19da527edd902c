import { createHash, randomUUID } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

import { Decision } from '../../src/model/decision.ts';
import { decided, problem, useGate } from './client.ts';
import { plan } from './gate.ts';

const { ask, gateway, send, url } = useGate();

describe('a document', () => {
  it('is answered with a decision that says what to change, and that is found again', async () => {
    const answer = await ask(plan(), {
      query: '?name=shop.json&actor=ada&run.id=7&label.team=web',
    });
    expect(answer.headers.get('x-decision')).toBe('deny');
    const decision = await decided(answer);
    expect(decision).toMatchObject({
      decision: 'deny',
      point: 'pre-apply',
      document: { source: 'terraform-plan', name: 'shop.json', resources: 1 },
      violations: [{ rule: 'owner', address: 'aws_sqs_queue.q', path: 'tags.owner' }],
      context: { actor: 'ada', run: { id: '7' }, labels: { team: 'web' } },
    });
    const found = await fetch(`${url()}/v1/decisions/${decision.id}`);
    expect(await found.json()).toEqual(decision);
  });

  it('that keeps the rules is allowed', async () => {
    expect((await decided(await ask(plan({ owner: 'ada' })))).decision).toBe('allow');
  });

  it('is recorded under the digest of the very bytes that came', async () => {
    const body = plan({ owner: 'ada' }).replace('{', '{ ');
    const { document } = await decided(await ask(body));
    expect(document.digest).toBe(`sha256:${createHash('sha256').update(body).digest('hex')}`);
  });

  it('may be packed, and so may the answer', async () => {
    const answer = await ask(gzipSync(plan()), { headers: { 'content-encoding': 'gzip' } });
    expect((await decided(answer)).document.bytes).toBe(plan().length);
    const raw = await send(
      `GET /openapi.json HTTP/1.1\r\nhost: 127.0.0.1\r\naccept-encoding: gzip\r\nconnection: close\r\n\r\n`,
    );
    const end = raw.indexOf('\r\n\r\n');
    expect(raw.toString('latin1', 0, end)).toMatch(/content-encoding: gzip/i);
    expect(JSON.parse(gunzipSync(raw.subarray(end + 4)).toString())).toMatchObject({
      openapi: '3.1.0',
    });
  });

  it('may be YAML', async () => {
    const yaml = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, labels: {owner: ada}}\n';
    for (const type of [
      'application/yaml',
      'text/yaml; charset=UTF-8',
      'application/octet-stream',
    ]) {
      expect(
        (await decided(await ask(yaml, { headers: { 'content-type': type } }))).document.source,
      ).toBe('kubernetes-manifest');
    }
  });

  it('is answered with 403 for a denial when only the status is looked at', async () => {
    const denied = await ask(plan(), { query: '?status=strict' });
    expect(denied.status).toBe(403);
    expect(Decision.parse(await denied.json()).decision).toBe('deny');
    expect((await ask(plan({ owner: 'ada' }), { query: '?status=strict' })).status).toBe(200);
  });

  it.each([
    ['half a document', '{"a":', 400, 'SOURCE_MALFORMED'],
    ['a document and a bracket', '{"a":1}}', 400, 'SOURCE_MALFORMED'],
    ['nothing', '', 400, 'SOURCE_MALFORMED'],
    ['something else', '{"hello":"world"}', 422, 'SOURCE_UNRECOGNISED'],
    ['a plan that is not closed', plan().slice(0, -1), 400, 'SOURCE_MALFORMED'],
    ['brackets without end', '['.repeat(400_000), 413, 'SOURCE_TOO_LARGE'],
    ['a number beyond all numbers', plan().replace('null', '1e400'), 400, 'SOURCE_MALFORMED'],
    [
      'a key twice with two meanings',
      plan().replace('{', '{"format_version":"0.1",'),
      400,
      'SOURCE_MALFORMED',
    ],
  ])('that is %s is refused, and never allowed', async (_, body, status, code) => {
    const answer = await ask(body);
    expect([answer.status, (await problem(answer)).code]).toEqual([status, code]);
  });
});

describe('an envelope', () => {
  const headers = { 'content-type': 'application/vnd.portcullis.request+json' };

  it('says with the document what there is to say of it', async () => {
    const body = `{"point":"sweep","document":${plan()},"actor":"bob","labels":{"a":"b"},"dryRun":true}`;
    expect(await decided(await ask(body, { headers }))).toMatchObject({
      point: 'sweep',
      dryRun: true,
      context: { actor: 'bob', labels: { a: 'b' } },
      document: { digest: `sha256:${createHash('sha256').update(plan()).digest('hex')}` },
    });
  });

  it('may carry YAML as a string', async () => {
    const document = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';
    expect(
      (await decided(await ask(JSON.stringify({ document }), { headers }))).document.source,
    ).toBe('kubernetes-manifest');
  });

  it.each([
    ['no document', '{"point":"sweep"}', 'no member "document"'],
    ['two documents', `{"document":${plan()},"document":${plan()}}`, 'two documents'],
    [
      'a document hidden behind an escape',
      `{"document":1,"docu\\u006dent":${plan()}}`,
      'two documents',
    ],
    ['an unknown member', `{"document":{},"pint":"sweep"}`, 'pint'],
    ['an unknown point', `{"document":{},"point":"later"}`, 'point'],
    ['no object', `[{"document":{}}]`, 'not'],
    [
      'a deep member beside the document',
      `{"document":{},"run":${'['.repeat(5000)}${']'.repeat(5000)}}`,
      'run',
    ],
  ])('with %s is refused', async (_, body, word) => {
    const { code, detail } = await problem(await ask(body, { headers }));
    expect(code).toBe('REQUEST_INVALID');
    expect(detail).toContain(word);
  });
});

describe('an idempotency key', () => {
  it('makes one decision and one record of a hundred requests at once', async () => {
    const key = randomUUID();
    const before = (await gateway().list({ limit: 1 })).records[0]?.sequence ?? -1;
    const answers = await Promise.all(
      Array.from(
        { length: 100 },
        async () => await (await ask(plan(), { headers: { 'idempotency-key': key } })).text(),
      ),
    );
    expect(new Set(answers).size).toBe(1);
    expect((await gateway().list({ limit: 1 })).records[0]?.sequence).toBe(before + 1);
  });

  it('is refused for another document, another point, and in an odd shape', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    await decided(await ask(plan(), { headers }));
    expect((await problem(await ask(plan({ owner: 'ada' }), { headers }))).code).toBe(
      'IDEMPOTENCY_CONFLICT',
    );
    expect((await problem(await ask(plan(), { headers, query: '?point=sweep' }))).code).toBe(
      'IDEMPOTENCY_CONFLICT',
    );
    expect(
      (await problem(await ask(plan(), { headers: { 'idempotency-key': 'x'.repeat(300) } }))).code,
    ).toBe('REQUEST_INVALID');
  });
});
