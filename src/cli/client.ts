import { gzipSync } from 'node:zlib';
import { z } from 'zod';

import { messageOf } from '../kit/errors.ts';
import { CliError } from './errors.ts';

/** A gate answers within its own deadlines: this is only for one that hangs. */
const DEADLINE_MS = 120_000;

/** What has a million rows takes a while. */
const DOWNLOAD_MS = 3_600_000;

/** Below this a packed body saves nothing. */
const WORTH_PACKING = 16 * 1024;

/** One request to a gate; the path is relative to its address. */
export interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly json?: unknown;
  readonly bytes?: Uint8Array;
  readonly type?: string;
}

/** Asks a running gate. */
export interface Client {
  /**
   * The answer, by its schema.
   *
   * @throws CliError SERVER_UNREACHABLE; SERVER_REFUSED with what the gate says, or when it answers with something else.
   */
  readonly call: <T>(call: Call, schema: z.ZodType<T>) => Promise<T>;
  /** An answer of any length, as it comes; one that is cut off throws. @throws CliError as `call` */
  readonly download: (path: string) => Promise<Download>;
}

export interface Download {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly headers: Headers;
}

/** @throws CliError USAGE when the address is none. */
export function clientOf(server: string, token: string | undefined): Client {
  const base = parseUrl(server);
  return {
    call: async (call, schema) => {
      const response = await send(base, token, call, DEADLINE_MS);
      const body: unknown = await response.json().catch(() => undefined);
      if (!response.ok) throw refused(base, response.status, body);
      const answer = schema.safeParse(body);
      if (answer.success) return answer.data;
      throw new CliError('SERVER_REFUSED', `${base.origin} did not answer as a gate does`, {
        help: 'Is it a Portcullis gate, and of this version?',
      });
    },
    download: async (path) => {
      const response = await send(base, token, { method: 'GET', path }, DOWNLOAD_MS);
      if (!response.ok)
        throw refused(base, response.status, await response.json().catch(() => undefined));
      return { bytes: received(base, response), headers: response.headers };
    },
  };
}

async function* received(base: URL, { body }: Response): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  try {
    for await (const piece of body) yield piece;
  } catch (cause) {
    throw new CliError('SERVER_REFUSED', `${base.origin} cut its answer off: it is not whole`, {
      help: 'Ask again; the logs of the gate tell why.',
      cause,
    });
  }
}

async function send(
  base: URL,
  token: string | undefined,
  call: Call,
  deadlineMs: number,
): Promise<Response> {
  const body = bodyOf(call);
  const packed = body !== undefined && body.byteLength >= WORTH_PACKING;
  try {
    return await fetch(new URL(call.path, base.href.endsWith('/') ? base : `${base.href}/`), {
      method: call.method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': call.type ?? 'application/json' }),
        ...(packed ? { 'content-encoding': 'gzip' } : {}),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: packed ? gzipSync(body) : Buffer.from(body) }),
      // A token is for the address that was named, and no other.
      redirect: 'error',
      signal: AbortSignal.timeout(deadlineMs),
    });
  } catch (cause) {
    const reason =
      cause instanceof Error && cause.cause !== undefined
        ? messageOf(cause.cause)
        : messageOf(cause);
    throw new CliError('SERVER_UNREACHABLE', `${base.origin} did not answer: ${reason}`, {
      help: 'Is the gate running there? Without --server the command runs in this process.',
      cause,
    });
  }
}

function bodyOf({ json, bytes }: Call): Uint8Array | undefined {
  return json === undefined ? bytes : Buffer.from(JSON.stringify(json));
}

const ProblemDocument = z.object({
  code: z.string(),
  detail: z.string(),
  help: z.string().optional(),
});

function refused(base: URL, status: number, body: unknown): CliError {
  const problem = ProblemDocument.safeParse(body);
  if (!problem.success) return new CliError('SERVER_REFUSED', `${base.origin} answered ${status}`);
  const { code, detail, help } = problem.data;
  return new CliError(
    'SERVER_REFUSED',
    `${detail} (${status} ${code})`,
    help === undefined ? {} : { help },
  );
}

function parseUrl(server: string): URL {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new CliError('USAGE', `--server ${server} is not an address`, {
    help: 'Write it as http://127.0.0.1:8181.',
  });
}
