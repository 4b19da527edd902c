import { describe, expect, it } from 'vitest';

import { exemptionSet } from '../../../src/bindings/exemption.ts';
import { bear } from '../../../src/decide/bear.ts';
import type { Verdict, VerdictSubject } from '../../../src/model/verdict.ts';
import { exemption, resource, rule } from '../../rules.ts';

const AT = new Date('2026-11-25T12:00:00Z');
const subject: VerdictSubject = {
  rule: 'soft',
  policy: 'PC-TAG-001',
  severity: 'high',
  enforcement: 'deny',
  onUnknown: 'deny',
  address: 'aws_s3_bucket.data',
  kind: 'aws.s3.bucket',
};
const violations = [{ address: subject.address, path: 'tags.owner', message: 'has no owner' }];
const denial = (of: string): Verdict => ({
  ...{ ...subject, rule: of, violations },
  verdict: 'violation',
});

function told(verdict: Verdict, ...exemptions: ReturnType<typeof exemption>[]) {
  const { verdicts, notes } = bear([verdict], [resource()], {
    exemptions: { set: exemptionSet(exemptions), at: AT, notes: [] },
    point: 'pre-apply',
    rules: { digest: '', rules: [rule({ id: 'soft', overridable: true }), rule({ id: 'hard' })] },
    override: { by: 'ada', reason: 'the shop is down' },
    decision: '01J',
  });
  return { verdict: verdicts[0], notes: notes.map(({ code }) => code) };
}

describe('an override', () => {
  it('bears a denial by a rule that allows it, in the name of whoever asked', () => {
    expect(told(denial('soft'))).toMatchObject({
      verdict: {
        verdict: 'exempt',
        exemption: 'override-01J',
        exemptedBy: { owner: 'ada', reason: 'the shop is down', until: AT.toISOString() },
      },
      notes: ['overridden'],
    });
  });

  it.each<[string, Verdict, string]>([
    ['a denial by another rule', denial('hard'), 'not-overridable'],
    ['a warning', { ...denial('soft'), enforcement: 'warn' }, 'override-unused'],
    ['what is not known', { ...subject, verdict: 'unknown', paths: ['tags'] }, 'override-unused'],
    [
      'a policy that broke',
      { ...subject, verdict: 'failed', failure: { code: 'ENGINE_TRAP', reason: 'trap' } },
      'override-unused',
    ],
  ])('leaves %s as it is', (_, verdict, note) => {
    expect(told(verdict)).toEqual({ verdict, notes: [note] });
  });

  it('is not used up on what an exemption bears', () => {
    const { verdict, notes } = told(denial('soft'), exemption({ rules: new Set(['soft']) }));
    expect(verdict).toMatchObject({ verdict: 'exempt', exemption: 'EX-1' });
    expect(notes).toEqual(['override-unused']);
  });
});
