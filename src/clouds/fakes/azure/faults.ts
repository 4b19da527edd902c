/** What a caller wants of Azure Resource Manager, as far as the fake plays it. */
export type FakeOperation =
  | 'graph'
  | 'tags-read'
  | 'tags-write'
  | 'tags-poll'
  | 'assignments'
  | 'exemptions'
  | 'policy-states';

/** A misbehaviour, and of which calls. */
export interface FakeFault {
  readonly on: FakeOperation;
  /** Only calls that name this text in their path or body: a subscription, a type, a resource. */
  readonly about?: string;
  /** Calls that go well before it begins. */
  readonly skip?: number;
  /** How many calls it hits; all of them when it is not said. */
  readonly times?: number;
  readonly harm: FakeHarm;
}

/**
 * - `throttle`: 429 with Retry-After in seconds. `refuse`: an error in ARM's words. `html`: an error page of a proxy.
 * - `hang`, `reset`, `half-body`: nothing, an end without an answer, an end in the middle of one. With `done`, what was asked
 *   for has happened all the same.
 * - `expired`: the token is no longer good.
 * - `truncated`: rows are left out and no token is given. `repeat-token`: the same token for ever. `short`: fewer rows than asked for,
 *   and a token. `lost`: fewer rows than are counted, and no token.
 * - `stale`: rows as they were when the fake started. `no-tags`: rows without the column. `wrong-shape`: JSON, but another one.
 * - `limit-hit`: the header that says there were too many subscriptions. `quota`: no calls left until then, `hh:mm:ss`.
 * - `slow`: 202 and an operation that ends after so many questions, well or not. `stray`: its address is on another host.
 */
export type FakeHarm =
  | { readonly kind: 'throttle'; readonly retryAfter: number }
  | { readonly kind: 'refuse'; readonly status: number; readonly code: string }
  | {
      readonly kind: 'html';
      readonly status: number;
      readonly done?: boolean;
      readonly retryAfter?: number;
    }
  | { readonly kind: 'hang' | 'reset' | 'half-body'; readonly done?: boolean }
  | { readonly kind: 'expired' }
  | { readonly kind: 'truncated' | 'repeat-token' | 'stale' | 'no-tags' | 'wrong-shape' }
  | { readonly kind: 'short' | 'lost'; readonly rows: number }
  | { readonly kind: 'limit-hit' }
  | { readonly kind: 'quota'; readonly resetsAfter: string }
  | { readonly kind: 'slow'; readonly polls: number; readonly ends?: 'failed' }
  | { readonly kind: 'stray' };

/** Tells which harm, if any, the next call meets. */
export function createFaults(faults: readonly FakeFault[]): {
  readonly next: (operation: FakeOperation, text: string) => FakeHarm | undefined;
} {
  const seen = new Map<FakeFault, number>();
  return {
    next: (operation, text) => {
      for (const fault of faults) {
        if (fault.on !== operation || !names(text, fault.about)) continue;
        const count = seen.get(fault) ?? 0;
        seen.set(fault, count + 1);
        const first = fault.skip ?? 0;
        if (count >= first && count < first + (fault.times ?? Number.POSITIVE_INFINITY))
          return fault.harm;
      }
      return undefined;
    },
  };
}

function names(text: string, about: string | undefined): boolean {
  return about === undefined || text.toLowerCase().includes(about.toLowerCase());
}
