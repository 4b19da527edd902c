import { describe, expect, it } from 'vitest';

import { judgeExample } from '../../../../src/cli/policy/examples/judge.ts';
import type { Section } from '../../../../src/cli/policy/examples/schema.ts';
import type { Verdict } from '../../../../src/model/verdict.ts';

const subject = {
  rule: 'r',
  policy: 'P-A-1',
  severity: 'low',
  enforcement: 'deny',
  onUnknown: 'warn',
  address: 'a',
  kind: 'k',
} as const;
const compliant: Verdict = { ...subject, verdict: 'compliant' };
const unknown: Verdict = { ...subject, verdict: 'unknown', paths: ['tags.owner'] };
const notApplicable: Verdict = {
  ...subject,
  verdict: 'not-applicable',
  reason: 'it has no facts.taggable',
};
const failed: Verdict = {
  ...subject,
  verdict: 'failed',
  failure: { code: 'ENGINE_TRAP', reason: 'aborted' },
};
const violation = (path: string): Verdict => ({
  ...subject,
  verdict: 'violation',
  violations: [{ address: 'a', path, message: `no ${path}` }],
});
const expected = (path: string, message?: string) => ({ address: 'a', path, message });

describe('judgeExample', () => {
  it.each<[Section, Verdict[], ReturnType<typeof expected>[], string | undefined]>([
    ['good', [compliant], [], undefined],
    ['good', [compliant, notApplicable], [], undefined],
    ['good', [violation('tags.x')], [], 'says: a tags.x: no tags.x'],
    ['good', [compliant, unknown], [], 'hangs on what is unknown: tags.owner'],
    ['good', [], [], 'the policy looks at none of the resources'],
    ['good', [notApplicable], [], 'the policy looks at none of the resources'],
    ['bad', [violation('tags.x')], [expected('tags.x')], undefined],
    [
      'bad',
      [violation('tags.x'), violation('tags.y')],
      [expected('tags.y'), expected('tags.x')],
      undefined,
    ],
    ['bad', [violation('tags.x')], [expected('tags.x', 'no tags')], undefined],
    [
      'bad',
      [violation('tags.x')],
      [expected('tags.x', 'other')],
      'does not say: a tags.x: other; says besides: a tags.x: no tags.x',
    ],
    [
      'bad',
      [violation('tags.x')],
      [expected('tags.x'), expected('tags.x')],
      'does not say: a tags.x',
    ],
    [
      'bad',
      [violation('tags.x'), violation('tags.y')],
      [expected('tags.x')],
      'says besides: a tags.y: no tags.y',
    ],
    ['bad', [compliant], [expected('')], 'does not say: a'],
    ['unknown', [unknown], [], undefined],
    ['unknown', [compliant], [], 'is not unknown, but compliant'],
    ['unknown', [unknown, violation('tags.x')], [], 'says: a tags.x: no tags.x'],
    ['unknown', [], [], 'is not unknown, but looked at by nothing'],
    ['not-applicable', [], [], undefined],
    ['not-applicable', [notApplicable], [], undefined],
    ['not-applicable', [compliant], [], 'applies: compliant'],
    ['good', [compliant, failed], [], 'the policy failed: aborted (ENGINE_TRAP)'],
    ['not-applicable', [failed], [], 'the policy failed: aborted (ENGINE_TRAP)'],
  ])('%s, %#', (section, verdicts, wanted, problem) => {
    expect(judgeExample(section, verdicts, wanted)).toBe(problem);
  });
});
