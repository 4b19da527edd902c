/** How often a service may be called: so many at once, so many a second after that. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** Slowest that throttling makes it: a call every two seconds still finds out when the service recovers. */
const LEAST_PER_SECOND = 0.5;
/** A second without throttling gives back this share of the configured rate. */
const RECOVERY = 0.05;

/**
 * A token bucket that slows down when it is told of throttling and recovers by itself: additive increase, multiplicative
 * decrease, as networks do. Times are milliseconds of one clock.
 */
export class TokenBucket {
  readonly #rate: Rate;
  #perSecond: number;
  #tokens: number;
  #at: number;
  #throttledAt = Number.NEGATIVE_INFINITY;

  constructor(rate: Rate, now: number) {
    this.#rate = rate;
    this.#perSecond = rate.perSecond;
    this.#tokens = rate.burst;
    this.#at = now;
  }

  /** Takes a token; answers how long to wait before it may be used. Calls that wait are served in their order. */
  take(now: number): number {
    this.#refill(now);
    this.#tokens -= 1;
    return this.#tokens >= 0 ? 0 : Math.ceil((-this.#tokens / this.#perSecond) * 1000);
  }

  /** The service said: too many. Calls that ran side by side are one word of it, not many. */
  throttled(now: number): void {
    this.#refill(now);
    if (now - this.#throttledAt < 1000) return;
    this.#throttledAt = now;
    this.#perSecond = Math.max(LEAST_PER_SECOND, this.#perSecond / 2);
    this.#tokens = Math.min(this.#tokens, 0);
  }

  #refill(now: number): void {
    const seconds = Math.max(0, now - this.#at) / 1000;
    this.#at = now;
    this.#tokens = Math.min(this.#rate.burst, this.#tokens + seconds * this.#perSecond);
    this.#perSecond = Math.min(
      this.#rate.perSecond,
      this.#perSecond + seconds * RECOVERY * this.#rate.perSecond,
    );
  }
}
