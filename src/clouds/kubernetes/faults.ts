import { messageOf } from '../../kit/errors.ts';
import { valueAt } from '../../kit/paths.ts';
import type { Fault } from '../calls/caller.ts';
import type { CloudErrorCode } from '../errors.ts';

/** The API server answered, and not with what was asked for. */
export class ApiRefusal extends Error {
  readonly status: number;
  /** Its own word: `Forbidden`, `Expired`, `Conflict`. */
  readonly reason: string;
  readonly retryAfterMs: number | undefined;

  constructor(
    status: number,
    details: { reason: string; message: string; retryAfterMs?: number | undefined },
  ) {
    super(details.message);
    this.name = 'ApiRefusal';
    this.status = status;
    this.reason = details.reason;
    this.retryAfterMs = details.retryAfterMs;
  }
}

const BY_STATUS: Readonly<Record<number, readonly [CloudErrorCode, boolean]>> = {
  400: ['CLOUD_INVALID', false],
  401: ['CLOUD_CREDENTIALS', false],
  403: ['CLOUD_DENIED', false],
  404: ['CLOUD_MISSING', false],
  405: ['CLOUD_MISSING', false],
  409: ['CLOUD_INVALID', false],
  410: ['CLOUD_PROTOCOL', false],
  413: ['CLOUD_INVALID', false],
  415: ['CLOUD_INVALID', false],
  422: ['CLOUD_INVALID', false],
  429: ['CLOUD_THROTTLED', true],
};

/** What does not mend itself: a certificate that does not fit, a name that is misspelt. */
const WRONG_SETTINGS =
  /^(?:ERR_TLS_|CERT_|DEPTH_ZERO_|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|ERR_SSL|ERR_INVALID_URL)/;

/** By status first; anything without one is the network's. */
export function classify(thrown: unknown): Fault {
  if (thrown instanceof ApiRefusal) {
    const [code, retry] = BY_STATUS[thrown.status] ?? ['CLOUD_UNAVAILABLE', thrown.status >= 500];
    const { message, retryAfterMs } = thrown;
    return { code, message, retry, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  }
  const said = valueAt(thrown, ['code']);
  if (typeof said === 'string' && WRONG_SETTINGS.test(said))
    return { code: 'CLOUD_SETTINGS', message: `TLS failed: ${messageOf(thrown)}`, retry: false };
  const words = typeof said === 'string' ? said : messageOf(thrown);
  return {
    code: 'CLOUD_UNAVAILABLE',
    message: `the API server did not answer: ${words}`,
    retry: true,
  };
}
