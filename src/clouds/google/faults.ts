import { z } from 'zod';

import type { CallSite, Fault } from '../calls/caller.ts';
import type { CloudErrorCode } from '../errors.ts';

/** Google answered, and not with what was asked for. Holds nothing of the request, so that no credential can leak from it. */
export class RefusedAnswer extends Error {
  readonly status: number;
  /** Google's own word: `PERMISSION_DENIED`, `conditionNotMet`; `HTTP_503` where the answer is not Google's JSON. */
  readonly reason: string;
  readonly retryAfterMs: number | undefined;

  constructor(
    status: number,
    { reason, message, retryAfterMs }: { reason: string; message: string; retryAfterMs?: number },
  ) {
    super(message);
    this.name = 'RefusedAnswer';
    this.status = status;
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Nothing came, or not all of it: a reset, half a body, a name that does not resolve. */
export class BrokenAnswer extends Error {
  override readonly name = 'BrokenAnswer';
}

/** Longest part of a stranger's message that is shown. */
const LONGEST_MESSAGE = 300;

/** `google.rpc.Status` of newer services, and the `errors` list of older ones (Compute, Storage, BigQuery, SQL). */
const errorBody = z.object({
  error: z.object({
    message: z.string().optional().catch(undefined),
    status: z.string().optional().catch(undefined),
    errors: z
      .array(z.object({ reason: z.string() }))
      .optional()
      .catch(undefined),
    details: z
      .array(
        z.object({
          reason: z.string().optional(),
          retryDelay: z.string().optional(),
        }),
      )
      .optional()
      .catch(undefined),
  }),
});

/** Reads an answer that is an error; the body may be anything, a proxy's page of HTML included. */
export function refusedAnswer(
  status: number,
  body: string,
  retryAfter: string | null,
  now: Date,
): RefusedAnswer {
  const error = parseBody(body);
  const { reason, retryDelay } = detailsOf(error);
  const retryAfterMs = waitOf(retryAfter, now) ?? waitOf(retryDelay, now);
  return new RefusedAnswer(status, {
    reason: reason ?? error?.errors?.[0]?.reason ?? error?.status ?? `HTTP_${status}`,
    message: (error?.message ?? `HTTP ${status} without an explanation`).slice(0, LONGEST_MESSAGE),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

type ErrorBody = z.infer<typeof errorBody>['error'];

function parseBody(body: string): ErrorBody | undefined {
  try {
    return errorBody.safeParse(JSON.parse(body)).data?.error;
  } catch {
    return undefined;
  }
}

/** `ErrorInfo` has a reason, `RetryInfo` a delay: `30s`. */
function detailsOf(error: ErrorBody | undefined): {
  readonly reason: string | undefined;
  readonly retryDelay: string | undefined;
} {
  const details = error?.details ?? [];
  return {
    reason: details.find(({ reason }) => reason !== undefined)?.reason,
    retryDelay: details
      .find(({ retryDelay }) => retryDelay !== undefined)
      ?.retryDelay?.replace(/s$/, ''),
  };
}

/** RFC 9110 §10.2.3: seconds, or a date. */
function waitOf(text: string | null | undefined, now: Date): number | undefined {
  if (text == null || text === '') return undefined;
  const seconds = Number(text);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}

/** Older services answer 403 where newer ones answer 429: the reason tells throttling from refusal. */
const THROTTLING = new Set([
  'rateLimitExceeded',
  'userRateLimitExceeded',
  'RATE_LIMIT_EXCEEDED',
  'RESOURCE_EXHAUSTED',
]);

/** What a thrown thing means, by the status of HTTP first: names of errors differ between services and proxies. */
export function classify(thrown: unknown, site: CallSite): Fault {
  const where = `${site.service} (${site.action}, ${site.account})`;
  if (thrown instanceof RefusedAnswer) {
    const code = codeOf(thrown);
    return {
      code,
      message: `${where} answered ${thrown.status} ${thrown.reason}: ${thrown.message}`,
      retry: code === 'CLOUD_THROTTLED' || code === 'CLOUD_UNAVAILABLE',
      ...(thrown.retryAfterMs === undefined ? {} : { retryAfterMs: thrown.retryAfterMs }),
    };
  }
  if (thrown instanceof BrokenAnswer)
    return { code: 'CLOUD_UNAVAILABLE', message: `${where}: ${thrown.message}`, retry: true };
  // What the SDK throws by itself is that it cannot read a whole answer; its texts quote the answer and are left out.
  return {
    code: 'CLOUD_PROTOCOL',
    message: `${where} answered something that is not of its API`,
    retry: false,
  };
}

const BY_STATUS: Readonly<Record<number, CloudErrorCode>> = {
  401: 'CLOUD_CREDENTIALS',
  403: 'CLOUD_DENIED',
  404: 'CLOUD_MISSING',
  408: 'CLOUD_UNAVAILABLE',
  410: 'CLOUD_MISSING',
  429: 'CLOUD_THROTTLED',
};

function codeOf({ status, reason }: RefusedAnswer): CloudErrorCode {
  if (status === 403 && THROTTLING.has(reason)) return 'CLOUD_THROTTLED';
  return BY_STATUS[status] ?? (status >= 500 ? 'CLOUD_UNAVAILABLE' : 'CLOUD_INVALID');
}
