import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';

import type { Gateway } from '../../src/gateway.ts';
import { Problem } from '../../src/http/problem.ts';
import { Decision } from '../../src/model/decision.ts';
import { makePlace, openGateway, serve } from './gate.ts';
import type { Place, Served } from './gate.ts';

type Body = string | Buffer;

export interface Asking {
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly url?: string;
}

/** A gate for all tests of a file, over a real socket. */
export interface TestGate {
  readonly url: () => string;
  readonly place: () => Place;
  readonly gateway: () => Gateway;
  readonly served: () => Served;
  /** One more server, with other settings or before another gateway; it is stopped after the test. */
  readonly another: (env: Readonly<Record<string, string>>, before?: Gateway) => Promise<Served>;
  readonly ask: (body: Body, asking?: Asking) => Promise<Response>;
  /** Sends bytes as they are, and gives back all that came before the connection was closed. */
  readonly send: (text: string, url?: string) => Promise<Buffer>;
}

export function useGate(): TestGate {
  const state: { place?: Place; gateway?: Gateway; served?: Served } = {};
  const others: Served[] = [];
  beforeAll(async () => {
    state.place = makePlace();
    state.gateway = await openGateway(state.place);
    state.served = await serve(state.place, state.gateway);
  });
  afterEach(async () => {
    await Promise.all(others.splice(0).map(async (other) => await other.stop()));
  });
  afterAll(async () => {
    await state.served?.stop();
    await state.gateway?.close();
    state.place?.dispose();
  });
  const url = (): string => state.served!.url;
  return {
    url,
    place: () => state.place!,
    gateway: () => state.gateway!,
    served: () => state.served!,
    another: async (env, before = state.gateway!) => {
      const other = await serve(state.place!, before, { PORTCULLIS_SERVER__DRAIN: '1s', ...env });
      others.push(other);
      return other;
    },
    ask: async (body, { query = '', headers = {}, url: base = url() } = {}) =>
      await fetch(`${base}/v1/decisions${query}`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...headers },
      }),
    send: async (text, base = url()) => await rawRequest(text, base),
  };
}

/** The problem document of an answer, checked against the schema and its head. */
export async function problem(response: Response): Promise<Problem> {
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const parsed = Problem.parse(await response.json());
  expect(parsed.status).toBe(response.status);
  expect(parsed.instance).toBe(response.headers.get('x-request-id'));
  return parsed;
}

/** The decision of an answer that is 200. */
export async function decided(response: Response): Promise<Decision> {
  expect(response.status).toBe(200);
  return Decision.parse(await response.json());
}

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function rawRequest(text: string, url: string): Promise<Buffer> {
  return await new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(text));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('end', () => socket.end());
    socket.on('close', () => resolve(Buffer.concat(chunks)));
    socket.on('error', reject);
  });
}
