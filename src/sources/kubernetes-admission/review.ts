import { z } from 'zod';

import { SourceError } from '../errors.ts';
import { Envelope, ReviewRequest } from './schema.ts';

/** The only version that is answered; v1beta1 left Kubernetes with 1.22. */
export const REVIEW_VERSION = 'admission.k8s.io/v1';

/** Made once: a schema costs more to make than a review to check. */
const Versioned = z.object({ apiVersion: z.string() });
const Judged = z.object({ request: ReviewRequest });

/** What the answer to a review needs to know of it. */
export interface ReviewEnvelope {
  /** Echoed: the answer has the version of the question. */
  readonly apiVersion: string;
  readonly uid: string;
  readonly dryRun: boolean;
  /** Who sent the request to the cluster, as the cluster authenticated them. */
  readonly actor: string | undefined;
  readonly operation: string | undefined;
}

/**
 * Reads who asks and under which uid. Tolerant of everything else, so that a review that cannot be judged still gets
 * an answer the API server can match to its question.
 *
 * @param value a parsed JSON value.
 * @returns `undefined` for what is no AdmissionReview or carries no usable uid.
 */
export function readEnvelope(value: unknown): ReviewEnvelope | undefined {
  const parsed = Envelope.safeParse(value);
  if (!parsed.success) return undefined;
  const { apiVersion, request } = parsed.data;
  return {
    apiVersion,
    uid: request.uid,
    dryRun: request.dryRun === true,
    actor: request.userInfo?.username,
    operation: request.operation ?? undefined,
  };
}

/**
 * The request of an AdmissionReview, checked against the contract of admission.k8s.io/v1.
 *
 * @throws SourceError SOURCE_UNSUPPORTED for another version; SOURCE_MALFORMED when a field the contract promises is
 *   missing or contradicts another one.
 */
export function parseReview(value: unknown): ReviewRequest {
  const version = versionOf(value);
  if (version !== REVIEW_VERSION) throw unsupported(version);
  const parsed = Judged.safeParse(value);
  if (!parsed.success) throw malformed(wrongFields(parsed.error));
  const { request } = parsed.data;
  checkObject(request);
  return request;
}

/** `request.kind, request.operation are missing or not what the contract says`: never a value of the request. */
function wrongFields(error: z.ZodError): string {
  const fields = [...new Set(error.issues.map(({ path }) => path.join('.')))];
  const verb = fields.length === 1 ? 'is' : 'are';
  return `${fields.join(', ')} ${verb} missing or not what the contract says`;
}

/**
 * The object says its own type again. Where the two differ, a policy that reads the one and an API server that
 * stores by the other would judge different things.
 */
function checkObject(request: ReviewRequest): void {
  if ((request.subResource ?? '') !== '') return;
  const { group, version, kind } = request.kind;
  const expected = group === '' ? version : `${group}/${version}`;
  for (const object of [request.object, request.oldObject]) {
    const said = [object?.['apiVersion'] ?? expected, object?.['kind'] ?? kind].map(String);
    if (said[0] === expected && said[1] === kind) continue;
    throw malformed(`request.kind says ${expected}/${kind}, and the object says ${said.join('/')}`);
  }
}

function versionOf(value: unknown): string {
  const parsed = Versioned.safeParse(value);
  return parsed.success ? parsed.data.apiVersion : '(none)';
}

function unsupported(version: string): SourceError {
  return new SourceError('SOURCE_UNSUPPORTED', `AdmissionReview ${version} is not understood`, {
    help: `Set admissionReviewVersions: ["v1"] in the webhook configuration; every cluster since Kubernetes 1.16 sends ${REVIEW_VERSION}.`,
  });
}

function malformed(what: string): SourceError {
  return new SourceError('SOURCE_MALFORMED', `the AdmissionReview cannot be judged: ${what}`, {
    help: 'Send the review as the API server made it: uid, kind, resource and operation are always part of it.',
  });
}
