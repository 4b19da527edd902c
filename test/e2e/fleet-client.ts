import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { z } from 'zod';

import { newToken } from '../../src/config/token.ts';
import { FindingPageView, SweepView } from '../../src/fleet/views.ts';
import type { Gateway } from '../../src/gateway.ts';
import { problem } from './client.ts';
import { jsonLines, makeFleetPlace } from './fleet-place.ts';
import type { FleetPlace } from './fleet-place.ts';
import { openGateway, serve } from './gate.ts';
import type { Served } from './gate.ts';

/** Callers, and the roles of their tokens. */
const CALLERS = {
  ci: newToken('ci', 'gate'),
  reader: newToken('reader', 'read'),
  ada: newToken('ada', 'operate'),
  bob: newToken('bob', 'operate'),
};
export type Caller = keyof typeof CALLERS;

export const TOKENS = {
  PORTCULLIS_AUTH__TOKENS: JSON.stringify(Object.values(CALLERS).map(({ entry }) => entry)),
};

export function bearer(caller: Caller): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${CALLERS[caller].token}` };
}

export interface Ask {
  readonly as?: Caller;
  /** Sent as JSON; text and bytes as they are. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly on?: Served;
}

/** A gate over a place with inventories, for all tests of a file, over a real socket. */
export interface TestFleet {
  readonly place: () => FleetPlace;
  readonly served: () => Served;
  /** One more process, as far as the store can tell; stopped after the test, or before by `stop`. */
  readonly another: (env?: Readonly<Record<string, string>>) => Promise<Served>;
  readonly ask: (method: string, path: string, ask?: Ask) => Promise<Response>;
  /** What is answered with 200 or 202, by its schema. */
  readonly get: <T>(path: string, schema: z.ZodType<T>, ask?: Ask) => Promise<T>;
  readonly post: <T>(path: string, schema: z.ZodType<T>, ask?: Ask) => Promise<T>;
  /** The code of a refusal, with its status. */
  readonly refusal: (method: string, path: string, ask?: Ask) => Promise<string>;
  readonly push: (lines: readonly unknown[] | string, ask?: Ask) => Promise<Response>;
  /** Starts a sweep and follows it to its end. */
  readonly sweep: (body: unknown, ask?: Ask) => Promise<SweepView>;
  readonly follow: (id: string) => Promise<SweepView>;
  readonly findings: (query?: string) => Promise<FindingPageView>;
}

export function useFleet(env: Readonly<Record<string, string>> = {}): TestFleet {
  const state: { place?: FleetPlace; gateway?: Gateway; served?: Served } = {};
  const others: Served[] = [];
  const open = async (more: Readonly<Record<string, string>>): Promise<Served> => {
    const settings = { PORTCULLIS_SERVER__DRAIN: '1s', ...TOKENS, ...env, ...more };
    return await serve(state.place!, state.gateway!, settings, state.place!.cloud);
  };
  beforeAll(async () => {
    state.place = await makeFleetPlace();
    state.gateway = await openGateway(state.place);
    state.served = await open({});
  });
  afterEach(async () => {
    state.place?.aws.clearFaults();
    await Promise.all(others.splice(0).map((other) => other.stop()));
  });
  afterAll(async () => {
    await state.served?.stop();
    await state.gateway?.close();
    await state.place?.aws.close();
    state.place?.dispose();
  });

  const ask: TestFleet['ask'] = async (method, path, { as = 'ada', body, headers, on } = {}) =>
    await fetch(`${(on ?? state.served!).url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...bearer(as), ...headers },
      ...(body === undefined ? {} : { body: bodyOf(body) }),
    });
  const answer = async <T>(response: Response, schema: z.ZodType<T>): Promise<T> => {
    const body: unknown = await response.json();
    expect([200, 202], JSON.stringify(body)).toContain(response.status);
    return schema.parse(body);
  };
  const get: TestFleet['get'] = async (path, schema, asking) =>
    await answer(await ask('GET', path, asking), schema);
  const post: TestFleet['post'] = async (path, schema, asking) =>
    await answer(await ask('POST', path, { body: {}, ...asking }), schema);
  const follow = async (id: string): Promise<SweepView> => {
    for (;;) {
      const seen = await get(`/v1/sweeps/${id}`, SweepView);
      if (seen.state !== 'running') return seen;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return {
    place: () => state.place!,
    served: () => state.served!,
    another: async (more = {}) => {
      const other = await open(more);
      others.push(other);
      return other;
    },
    ask,
    get,
    post,
    follow,
    refusal: async (method, path, asking) => {
      const { status, code } = await problem(await ask(method, path, asking));
      return `${status} ${code}`;
    },
    push: async (lines, asking) =>
      await ask('POST', '/v1/inventories/mainframe', {
        body: typeof lines === 'string' ? lines : jsonLines(lines),
        ...asking,
        headers: { 'content-type': 'application/x-ndjson', ...asking?.headers },
      }),
    sweep: async (body, asking) => {
      const { id } = await post('/v1/sweeps', SweepView, { ...asking, body });
      return await follow(id);
    },
    findings: async (query = '') => await get(`/v1/findings${query}`, FindingPageView),
  };
}

function bodyOf(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
}
