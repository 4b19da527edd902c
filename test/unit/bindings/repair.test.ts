import { describe, expect, it } from 'vitest';

import { RulesError } from '../../../src/bindings/errors.ts';
import { parseRules } from '../../../src/bindings/parse-rules.ts';
import { isOpen, RepairWindow } from '../../../src/bindings/repair-window.ts';
import { policy } from '../../rules.ts';

const POLICIES = [
  policy(),
  policy({ id: 'PC-STO-001', reads: ['facts.public'], parameters: {} }),
  policy({ id: 'PC-MIX-001', reads: ['tags.environment', 'config.size'], parameters: {} }),
  policy({ id: 'PC-TAG-009', reads: ['tags'], parameters: {} }),
  policy({
    id: 'PC-TAG-003',
    reads: ['tags'],
    parameters: {
      keys: { type: 'array', items: { type: 'string' }, default: ['cost-center', 'owner'] },
      aliases: { type: 'object', default: { 'cost-center': ['cc'] } },
    },
  }),
];

const parse = (repair: string, id = 'PC-TAG-001') =>
  parseRules(
    [
      {
        file: 'rules/a.yaml',
        text: `rules:\n  - id: a\n    policy: ${id}\n    enforce: deny\n    repair: ${repair}\n`,
      },
    ],
    POLICIES,
  );
const problemOf = (repair: string, id?: string): string => {
  try {
    parse(repair, id);
  } catch (error) {
    if (error instanceof RulesError) return error.message;
    throw error;
  }
  return '';
};

describe('repair: of a rule', () => {
  it('has careful defaults: suggested, few, in waves, never over a value, never into code', () => {
    const [rule] = parse('{values: [{spelling: true}, {ask: the lead}]}').rules;
    expect(rule?.repair).toEqual({
      mode: 'suggest',
      keys: ['owner'],
      values: [
        { kind: 'spelling', aliases: {} },
        { kind: 'ask', whom: 'the lead' },
      ],
      overwrite: false,
      replace: false,
      iac: 'suggest',
      caps: { count: 100, percent: 25, incomplete: 'refuse' },
      canary: 5,
      stopAt: { errors: 3, percent: 10 },
    });
  });

  it('is absent without a word', () => {
    const { rules } = parseRules(
      [{ file: 'a', text: 'rules: [{id: a, policy: PC-TAG-001, enforce: deny}]' }],
      POLICIES,
    );
    expect(rules[0]).not.toHaveProperty('repair');
  });

  it('knows the other words that the rule itself knows', () => {
    const [rule] = parse('{values: [{spelling: true}]}', 'PC-TAG-003').rules;
    expect(rule?.repair?.values).toEqual([
      { kind: 'spelling', aliases: { 'cost-center': ['cc'] } },
    ]);
    expect(rule?.repair?.keys).toEqual(['cost-center', 'owner']);
  });

  it('keeps a cap of 0, which means none at all', () => {
    const [rule] = parse('{values: [{spelling: true}], caps: {count: 0, percent: 0}}').rules;
    expect(rule?.repair?.caps).toEqual({ count: 0, percent: 0, incomplete: 'refuse' });
  });

  it('counts in the digest of the rules', () => {
    const digests = ['suggest', 'automatic'].map(
      (mode) => parse(`{mode: ${mode}, values: [{spelling: true}]}`).digest,
    );
    expect(new Set(digests).size).toBe(2);
  });

  it.each([
    [
      'a policy about something else',
      '{values: [{constant: x}]}',
      'PC-STO-001',
      'PC-STO-001 is not about tags; only tags can be mended',
    ],
    [
      'a policy about more than tags',
      '{values: [{constant: x}]}',
      'PC-MIX-001',
      'PC-MIX-001 is not about tags',
    ],
    [
      'no keys to be found',
      '{values: [{constant: x}]}',
      'PC-TAG-009',
      'repair.keys: rule a: says which tags to mend',
    ],
    [
      'a key that the rule does not look at',
      '{keys: [team], values: [{constant: x}]}',
      undefined,
      'repair.keys: rule a: the rule does not look at team, only at owner',
    ],
    [
      'one constant for two keys',
      '{values: [{constant: x}]}',
      'PC-TAG-003',
      'would give all of them the same value',
    ],
    [
      'two things in one entry',
      '{values: [{constant: x, spelling: true}]}',
      undefined,
      'this one says constant and spelling',
    ],
    ['nothing in an entry', '{values: [{}]}', undefined, 'this one says none'],
    ['a source that does not exist', '{values: [{guess: true}]}', undefined, 'unknown key guess'],
    [
      'someone to ask before the end',
      '{values: [{ask: me}, {constant: x}]}',
      undefined,
      'ask stands last',
    ],
    ['a blank constant', '{values: [{constant: " "}]}', undefined, 'a value that says something'],
    ['an unknown parent', '{values: [{parent: [planet]}]}', undefined, 'Invalid option'],
    ['a mode of its own', '{mode: yolo, values: [{constant: x}]}', undefined, 'Invalid option'],
    [
      'a percentage beyond all',
      '{values: [{constant: x}], caps: {percent: 101}}',
      undefined,
      'expected number to be <=100',
    ],
    [
      'a misspelt cap, with its line',
      '{values: [{constant: x}], caps: {counts: 1}}',
      undefined,
      'rules/a.yaml:5:',
    ],
    [
      'a time zone that is none',
      '{values: [{constant: x}], window: {from: "09:00", until: "10:00", timezone: Mars/Olympus}}',
      undefined,
      'a time zone such as',
    ],
    [
      'a window without a width',
      '{values: [{constant: x}], window: {from: "09:00", until: "09:00", timezone: UTC}}',
      undefined,
      'the same time',
    ],
    [
      'a table by something unknown',
      '{values: [{map: {by: moon, table: {}}}]}',
      undefined,
      'account, region, kind, type, or tag:',
    ],
  ])('is refused with %s', (_, repair, id, message) => {
    expect(problemOf(repair, id)).toContain(message);
  });
});

describe('a window', () => {
  const window = (given: Partial<RepairWindow>): RepairWindow =>
    RepairWindow.parse({ from: '09:00', until: '17:00', timezone: 'Europe/Zurich', ...given });

  it.each([
    ['opens at its first minute', {}, '2026-11-25T08:00:00Z', true],
    ['shuts at its last', {}, '2026-11-25T16:00:00Z', false],
    ['is shut before', {}, '2026-11-25T07:59:59Z', false],
    ['goes by its own time zone, summer time included', {}, '2026-07-01T07:00:00Z', true],
    ['is shut on other days', { days: ['thu'] }, '2026-11-25T10:00:00Z', false],
    ['is open on its day', { days: ['wed'] }, '2026-11-25T10:00:00Z', true],
    [
      'over midnight is open late',
      { from: '22:00', until: '04:00', days: ['wed'] },
      '2026-11-25T22:00:00Z',
      true,
    ],
    [
      'over midnight belongs to the day it opened on',
      { from: '22:00', until: '04:00', days: ['wed'] },
      '2026-11-26T02:00:00Z',
      true,
    ],
    [
      'over midnight is shut in the early hours of its own day',
      { from: '22:00', until: '04:00', days: ['wed'] },
      '2026-11-25T02:00:00Z',
      false,
    ],
    [
      'over midnight is shut at noon',
      { from: '22:00', until: '04:00' },
      '2026-11-25T12:00:00Z',
      false,
    ],
  ] satisfies [string, Partial<RepairWindow>, string, boolean][])('%s', (_, given, now, open) => {
    expect(isOpen(window(given), new Date(now))).toBe(open);
  });
});
