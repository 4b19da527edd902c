import { VerifyError } from '../finding.ts';
import type { Bytes } from '../tiles.ts';

/** What fails once in thousands of requests is asked for again; what fails each time is not there. */
const TRIES = 4;
const PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

export interface Request {
  readonly url: URL;
  /** A bearer token, for the address that was named and no other. */
  readonly token: string | undefined;
  /** For one answer, from the first byte asked to the last one read. */
  readonly deadlineMs: number;
  /** Never more of an answer than can be right. */
  readonly most: number;
  readonly signal: AbortSignal;
}

/** An answer, or why there is none and whether it may be there the next time. */
type Answer = { readonly bytes: Bytes } | { readonly failed: string; readonly pause: number };

/** @throws VerifyError when the address does not answer as it should, also when asked again. */
export async function request(asked: Request): Promise<Bytes> {
  let failed = '';
  for (let tried = 0; tried < TRIES; tried += 1) {
    const answer = await attempt(asked, PAUSE_MS * 2 ** tried);
    if ('bytes' in answer) return answer.bytes;
    failed = answer.failed;
    if (tried < TRIES - 1) await afterwards(answer.pause, asked.signal);
  }
  throw new VerifyError(`${asked.url.href} ${failed}`);
}

async function attempt(asked: Request, pause: number): Promise<Answer> {
  const { url, token, most, signal, deadlineMs } = asked;
  try {
    const response = await fetch(url, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]),
    });
    if (response.status === 200) return { bytes: await bodyOf(response, most) };
    await response.body?.cancel();
    return refused(url, response, pause);
  } catch (error) {
    if (error instanceof VerifyError) throw error;
    if (signal.aborted) throw new VerifyError(`${url.href} is not needed any more`);
    return { failed: `did not answer: ${reasonOf(error, deadlineMs)}`, pause };
  }
}

function refused(url: URL, { status, headers }: Response, pause: number): Answer {
  if (status === 404 || status === 410) return { bytes: 'missing' };
  if (status === 429 || status >= 500)
    return { failed: `answered ${status}`, pause: wished(headers) ?? pause };
  throw new VerifyError(`${url.href} answered ${status}${explained(status, headers)}`);
}

function explained(status: number, headers: Headers): string {
  if (status === 401 || status === 403)
    return ': it asks for a token, or for another one (PORTCULLIS_TOKEN)';
  const to = headers.get('location');
  return status >= 300 && status < 400 && to !== null
    ? `: it sends elsewhere, which is not followed. If that is the log, name it: ${to.slice(0, 200)}`
    : '';
}

/** Milliseconds of `Retry-After`, as far as anybody may make us wait. */
function wished(headers: Headers): number | undefined {
  const seconds = /^\d{1,9}$/.exec(headers.get('retry-after') ?? '')?.[0];
  return seconds === undefined ? undefined : Math.min(Number(seconds) * 1000, LONGEST_PAUSE_MS);
}

async function bodyOf({ body }: Response, most: number): Promise<Bytes> {
  const parts: Uint8Array[] = [];
  const coming: AsyncIterable<Uint8Array> | null = body;
  let size = 0;
  if (coming === null) return Buffer.alloc(0);
  // To leave the loop is to cancel the rest.
  for await (const part of coming) {
    size += part.byteLength;
    if (size > most) return 'too-large';
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function afterwards(milliseconds: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });
}

/** `fetch` hides what happened behind "fetch failed". */
function reasonOf(error: unknown, deadlineMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `nothing came within ${deadlineMs / 1000} s`;
  return error.cause instanceof Error && error.cause.message !== ''
    ? error.cause.message
    : error.message;
}
