import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { RequestOptions } from 'node:https';

import type { z } from 'zod';

import type { CloudOutside } from '../adapter.ts';
import { createCaller } from '../calls/caller.ts';
import { CloudError } from '../errors.ts';
import { openCredentials } from './credentials.ts';
import type { Credentials } from './credentials.ts';
import { ApiRefusal, classify } from './faults.ts';
import { Status } from './schema.ts';
import type { KubernetesSettings } from './schema.ts';

/** A request to the API server. */
export interface ApiRequest {
  readonly method?: 'GET' | 'PATCH';
  /** `/apis/apps/v1/deployments?limit=500`. */
  readonly path: string;
  /** In words, for messages: `list apps/deployments`. */
  readonly action: string;
  readonly accept?: string;
  /** A merge patch; sent once, whatever comes of it. */
  readonly patch?: unknown;
}

export interface Api {
  /**
   * The answer in the expected shape.
   *
   * @throws CloudError; its cause is an ApiRefusal where the API server refused.
   */
  readonly ask: <T>(schema: z.ZodType<T>, request: ApiRequest, signal: AbortSignal) => Promise<T>;
}

/** A page of 500 objects has a few megabytes; etcd takes 1.5 MB an object. */
const LARGEST_ANSWER = 256 * 1024 * 1024;
const ATTEMPT_MS = 30_000;
const RATE = { perSecond: 20, burst: 40 };

/** The API server of one cluster. Every request has a deadline, an upper size and its turn. */
export async function openApi(settings: KubernetesSettings, outside: CloudOutside): Promise<Api> {
  const credentials = await openCredentials(settings);
  const { cluster } = settings;
  if (credentials.insecure)
    outside.warn('the kubeconfig of a cluster does not have its certificate checked', { cluster });
  const caller = createCaller({ outside, classify, rate: () => RATE, attemptMs: ATTEMPT_MS });
  return {
    ask: async (schema, request, signal) => {
      const { action } = request;
      const site = { account: cluster, region: '', service: 'kubernetes', action };
      const work = async (attempt: AbortSignal): Promise<string> =>
        await exchange(credentials, request, attempt);
      const text = await caller.call(site, work, { signal, again: request.patch === undefined });
      return parse(schema, text, action);
    },
  };
}

async function exchange(
  { server, sign }: Credentials,
  { method = 'GET', path, accept, patch }: ApiRequest,
  signal: AbortSignal,
): Promise<string> {
  const options: RequestOptions = {
    method,
    headers: {
      Accept: accept ?? 'application/json',
      'User-Agent': 'portcullis',
      ...(patch === undefined ? {} : { 'Content-Type': 'application/merge-patch+json' }),
    },
  };
  await sign(options);
  const response = await send(
    new URL(`.${path}`, server),
    { ...options, signal },
    patch === undefined ? undefined : JSON.stringify(patch),
  );
  const text = await bodyOf(response);
  const status = response.statusCode ?? 0;
  if (status >= 200 && status < 300) return text;
  throw refusal(status, text, response.headers['retry-after']);
}

async function send(
  url: URL,
  options: RequestOptions,
  body: string | undefined,
): Promise<IncomingMessage> {
  return await new Promise((resolve, reject) => {
    const begin = url.protocol === 'http:' ? httpRequest : httpsRequest;
    const request = begin(url, options, resolve);
    request.on('error', reject);
    request.end(body);
  });
}

async function bodyOf(response: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    if (size > LARGEST_ANSWER)
      throw new CloudError(
        'CLOUD_PROTOCOL',
        `an answer has more than ${LARGEST_ANSWER} bytes; set a smaller pageSize`,
      );
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Longest part of a stranger's message that is shown. */
const LONGEST_MESSAGE = 400;

function refusal(status: number, text: string, retryAfter: string | undefined): ApiRefusal {
  const said = Status.safeParse(json(text)).data;
  const seconds = /^\d{1,6}$/.test(retryAfter ?? '') ? Number(retryAfter) : undefined;
  return new ApiRefusal(status, {
    reason: said?.reason ?? `HTTP_${status}`,
    message: (said?.message ?? `HTTP ${status} without an explanation`).slice(0, LONGEST_MESSAGE),
    retryAfterMs: seconds === undefined ? undefined : seconds * 1000,
  });
}

function parse<T>(schema: z.ZodType<T>, text: string, action: string): T {
  const parsed = schema.safeParse(json(text));
  if (parsed.success) return parsed.data;
  throw new CloudError(
    'CLOUD_PROTOCOL',
    `the answer to "${action}" is not what the Kubernetes API answers`,
  );
}

/** A proxy's page of HTML comes as undefined. */
function json(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
