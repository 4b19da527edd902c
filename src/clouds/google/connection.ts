import { AsyncLocalStorage } from 'node:async_hooks';

import { GoogleAuth, OAuth2Client, PassThroughClient } from 'google-auth-library';
import type { AuthClient, gaxios } from 'google-auth-library';

import type { CloudOutside } from '../adapter.ts';
import { CloudError } from '../errors.ts';
import { BrokenAnswer, RefusedAnswer, refusedAnswer } from './faults.ts';
import type { GoogleSettings } from './schema.ts';

/** The only scope that both Asset Inventory and all services with labels take; what may be done is for IAM to say. */
const SCOPES = ['https://www.googleapis.com/auth/cloud-platform'];
/** Most that one answer may hold: a page of the largest assets stays well below. */
const MOST_BYTES = 64 * 1024 * 1024;
/** A proxy of the environment must not get to see what is meant for this machine. */
const NO_PROXY = ['127.0.0.1', 'localhost', '[::1]'];

export interface RestRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** `compute.googleapis.com`. */
  readonly host: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Google's APIs over HTTP, with credentials, bounded answers and errors that can be classified. */
export interface Connection {
  /**
   * The JSON of a successful answer.
   *
   * @throws RefusedAnswer, BrokenAnswer, or CloudError for credentials.
   */
  readonly send: (request: RestRequest, signal: AbortSignal) => Promise<unknown>;
  /** For Google's own clients: they send through this connection. */
  readonly auth: GoogleAuth;
  /**
   * Runs work of Google's own clients, which have no way to hand a signal on: their requests end with it all the same.
   */
  readonly within: <T>(signal: AbortSignal, work: () => Promise<T>) => Promise<T>;
}

/**
 * @param injected credentials of a test or a demo; otherwise Google's application default credentials, looked for when
 *   the first call is made.
 */
export function connect(
  settings: Pick<GoogleSettings, 'endpoint' | 'quotaProject' | 'tokenVariable'>,
  outside: CloudOutside,
  injected?: AuthClient,
): Connection {
  const client = credentials(settings, outside, injected);
  const signals = new AsyncLocalStorage<AbortSignal>();
  const exchange = exchanging(client, outside, settings.quotaProject);
  return {
    send: async (request, signal) => {
      const response = await exchange({ ...optionsOf(request, settings.endpoint), signal });
      const text = await response.text();
      return parse(text);
    },
    auth: new GoogleAuth({ authClient: wire(exchange, signals) }),
    within: async (signal, work) => {
      try {
        return await signals.run(signal, work);
      } catch (thrown) {
        throw unwrapped(thrown);
      }
    },
  };
}

type Exchange = (options: gaxios.GaxiosOptions) => Promise<Response>;

/** What Google's libraries send with: it adds the signal of whoever asked, and reads answers as we do. */
function wire(exchange: Exchange, signals: AsyncLocalStorage<AbortSignal>): AuthClient {
  return new PassThroughClient({
    transporterOptions: {
      fetchImplementation: async (url, init) => {
        const given = [init?.signal, signals.getStore()].filter((one) => one != null);
        const { method, headers, body } = init ?? {};
        return await exchange({
          url: String(url instanceof Request ? url.url : url),
          ...(method === 'POST' ? { method } : {}),
          ...(headers === undefined ? {} : { headers: new Headers(headers) }),
          ...(body == null ? {} : { body }),
          signal: AbortSignal.any(given),
        });
      },
    },
  });
}

/** Libraries wrap what their transport throws; what is ours is taken out again. */
function unwrapped(thrown: unknown): unknown {
  for (let one = thrown; one instanceof Error; one = one.cause)
    if (one instanceof RefusedAnswer || one instanceof BrokenAnswer || one instanceof CloudError)
      return one;
  return thrown;
}

function exchanging(
  client: () => Promise<AuthClient>,
  outside: CloudOutside,
  quotaProject: string | undefined,
): Exchange {
  return async (options) => {
    const authorised = await client();
    await renew(authorised, options.url);
    const headers = new Headers(options.headers);
    if (quotaProject !== undefined) headers.set('x-goog-user-project', quotaProject);
    const { status, text, retryAfter } = await received(authorised, { ...options, headers });
    if (status < 200 || status > 299)
      throw refusedAnswer(status, text, retryAfter, outside.clock());
    return new Response(status === 204 ? null : text, { status });
  };
}

interface Received {
  readonly status: number;
  readonly text: string;
  readonly retryAfter: string | null;
}

async function received(client: AuthClient, options: gaxios.GaxiosOptions): Promise<Received> {
  try {
    const response = await client.request<unknown>({
      ...options,
      responseType: 'stream',
      noProxy: NO_PROXY,
      // The library renews a token that is refused and tries once more; every other status is read here.
      validateStatus: (status) => status !== 401,
    });
    return {
      status: response.status,
      text: await bounded(response.data),
      retryAfter: response.headers.get('retry-after'),
    };
  } catch (thrown) {
    return refusedToken(thrown);
  }
}

function refusedToken(thrown: unknown): Received {
  if (thrown instanceof BrokenAnswer) throw thrown;
  if (statusOf(thrown) === 401) return { status: 401, text: '', retryAfter: null };
  // The cause is left out: it holds the request, and with it the token.
  throw new BrokenAnswer(`the connection broke (${codeOf(thrown)})`);
}

async function bounded(body: unknown): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (!isStream(body)) return '';
  for await (const chunk of body) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    size += bytes.byteLength;
    if (size > MOST_BYTES) throw new BrokenAnswer(`the answer is larger than ${MOST_BYTES} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function isStream(value: unknown): value is AsyncIterable<string | Uint8Array> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

function parse(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new CloudError('CLOUD_PROTOCOL', 'the answer is not JSON');
  }
}

/** A service keeps its own name under an override, so that one fake can stand for all of them. */
function optionsOf(
  { method, host, path, query, headers, body }: RestRequest,
  endpoint: string | undefined,
): gaxios.GaxiosOptions {
  const url = new URL(
    endpoint === undefined
      ? `https://${host}${path}`
      : `${endpoint.replace(/\/$/, '')}/${host}${path}`,
  );
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
  return {
    url,
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}

/** Looks for credentials once; a failure is not remembered, since a missing file may come. */
function credentials(
  { tokenVariable }: Pick<GoogleSettings, 'tokenVariable'>,
  outside: CloudOutside,
  injected: AuthClient | undefined,
): () => Promise<AuthClient> {
  if (injected === undefined && tokenVariable !== undefined)
    return async () => await Promise.resolve(tokenClient(tokenVariable, outside));
  let found: Promise<AuthClient> | undefined;
  const keyFilename = outside.env['GOOGLE_APPLICATION_CREDENTIALS'];
  return async () => {
    if (injected !== undefined) return injected;
    found ??= new GoogleAuth({
      scopes: SCOPES,
      // A token that was taken back before its time is renewed as well.
      clientOptions: { forceRefreshOnFailure: true },
      ...(keyFilename === undefined || keyFilename === '' ? {} : { keyFilename }),
    }).getClient();
    try {
      return await found;
    } catch {
      found = undefined;
      throw noCredentials('none could be loaded');
    }
  };
}

/** A token that somebody else made: nobody here can renew it, so Google says when it is no longer good, with a 401. */
function tokenClient(variable: string, { env }: CloudOutside): AuthClient {
  const token = env[variable];
  if (token === undefined || token === '')
    throw new CloudError(
      'CLOUD_CREDENTIALS',
      `no usable Google credentials: the variable ${variable} holds no access token`,
      { help: 'for a person: gcloud auth print-access-token' },
    );
  const client = new OAuth2Client();
  client.setCredentials({ access_token: token });
  return client;
}

/** Tokens are asked for apart from the call, so that the token service's refusal is not taken for the cloud's. */
async function renew(client: AuthClient, url: gaxios.GaxiosOptions['url']): Promise<void> {
  try {
    await client.getRequestHeaders(url);
  } catch (thrown) {
    const status = statusOf(thrown);
    if (status === undefined && isNetwork(thrown))
      throw new BrokenAnswer(`no token could be fetched (${codeOf(thrown)})`);
    if (status !== undefined && status >= 500)
      throw new RefusedAnswer(status, {
        reason: `HTTP_${status}`,
        message: 'the token service is out of order',
      });
    throw noCredentials('they are refused or expired, and could not be renewed');
  }
}

/** The library's own texts quote key files, so ours stand alone. */
function noCredentials(what: string): CloudError {
  return new CloudError(
    'CLOUD_CREDENTIALS',
    `no usable Google credentials: ${what}; run under a service account, or set GOOGLE_APPLICATION_CREDENTIALS to a file of credentials`,
  );
}

function statusOf(thrown: unknown): number | undefined {
  return thrown instanceof Error && 'status' in thrown && typeof thrown.status === 'number'
    ? thrown.status
    : undefined;
}

function codeOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'unknown';
  return 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : thrown.name;
}

function isNetwork(thrown: unknown): boolean {
  return /^E[A-Z_]+$/.test(codeOf(thrown));
}
