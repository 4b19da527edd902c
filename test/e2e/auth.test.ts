import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { newToken } from '../../src/config/token.ts';
import type { Role } from '../../src/config/schema.ts';
import { openApiDocument } from '../../src/http/openapi.ts';
import { useGate } from './client.ts';
import { plan, review, serve } from './gate.ts';
import type { Served } from './gate.ts';

const gate = useGate();

const TOKENS = {
  gate: newToken('ci', 'gate'),
  read: newToken('auditor', 'read'),
  operate: newToken('platform', 'operate'),
  admin: newToken('ops', 'admin'),
};
const ENV = {
  PORTCULLIS_AUTH__TOKENS: JSON.stringify(Object.values(TOKENS).map(({ entry }) => entry)),
};

let guarded: Served;
beforeAll(async () => {
  guarded = await serve(gate.place(), gate.gateway(), ENV);
});
afterAll(async () => await guarded.stop());

/** Every operation of the published document, with the role that it says it needs. */
const OPERATIONS = Object.entries(openApiDocument('test').paths ?? {}).flatMap(
  ([path, { get, post }]) =>
    Object.entries({ GET: get, POST: post }).flatMap(([method, operation]) =>
      operation === undefined
        ? []
        : [{ method, path, role: (operation as { 'x-role'?: Role })['x-role'] }],
    ),
);

async function call(
  { method, path }: { method: string; path: string },
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  const url = `${guarded.url}${path.replace('{id}', 'none').replace('{cluster}', 'c1').replace('{name}', 'none')}`;
  const body = bodyFor(path);
  const response = await fetch(url, {
    method,
    headers: { 'content-type': typeFor(path), ...headers },
    ...(method === 'POST' ? { body } : {}),
  });
  await response.arrayBuffer();
  return response.status;
}

function typeFor(path: string): string {
  return path === '/v1/inventories/{name}' ? 'application/x-ndjson' : 'application/json';
}

function bodyFor(path: string): string {
  if (path.includes('admission')) return review();
  return path === '/v1/decisions' ? plan() : '{}';
}

describe('every operation of the published document', () => {
  it('is there to be tried', () => expect(OPERATIONS.length).toBeGreaterThan(10));

  it.each(OPERATIONS)('$method $path asks for the role $role', async (operation) => {
    const { role } = operation;
    if (role === undefined) {
      expect(await call(operation, {})).toBe(200);
      return;
    }
    const refused: Readonly<Record<string, string>>[] = [
      {},
      { authorization: 'Bearer ' },
      { authorization: `Bearer ${TOKENS[role === 'gate' ? 'gate' : 'read'].token}x` },
      { authorization: `Basic ${TOKENS.admin.token}` },
      { authorization: TOKENS.admin.token },
      { authorization: `Bearer ${TOKENS.admin.entry.sha256}` },
      { authorization: `Bearer ${'a'.repeat(4000)}` },
    ];
    for (const headers of refused) expect(await call(operation, headers)).toBe(401);
    for (const holder of ['gate', 'read', 'operate', 'admin'] as const) {
      const status = await call(operation, { authorization: `bearer ${TOKENS[holder].token}` });
      const seesToo = holder === 'operate' && role === 'read';
      if (holder === role || holder === 'admin' || seesToo)
        // Let in: the empty body and the id that is not there are answered by the operation itself.
        expect([200, 400, 404, 422]).toContain(status);
      else expect(status).toBe(403);
    }
  });
});

describe('callers with tokens', () => {
  it('are named in the record when they do not say who they are', async () => {
    const response = await gate.ask(plan(), {
      url: guarded.url,
      headers: { authorization: `Bearer ${TOKENS.gate.token}` },
    });
    expect(await response.json()).toMatchObject({ context: { actor: 'ci' } });
  });

  it('do not share idempotency keys', async () => {
    const ids = new Set<unknown>();
    for (const { token } of [TOKENS.gate, TOKENS.admin]) {
      const headers = { authorization: `Bearer ${token}`, 'idempotency-key': 'same' };
      const decision: unknown = await (
        await gate.ask(plan(), { url: guarded.url, headers })
      ).json();
      ids.add(Reflect.get(Object(decision), 'id'));
    }
    expect(ids.size).toBe(2);
  });

  it('leave no token in the logs', () => {
    expect(guarded.lines.length).toBeGreaterThan(10);
    for (const { token } of Object.values(TOKENS))
      expect(JSON.stringify(guarded.lines)).not.toContain(token);
  });
});

describe('the admission door', () => {
  it('answers callers without a token where that is configured, and nothing else does', async () => {
    const open = await gate.another({ ...ENV, PORTCULLIS_AUTH__ANONYMOUS_ADMISSION: 'true' });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${open.url}/v1/admission/kubernetes/validate`, {
      method: 'POST',
      headers,
      body: review(),
    });
    expect(answer.status).toBe(200);
    expect((await gate.ask(plan(), { url: open.url })).status).toBe(401);
    const wrong = { ...headers, authorization: 'Bearer wrong' };
    expect(
      (
        await fetch(`${open.url}/v1/admission/kubernetes/validate`, {
          method: 'POST',
          headers: wrong,
          body: review(),
        })
      ).status,
    ).toBe(401);
  });
});

describe('without tokens', () => {
  it('only names of this machine are served', async () => {
    const [evil, good] = await Promise.all(
      ['evil.example', 'localhost:1'].map(
        async (host) =>
          await gate.send(`GET /v1/rules HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`),
      ),
    );
    expect(evil?.toString()).toMatch(/^HTTP\/1\.1 403 [^]*HOST_REFUSED/);
    expect(good?.toString()).toMatch(/^HTTP\/1\.1 200 /);
  });
});
