/** What a webhook has when its configuration says nothing: the default of admissionregistration.k8s.io/v1. */
const DEFAULT_MS = 10_000;

/** The longest that admissionregistration.k8s.io/v1 lets a webhook take. */
const LONGEST_MS = 30_000;

/** For the way there and back, and for writing the record. */
const RESERVE_MS = 1_000;

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 };

/** How the time that an API server gives is spent. */
export interface TimeBudget {
  /** Milliseconds for the policies. */
  readonly deadlineMs: number;
  /** Milliseconds after which an answer goes out, whatever is still under way. */
  readonly answerMs: number;
}

/**
 * @param timeout as the API server appends it to the webhook's URL, a Go duration: `5s`, `1m30s`, `500ms`. What cannot
 *   be read counts as the default.
 */
export function timeBudget(timeout: string | null): TimeBudget {
  const given = Math.min(parseDuration(timeout ?? '') ?? DEFAULT_MS, LONGEST_MS);
  // A webhook with a second in all would have nothing left; then half of it is for the policies.
  const deadlineMs = Math.max(given - RESERVE_MS, given / 2);
  return { deadlineMs, answerMs: deadlineMs + (given - deadlineMs) / 2 };
}

function parseDuration(text: string): number | undefined {
  if (!/^(?:\d{1,6}(?:\.\d{1,3})?(?:ms|s|m))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, number, unit] of text.matchAll(/([\d.]+)(ms|s|m)/g)) {
    total += Number(number) * (UNIT_MS[unit ?? ''] ?? 0);
  }
  return total > 0 ? total : undefined;
}
