import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Problem } from '../../src/http/problem.ts';
import { Decision } from '../../src/model/decision.ts';
import { decided, problem, useGate } from './client.ts';
import { plan } from './gate.ts';

const { another, ask, send, url } = useGate();

describe('a body of the wrong kind', () => {
  it.each([
    ['no type', undefined],
    ['a form', 'application/x-www-form-urlencoded'],
    ['plain text', 'text/plain'],
    ['another character set', 'application/json; charset=utf-16'],
    ['nonsense', ';;;'],
  ])('(%s) is 415', async (_, type) => {
    const head = type === undefined ? '' : `content-type: ${type}\r\n`;
    const raw = await send(
      `POST /v1/decisions HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n${head}content-length: ${plan().length}\r\n\r\n${plan()}`,
    );
    expect(raw.toString()).toMatch(/^HTTP\/1\.1 415 /);
  });

  it('(UTF-16 under a good name) is 415', async () => {
    expect((await problem(await ask(Buffer.from(plan(), 'utf16le')))).code).toBe(
      'MEDIA_TYPE_UNSUPPORTED',
    );
    expect((await problem(await ask(Buffer.from(`\ufeff${plan()}`, 'utf16le')))).code).toBe(
      'MEDIA_TYPE_UNSUPPORTED',
    );
  });

  it('(packed in an unknown way, or badly) is refused', async () => {
    expect((await problem(await ask(plan(), { headers: { 'content-encoding': 'br' } }))).code).toBe(
      'ENCODING_UNSUPPORTED',
    );
    expect(
      (await problem(await ask(plan(), { headers: { 'content-encoding': 'gzip' } }))).code,
    ).toBe('BODY_UNREADABLE');
    const half = gzipSync(plan()).subarray(0, 40);
    expect((await problem(await ask(half, { headers: { 'content-encoding': 'gzip' } }))).code).toBe(
      'BODY_UNREADABLE',
    );
  });
});

describe('a body beyond its limit', () => {
  it('is 413 with the limit, whether it says its length, streams it, or hides it in gzip', async () => {
    const small = await another({ PORTCULLIS_SERVER__LIMITS__DOCUMENT: '64KiB' });
    const big = Buffer.alloc(200_000, 0x20);
    const bodies: [Buffer, Record<string, string>][] = [
      [big, {}],
      [gzipSync(Buffer.alloc(20_000_000)), { 'content-encoding': 'gzip' }],
    ];
    for (const [body, headers] of bodies) {
      const { code, detail } = await problem(await ask(body, { headers, url: small.url }));
      expect([code, detail.includes('65536')]).toEqual(['BODY_TOO_LARGE', true]);
    }
    const chunked = await send(
      `POST /v1/decisions HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n` +
        `20000\r\n${' '.repeat(0x20000)}\r\n0\r\n\r\n`,
      small.url,
    );
    expect(chunked.toString()).toMatch(/^HTTP\/1\.1 413 /);
    expect((await decided(await ask(plan(), { url: small.url }))).decision).toBe('deny');
  });

  it('is not even sent by a caller that asks first', async () => {
    const raw = await send(
      `POST /v1/decisions HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\ncontent-type: application/json\r\nexpect: 100-continue\r\ncontent-length: 900000000\r\n\r\n`,
    );
    expect(raw.toString()).toMatch(/^HTTP\/1\.1 413 /);
    const other = await send(
      `POST /v1/decisions HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\nexpect: tea\r\n\r\n`,
    );
    expect(other.toString()).toMatch(/^HTTP\/1\.1 417 /);
    const good = await send(
      `POST /v1/decisions HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\ncontent-type: application/json\r\nexpect: 100-continue\r\ncontent-length: ${plan().length}\r\n\r\n${plan()}`,
    );
    expect(good.toString()).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /);
  });
});

describe('malformed requests', () => {
  it('never break the gate, and are never allowed', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)),
      fc.json().map((text) => Buffer.from(text)),
      fc.tuple(fc.nat(plan().length), fc.uint8Array({ maxLength: 8 })).map(([at, noise]) => {
        const mutated = Buffer.from(plan());
        Buffer.from(noise).copy(mutated, at);
        return mutated.subarray(0, mutated.length - (at % 3));
      }),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.boolean(), async (body, packed) => {
        const answer = await ask(
          packed ? gzipSync(body) : body,
          packed ? { headers: { 'content-encoding': 'gzip' } } : {},
        );
        const text = await answer.text();
        expect(answer.status).toBeLessThan(500);
        if (answer.ok)
          expect(Decision.parse(JSON.parse(text)).document.source).toBe('terraform-plan');
        else expect(Problem.parse(JSON.parse(text)).status).toBe(answer.status);
      }),
      { numRuns: 2000 },
    );
    expect((await fetch(`${url()}/readyz`)).status).toBe(200);
  }, 180_000);

  it.each([
    ['/v1/decisions/%zz', 400],
    ['/v1/decisions?actor=%ff', 400],
    ['/v1/decisions?point=', 400],
    ['/v1/decisions?limit=0', 400],
    ['/v1/decisions?limit=1&limit=2', 400],
    ['/v1/decisions?since=yesterday', 400],
    ['/v1/decisions/..%2f..%2fetc', 404],
    ['//etc/passwd', 404],
    ['/V1/decisions/', 404],
    ['/', 200],
  ])('%s is answered with %d and, unless it is fine, a problem', async (path, status) => {
    const raw = (
      await send(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n`)
    ).toString();
    if (status === 200) expect(raw).toMatch(/^HTTP\/1\.1 307 [^]*\/docs/);
    else expect(raw).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [^]*application/problem\\+json`));
  });

  it('says which methods an address takes', async () => {
    const answer = await fetch(`${url()}/v1/decisions`, { method: 'DELETE' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST, GET, HEAD']);
  });

  it('takes a caller’s request id only when it is a plain word', async () => {
    const given = await fetch(`${url()}/livez`, { headers: { 'x-request-id': 'run-7' } });
    expect(given.headers.get('x-request-id')).toBe('run-7');
    const odd = await fetch(`${url()}/livez`, { headers: { 'x-request-id': 'a b"c' } });
    expect(odd.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});
