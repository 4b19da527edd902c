import { describe, expect, it } from 'vitest';

import { brakesOf, modeOf, shutWindow } from '../../../src/repair/plan/gates.ts';
import { cutPlan } from '../../../src/repair/plan/seal.ts';
import { planOf, requiring, subject } from './estate.ts';

describe('caps', () => {
  const many = Array.from({ length: 4 }, (_, n) => subject(`b${n}`, {}));
  const capped = (caps: object) =>
    requiring('r', ['owner'], { values: [{ constant: 'ada' }], caps });
  const coverage = (judged: number, complete = true) => ({
    coverage: {
      complete,
      gaps: complete ? [] : ['account 2: AccessDenied'],
      judged: { r: judged },
    },
  });

  it.each([
    ['within both', { count: 4, percent: 40 }, coverage(10), []],
    [
      'a share that is just reached is allowed',
      { count: 'unlimited', percent: 40 },
      coverage(10),
      [],
    ],
    [
      'beyond the count',
      { count: 3 },
      coverage(1000),
      [/^4 resources would change, and the rule allows 3/],
    ],
    ['beyond the share', { percent: 39 }, coverage(10), [/^4 of the 10 resources/]],
    ['a count of zero means none', { count: 0 }, coverage(1000), [/allows 0/]],
    ['a share of zero means none', { percent: 0 }, coverage(1000), [/allows 0 %/]],
    [
      'of an unread estate nothing',
      {},
      coverage(1000, false),
      [/not everything could be read: account 2: AccessDenied/],
    ],
    ['unless the rule says so', { incomplete: 'allow' }, coverage(1000, false), []],
    ['a share of nothing', {}, coverage(0), [/of the 0 resources/]],
  ] as const)('%s', (_, caps, given, messages) => {
    const { breaches, changes } = planOf(many, [capped(caps)], given);
    expect(changes).toHaveLength(4);
    expect(breaches.map(({ message }) => message)).toEqual(
      messages.map((message) => expect.stringMatching(message) as unknown),
    );
  });

  it('of several rules the strictest counts', () => {
    const rules = [
      requiring('a', ['owner'], {
        mode: 'automatic',
        values: [{ constant: 'x' }],
        canary: 2,
        stopAt: { errors: 9, percent: 5 },
      }),
      requiring('b', ['team'], {
        mode: 'approve',
        values: [{ constant: 'x' }],
        canary: 7,
        stopAt: { errors: 1, percent: 50 },
        window: { from: '01:00', until: '02:00', timezone: 'UTC' },
      }),
    ];
    const { gates } = planOf(many, rules);
    expect(modeOf(gates)).toBe('approve');
    expect(brakesOf(gates)).toEqual({ canary: 2, errors: 1, percent: 5 });
    expect(shutWindow(gates, new Date('2026-11-25T03:00:00Z'))).toBe(
      'b writes only 01:00 to 02:00 UTC',
    );
    expect(shutWindow(gates, new Date('2026-11-25T01:30:00Z'))).toBeUndefined();
  });
});

describe('a plan that is kept', () => {
  it('keeps all its changes and its totals, and cuts what nobody applies', () => {
    const ask = requiring('r', ['owner'], { values: [{ spelling: true }, { ask: 'x' }] });
    const subjects = ['a', 'b', 'c', 'd'].map((name) => subject(name, {}));
    const plan = planOf([...subjects, subject('e', { Owner: 'ada' })], [ask]);
    expect(plan.totals).toEqual({ changes: 1, suggestions: 0, refusals: { 'no-value': 4 } });
    const kept = cutPlan(plan, 2);
    expect(kept.refusals).toHaveLength(2);
    expect(kept).toMatchObject({ id: plan.id, changes: plan.changes, totals: plan.totals });
  });
});
