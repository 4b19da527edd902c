import { readFile } from 'node:fs/promises';

import { ResourceManagementClient } from '@azure/arm-resources';
import type { TokenCredential } from '@azure/core-auth';
import {
  createHttpHeaders,
  createPipelineRequest,
  proxyPolicyName,
  RestError,
} from '@azure/core-rest-pipeline';
import type {
  HttpMethods,
  Pipeline,
  PipelinePolicy,
  PipelineResponse,
} from '@azure/core-rest-pipeline';

import { createCaller } from '../calls/caller.ts';
import type { Caller, CallerOptions } from '../calls/caller.ts';
import type { Rate } from '../calls/bucket.ts';
import type { CloudOutside } from '../adapter.ts';
import { CloudError } from '../errors.ts';
import { openCredential } from './credential.ts';
import { classify } from './faults.ts';
import type { AzureSettings } from './schema.ts';

const PUBLIC_AZURE = 'https://management.azure.com';
/** A write may be an operation that goes on after the first answer. */
const WRITE_MS = 30_000;

/** What Azure allows, at most: 15 queries in 5 seconds for each caller, and buckets for each subscription. */
const RATES: Readonly<Record<string, Rate>> = {
  'resource-graph': { perSecond: 3, burst: 15 },
  'arm-read': { perSecond: 25, burst: 250 },
  'arm-write': { perSecond: 10, burst: 200 },
};

const SLOW: Rate = { perSecond: 1, burst: 1 };
const LOOPBACK = /^(?:localhost|127[.]\d+[.]\d+[.]\d+|\[::1\])$/;

/** Azure Resource Manager, as the rooms of this adapter ask it. */
export interface AzureConnection {
  readonly outside: CloudOutside;
  readonly credential: TokenCredential;
  /** For clients of Azure's SDK: where to, whom to trust, no retries and no redirects of their own. */
  readonly options: ClientOptions;
  readonly arm: ResourceManagementClient;
  readonly caller: Caller;
  /** With a longer deadline. */
  readonly writer: Caller;
  /**
   * One raw request.
   *
   * @throws RestError where the status is no good one.
   */
  readonly send: (request: RawRequest, signal: AbortSignal) => Promise<PipelineResponse>;
}

interface RawRequest {
  readonly method: HttpMethods;
  /** A path of the endpoint with its query, or a whole link that Azure gave. */
  readonly url: string;
  readonly body?: unknown;
  /** Sees every answer, also one that becomes an error. */
  readonly onAnswer?: (response: PipelineResponse) => void;
}

export type ClientOptions = Awaited<ReturnType<typeof clientOptions>>;

/** What a caller of this adapter may put in the place of its own. */
export interface Instead {
  /** Of the one that the settings name. */
  readonly credential?: TokenCredential;
  /** Of the deadlines of one attempt to read and to write. */
  readonly attemptMs?: number;
}

/** @throws CloudError (CLOUD_SETTINGS, CLOUD_CREDENTIALS) */
export async function connect(
  settings: AzureSettings,
  outside: CloudOutside,
  instead: Instead = {},
): Promise<AzureConnection> {
  const { credential = openCredential(settings, outside), attemptMs } = instead;
  const options = await clientOptions(settings);
  const arm = withoutProxyAtHome(
    new ResourceManagementClient(credential, options),
    options.endpoint,
  );
  const calls: CallerOptions = {
    outside,
    classify: (thrown, site) => classify(thrown, site, outside.clock()),
    rate: (service) => shareOf(RATES[service] ?? SLOW, settings.rate),
    ...(attemptMs === undefined ? {} : { attemptMs }),
  };
  return {
    outside,
    credential,
    options,
    arm,
    caller: createCaller(calls),
    writer: createCaller({ ...calls, attemptMs: attemptMs ?? WRITE_MS }),
    send: async (request, signal) => await send(arm, options.endpoint, request, signal),
  };
}

async function clientOptions(settings: AzureSettings) {
  const endpoint = (settings.endpoint ?? PUBLIC_AZURE).replace(/\/+$/, '');
  const ca = await certificateOf(settings);
  return {
    endpoint,
    // Of the endpoint itself: a token for Azure must not go to whoever stands in an endpoint by mistake.
    credentialScopes: `${settings.audience ?? endpoint}/.default`,
    // The SDK would sleep through a Retry-After of an hour inside of the call: the caller waits, or parks.
    retryOptions: { maxRetries: 0 },
    redirectOptions: { maxRetries: 0 },
    additionalPolicies: [{ policy: stayHome(endpoint), position: 'perRetry' as const }],
    ...(ca === undefined ? {} : { tlsOptions: { ca } }),
  };
}

/** Next pages and results of operations are links in answers: none of them may lead a token to another host. */
function stayHome(endpoint: string): PipelinePolicy {
  const { origin } = new URL(endpoint);
  return {
    name: 'stayHome',
    sendRequest: async (request, next) => {
      const asked = new URL(request.url).origin;
      if (asked !== origin)
        throw new CloudError('CLOUD_PROTOCOL', `Azure's answer leads to ${asked}, not ${origin}`);
      return await next(request);
    },
  };
}

/** A proxy of the environment knows no server of this machine. */
export function withoutProxyAtHome<C extends { readonly pipeline: Pipeline }>(
  client: C,
  endpoint: string,
): C {
  if (LOOPBACK.test(new URL(endpoint).hostname))
    client.pipeline.removePolicy({ name: proxyPolicyName });
  return client;
}

async function certificateOf({ ca, name }: AzureSettings): Promise<string | undefined> {
  if (ca === undefined || ca.includes('-----BEGIN CERTIFICATE-----')) return ca;
  try {
    return await readFile(ca, 'utf8');
  } catch (cause) {
    throw new CloudError('CLOUD_SETTINGS', `inventory ${name}: ca cannot be read from ${ca}`, {
      cause,
    });
  }
}

function shareOf({ perSecond, burst }: Rate, share: number): Rate {
  return { perSecond: perSecond * share, burst: Math.max(1, Math.floor(burst * share)) };
}

async function send(
  arm: ResourceManagementClient,
  endpoint: string,
  { method, url, body, onAnswer }: RawRequest,
  signal: AbortSignal,
): Promise<PipelineResponse> {
  const request = createPipelineRequest({
    method,
    url: new URL(url, endpoint).href,
    headers: createHttpHeaders({ accept: 'application/json', 'content-type': 'application/json' }),
    abortSignal: signal,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await arm.sendRequest(request);
  onAnswer?.(response);
  if (response.status === 200) return response;
  throw new RestError(`status ${response.status}`, {
    statusCode: response.status,
    request,
    response,
  });
}

/**
 * The JSON of an answer.
 *
 * @throws RestError where it is none: the page of a proxy, half a body.
 */
export function jsonOf(response: PipelineResponse): unknown {
  try {
    return JSON.parse(response.bodyAsText ?? '');
  } catch {
    const { status: statusCode, request } = response;
    throw new RestError('not JSON', { statusCode, request, response });
  }
}
