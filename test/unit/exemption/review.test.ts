import { describe, expect, it } from 'vitest';

import { reviewExemptions } from '../../../src/exemption/review.ts';
import type { ReviewedExemption } from '../../../src/exemption/review.ts';

type Given = Partial<Omit<ReviewedExemption, 'lastUsed'>> & {
  readonly lastUsed?: string | undefined;
};

const NOW = new Date('2026-11-25T12:00:00Z');
const inDays = (days: number): string =>
  new Date(NOW.getTime() + days * 24 * 60 * 60 * 1000).toISOString();

function reviewed(given: Partial<ReviewedExemption> = {}): ReviewedExemption {
  return {
    id: 'EX-1',
    where: 'the store',
    rules: ['tagging.owner'],
    match: { addresses: ['aws_s3_bucket.data'] },
    points: ['sweep'],
    reason: 'It moves.',
    owner: 'ada',
    approvedBy: ['grace'],
    until: inDays(90),
    uses: 1,
    lastUsed: inDays(-1),
    ...given,
  };
}

const codes = (given: Partial<ReviewedExemption>, unusedDays?: number) =>
  reviewExemptions([reviewed(given)], {
    now: NOW,
    ...(unusedDays === undefined ? {} : { unusedDays }),
  }).map(({ code }) => code);

describe('an exemption under review', () => {
  it.each<[string, Given, string[]]>([
    ['far from its end and used', {}, []],
    ['at its end', { until: NOW.toISOString() }, ['expired']],
    ['long ended, and too broad', { until: inDays(-9), match: {} }, ['expired']],
    ['with a day left', { until: inDays(1) }, ['ends-in-1-day']],
    ['with a week left', { until: inDays(7) }, ['ends-in-7-days']],
    ['with a month left', { until: inDays(30) }, ['ends-in-30-days']],
    ['with a little more than a month left', { until: inDays(30.01) }, []],
    ['never used since long', { lastUsed: undefined, since: inDays(-31) }, ['unused']],
    ['never used, but new', { lastUsed: undefined, since: inDays(-3) }, []],
    ['of whose uses nobody knows since when', { lastUsed: undefined }, []],
    ['last used long ago', { lastUsed: inDays(-30), since: inDays(-99) }, ['unused']],
    ['that begins tomorrow', { lastUsed: undefined, from: inDays(1), since: inDays(-99) }, []],
    ['of everything', { match: {} }, ['too-broad']],
    ['of a provider', { match: { providers: ['aws'] } }, ['too-broad']],
    ['of all kinds of a provider', { match: { kinds: ['aws.*'] } }, ['too-broad']],
    ['of a kind of a provider', { match: { kinds: ['aws.s3.*'] } }, []],
    ['of all kinds, piece by piece', { match: { kinds: ['aws.*.*'] } }, ['too-broad']],
    ['of any address', { match: { addresses: ['*'] } }, ['too-broad']],
    ['of any address with a dot', { match: { addresses: ['*.*'] } }, ['too-broad']],
    ['of addresses of one type', { match: { addresses: ['aws_sqs_queue.*'] } }, []],
    ['of an account', { match: { accounts: ['1111'], kinds: ['*'] } }, []],
    ['by a tag', { match: { tags: { stage: ['*'] } } }, []],
    ['of rules that are gone', { rules: [] }, ['names-no-rule']],
  ])('%s', (_, given, expected) => {
    const { lastUsed, ...rest } = given;
    const { lastUsed: usual, ...others } = reviewed();
    const used = 'lastUsed' in given ? lastUsed : usual;
    const one = { ...others, ...rest, ...(used === undefined ? {} : { lastUsed: used }) };
    expect(reviewExemptions([one], { now: NOW }).map(({ code }) => code)).toEqual(expected);
  });

  it('is unused after as many days as asked', () => {
    expect(codes({ lastUsed: inDays(-2) }, 2)).toEqual(['unused']);
    expect(codes({ lastUsed: inDays(-1.9) }, 2)).toEqual([]);
  });

  it('stands before those that are less urgent', () => {
    const remarks = reviewExemptions(
      [
        reviewed({ id: 'broad', match: {} }),
        reviewed({ id: 'soon', until: inDays(5) }),
        reviewed({ id: 'sooner', until: inDays(3) }),
        reviewed({ id: 'over', until: inDays(-3) }),
      ],
      { now: NOW },
    );
    expect(remarks.map(({ exemption }) => exemption.id)).toEqual([
      'over',
      'sooner',
      'soon',
      'broad',
    ]);
    expect(remarks[1]?.message).toBe(
      `sooner ends at ${inDays(3)}; ada mends what it bears before.`,
    );
  });
});
