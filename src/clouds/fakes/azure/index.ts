import { once } from 'node:events';

import { createAllowance, createWindow } from './allowance.ts';
import { armError, denied, throttled } from './answer.ts';
import type { FakeAnswer } from './answer.ts';
import { selfSigned } from './certificate.ts';
import { bringToLife, snapshot, subscriptionOf } from './estate.ts';
import type { FakeAzureEstate, LiveEstate } from './estate.ts';
import { createFaults } from './faults.ts';
import type { FakeFault, FakeHarm } from './faults.ts';
import { createGraph } from './graph.ts';
import type { FakeGraph } from './graph.ts';
import { createOperations } from './operations.ts';
import type { FakeOperations } from './operations.ts';
import { listPolicyObjects, queryPolicyStates } from './policy.ts';
import { createDoor } from './server.ts';
import type { FakeCall, FakeRequest } from './server.ts';
import { patchTags, readTags, replaceTags } from './tags.ts';

export type { FakeAzureEstate, FakeArmResource, FakeSubscription } from './estate.ts';
export type { FakeFault } from './faults.ts';
export type { FakeCall } from './server.ts';

export interface FakeAzureOptions {
  readonly estate: FakeAzureEstate;
  readonly faults?: readonly FakeFault[];
  /** By which rates are counted. */
  readonly clock: () => Date;
  /** Which tokens are good; every one when it is not said. */
  readonly accepts?: (token: string) => boolean;
  /** Rows in a page of policy objects. */
  readonly pageSize?: number;
}

export interface FakeAzure {
  /** `https://127.0.0.1:…`, the endpoint for the settings of an inventory. */
  readonly url: string;
  /** The certificate that vouches for it, as PEM. */
  readonly ca: string;
  readonly calls: readonly FakeCall[];
  /** The estate as it is now. */
  readonly estate: () => FakeAzureEstate;
  /** As somebody else would do it, behind everyone's back. */
  readonly setTags: (id: string, tags: Readonly<Record<string, string>>) => void;
  readonly close: () => Promise<void>;
}

/** 15 queries in 5 seconds for each caller. */
const GRAPH_RATE = { calls: 15, milliseconds: 5000 };
/** For each subscription; a deletion of tags is a write of the tags resource. */
const READ_RATE = { burst: 250, perSecond: 25 };
const WRITE_RATE = { burst: 200, perSecond: 10 };

/**
 * A small Azure over https on 127.0.0.1: Resource Graph, tags, policy assignments, exemptions and compliance states, by the
 * documented contracts and limits, with the faults that real ones have. It knows what Portcullis asks for, and refuses
 * everything else aloud.
 */
export async function startFakeAzure(options: FakeAzureOptions): Promise<FakeAzure> {
  const live = bringToLife(options.estate);
  const faults = createFaults(options.faults ?? []);
  const calls: FakeCall[] = [];
  const certificate = selfSigned(new Date());
  let url = '';
  const answer = createAnswers(live, options, () => url);
  const server = createDoor(
    certificate,
    {
      harm: ({ operation }, text) => faults.next(operation, text),
      answer,
      accepts: options.accepts ?? (() => true),
    },
    (call) => void calls.push(call),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = urlOf(server.address());
  return {
    url,
    ca: certificate.cert,
    calls,
    estate: () => snapshot(live),
    setTags: (id, tags) => void live.tags.set(id.toLowerCase(), tags),
    close: async () => {
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}

function urlOf(address: ReturnType<ReturnType<typeof createDoor>['address']>): string {
  if (address === null || typeof address === 'string') throw new Error('the fake has no port');
  return `https://127.0.0.1:${address.port}`;
}

type Answers = (request: FakeRequest, harm: FakeHarm | undefined) => FakeAnswer;

function createAnswers(live: LiveEstate, options: FakeAzureOptions, url: () => string): Answers {
  const graph = limited(createGraph(live), options.clock);
  const operations = createOperations();
  const allowed = createArmLimits(options.clock);
  return (request, harm) => {
    const { operation, scope } = request.route;
    if (harm?.kind === 'wrong-shape') return { status: 200, body: { value: 'none' } };
    if (operation === 'graph') return graph.query(request.body, harm);
    if (operation === 'tags-poll') return operations.poll(scope.slice(scope.lastIndexOf('/') + 1));
    const refusal = refusalOf(live, request);
    if (refusal !== undefined) return refusal;
    if (!allowed(request)) return throttled('SubscriptionRequestsThrottled', 1);
    if (operation === 'tags-read') return readTags(live, scope);
    if (operation === 'tags-write') return writeTags(live, request, harm, { operations, url });
    const subscription = scope.slice('/subscriptions/'.length);
    const question = { url: request.url, subscription, pageSize: options.pageSize ?? 200 };
    return operation === 'policy-states'
      ? queryPolicyStates(live.estate, question, harm)
      : listPolicyObjects(live.estate, operation, question, harm);
  };
}

function refusalOf(live: LiveEstate, { route }: FakeRequest): FakeAnswer | undefined {
  const subscription = subscriptionOf(live.estate, route.scope);
  if (subscription === undefined)
    return armError(404, 'SubscriptionNotFound', `'${route.scope}' is in no known subscription.`);
  if (subscription.denied === true) return denied(route.action, route.scope);
  if (route.operation === 'tags-write' && subscription.state === 'Disabled')
    return armError(409, 'ReadOnlyDisabledSubscription', 'The subscription is disabled.');
  return undefined;
}

function writeTags(
  live: LiveEstate,
  { method, route, body }: FakeRequest,
  harm: FakeHarm | undefined,
  { operations, url }: { readonly operations: FakeOperations; readonly url: () => string },
): FakeAnswer {
  if (harm?.kind === 'slow' && harm.ends === 'failed')
    return operations.start(armError(409, 'Conflict', 'It failed.'), harm.polls, url());
  const answer = (method === 'PUT' ? replaceTags : patchTags)(live, route.scope, body);
  if (answer.status !== 200) return answer;
  if (harm?.kind === 'stray') return operations.start(answer, 1, 'https://elsewhere.invalid');
  return harm?.kind === 'slow' ? operations.start(answer, harm.polls, url()) : answer;
}

/** Counts queries, and says in each answer how many are left. */
function limited(graph: FakeGraph, clock: () => Date): FakeGraph {
  const count = createWindow(GRAPH_RATE, clock);
  return {
    query: (body, harm) => {
      const { allowed, left, resetsInSeconds } = count();
      const answer = allowed ? graph.query(body, harm) : throttled('RateLimiting', resetsInSeconds);
      const spent = harm?.kind === 'quota';
      return {
        ...answer,
        headers: {
          ...answer.headers,
          'x-ms-user-quota-remaining': spent ? '0' : String(left),
          'x-ms-user-quota-resets-after': spent ? harm.resetsAfter : clockTime(resetsInSeconds),
        },
      };
    },
  };
}

function clockTime(seconds: number): string {
  return `00:00:${String(seconds).padStart(2, '0')}`;
}

function createArmLimits(clock: () => Date): (request: FakeRequest) => boolean {
  const allowances = new Map<string, () => boolean>();
  return ({ route, method }) => {
    const rate = method === 'PATCH' || method === 'PUT' ? WRITE_RATE : READ_RATE;
    const key = `${route.scope.split('/')[2] ?? ''} ${rate.burst}`.toLowerCase();
    const allowance = allowances.get(key) ?? createAllowance(rate, clock);
    allowances.set(key, allowance);
    return allowance();
  };
}
