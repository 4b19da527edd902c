import { describe, expect, it } from 'vitest';

import { RulesError } from '../../../src/bindings/errors.ts';
import { parseRules } from '../../../src/bindings/parse-rules.ts';
import { policy } from '../../rules.ts';

const POLICIES = [
  policy(),
  policy({
    id: 'PC-TAG-002',
    parameters: { values: { type: 'object' } },
    reads: ['tags.{values}', 'facts.taggable'],
  }),
];
const parse = (...texts: string[]) =>
  parseRules(
    texts.map((text, index) => ({ file: `rules/${index}.yaml`, text })),
    POLICIES,
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

describe('rule files', () => {
  it('bind a policy with every default filled in', () => {
    const { rules } = parse(
      'rules:\n  - id: tagging.owner\n    policy: PC-TAG-001\n    enforce: deny\n',
    );
    expect(rules).toMatchObject([
      {
        id: 'tagging.owner',
        parameters: { keys: ['owner'] },
        reads: ['tags.owner'],
        enforce: { 'pre-apply': 'deny', admission: 'deny', sweep: 'deny' },
        unknown: { 'pre-apply': 'warn', admission: 'deny', sweep: 'record' },
        link: 'policies/tagging/required/readme.md',
        file: 'rules/0.yaml',
        line: 2,
      },
    ]);
  });

  it('a point that is not named only records; an unknown weighs no more than a violation', () => {
    const { rules } = parse(
      'rules: [{id: a, policy: PC-TAG-001, enforce: {admission: warn}, unknown: deny}]',
    );
    expect(rules[0]?.enforce).toEqual({
      'pre-apply': 'record',
      admission: 'warn',
      sweep: 'record',
    });
    expect(rules[0]?.unknown).toEqual({
      'pre-apply': 'record',
      admission: 'warn',
      sweep: 'record',
    });
  });

  it('expand the paths that a parameter names', () => {
    const { rules } = parse(
      'rules: [{id: a, policy: PC-TAG-002, enforce: warn, parameters: {values: {env: [prod], "cost.center": [x]}}}]',
    );
    expect(rules[0]?.reads).toEqual(['tags.env', 'tags["cost.center"]', 'facts.taggable']);
  });

  it.each([
    [
      'an unknown key, with its place',
      'rules:\n  - id: a\n    policy: PC-TAG-001\n    enforce: deny\n    severty: high\n',
      'rules/0.yaml:5:5: rules.0: unknown key severty',
    ],
    [
      'a misspelt level',
      'rules:\n  - id: a\n    policy: PC-TAG-001\n    enforce: block\n',
      'rules/0.yaml:4:14: rules.0.enforce: deny, warn or record; or a map from pre-apply, admission and sweep to one of them',
    ],
    [
      'a policy that does not exist',
      'rules: [{id: a, policy: PC-TAG-009, enforce: deny}]',
      'rules/0.yaml:1: policy: rule a: no policy PC-TAG-009; there are PC-TAG-001, PC-TAG-002',
    ],
    [
      'a parameter the policy does not have',
      'rules: [{id: a, policy: PC-TAG-001, enforce: deny, parameters: {key: [x]}}]',
      'rules/0.yaml:1: parameters.key: rule a: PC-TAG-001 has no such parameter; it has keys',
    ],
    [
      'a parameter of the wrong type',
      'rules: [{id: a, policy: PC-TAG-001, enforce: deny, parameters: {keys: [1]}}]',
      'rules/0.yaml:1: parameters.keys: rule a: must be string',
    ],
    [
      'a parameter that is missing',
      'rules: [{id: a, policy: PC-TAG-002, enforce: deny}]',
      "rules/0.yaml:1: parameters.values: rule a: must have required property 'values'",
    ],
    [
      'broken YAML',
      'rules: [',
      'rules/0.yaml:1:9: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['a key twice', 'rules: []\nrules: []\n', 'rules/0.yaml:2:1: Map keys must be unique'],
    [
      'an alias bomb',
      `a: &a [${'x, '.repeat(9)}x]\nb: &b [${'*a, '.repeat(99)}*a]\nrules: [*b, *b, *b]\n`,
      'rules/0.yaml:1: the aliases do not unfold: Excessive alias count indicates a resource exhaustion attack',
    ],
  ])('refuse %s', (_, text, problem) => {
    expect(problemsOf(text)).toContain(problem);
  });

  it('report every problem of every file at once', () => {
    const problems = problemsOf(
      'rules: [{id: a, policy: PC-TAG-001, enforce: deny}, {id: b, policy: NO-1, enforce: deny}]',
      'rules: [{id: a, policy: PC-TAG-001, enforce: deny}]',
      'rules: [{id: c}]',
    );
    expect(problems.filter((line) => line.startsWith('rules/2'))).toHaveLength(2);
    expect(problems).toContain('rules/1.yaml:1: rule a stands already in rules/0.yaml:1');
    expect(problems).toContain('rules/0.yaml:1: policy: rule b: no policy NO-1');
  });

  it('have a digest of what they do, not of how they are written', () => {
    const one = parse(
      'rules: [{id: a, policy: PC-TAG-001, enforce: deny}, {id: b, policy: PC-TAG-001, enforce: warn}]',
    );
    const same = parse(
      '# moved and reworded\nrules:\n  - {id: b, policy: PC-TAG-001, enforce: warn, description: words}\n',
      'rules: [{id: a, policy: PC-TAG-001, enforce: deny}]',
    );
    const other = parse(
      'rules: [{id: a, policy: PC-TAG-001, enforce: warn}, {id: b, policy: PC-TAG-001, enforce: warn}]',
    );
    expect(same.digest).toBe(one.digest);
    expect(other.digest).not.toBe(one.digest);
  });
});
