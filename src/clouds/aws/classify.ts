import { z } from 'zod';

import type { CallSite, Fault } from '../calls/caller.ts';
import { CloudError } from '../errors.ts';
import type { CloudErrorCode } from '../errors.ts';
import { messageOf } from '../../kit/errors.ts';

/** What is read of an error of the SDK; every member may be missing, or anything. */
const Thrown = z.object({
  name: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  code: z.string().optional().catch(undefined),
  $metadata: z.object({ httpStatusCode: z.number() }).optional().catch(undefined),
  $response: z
    .object({
      statusCode: z.number().optional(),
      headers: z.record(z.string(), z.string()).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});
type Thrown = z.infer<typeof Thrown>;

/** Spelt differently by nearly every service. */
const THROTTLING =
  /^(Throttl|TooManyRequests|RequestLimitExceeded|RequestThrottl|SlowDown|BandwidthLimit|PriorRequestNotComplete)/;
const UNAVAILABLE = /^(Internal(Service|Failure|Server)|ServiceUnavailable)/;
const EXPIRED = /^(ExpiredToken|RequestExpired|TokenRefreshRequired)/;
const CREDENTIALS =
  /^(CredentialsProvider|TokenProvider|UnrecognizedClient|InvalidClientTokenId|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidSignature|IncompleteSignature|MissingAuthenticationToken)/;
const DENIED =
  /^(AccessDenied|UnauthorizedOperation|NotAuthorized|AuthorizationError|OptInRequired)/;
const MISSING = /(NotFound|NoSuch|NotDiscovered|DoesNotExist)/;
const STALE_TOKEN = /^(InvalidNextToken|PaginationTokenExpired)/;
const SETTINGS =
  /^(NoSuchConfigurationAggregator|NoAvailableConfigurationRecorder|AWSOrganizationsNotInUse)/;

/**
 * What an error of an SDK means. By the status first: a 503 whose body is a page of HTML reaches us as a SyntaxError.
 * Throttling alone goes by its name, because AWS answers it with 400 as well as 429 and 503.
 */
export function classifyAws(thrown: unknown, site: CallSite): Fault {
  const error = Thrown.safeParse(thrown).data ?? {};
  const name = nameOf(error);
  const status = statusOf(error);
  const { code, retry } = meaningOf(name, status);
  const wait = retry ? retryAfterMs(error) : undefined;
  return {
    code,
    retry,
    message: `${site.service} did not answer ${site.action} for ${placeOf(site)}: ${described(error, thrown, name, status)}`,
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  };
}

/** The code of the service, of an error that the caller has put into ours: `InvalidParameterException`. */
export function reasonOf(error: CloudError): string {
  // What an adapter throws inside a call is wrapped once more.
  if (error.cause instanceof CloudError) return reasonOf(error.cause);
  return nameOf(Thrown.safeParse(error.cause).data ?? {}) ?? error.code;
}

/** What the cloud asked to wait, of an error that the caller has put into ours. */
export function retryAfterOf(error: CloudError): number | undefined {
  return retryAfterMs(Thrown.safeParse(error.cause).data ?? {});
}

export function isExpiredSession(error: unknown): boolean {
  return (
    error instanceof CloudError &&
    error.code === 'CLOUD_CREDENTIALS' &&
    EXPIRED.test(reasonOf(error))
  );
}

export function isStaleToken(error: unknown): boolean {
  return error instanceof CloudError && STALE_TOKEN.test(reasonOf(error));
}

/** What a code inside a 200 means: FailedResourcesMap holds any code of the service that owns the resource. */
export function meaningOfCode(code: string | undefined, status = 400): CloudErrorCode {
  // It is a failure, whatever status stands beside it.
  return meaningOf(code, Math.max(status, 400)).code;
}

interface Meaning {
  readonly code: CloudErrorCode;
  readonly retry: boolean;
}

function meaningOf(name = '', status: number | undefined): Meaning {
  if (status === 429 || THROTTLING.test(name)) return { code: 'CLOUD_THROTTLED', retry: true };
  if ((status !== undefined && status >= 500) || UNAVAILABLE.test(name))
    return { code: 'CLOUD_UNAVAILABLE', retry: true };
  const named = meaningOfName(name);
  if (named !== undefined) return { code: named, retry: false };
  if (status === undefined) return { code: 'CLOUD_UNAVAILABLE', retry: true };
  // The service said yes and the rest cannot be read: a body that was cut, or something in between that answers for it.
  if (status < 400) return { code: 'CLOUD_PROTOCOL', retry: true };
  return { code: meaningOfStatus(status), retry: false };
}

function meaningOfName(name: string): CloudErrorCode | undefined {
  if (EXPIRED.test(name) || CREDENTIALS.test(name)) return 'CLOUD_CREDENTIALS';
  if (DENIED.test(name)) return 'CLOUD_DENIED';
  if (STALE_TOKEN.test(name)) return 'CLOUD_PROTOCOL';
  if (SETTINGS.test(name)) return 'CLOUD_SETTINGS';
  return MISSING.test(name) ? 'CLOUD_MISSING' : undefined;
}

function meaningOfStatus(status: number): CloudErrorCode {
  if (status === 401 || status === 403) return 'CLOUD_DENIED';
  return status === 404 ? 'CLOUD_MISSING' : 'CLOUD_INVALID';
}

/** Names of the language say nothing of the cloud. */
function nameOf({ name, code }: Thrown): string | undefined {
  const named = name === undefined || name === 'Error' ? code : name;
  return named === 'SyntaxError' || named === 'TypeError' ? undefined : named;
}

function statusOf({ $metadata, $response }: Thrown): number | undefined {
  return $response?.statusCode ?? $metadata?.httpStatusCode;
}

/** Seconds; a date would need a clock, and AWS sends none. */
function retryAfterMs({ $response }: Thrown): number | undefined {
  const seconds = Number($response?.headers?.['retry-after'] ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

function placeOf({ account, region }: CallSite): string {
  return region === '' ? account : `${account} in ${region}`;
}

const LONGEST_MESSAGE = 300;

/** The body of a broken answer is not repeated: it may hold anything. */
function described(
  error: Thrown,
  thrown: unknown,
  name: string | undefined,
  status: number | undefined,
): string {
  if (name === undefined && status !== undefined)
    return `HTTP ${status} with a body that is no answer of it`;
  const text = withoutKeys(error.message ?? messageOf(thrown)).slice(0, LONGEST_MESSAGE);
  return name === undefined ? text : `${name}: ${text}`;
}

/** Access keys stand in some messages of STS and of signatures. */
function withoutKeys(text: string): string {
  return text.replaceAll(/\b(AKIA|ASIA)[A-Z0-9]{16}\b/g, '$1…');
}
