import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

import { z } from 'zod';

import { messageOf } from '../../../kit/errors.ts';
import { AwsRefusal } from './refusal.ts';
import type { FakeCall, FakeWorld } from './call.ts';
import { createState } from './estate.ts';
import type { AwsEstate } from './estate.ts';
import { createFaults, FAULT_HEADER, withRequested } from './faults.ts';
import type { AwsFault } from './faults.ts';
import { answered, callerOf, refused, understand } from './protocol.ts';
import type { Answer, Understood } from './protocol.ts';
import { createSessions } from './sessions.ts';
import { breakAnswer, breakBefore, breakConnection } from './weather.ts';

export type { AwsEstate, ConfigItem, TrailEvent } from './estate.ts';
export type { AwsFault } from './faults.ts';
export { FAKE_KEYS } from './sessions.ts';

export interface FakeAwsOptions {
  readonly estate: AwsEstate;
  readonly faults?: readonly AwsFault[];
  /** Of faults that come by chance. */
  readonly seed?: number;
  readonly clock: () => Date;
}

/** What was asked of the fake, in order. */
export interface RecordedCall {
  readonly at: Date;
  readonly service: string;
  readonly operation: string;
  readonly account: string;
  readonly region: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface FakeAws {
  /** The endpoint of every service. */
  readonly url: string;
  /** Everything as it is now. */
  readonly estate: () => AwsEstate;
  readonly calls: readonly RecordedCall[];
  readonly addFault: (fault: AwsFault) => void;
  readonly clearFaults: () => void;
  readonly close: () => Promise<void>;
}

const LONGEST_BODY = 1024 * 1024;
/** Enough for every test; a demonstration that runs for days must not fill the memory. */
const CALLS_KEPT = 10_000;

/**
 * AWS on this machine: Config, the Tagging API, STS, the tag reads of IAM, ListAccounts, and LookupEvents, over HTTP on loopback, as
 * their documentation and limits say. The SDKs talk to it by `endpoint`.
 */
export async function startFakeAws(options: FakeAwsOptions): Promise<FakeAws> {
  const { estate, clock } = options;
  const state = createState(estate);
  const faults = createFaults(options.faults ?? [], options.seed ?? 1, clock);
  const sessions = createSessions(estate.home ?? estate.accounts[0]?.id ?? '', clock);
  const world: FakeWorld = { estate, state, faults, sessions, clock };
  const calls: RecordedCall[] = [];
  const server = createServer((request, response) => {
    void serve(request, response, world, calls);
  });
  await listening(server);
  return {
    url: urlOf(server),
    estate: state.current,
    calls,
    addFault: faults.add,
    clearFaults: faults.clear,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  whole: FakeWorld,
  calls: RecordedCall[],
): Promise<void> {
  const header = request.headers[FAULT_HEADER];
  const requested = typeof header === 'string' ? header : undefined;
  const world = { ...whole, faults: withRequested(whole.faults, requested) };
  let protocol: Understood['protocol'] = 'json';
  try {
    const asked = understand(request, await bodyOf(request));
    ({ protocol } = asked);
    const call = identified(request, asked, world);
    calls.push({ at: world.clock(), service: asked.service, ...call });
    if (calls.length > CALLS_KEPT) calls.shift();
    if (breakConnection(call, world, request.socket, response)) return;
    breakBefore(call, world);
    const answer = answered(asked, runOf(asked, call, world));
    if (!breakAnswer(call, world, answer, response)) send(response, answer);
  } catch (thrown) {
    send(response, refused(protocol, refusalOf(thrown)));
  }
}

/** A fault of the fake itself must not look like one of whoever asks. */
function refusalOf(thrown: unknown): AwsRefusal {
  if (thrown instanceof AwsRefusal) return thrown;
  return thrown instanceof z.ZodError
    ? new AwsRefusal('ValidationException', `The input is not valid: ${z.prettifyError(thrown)}`)
    : new AwsRefusal('InternalFailure', `The fake is broken: ${messageOf(thrown)}`, 500);
}

function identified(request: IncomingMessage, asked: Understood, world: FakeWorld): FakeCall {
  const { accessKeyId, region, token } = callerOf(request);
  const { account, arn } = world.sessions.authenticate(accessKeyId, token);
  const input = asked.service === 'sts' ? { ...asked.input, callerArn: arn } : asked.input;
  return { operation: asked.operation, account, region, input };
}

function runOf({ run, operation }: Understood, call: FakeCall, world: FakeWorld): unknown {
  if (run !== undefined) return run(call, world);
  throw new AwsRefusal('UnknownOperationException', `${operation} is not known here.`);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request) {
    if (!(chunk instanceof Uint8Array)) continue;
    length += chunk.length;
    if (length > LONGEST_BODY)
      throw new AwsRefusal('RequestEntityTooLargeException', 'The body is too long.', 413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  if (response.destroyed) return;
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

async function listening(server: Server): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
}

function urlOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new TypeError('the fake has no port of its own');
  return `http://127.0.0.1:${address.port}`;
}
