/**
 * What goes wrong, and where. Each is something that the real services, or the network before them, were seen to do.
 *
 * - `throttle`: 400 ThrottlingException, or 429 with Retry-After where `retryAfter` is given.
 * - `throttle-embedded`: HTTP 200 with ThrottlingException for the ARN in FailedResourcesMap.
 * - `fail-embedded`: HTTP 200 with `code` for the ARN in FailedResourcesMap.
 * - `invalid-batch`: InvalidParameterException for the whole call that holds the ARN.
 * - `expired-token`: the page token is not taken any more. `repeated-token`: the page names the token it was asked with.
 * - `short-page`: half of the page, more to come. `empty-page`: none of it, more to come.
 * - `hang`, `reset`, `half-body`, `html-5xx`: the network and the machines before the service.
 * - `lost-answer`: the call is done, the answer never comes. `denied`: 400 AccessDeniedException.
 * - `expired-credentials`: 400 ExpiredTokenException.
 */
export const AWS_FAULTS = [
  'throttle',
  'throttle-embedded',
  'fail-embedded',
  'invalid-batch',
  'expired-token',
  'repeated-token',
  'short-page',
  'empty-page',
  'hang',
  'reset',
  'half-body',
  'html-5xx',
  'lost-answer',
  'denied',
  'expired-credentials',
] as const;
export type AwsFaultKind = (typeof AWS_FAULTS)[number];

export interface AwsFault {
  readonly kind: AwsFaultKind;
  /** `TagResources`, `SelectResourceConfig`; absent: every operation. */
  readonly operation?: string;
  readonly account?: string;
  readonly region?: string;
  /** Of faults that hit a resource. */
  readonly arn?: string;
  /** Seconds, or a date, of 429. */
  readonly retryAfter?: string;
  /** Of `fail-embedded`. */
  readonly code?: string;
  /** How often; absent: always. */
  readonly times?: number;
  /** From 0 to 1, by the seed; absent: 1. */
  readonly probability?: number;
  /** While the clock stands before this time (milliseconds). */
  readonly until?: number;
}

/** A call, as far as faults look at it. */
export interface FaultSite {
  readonly operation: string;
  readonly account: string;
  readonly region: string;
}

export interface Faults {
  /** True when this fault hits now; counts as one of its `times`. */
  readonly hit: (kind: AwsFaultKind, site: FaultSite, arn?: string) => AwsFault | undefined;
  readonly add: (fault: AwsFault) => void;
  readonly clear: () => void;
}

export function createFaults(
  planned: readonly AwsFault[],
  seed: number,
  clock: () => Date,
): Faults {
  let faults = planned.map((fault) => ({ fault, left: fault.times ?? Number.POSITIVE_INFINITY }));
  const random = seeded(seed);
  return {
    hit: (kind, site, arn) => {
      const found = faults.find(
        ({ fault, left }) =>
          left > 0 &&
          fault.kind === kind &&
          concerns(fault, site, arn) &&
          clock().getTime() < (fault.until ?? Number.POSITIVE_INFINITY) &&
          random() < (fault.probability ?? 1),
      );
      if (found === undefined) return undefined;
      found.left -= 1;
      return found.fault;
    },
    add: (fault) => void faults.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY }),
    clear: () => {
      faults = [];
    },
  };
}

/** A request can bring a fault of its own: `x-portcullis-fault: throttle` or `throttle-embedded; arn=…`. */
export const FAULT_HEADER = 'x-portcullis-fault';

/** The faults of one request: those that are planned, and the one that it asks for. */
export function withRequested(faults: Faults, header: string | undefined): Faults {
  const [kind, ...rest] = (header ?? '').split(';').map((part) => part.trim());
  const known = AWS_FAULTS.find((one) => one === kind);
  if (known === undefined) return faults;
  const members = new Map(rest.map((part): [string, string] => pairOf(part)));
  const [arn, code, retryAfter] = [
    members.get('arn'),
    members.get('code'),
    members.get('retryAfter'),
  ];
  const fault: AwsFault = {
    kind: known,
    ...(arn === undefined ? {} : { arn }),
    ...(code === undefined ? {} : { code }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
  return {
    ...faults,
    hit: (asked, site, of) =>
      asked === known && concerns(fault, site, of) ? fault : faults.hit(asked, site, of),
  };
}

function pairOf(part: string): [string, string] {
  const equals = part.indexOf('=');
  return equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
}

function concerns(fault: AwsFault, site: FaultSite, arn: string | undefined): boolean {
  return (
    (fault.operation === undefined || fault.operation === site.operation) &&
    (fault.account === undefined || fault.account === site.account) &&
    (fault.region === undefined || fault.region === site.region) &&
    (fault.arn === undefined || fault.arn === arn)
  );
}

/** The same faults in every run: a linear congruential generator is random enough to break things. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
