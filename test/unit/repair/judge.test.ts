import { describe, expect, it } from 'vitest';

import type { Rule } from '../../../src/bindings/rule.ts';
import { judgeAgain } from '../../../src/repair/judge.ts';
import type { Judge } from '../../../src/repair/judge.ts';
import type { RepairSubject } from '../../../src/repair/plan/input.ts';
import { planRepairs } from '../../../src/repair/plan/plan.ts';
import type { Resource } from '../../../src/model/resource.ts';
import type { Verdict } from '../../../src/model/verdict.ts';
import { policy, rule } from '../../rules.ts';
import { judge, planInput, requiring, subject } from './estate.ts';

const OWNER = requiring('tagging.owner', ['owner'], { values: [{ constant: 'todo' }] });
const { signal } = new AbortController();

/** Another rule, which says of a resource what a test wants. */
function other(given: Partial<Rule>, says: (resource: Resource) => Partial<Verdict>) {
  const second = rule({ id: 'other', ...given });
  const about = {
    rule: second.id,
    policy: 'p',
    severity: 'low',
    enforcement: 'record',
    onUnknown: 'record',
  } as const;
  const asked: Judge = (resources) =>
    Promise.resolve([
      ...judge([OWNER], resources),
      ...resources.map(
        (each) => ({ ...about, address: each.address, kind: each.kind, ...says(each) }) as Verdict,
      ),
    ]);
  return { rules: [OWNER, second], judge: asked };
}

async function judged(subjects: readonly RepairSubject[], rules: readonly Rule[], ask: Judge) {
  const input = planInput(subjects, rules);
  const verdicts = await ask(
    subjects.map((one) => one.resource),
    signal,
  );
  const plan = planRepairs({ ...input, verdicts });
  return judgeAgain(plan, { subjects, verdicts, rules, judge: ask, signal });
}

const violation = (address: string, message: string) => ({
  verdict: 'violation' as const,
  violations: [{ address, path: 'tags.owner', message }],
});

describe('judging again', () => {
  it('says what a change brings, and what it does not', async () => {
    const { rules, judge: ask } = other(
      { policy: policy({ reads: ['config.encryption'] }) },
      (each) => violation(each.address, 'not encrypted'),
    );
    const plan = await judged([subject('a', {})], rules, ask);
    expect(plan.changes[0]?.judgement).toEqual({
      compliantWith: ['tagging.owner'],
      stillViolated: ['other'],
    });
  });

  it('drops a change that makes another rule worse', async () => {
    const { rules, judge: ask } = other({}, (each) =>
      each.tags['owner'] === 'todo'
        ? violation(each.address, 'the tag owner holds a placeholder')
        : { verdict: 'compliant' },
    );
    const plan = await judged([subject('a', {}), subject('b', { owner: 'ada' })], rules, ask);
    expect(plan.changes).toEqual([]);
    expect(plan.gates).toEqual([]);
    expect(plan.refusals).toMatchObject([
      {
        code: 'makes-worse',
        message: 'it would be worse by other (the tag owner holds a placeholder)',
      },
    ]);
  });

  it('drops a change that makes nothing better', async () => {
    const stubborn: Judge = (resources) =>
      Promise.resolve(
        judge(
          [OWNER],
          resources.map((each) => ({ ...each, tags: {} })),
        ),
      );
    const plan = await judged([subject('a', {})], [OWNER], stubborn);
    expect(plan.refusals).toMatchObject([{ code: 'no-gain' }]);
  });

  it.each([
    ['a rule that begins to look and cannot tell', 'not-applicable', 'unknown', true],
    ['a rule that was content and cannot tell any more', 'compliant', 'unknown', false],
    ['a policy that breaks', 'compliant', 'failed', false],
  ])('%s', async (_, was, is, kept) => {
    const { rules, judge: ask } = other({}, (each): Partial<Verdict> => {
      const verdict = each.tags['owner'] === undefined ? was : is;
      if (verdict === 'unknown') return { verdict, paths: ['config'] };
      if (verdict === 'failed') return { verdict, failure: { code: 'ENGINE_TRAP', reason: 'x' } };
      return verdict === 'compliant' ? { verdict } : { verdict: 'not-applicable', reason: 'x' };
    });
    const plan = await judged([subject('a', {})], rules, ask);
    expect(plan.changes).toHaveLength(kept ? 1 : 0);
  });

  it('takes dropped changes off the caps, and gives the plan another id', async () => {
    const capped = requiring('tagging.owner', ['owner'], {
      values: [{ constant: 'todo' }],
      caps: { count: 1 },
    });
    const picky: Judge = (resources) =>
      Promise.resolve(
        judge(
          [capped],
          resources.map((each) => (each.address.endsWith('b') ? { ...each, tags: {} } : each)),
        ),
      );
    const subjects = [subject('a', {}), subject('b', {})];
    const input = planInput(subjects, [capped]);
    const before = planRepairs(input);
    expect(before.breaches).toHaveLength(1);
    const after = await judgeAgain(before, {
      subjects,
      verdicts: input.verdicts,
      rules: [capped],
      judge: picky,
      signal,
    });
    expect(after.breaches).toEqual([]);
    expect(after.gates).toMatchObject([{ changes: 1 }]);
    expect(after.id).not.toBe(before.id);
  });
});
