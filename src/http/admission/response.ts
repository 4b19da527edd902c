import type { Decision, ReportedUnknown, ReportedViolation } from '../../model/decision.ts';
import type { ReviewEnvelope } from '../../sources/kubernetes-admission/review.ts';
import type { Problem } from '../problem.ts';
import { cut, printable } from './text.ts';

/** The answer to an API server: https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#response */
export interface AdmissionReview {
  readonly apiVersion: string;
  readonly kind: 'AdmissionReview';
  readonly response: {
    /** That of the request: the API server refuses any other. */
    readonly uid: string;
    readonly allowed: boolean;
    readonly status?: AdmissionStatus;
    /** Shown by kubectl, allowed or not. */
    readonly warnings?: readonly string[];
    /** Written to the cluster's audit log; the API server puts the webhook's name and a slash before each key. */
    readonly auditAnnotations?: Readonly<Record<string, string>>;
  };
}

export interface AdmissionStatus {
  readonly status: 'Failure';
  readonly code: number;
  readonly reason: string;
  readonly message: string;
}

/** The API server may cut a warning beyond this, and asks for half of it. */
const WARNING_LENGTH = 256;

/** All webhooks of one request together may warn in 4,096 characters; what is beyond is dropped without a word. */
const WARNINGS_LENGTH = 3_000;
const MOST_WARNINGS = 20;

const MOST_DENIALS = 20;
const DENIAL_LENGTH = 600;
const ANNOTATION_LENGTH = 1_024;

/** A decision in the words of admission.k8s.io. */
export function toAdmissionResponse(review: ReviewEnvelope, decision: Decision): AdmissionReview {
  const warnings = warningsOf(decision);
  return answer(review, {
    allowed: decision.decision === 'allow',
    ...(decision.decision === 'allow' ? {} : { status: denial(decision) }),
    ...(warnings.length === 0 ? {} : { warnings }),
    auditAnnotations: annotationsOf(decision),
  });
}

/**
 * The answer when there is no decision. It is a denial with the status of the breakage, said with HTTP 200: any other
 * HTTP status would hand the request to the webhook's `failurePolicy`, which may say allow.
 */
export function toAdmissionFailure(review: ReviewEnvelope, problem: Problem): AdmissionReview {
  const { detail, help, code, status } = problem;
  const said = [detail, help].map((part) => printable(part ?? '').replace(/\.$/, ''));
  const message = `The gate could not judge this request: ${said.filter((part) => part !== '').join('. ')}. (${code})`;
  return answer(review, {
    allowed: false,
    status: {
      status: 'Failure',
      code: status,
      reason: REASONS[status] ?? 'InternalError',
      message: cut(printable(message), DENIAL_LENGTH),
    },
    auditAnnotations: { decision: 'failed', code: cut(printable(code), ANNOTATION_LENGTH) },
  });
}

/** The reasons of meta/v1 Status that clients tell apart. */
const REASONS: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  403: 'Forbidden',
  413: 'RequestEntityTooLarge',
  422: 'BadRequest',
  503: 'ServiceUnavailable',
  504: 'Timeout',
};

function answer(
  { apiVersion, uid }: ReviewEnvelope,
  rest: Omit<AdmissionReview['response'], 'uid'>,
): AdmissionReview {
  return { apiVersion, kind: 'AdmissionReview', response: { uid, ...rest } };
}

/** One violation a line, each with its rule and what to do; what does not fit is counted, never left unsaid. */
function denial(decision: Decision): AdmissionStatus {
  const reasons = denials(decision);
  const more = reasons.length - MOST_DENIALS;
  const lines = [
    printable(decision.reason),
    ...reasons.slice(0, MOST_DENIALS).map((reason) => `- ${cut(printable(reason), DENIAL_LENGTH)}`),
    ...(more > 0 ? [`- and ${more} more`] : []),
    `Decision ${decision.id}`,
  ];
  return { status: 'Failure', code: 403, reason: 'Forbidden', message: lines.join('\n') };
}

function denials({ violations, unknown, failed }: Decision): string[] {
  return [
    ...violations.map(explain),
    ...unknown.filter(({ enforcement }) => enforcement === 'deny').map(explainUnknown),
    ...failed.map(({ rule, code }) => `[${rule}] could not be evaluated (${code})`),
  ];
}

function explain({ rule, policy, address, path, message, fix }: ReportedViolation): string {
  const place = path === '' ? address : `${address} ${path}`;
  return `[${rule}, ${policy}] ${message} (${place})${fix === '' ? '' : ` Fix: ${fix}`}`;
}

function explainUnknown({ rule, paths }: ReportedUnknown): string {
  return `[${rule}] hangs on what is not known yet: ${paths.join(', ')}`;
}

function warningsOf({ warnings, unknown, id }: Decision): string[] {
  const all = [
    ...warnings.map(({ rule, message }) => `[${rule}] ${message}`),
    ...unknown.filter(({ enforcement }) => enforcement === 'warn').map(explainUnknown),
  ].map((warning) => cut(printable(warning), WARNING_LENGTH));
  const kept: string[] = [];
  let length = 0;
  for (const warning of all) {
    length += warning.length;
    if (kept.length === MOST_WARNINGS || length > WARNINGS_LENGTH) break;
    kept.push(warning);
  }
  const more = all.length - kept.length;
  return more > 0 ? [...kept, `and ${more} more warnings: see decision ${id}`] : kept;
}

/** Keys are names without a slash (the API server adds a prefix) of at most 63 letters, digits, `-`, `_` and `.`. */
function annotationsOf(decision: Decision): Record<string, string> {
  const { violations, unknown, failed, document, policies, rules, coverage } = decision;
  const denying = [...violations, ...unknown, ...failed]
    .filter((entry) => !('enforcement' in entry) || entry.enforcement === 'deny')
    .map(({ rule }) => rule);
  const annotations: Record<string, string> = {
    decision: decision.decision,
    'decision-id': decision.id,
    'document-digest': document.digest,
    'policies-digest': policies.digest,
    'rules-digest': rules.digest,
    coverage: `${coverage.judged} of ${document.resources} judged`,
  };
  if (denying.length > 0)
    annotations['denied-by'] = cut([...new Set(denying)].join(','), ANNOTATION_LENGTH);
  return annotations;
}
