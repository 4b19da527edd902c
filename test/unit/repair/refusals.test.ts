import { describe, expect, it } from 'vitest';

import type { RepairSubject } from '../../../src/repair/plan/input.ts';
import type { RefusalCode } from '../../../src/repair/plan/model.ts';
import { planOf, requiring, subject } from './estate.ts';

const SPELLING = { values: [{ spelling: true }, { ask: 'the lead' }] };
const OWNER = requiring('tagging.owner', ['owner'], SPELLING);
const refusalOf = (...[subjects, rules, given]: Parameters<typeof planOf>) =>
  planOf(subjects, rules, given).refusals.map(({ code, message }) => ({ code, message }));

describe('what is refused, and why', () => {
  const constant = (given = {}) =>
    requiring('r', ['owner'], { values: [{ constant: 'ada' }], ...given });
  const past = ['2026-11-01', '2026-11-10', '2026-11-20'].map((day) => ({
    address: 'arn:aws:s3:::a',
    key: 'owner',
    run: day,
    at: `${day}T00:00:00Z`,
  }));

  it.each([
    [
      'two spellings that disagree',
      subject('a', { Owner: 'a', 'owner ': 'b' }),
      OWNER,
      {},
      'spellings-disagree',
      'two spellings on the resource disagree: "Owner" = "a", "owner " = "b"',
    ],
    [
      'a value from elsewhere that contradicts a misspelt key',
      subject('a', { Owner: 'bob' }),
      constant(),
      {},
      'spellings-disagree',
      '"Owner" = "bob"',
    ],
    [
      'tags that could not be read',
      subject('a', {}, { resource: { unknown: ['tags'] } }),
      constant(),
      {},
      'tags-unknown',
      'tags not known',
    ],
    [
      'a type that cannot have tags',
      subject('a', {}, { resource: { facts: {} } }),
      constant(),
      {},
      'untaggable',
      'not applicable',
    ],
    [
      'a stack',
      subject('a', {}, { resource: { type: 'AWS::CloudFormation::Stack' } }),
      constant(),
      {},
      'managed',
      'tag a stack by updating it',
    ],
    [
      'what a controller makes',
      subject('a', {}, { managedBy: { tool: 'kubernetes-controller', name: 'ReplicaSet/web' } }),
      constant(),
      {},
      'managed',
      'made by ReplicaSet/web',
    ],
    [
      'what another tool owns',
      subject('a', {}, { managedBy: { tool: 'other', name: 'Puppet' } }),
      constant(),
      {},
      'managed',
      'Puppet owns it',
    ],
    [
      'a reserved key',
      subject('a', {}),
      requiring('r', ['aws:owner'], { values: [{ constant: 'x' }] }),
      {},
      'reserved',
      'keys that begin with aws: are reserved',
    ],
    [
      'a value that the cloud does not take',
      subject('a', {}),
      requiring('r', ['owner'], { values: [{ constant: 'x'.repeat(300) }] }),
      {},
      'reserved',
      '256',
    ],
    [
      'an inventory that nothing can write',
      subject('a', {}),
      constant(),
      { taggers: {} },
      'no-tagger',
      'estate',
    ],
    [
      'a tag that was mended again and again',
      subject('a', {}),
      constant(),
      { history: past },
      'flapping',
      'mended 3 times since 2026-11-01 and wrong again each time, last undone by somebody outside',
    ],
    [
      'a fight with Terraform, by name',
      subject('a', {}, { managedBy: { tool: 'terraform', name: 'network' } }),
      constant(),
      { history: past },
      'flapping',
      'last undone by terraform network',
    ],
    [
      'a fight with a person, by name',
      subject('a', {}),
      constant(),
      { history: past.map((one) => ({ ...one, undoneBy: 'grace' })) },
      'flapping',
      'last undone by grace',
    ],
  ] satisfies [
    string,
    RepairSubject,
    typeof OWNER,
    Parameters<typeof planOf>[2],
    RefusalCode,
    string,
  ][])('%s', (_, one, rule, given, code, message) => {
    const plan = planOf([one], [rule], given);
    expect(plan.changes).toEqual([]);
    expect(plan.refusals).toMatchObject([{ address: one.resource.address, code }]);
    expect(plan.refusals[0]?.message).toContain(message);
  });

  it('two mends are no fight yet, nor are three that are long past', () => {
    const few = past.slice(1);
    const old = past.map((one) => ({ ...one, at: one.at.replace('-11-', '-08-') }));
    for (const history of [few, old])
      expect(planOf([subject('a', {})], [constant()], { history }).changes).toHaveLength(1);
  });

  it('the fiftieth tag fits, the fifty-first does not; those of the cloud itself do not count', () => {
    const tags = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`t${n}`, 'x']));
    const full = subject('a', tags(50));
    expect(refusalOf([full], [constant()])).toEqual([
      {
        code: 'too-many-tags',
        message: 'it would have 51 tags, and 50 are the most that it can have',
      },
    ]);
    const last = subject('a', { ...tags(49), 'aws:autoscaling:groupName': 'g' });
    expect(planOf([last], [constant()]).changes).toHaveLength(1);
  });

  it('a value that stands is never replaced, unless the rule says so', () => {
    const wrong = { ...constant(), id: 'value' };
    const verdicts = [
      {
        rule: 'value',
        policy: 'p',
        severity: 'low',
        enforcement: 'record',
        onUnknown: 'record',
        address: 'arn:aws:s3:::a',
        kind: 'k',
        verdict: 'violation',
        violations: [{ address: 'arn:aws:s3:::a', path: 'tags.owner', message: 'not agreed' }],
      },
    ] as const;
    const one = subject('a', { owner: 'bob' });
    expect(refusalOf([one], [wrong], { verdicts })).toEqual([
      {
        code: 'would-overwrite',
        message: 'owner = "bob" stands there, and replacing it needs overwrite: true',
      },
    ]);
    const allowed = { ...constant({ overwrite: true }), id: 'value' };
    expect(planOf([one], [allowed], { verdicts }).changes[0]?.set['owner']).toMatchObject({
      before: 'bob',
      after: 'ada',
    });
  });

  it('two rules that want different values decide nothing', () => {
    const rules = [
      requiring('a', ['owner'], { values: [{ constant: 'ada' }] }),
      requiring('b', ['owner'], { values: [{ constant: 'bob' }] }),
    ];
    expect(refusalOf([subject('a', {})], rules)).toEqual([
      {
        code: 'rules-disagree',
        message:
          'the rules disagree about owner: "ada" from constant owner, "bob" from constant owner',
      },
    ]);
  });
});
