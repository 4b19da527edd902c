import type { Gateway } from '../../gateway.ts';
import type { Decision } from '../../model/decision.ts';
import { kubernetesAdmission } from '../../sources/kubernetes-admission/index.ts';
import { readEnvelope } from '../../sources/kubernetes-admission/review.ts';
import type { ReviewEnvelope } from '../../sources/kubernetes-admission/review.ts';
import { HttpError } from '../errors.ts';
import { toRefusal } from '../problem.ts';
import type { AdmissionReview } from './response.ts';
import { toAdmissionFailure, toAdmissionResponse } from './response.ts';
import { printable } from './text.ts';
import { timeBudget } from './timeout.ts';

export interface AdmissionRequest {
  /** Decompressed, within the limit of the door. */
  readonly body: Uint8Array;
  /** `?timeout=5s`, as the API server adds it. */
  readonly query: URLSearchParams;
  readonly requestId: string;
  /** Which cluster asks, where the path of the webhook says so; kept in the record. */
  readonly cluster?: string;
}

/** What goes back to the API server, always with HTTP 200. */
export interface AdmissionAnswer {
  readonly review: AdmissionReview;
  /** Absent when there was none to be had. */
  readonly decision?: Decision;
  /** What stood in the way, for the log. */
  readonly error?: unknown;
}

/**
 * Answers one request of a validating webhook. Whatever happens after the review's uid could be read is answered as a
 * review, in time, and never as allowed unless a decision says so.
 *
 * @param decide the gateway's, or the same behind a queue; what it throws is answered as a denial.
 * @throws HttpError REQUEST_INVALID for a body that is no AdmissionReview: there is no uid to answer to.
 */
export async function answerAdmission(
  request: AdmissionRequest,
  decide: Gateway['decide'],
): Promise<AdmissionAnswer> {
  const review = readReview(request.body);
  const { deadlineMs, answerMs } = timeBudget(request.query.get('timeout'));
  try {
    const asked = decide({
      bytes: request.body,
      source: kubernetesAdmission.id,
      point: 'admission',
      context: contextOf(review, request.cluster),
      dryRun: review.dryRun,
      deadlineMs,
    });
    const decision = await within(asked, answerMs);
    return { review: toAdmissionResponse(review, decision), decision };
  } catch (error) {
    const { problem } = toRefusal(error, request.requestId);
    return { review: toAdmissionFailure(review, problem), error };
  }
}

function readReview(body: Uint8Array): ReviewEnvelope {
  const review = readEnvelope(parseJson(body));
  if (review !== undefined) return review;
  throw new HttpError('REQUEST_INVALID', 'The body is not an AdmissionReview with a uid.', {
    help: 'This address is for the webhooks of a Kubernetes API server; send other documents to /v1/decisions.',
  });
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'));
  } catch (cause) {
    throw new HttpError('REQUEST_INVALID', 'The body is not valid JSON.', { cause });
  }
}

function contextOf(
  { actor, uid, operation }: ReviewEnvelope,
  cluster: string | undefined,
): Parameters<Gateway['decide']>[0]['context'] {
  return {
    ...(actor === undefined ? {} : { actor: printable(actor).slice(0, 256) }),
    run: {
      'admission.uid': uid,
      ...(operation === undefined ? {} : { operation: operation.slice(0, 64) }),
    },
    ...(cluster === undefined ? {} : { labels: { cluster } }),
  };
}

/** An answer that comes too late is judged by `failurePolicy`, which may say allow: better to deny in time. */
async function within<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooLate(milliseconds)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function tooLate(milliseconds: number): HttpError {
  return new HttpError('DEADLINE', `There was no decision within ${Math.round(milliseconds)} ms.`, {
    help: 'Try again; where it stays so, raise timeoutSeconds of the webhook or give the gate more room.',
  });
}
