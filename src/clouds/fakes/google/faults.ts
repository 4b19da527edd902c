/**
 * What goes wrong. Each is something that the services, or the network before them, were seen to do.
 *
 * - `throttled`: 429 RESOURCE_EXHAUSTED, with Retry-After where `retryAfter` is given. `rate-limited`: 403 with the reason
 *   rateLimitExceeded, as older services say it.
 * - `denied`: 403 PERMISSION_DENIED. `expired`: 401 UNAUTHENTICATED.
 * - `hang`, `reset`, `half-body`: nothing, an end without an answer, an end in the middle of one. `html`: 503 and a proxy's page.
 * - `lost-answer`: what was asked for is done, and the connection ends without an answer.
 * - `repeated-token`: every page names the same next page. `looping-tokens`: two pages name each other.
 * - `short-pages`: an empty page first, then two resources at a time. `stale`: the index as it was when the fake started.
 * - `blind-list`: a list that is empty, of what the index knows. `no-data`: assets without the resource in them. `wrong-shape`: JSON, but another one.
 * - `changed-behind`: somebody else changes the labels just before the write arrives.
 * - `operation-fails`, `operation-hangs`: the change begins, and ends badly or never.
 */
export type GoogleFaultKind =
  | 'throttled'
  | 'rate-limited'
  | 'denied'
  | 'expired'
  | 'hang'
  | 'reset'
  | 'half-body'
  | 'html'
  | 'lost-answer'
  | 'repeated-token'
  | 'looping-tokens'
  | 'short-pages'
  | 'stale'
  | 'blind-list'
  | 'no-data'
  | 'wrong-shape'
  | 'changed-behind'
  | 'operation-fails'
  | 'operation-hangs';

export interface GoogleFault {
  readonly kind: GoogleFaultKind;
  /** The permission that the call needs, `cloudasset.assets.listResource`; absent: every call. */
  readonly on?: string;
  /** The id of a project; calls about an organisation are about none. */
  readonly project?: string;
  /** Seconds, of `throttled`. */
  readonly retryAfter?: number;
  /** How many calls it hits; absent: all. */
  readonly times?: number;
}

/** A call, as far as faults look at it. */
export interface FaultSite {
  readonly permission: string;
  readonly project: string | undefined;
}

export interface Faults {
  /** The fault of one of these kinds that hits now; it counts as one of its times. */
  readonly hit: (kinds: readonly GoogleFaultKind[], site: FaultSite) => GoogleFault | undefined;
  readonly add: (fault: GoogleFault) => void;
  readonly clear: () => void;
}

export function createFaults(planned: readonly GoogleFault[]): Faults {
  let faults = planned.map(counted);
  return {
    hit: (kinds, site) => {
      const found = faults.find(
        ({ fault, left }) => left > 0 && kinds.includes(fault.kind) && concerns(fault, site),
      );
      if (found === undefined) return undefined;
      found.left -= 1;
      return found.fault;
    },
    add: (fault) => void faults.push(counted(fault)),
    clear: () => {
      faults = [];
    },
  };
}

function counted(fault: GoogleFault): { readonly fault: GoogleFault; left: number } {
  return { fault, left: fault.times ?? Number.POSITIVE_INFINITY };
}

function concerns({ on, project }: GoogleFault, site: FaultSite): boolean {
  return (
    (on === undefined || on === site.permission) &&
    (project === undefined || project === site.project)
  );
}
