import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { GoogleRefusal, refusalAnswer } from './answer.ts';
import type { FakeAnswer } from './answer.ts';
import { understandAssets } from './assets.ts';
import type { FakeRequest, FakeWorld, GoogleCall } from './call.ts';
import { bringToLife, labelsOf, setLabels, snapshot } from './estate.ts';
import type { GoogleEstate } from './estate.ts';
import { createFaults } from './faults.ts';
import type { GoogleFault } from './faults.ts';
import { understandLabels } from './labels.ts';
import { createOperations } from './operations.ts';
import { createQuota } from './quota.ts';
import { breakAnswer, breakConnection, refuseByFault } from './weather.ts';

export type { GoogleAsset, GoogleEstate } from './estate.ts';
export type { GoogleFault } from './faults.ts';

export interface FakeGoogleOptions {
  readonly estate: GoogleEstate;
  readonly faults?: readonly GoogleFault[];
  /** By which quotas are counted and snapshots are dated. */
  readonly clock: () => Date;
  /** Which tokens are good; absent: calls need none. */
  readonly accepts?: (token: string | undefined) => boolean;
}

export interface FakeGoogle {
  /** The endpoint of every service. */
  readonly url: string;
  readonly calls: readonly GoogleCall[];
  /** Everything as it is now. */
  readonly estate: () => GoogleEstate;
  /** Labels of one resource, by its full name; undefined where it is not there. */
  readonly labels: (name: string) => Readonly<Record<string, string>> | undefined;
  /** As somebody else would do it, behind everyone's back. */
  readonly setLabels: (name: string, labels: Readonly<Record<string, string>>) => void;
  readonly addFault: (fault: GoogleFault) => void;
  readonly clearFaults: () => void;
  readonly close: () => Promise<void>;
}

const LONGEST_BODY = 1024 * 1024;
/** Enough for every test; a demonstration that runs for days must not fill the memory. */
const CALLS_KEPT = 10_000;

/**
 * Google Cloud on this machine: Asset Inventory and the labels of the services that keep them, over HTTP on loopback, as
 * their documentation and limits say. It knows what Portcullis asks for, and refuses everything else aloud.
 */
export async function startFakeGoogle(options: FakeGoogleOptions): Promise<FakeGoogle> {
  const { estate, clock, accepts = () => true } = options;
  const live = bringToLife(estate);
  const faults = createFaults(options.faults ?? []);
  const world: FakeWorld = { live, faults, operations: createOperations(), clock };
  const quota = createQuota(clock);
  const calls: GoogleCall[] = [];
  const server = createServer((request, response) => {
    void serve(request, response, { world, quota, accepts, calls });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const find = (name: string) => live.assets.find(({ asset }) => asset.name === name);
  return {
    url: urlOf(server.address()),
    calls,
    estate: () => snapshot(live),
    labels: (name) => {
      const found = find(name);
      return found === undefined ? undefined : labelsOf(found);
    },
    setLabels: (name, labels) => {
      const found = find(name);
      if (found !== undefined) setLabels(found, labels);
    },
    addFault: faults.add,
    clearFaults: faults.clear,
    close: async () => {
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}

function urlOf(address: ReturnType<ReturnType<typeof createServer>['address']>): string {
  if (address === null || typeof address === 'string')
    throw new TypeError('the fake has no port of its own');
  return `http://127.0.0.1:${address.port}`;
}

interface House {
  readonly world: FakeWorld;
  readonly quota: ReturnType<typeof createQuota>;
  readonly accepts: (token: string | undefined) => boolean;
  readonly calls: GoogleCall[];
}

async function serve(
  incoming: IncomingMessage,
  response: ServerResponse,
  { world, quota, accepts, calls }: House,
): Promise<void> {
  try {
    const request = await requestOf(incoming);
    const call =
      understandAssets(request, world.live, quota) ??
      understandLabels(request, world.live, world.operations);
    if (call === undefined)
      throw new GoogleRefusal(
        404,
        'notFound',
        `${request.method} ${request.path} is not known here.`,
      );
    note(calls, {
      at: world.clock(),
      method: request.method,
      path: request.path,
      permission: call.permission,
      project: call.project,
    });
    if (breakConnection(world.faults, call, response)) return;
    refuseStrangers(incoming, accepts);
    refuseByFault(world.faults, call);
    const answer = { status: 200, body: call.run(world) };
    if (!breakAnswer(world.faults, call, response, JSON.stringify(answer.body)))
      send(response, answer);
  } catch (thrown) {
    send(response, refusalAnswer(refusalOf(thrown)));
  }
}

function note(calls: GoogleCall[], call: GoogleCall): void {
  calls.push(call);
  if (calls.length > CALLS_KEPT) calls.shift();
}

function refuseStrangers(
  { headers }: IncomingMessage,
  accepts: (token: string | undefined) => boolean,
): void {
  const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
  if (!accepts(token))
    throw new GoogleRefusal(
      401,
      'UNAUTHENTICATED',
      'The credentials are missing or no longer good.',
    );
}

function refusalOf(thrown: unknown): GoogleRefusal {
  if (thrown instanceof GoogleRefusal) return thrown;
  return new GoogleRefusal(500, 'INTERNAL', `The fake broke: ${String(thrown)}`);
}

async function requestOf(incoming: IncomingMessage): Promise<FakeRequest> {
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    body: await bodyOf(incoming),
  };
}

async function bodyOf(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    if (!(chunk instanceof Uint8Array)) continue;
    length += chunk.length;
    if (length > LONGEST_BODY)
      throw new GoogleRefusal(413, 'uploadTooLarge', 'The body is too long.');
    chunks.push(chunk);
  }
  if (length === 0) return undefined;
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new GoogleRefusal(400, 'INVALID_ARGUMENT', 'The body is not JSON.');
  }
}

function send(response: ServerResponse, { status, headers, body }: FakeAnswer): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
