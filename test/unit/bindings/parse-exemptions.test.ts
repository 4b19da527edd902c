import { describe, expect, it } from 'vitest';

import { RulesError } from '../../../src/bindings/errors.ts';
import { parseExemptions } from '../../../src/bindings/parse-exemptions.ts';
import { policy, rule } from '../../rules.ts';

const RULES = [
  rule(),
  rule({ id: 'tagging.team' }),
  rule({ id: 'exposure.bucket', policy: policy({ id: 'PC-EXP-001' }) }),
];
const GUARDED = rule({
  id: 'guarded.bucket',
  policy: policy({ id: 'PC-EXP-002' }),
  protected: true,
});
const parse = (...texts: string[]) =>
  parseExemptions(
    texts.map((text, index) => ({ file: `exemptions/${index}.yaml`, text })),
    [...RULES, GUARDED],
  );
const problemsOf = (...texts: string[]): string[] => {
  try {
    parse(...texts);
  } catch (error) {
    if (error instanceof RulesError) return error.message.split('\n');
    throw error;
  }
  return [];
};
const entry = (...lines: string[]) =>
  ['exemptions:', '  - id: EX-1', ...lines.map((line) => `    ${line}`)].join('\n');
const REST = ['reason: moved', 'owner: ada', 'until: 2026-12-31T18:00:00+01:00'];

describe('exemption files', () => {
  it('bind the rules that globs and policies name, for every point unless told', () => {
    const [one] = parse(entry('rules: [tagging.*]', ...REST));
    expect(one).toEqual({
      id: 'EX-1',
      rules: new Set(['tagging.owner', 'tagging.team']),
      match: {},
      points: ['pre-apply', 'admission', 'sweep'],
      reason: 'moved',
      owner: 'ada',
      approvedBy: [],
      where: 'exemptions/0.yaml:2',
      from: undefined,
      until: new Date('2026-12-31T17:00:00Z'),
    });
    expect(parse(entry('policies: [PC-EXP-001]', ...REST))[0]?.rules).toEqual(
      new Set(['exposure.bucket']),
    );
  });

  it.each([
    ['nobody', [], false],
    ['one person', ['approvedBy: [ada]'], false],
    ['one person twice', ['approvedBy: [Ada, " ada "]'], false],
    ['one person with a joiner', ['approvedBy: [ada, "ad\\u200ba"]'], false],
    ['one person and nobody', ['approvedBy: [ada, "\\u3164"]'], false],
    ['two people', ['approvedBy: [ada, grace]'], true],
  ])('of a protected rule take two people: %s', (_, lines, right) => {
    const problems = problemsOf(entry('rules: [guarded.bucket]', ...REST, ...lines));
    if (right) expect(problems).toEqual([]);
    else
      expect(problems[0]).toMatch(/: approvedBy: exemption EX-1: guarded\.bucket is protected: /);
  });

  it('rules and policies together are what both name', () => {
    const [one] = parse(
      entry('rules: ["*.owner", "exposure.*"]', 'policies: [PC-TAG-001]', ...REST),
    );
    expect(one?.rules).toEqual(new Set(['tagging.owner']));
  });

  it.each([
    [
      'no end',
      entry('rules: [tagging.owner]', 'reason: moved', 'owner: ada'),
      /^exemptions\/0\.yaml:2:\d+: exemptions\.0\.until: a time with its zone, such as /,
    ],
    [
      'a day in place of a time',
      entry('rules: [tagging.owner]', 'reason: a', 'owner: b', 'until: 2026-12-31'),
      /^exemptions\/0\.yaml:6:12: exemptions\.0\.until: a time with its zone, such as /,
    ],
    [
      'an unknown key',
      entry('rule: [tagging.owner]', ...REST),
      /^exemptions\/0\.yaml:3:5: exemptions\.0: unknown key rule$/,
    ],
    [
      'an end before the beginning',
      entry('rules: [tagging.owner]', ...REST, 'from: 2026-12-31T17:00:00Z'),
      /^exemptions\/0\.yaml:6: until: exemption EX-1: it ends at .*, before it begins at /,
    ],
    [
      'a rule that does not exist',
      entry('rules: [tagging.owner, tagging.onwer]', ...REST),
      /^exemptions\/0\.yaml:3: rules: exemption EX-1: there is no rule tagging\.onwer$/,
    ],
    [
      'a policy that no rule is of',
      entry('policies: [PC-EXP-009]', ...REST),
      /^exemptions\/0\.yaml:3: policies: exemption EX-1: no rule is of the policy PC-EXP-009$/,
    ],
    [
      'rules and policies that have nothing in common',
      entry('rules: [tagging.*]', 'policies: [PC-EXP-001]', ...REST),
      /^exemptions\/0\.yaml:4: policies: exemption EX-1: none of its rules is of one of its policies$/,
    ],
    [
      'neither rules nor policies',
      entry(...REST),
      /^exemptions\/0\.yaml:2: exemption EX-1: it names neither rules nor policies$/,
    ],
    [
      'types, where findings have none',
      entry('rules: [tagging.owner]', 'match: {types: [aws_s3_bucket]}', ...REST),
      /^exemptions\/0\.yaml:4: match: exemption EX-1: findings of sweeps have no types/,
    ],
  ])('%s is refused, with its place', (_, text, message) => {
    const problems = problemsOf(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(message);
  });

  it('types are for documents', () => {
    const match = 'match: {types: [aws_s3_bucket]}';
    expect(
      parse(entry('rules: [tagging.owner]', match, 'points: [pre-apply]', ...REST)),
    ).toHaveLength(1);
  });

  it('tell every problem of every file at once, and an id that stands twice', () => {
    const right = entry('rules: [tagging.owner]', ...REST);
    const problems = problemsOf(right, entry('rules: [no.such]', ...REST), 'exemptions: [1]');
    expect(problems).toHaveLength(3);
    expect(problems.join('\n')).toContain(
      'exemptions/1.yaml:3: rules: exemption EX-1: there is no',
    );
    expect(problems.join('\n')).toContain('exemptions/2.yaml:1:14: ');
    expect(problems.join('\n')).toContain(
      'exemptions/1.yaml:2: exemption EX-1 stands already in exemptions/0.yaml:2',
    );
  });
});
