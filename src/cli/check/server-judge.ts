import { gzipSync } from 'node:zlib';
import { z } from 'zod';

import { messageOf } from '../../kit/errors.ts';
import { Decision } from '../../model/decision.ts';
import { CliError } from '../errors.ts';
import type { Judge, Question } from './judge.ts';

/** A gate records before it answers, and policies have their own deadline: this is only for one that hangs. */
const DEADLINE_MS = 120_000;

/** Below this a packed body saves nothing. */
const WORTH_PACKING = 16 * 1024;

/** Asks a running gate. Its rules stand on its side, so their places are not known here. */
export function serverJudge(server: string, token: string | undefined): Judge {
  const base = parseUrl(server);
  return {
    decide: (question) => ask(base, token, question),
    ruleSource: () => undefined,
    close: () => Promise.resolve(),
  };
}

async function ask(base: URL, token: string | undefined, question: Question): Promise<Decision> {
  const response = await send(base, token, question);
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw refused(base, response.status, body);
  const decision = Decision.safeParse(body);
  if (decision.success) return decision.data;
  throw new CliError('SERVER_REFUSED', `${base.origin} did not answer with a decision`, {
    help: 'Is it a Portcullis gate, and of this version?',
  });
}

async function send(base: URL, token: string | undefined, question: Question): Promise<Response> {
  const packed = question.bytes.byteLength >= WORTH_PACKING;
  try {
    return await fetch(requestUrl(base, question), {
      method: 'POST',
      headers: {
        'content-type': 'application/octet-stream',
        ...(packed ? { 'content-encoding': 'gzip' } : {}),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: packed ? gzipSync(question.bytes) : Buffer.from(question.bytes),
      redirect: 'error',
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
  } catch (cause) {
    const reason =
      cause instanceof Error && cause.cause !== undefined
        ? messageOf(cause.cause)
        : messageOf(cause);
    throw new CliError('SERVER_UNREACHABLE', `${base.origin} did not answer: ${reason}`, {
      help: 'Is the gate running there? Without --server the check runs in this process.',
      cause,
    });
  }
}

function requestUrl(base: URL, { name, point, source, context }: Question): URL {
  const url = new URL('v1/decisions', base.href.endsWith('/') ? base : `${base.href}/`);
  url.searchParams.set('point', point);
  if (name !== '-') url.searchParams.set('name', name);
  if (source !== undefined) url.searchParams.set('source', source);
  if (context.actor !== undefined) url.searchParams.set('actor', context.actor);
  for (const [key, value] of Object.entries(context.run ?? {}))
    url.searchParams.set(`run.${key}`, value);
  return url;
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
