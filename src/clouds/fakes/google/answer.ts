/** What the fake says to a call. */
export interface FakeAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Google refuses: an answer with an error in its words. */
export class GoogleRefusal extends Error {
  readonly status: number;
  readonly reason: string;
  readonly retryAfter: number | undefined;

  constructor(status: number, reason: string, message: string, retryAfter?: number) {
    super(message);
    this.name = 'GoogleRefusal';
    this.status = status;
    this.reason = reason;
    this.retryAfter = retryAfter;
  }
}

export function invalid(message: string): GoogleRefusal {
  return new GoogleRefusal(400, 'INVALID_ARGUMENT', message);
}

/** Older services, whose reasons are in camel case, list errors; newer ones have a status. */
export function refusalAnswer({ status, reason, message, retryAfter }: GoogleRefusal): FakeAnswer {
  const legacy = /^[a-z]/.test(reason);
  return {
    status,
    body: {
      error: {
        code: status,
        message,
        ...(legacy ? { errors: [{ domain: 'global', reason, message }] } : { status: reason }),
      },
    },
    ...(retryAfter === undefined ? {} : { headers: { 'retry-after': String(retryAfter) } }),
  };
}
