/**
 * The right to sweep some scopes, held by one process at a time, however many share the store. It runs out by itself when
 * its holder stops renewing it; and because a process that was only asleep does not know that it did, every write names
 * the lease's tokens and is refused when somebody took it over in between (a fencing token).
 */
export interface Leases {
  /**
   * All of the scopes, or none. Taking over a lease that ran out gives it a higher token.
   *
   * @returns who holds one of them otherwise.
   */
  readonly acquire: (
    scopes: readonly string[],
    owner: string,
    ttlMs: number,
  ) => Promise<Lease | Held>;
  /** Pushes the end out. @throws SweepError SWEEP_FENCED when somebody else has it by now. */
  readonly renew: (lease: Lease, ttlMs: number) => Promise<void>;
  /** Others may have it at once. Quiet when somebody else has it already. */
  readonly release: (lease: Lease) => Promise<void>;
  /** Of these scopes, those that nobody holds at this time. */
  readonly free: (scopes: readonly string[]) => Promise<readonly string[]>;
}

export interface Lease {
  readonly owner: string;
  readonly fences: readonly Fence[];
}

/** What a write shows to prove that it is not late. */
export interface Fence {
  readonly scope: string;
  readonly token: number;
}

export interface Held {
  readonly heldBy: string;
  readonly scope: string;
  readonly until: string;
}
