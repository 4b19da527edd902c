import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { decide } from '../../../src/decide/decide.ts';
import type { Decision } from '../../../src/model/decision.ts';
import type { Enforcement } from '../../../src/model/point.ts';
import type { Verdict, VerdictSubject } from '../../../src/model/verdict.ts';
import { compareDecision } from '../../../src/replay/impact/compare.ts';
import { decision as made, violation } from '../../decisions.ts';
import { resource, rule } from '../../rules.ts';

const SUBJECT: VerdictSubject = {
  rule: 'tagging.owner',
  policy: 'PC-TAG-001',
  severity: 'high',
  enforcement: 'deny',
  onUnknown: 'warn',
  address: 'aws_s3_bucket.b',
  kind: 'aws.s3.bucket',
};

function violating(enforcement: Enforcement, given: Partial<VerdictSubject> = {}): Verdict {
  return {
    ...SUBJECT,
    enforcement,
    ...given,
    verdict: 'violation',
    violations: [{ address: SUBJECT.address, path: 'tags.owner', message: 'no owner' }],
  };
}

const never = (): boolean => false;
const DENIED = made({ decision: 'deny', violations: [violation('tagging.owner')] });
const WARNED = made({ warnings: [{ ...violation('tagging.owner'), enforcement: 'warn' }] });
const ALLOWED = made();

function compare(decision: Decision, ...told: Verdict[]) {
  const { from, to, changes } = compareDecision(decision, { told, untold: [] }, never);
  return { flip: `${from} ${to}`, changes: changes.map((one) => `${one.from} ${one.to}`) };
}

describe('a decision beside its replay', () => {
  it.each([
    ['the same violation', DENIED, [violating('deny')], 'deny deny', []],
    ['a new violation', ALLOWED, [violating('deny')], 'allow deny', ['nothing deny']],
    ['a violation less', DENIED, [], 'deny allow', ['deny nothing']],
    ['a denial that only warns', DENIED, [violating('warn')], 'deny allow', ['deny warn']],
    ['a new warning', ALLOWED, [violating('warn')], 'allow allow', ['nothing warn']],
    ['a warning that denies', WARNED, [violating('deny')], 'allow deny', ['warn deny']],
    [
      'a warning that is recorded alone',
      WARNED,
      [violating('record')],
      'allow allow',
      ['warn nothing'],
    ],
    ['what is recorded alone', ALLOWED, [violating('record')], 'allow allow', []],
    [
      'a policy that breaks',
      ALLOWED,
      [{ ...SUBJECT, verdict: 'failed', failure: { code: 'ENGINE_TRAP', reason: 'it broke' } }],
      'allow deny',
      ['nothing deny'],
    ],
    [
      'what is borne',
      ALLOWED,
      [
        {
          ...SUBJECT,
          verdict: 'exempt',
          exemption: 'EX-1',
          exemptedBy: { id: 'EX-1', until: '2026-12-01', owner: 'ada', reason: 'soon' },
          violations: [{ address: 'aws_s3_bucket.b', path: '', message: 'no owner' }],
        },
      ],
      'allow allow',
      [],
    ],
    [
      'a value not known yet, which denies here',
      ALLOWED,
      [{ ...SUBJECT, onUnknown: 'deny', verdict: 'unknown', paths: ['tags.owner'] }],
      'allow deny',
      ['nothing deny'],
    ],
  ] satisfies [string, Decision, Verdict[], string, string[]][])(
    '%s',
    (_, before, told, flip, changes) => {
      expect(compare(before, ...told)).toEqual({ flip, changes });
    },
  );

  const untold = {
    ...SUBJECT,
    verdict: 'unknown' as const,
    paths: ['config.password'],
  };

  it('hangs on redacted values where they alone could deny it: never a pass', () => {
    const compared = compareDecision(DENIED, { told: [], untold: [untold] }, never);
    expect(compared).toMatchObject({ from: 'deny', to: 'unknown', changes: [], untold: [untold] });
  });

  it('is told in spite of redacted values where something else denies it, or they only warn', () => {
    const other = violating('deny', { rule: 'other' });
    const denied = compareDecision(DENIED, { told: [other], untold: [untold] }, never);
    const harmless = { ...untold, enforcement: 'warn' as const };
    const warned = compareDecision(ALLOWED, { told: [], untold: [harmless] }, never);
    expect([denied.to, warned.to]).toEqual(['deny', 'allow']);
  });

  it('keeps the recorded verdict of a rule that the candidate has as it was', () => {
    const same = (id: string): boolean => id === 'tagging.owner';
    const denied = compareDecision(DENIED, { told: [], untold: [untold] }, same);
    const allowed = compareDecision(ALLOWED, { told: [], untold: [untold] }, same);
    expect([denied.to, denied.changes, allowed.to]).toEqual(['deny', [], 'allow']);
  });

  it('is another only when something of it is: a replay by the same verdicts changes nothing', () => {
    const verdict = fc
      .record({
        rule: fc.constantFrom('one', 'two', 'three'),
        address: fc.constantFrom('a', 'b'),
        enforcement: fc.constantFrom('deny', 'warn', 'record'),
        onUnknown: fc.constantFrom('deny', 'warn', 'record'),
        what: fc.constantFrom('violation', 'unknown', 'compliant', 'failed'),
      })
      .map(({ what, ...about }): Verdict => {
        const subject = { ...SUBJECT, ...about } as VerdictSubject;
        if (what === 'violation')
          return { ...violating('deny'), ...subject, verdict: what } as Verdict;
        if (what === 'unknown') return { ...subject, verdict: what, paths: ['tags.owner'] };
        if (what === 'failed')
          return { ...subject, verdict: what, failure: { code: 'ENGINE_TRAP', reason: 'broke' } };
        return { ...subject, verdict: 'compliant' };
      });
    const one = (entry: Verdict): string => `${entry.rule} ${entry.address}`;
    fc.assert(
      fc.property(fc.uniqueArray(verdict, { selector: one }), (verdicts) => {
        const resources = [resource({ address: 'a' }), resource({ address: 'b' })];
        const judgement = decide(verdicts, resources, { digest: '', rules: [rule()] });
        const again = compareDecision(made(judgement), { told: verdicts, untold: [] }, never);
        expect(again.changes).toEqual([]);
        expect(again.to).toBe(judgement.decision);
      }),
    );
  });
});
