import { PortcullisError } from '../kit/errors.ts';
import type { ErrorDetails } from '../kit/errors.ts';

/** What the door itself has to say of a request, with the status it is answered with. */
export const HTTP_ERRORS = {
  REQUEST_INVALID: 400,
  BODY_UNREADABLE: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  HOST_REFUSED: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  GONE: 410,
  BODY_TOO_LARGE: 413,
  MEDIA_TYPE_UNSUPPORTED: 415,
  ENCODING_UNSUPPORTED: 415,
  EXPECTATION_FAILED: 417,
  IDEMPOTENCY_CONFLICT: 422,
  INTERNAL: 500,
  OVERLOADED: 503,
  DEADLINE: 503,
} as const;

export type HttpErrorCode = keyof typeof HTTP_ERRORS;

/** A request that the door does not let through. */
export class HttpError extends PortcullisError<HttpErrorCode> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: HttpErrorCode,
    message: string,
    details: ErrorDetails & { headers?: Record<string, string> } = {},
  ) {
    super(code, message, details);
    this.status = HTTP_ERRORS[code];
    this.headers = details.headers ?? {};
  }
}
