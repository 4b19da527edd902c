import { PortcullisError } from '../kit/errors.ts';
import { PLAIN } from '../redact/redactor.ts';

/**
 * What a cloud's answer, or its silence, means for whoever asked.
 * - CLOUD_DENIED: these credentials may not read or write that; asking again does not help.
 * - CLOUD_CREDENTIALS: they are missing, wrong or expired, and could not be renewed.
 * - CLOUD_THROTTLED: too many calls, still after the last try.
 * - CLOUD_PARKED: the cloud asked to come back later than is worth waiting for; `retryAt` says when.
 * - CLOUD_UNAVAILABLE: it did not answer in time, or with an error of its own (5xx, a reset, a page of HTML).
 * - CLOUD_PROTOCOL: its answer cannot be trusted to be whole: a token that repeats, a page that is not one, a wrong shape.
 * - CLOUD_MISSING: what was asked about is not there (any more).
 * - CLOUD_INVALID: the cloud finds the request wrong.
 * - CLOUD_SETTINGS: what the configuration names does not fit the cloud.
 * - CLOUD_STOPPED: whoever asked does not want to know any more.
 */
export type CloudErrorCode =
  | 'CLOUD_DENIED'
  | 'CLOUD_CREDENTIALS'
  | 'CLOUD_THROTTLED'
  | 'CLOUD_PARKED'
  | 'CLOUD_UNAVAILABLE'
  | 'CLOUD_PROTOCOL'
  | 'CLOUD_MISSING'
  | 'CLOUD_INVALID'
  | 'CLOUD_SETTINGS'
  | 'CLOUD_STOPPED';

export class CloudError extends PortcullisError<CloudErrorCode> {
  /** Of CLOUD_PARKED: not before this time (RFC 3339). */
  readonly retryAt: string | undefined;

  constructor(
    code: CloudErrorCode,
    message: string,
    details: { help?: string; cause?: unknown; retryAt?: string } = {},
  ) {
    // Clouds quote what they were sent and what they choke on; from here it goes into gaps, records and logs.
    super(code, PLAIN.text(message), details);
    this.retryAt = details.retryAt;
  }
}
