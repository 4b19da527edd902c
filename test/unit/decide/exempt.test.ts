import { describe, expect, it } from 'vitest';

import { exemptionSet } from '../../../src/bindings/exemption.ts';
import { applyExemptions } from '../../../src/decide/exempt.ts';
import type { Resource } from '../../../src/model/resource.ts';
import type { Verdict, VerdictSubject } from '../../../src/model/verdict.ts';
import { exemption, resource } from '../../rules.ts';

const subject: VerdictSubject = {
  rule: 'tagging.owner',
  policy: 'PC-TAG-001',
  severity: 'high',
  enforcement: 'deny',
  onUnknown: 'deny',
  address: 'aws_s3_bucket.data',
  kind: 'aws.s3.bucket',
};
const violations = [{ address: subject.address, path: 'tags.owner', message: 'has no owner' }];
const VIOLATION: Verdict = { ...subject, verdict: 'violation', violations };

interface Given {
  readonly exemption?: Parameters<typeof exemption>[0];
  readonly verdict?: Verdict;
  readonly resource?: Partial<Resource>;
  readonly now?: string;
}

const apply = (given: Given) =>
  applyExemptions(
    [given.verdict ?? VIOLATION],
    [resource(given.resource)],
    exemptionSet([exemption(given.exemption)]),
    { point: 'pre-apply', now: new Date(given.now ?? '2026-11-25T12:00:00Z') },
  );

const STAGE = { match: { tags: { stage: ['legacy'] } } };

describe('an exemption', () => {
  it.each<[string, Given]>([
    ['of the rule, while it counts', {}],
    ['at the moment it begins', { now: '2026-11-01T00:00:00Z' }],
    ['a moment before it ends', { now: '2026-11-30T23:59:59.999Z' }],
    ['without a beginning', { exemption: { from: undefined }, now: '2020-01-01T00:00:00Z' }],
    ['by a tag that is there', { exemption: STAGE, resource: { tags: { stage: 'legacy' } } }],
  ])('turns a violation into an exempt one: %s', (_, given) => {
    const { verdicts, notes } = apply(given);
    expect(verdicts).toEqual([
      {
        ...{ ...subject, verdict: 'exempt', violations, exemption: 'EX-1' },
        exemptedBy: {
          id: 'EX-1',
          until: '2026-12-01T00:00:00.000Z',
          owner: 'ada',
          reason: 'It is replaced in December.',
        },
      },
    ]);
    expect(notes).toEqual([]);
  });

  it.each<[string, Given]>([
    ['before it begins', { now: '2026-10-31T23:59:59.999Z' }],
    ['of another rule', { exemption: { rules: new Set(['tagging.team']) } }],
    ['for another point', { exemption: { points: ['admission', 'sweep'] } }],
    ['of another resource', { exemption: { match: { addresses: ['aws_s3_bucket.logs'] } } }],
    ['by a tag not known yet', { exemption: STAGE, resource: { unknown: ['tags.stage'] } }],
    ['by tags not known yet', { exemption: STAGE, resource: { unknown: ['tags'] } }],
    ['by an account not known yet', { exemption: { match: { accounts: ['*'] } } }],
    ['of a resource that is not there', { resource: { address: 'aws_s3_bucket.other' } }],
    ['of an unknown', { verdict: { ...subject, verdict: 'unknown', paths: ['tags'] } }],
    [
      'of a failure',
      {
        verdict: {
          ...subject,
          verdict: 'failed',
          failure: { code: 'ENGINE_TRAP', reason: 'trap' },
        },
      },
    ],
  ])('changes nothing: %s', (_, given) => {
    expect(apply(given)).toEqual({ verdicts: [given.verdict ?? VIOLATION], notes: [] });
  });

  it('that ended changes nothing either, and the reader is told why it is denied again', () => {
    const { verdicts, notes } = apply({ now: '2026-12-01T00:00:00Z' });
    expect(verdicts).toEqual([VIOLATION]);
    expect(notes).toEqual([
      {
        code: 'exemptions-ended',
        message: 'Exemptions that ended would have covered violations: EX-1.',
      },
    ]);
  });

  it('that ended is not worth a word while another one counts', () => {
    const renewed = exemption({ id: 'EX-2', until: new Date('2027-01-01T00:00:00Z') });
    const when = { point: 'pre-apply' as const, now: new Date('2026-12-02T00:00:00Z') };
    const told = applyExemptions(
      [VIOLATION],
      [resource()],
      exemptionSet([exemption(), renewed]),
      when,
    );
    expect(told.verdicts).toMatchObject([{ verdict: 'exempt', exemption: 'EX-2' }]);
    expect(told.notes).toEqual([]);
  });
});
