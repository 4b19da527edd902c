import { describe, expect, it } from 'vitest';

import { tooManyErrors } from '../../../src/repair/run/brakes.ts';

const tally = (verified: number, failed: number) =>
  ({ intended: 0, written: 0, rehearsed: 0, skipped: 0, unresolved: 0, verified, failed }) as const;

describe('a run that may have one error', () => {
  it('goes on without one, and stops at the first, in words for one', () => {
    expect(tooManyErrors(tally(4, 0), { errors: 1, percent: 10, canary: 0 })).toBeUndefined();
    expect(tooManyErrors(tally(4, 1), { errors: 1, percent: 10, canary: 0 })).toBe(
      '1 of 5 resources went wrong; the rules stop at 1 error and 10 %',
    );
  });
});
