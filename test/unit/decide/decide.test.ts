import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { exemptedBy } from '../../../src/bindings/exemption.ts';
import { decide } from '../../../src/decide/decide.ts';
import { redactorOf } from '../../../src/redact/document.ts';
import { ENFORCEMENTS } from '../../../src/model/point.ts';
import type { Resource } from '../../../src/model/resource.ts';
import type { Verdict, VerdictSubject } from '../../../src/model/verdict.ts';
import { exemption, resource, rule } from '../../rules.ts';

const RULES = { digest: 'sha256:0', rules: [rule()] };
const subject: VerdictSubject = {
  rule: 'tagging.owner',
  policy: 'PC-TAG-001',
  severity: 'high',
  enforcement: 'deny',
  onUnknown: 'warn',
  address: 'aws_s3_bucket.data',
  kind: 'aws.s3.bucket',
};
const violation = { address: subject.address, path: 'tags.owner', message: 'has no owner' };
const judge = (verdicts: Verdict[], resources: Resource[] = [resource()]) =>
  decide(verdicts, resources, RULES, redactorOf(resources));

describe('deciding', () => {
  it.each<[string, Verdict, 'allow' | 'deny']>([
    ['compliant', { ...subject, verdict: 'compliant' }, 'allow'],
    ['not applicable', { ...subject, verdict: 'not-applicable', reason: 'untaggable' }, 'allow'],
    [
      'a violation under deny',
      { ...subject, verdict: 'violation', violations: [violation] },
      'deny',
    ],
    [
      'a violation under warn',
      { ...subject, enforcement: 'warn', verdict: 'violation', violations: [violation] },
      'allow',
    ],
    [
      'a violation under record',
      { ...subject, enforcement: 'record', verdict: 'violation', violations: [violation] },
      'allow',
    ],
    [
      'an exempt violation',
      {
        ...{ ...subject, violations: [violation] },
        ...{ verdict: 'exempt', exemption: 'EX-1', exemptedBy: exemptedBy(exemption()) },
      },
      'allow',
    ],
    ['unknown under warn', { ...subject, verdict: 'unknown', paths: ['tags'] }, 'allow'],
    [
      'unknown under deny',
      { ...subject, onUnknown: 'deny', verdict: 'unknown', paths: ['tags'] },
      'deny',
    ],
    [
      'a failure, whatever the enforcement',
      {
        ...subject,
        enforcement: 'record',
        verdict: 'failed',
        failure: { code: 'ENGINE_TRAP', reason: 'trap' },
      },
      'deny',
    ],
  ])('%s', (_, verdict, decision) => {
    expect(judge([verdict]).decision).toBe(decision);
  });

  it('never allows when a violation under deny, a failure or an unknown under deny is among the verdicts', () => {
    const verdict = fc.constantFrom<Verdict>(
      { ...subject, verdict: 'compliant' },
      { ...subject, enforcement: 'warn', verdict: 'violation', violations: [violation] },
      { ...subject, verdict: 'unknown', paths: ['tags'] },
      { ...subject, verdict: 'violation', violations: [violation] },
      { ...subject, verdict: 'failed', failure: { code: 'ENGINE_TIMEOUT', reason: 'slow' } },
    );
    fc.assert(
      fc.property(fc.array(verdict), (verdicts) => {
        const bad = verdicts.some(
          (entry) =>
            entry.verdict === 'failed' ||
            (entry.verdict === 'violation' && entry.enforcement === 'deny'),
        );
        expect(judge(verdicts).decision).toBe(bad ? 'deny' : 'allow');
      }),
    );
  });

  it('puts each violation where its enforcement says, the worst first', () => {
    const entries = ENFORCEMENTS.flatMap((enforcement) =>
      (['low', 'critical'] as const).map((severity): Verdict => ({
        ...subject,
        enforcement,
        severity,
        verdict: 'violation',
        violations: [violation],
      })),
    );
    const { violations, warnings, recorded } = judge(entries);
    for (const list of [violations, warnings, recorded])
      expect(list.map(({ severity }) => severity)).toEqual(['critical', 'low']);
  });

  it('says what is wrong, what is there, what to do and where to read on', () => {
    const { violations } = judge(
      [
        {
          ...subject,
          verdict: 'violation',
          violations: [{ ...violation, path: 'config.acl', expected: 'private' }],
        },
      ],
      [resource({ config: { acl: 'public-read' }, location: { file: 'main.tf', line: 3 } })],
    );
    expect(violations).toEqual([
      {
        rule: 'tagging.owner',
        policy: 'PC-TAG-001',
        severity: 'high',
        enforcement: 'deny',
        address: 'aws_s3_bucket.data',
        kind: 'aws.s3.bucket',
        path: 'config.acl',
        message: 'has no owner',
        expected: 'private',
        actual: 'public-read',
        fix: 'Add the tag.',
        link: 'policies/tagging/required/readme.md',
        location: { file: 'main.tf', line: 3 },
      },
    ]);
  });

  it('counts as judged what a rule looked at, and names the rest', () => {
    const { coverage, reason } = judge(
      [{ ...subject, verdict: 'compliant' }],
      [resource(), resource({ address: 'random_id.x', kind: 'random_id' })],
    );
    expect(coverage).toEqual({
      judged: 1,
      unjudged: [{ address: 'random_id.x', kind: 'random_id' }],
    });
    expect(reason).toBe('Allowed: 1 resource judged, 1 resource that no rule looks at.');
  });

  it.each([
    [[], 'Allowed, but nothing was judged: the document has no resources.'],
    [[resource()], 'Allowed, but nothing was judged: no rule looks at 1 resource of these kinds.'],
  ])('silence does not read as consent', (resources, reason) => {
    expect(judge([], resources).reason).toBe(reason);
  });
});

describe('sensitive values', () => {
  const secret = resource({
    config: { password: 'hunter2-hunter2', note: 'uses hunter2-hunter2' },
    sensitive: ['config.password'],
  });
  const report = (given: object) =>
    judge(
      [{ ...subject, verdict: 'violation', violations: [{ ...violation, ...given }] }],
      [secret],
    ).violations[0]!;

  it.each([
    ['by path', { path: 'config.password', actual: 'anything at all' }, { actual: '(sensitive)' }],
    [
      'by a path above it',
      { path: 'config', actual: { password: 'x' } },
      { actual: '(sensitive)' },
    ],
    ['without an actual value', { path: 'config.password' }, { actual: '(sensitive)' }],
    [
      'by value in the message',
      { message: 'password is hunter2-hunter2!' },
      { message: 'password is (sensitive)!' },
    ],
    ['by value in the fix', { fix: 'rotate hunter2-hunter2' }, { fix: 'rotate (sensitive)' }],
    [
      'by value deep in what was expected',
      { expected: [{ k: 'hunter2-hunter2' }] },
      { expected: [{ k: '(sensitive)' }] },
    ],
    [
      'by value at another path',
      { path: 'config.note', actual: 'uses hunter2-hunter2' },
      { actual: 'uses (sensitive)' },
    ],
  ])('are taken out %s', (_, given, expected) => {
    expect(report(given)).toMatchObject(expected);
    expect(JSON.stringify(report(given))).not.toContain('hunter2');
  });
});
