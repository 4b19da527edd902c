import type { Faults, FaultSite } from './faults.ts';
import type { LiveGoogle } from './estate.ts';
import type { Operations } from './operations.ts';

/** A request as it arrived. */
export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Parsed JSON; undefined without a body. */
  readonly body: unknown;
}

/** What was asked of the fake, in order. */
export interface GoogleCall extends FaultSite {
  readonly at: Date;
  readonly method: string;
  readonly path: string;
}

export interface FakeWorld {
  readonly live: LiveGoogle;
  readonly faults: Faults;
  readonly operations: Operations;
  readonly clock: () => Date;
}

/** A call that the fake knows: what it needs, what it is about, and what it does. */
export interface Understood extends FaultSite {
  readonly run: (world: FakeWorld) => unknown;
}
