/** What the fake answers, before it goes over the wire. */
export interface FakeAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** An error in the shape of Azure Resource Manager. */
export function armError(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): FakeAnswer {
  return { status, headers, body: { error: { code, message } } };
}

export function denied(action: string, scope: string): FakeAnswer {
  return armError(
    403,
    'AuthorizationFailed',
    `The client 'portcullis' does not have authorization to perform action '${action}' over scope '${scope}'.`,
  );
}

export function throttled(code: string, seconds: number): FakeAnswer {
  return armError(429, code, 'Too many requests. Please try again later.', {
    'retry-after': String(seconds),
  });
}
