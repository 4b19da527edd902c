import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { findingId, movesOf, observe } from '../../../src/sweep/findings.ts';
import type { KnownFinding, Observation, Sighting } from '../../../src/sweep/findings.ts';
import type { Verdict } from '../../../src/model/verdict.ts';
import { resource, rule } from '../../rules.ts';

const ADDRESS = 'arn:aws:s3:::a';

function sighting(path: string): Sighting {
  return {
    id: findingId('r', ADDRESS, path),
    rule: 'r',
    policy: 'PC-X-001',
    severity: 'high',
    enforcement: 'record',
    address: ADDRESS,
    kind: 'k',
    path,
    message: 'm',
    expected: null,
    actual: null,
    fix: '',
    link: '',
  };
}

function seen(
  verdict: Verdict['verdict'] | undefined,
  paths: readonly string[] = [],
  unknown: readonly string[] = [],
): Observation {
  return {
    address: ADDRESS,
    sightings: paths.map(sighting),
    verdicts: new Map(verdict === undefined ? [] : [['r', verdict]]),
    counts: { judged: verdict !== undefined, unknown: 0, failed: 0 },
    unknown,
  };
}

const known = (path: string, state: 'open' | 'resolved'): KnownFinding => ({
  id: findingId('r', ADDRESS, path),
  rule: 'r',
  address: ADDRESS,
  path,
  state,
});

describe('one observation of a resource', () => {
  it.each([
    ['a new violation', [], seen('violation', ['tags.owner']), ['open']],
    [
      'one that was there',
      [known('tags.owner', 'open')],
      seen('violation', ['tags.owner']),
      ['see'],
    ],
    [
      'one that was resolved',
      [known('tags.owner', 'resolved')],
      seen('violation', ['tags.owner']),
      ['reopen'],
    ],
    ['compliance', [known('tags.owner', 'open')], seen('compliant'), ['resolve fixed']],
    ['compliance again', [known('tags.owner', 'resolved')], seen('compliant'), []],
    [
      'another path',
      [known('tags.owner', 'open')],
      seen('violation', ['tags.team']),
      ['open', 'resolve fixed'],
    ],
    [
      'another path, this one unreadable',
      [known('tags.owner', 'open')],
      seen('violation', ['tags.team'], ['tags.owner']),
      ['open', 'doubt'],
    ],
    [
      'all tags unreadable',
      [known('tags.owner', 'open')],
      seen('compliant', [], ['tags']),
      ['doubt'],
    ],
    ['a verdict that is unknown', [known('tags.owner', 'open')], seen('unknown'), ['doubt']],
    ['a policy that broke', [known('tags.owner', 'open')], seen('failed'), ['doubt']],
    [
      'a rule that is not there',
      [known('tags.owner', 'open')],
      seen(undefined),
      ['resolve rule-gone'],
    ],
    [
      'nothing to say any more',
      [known('tags.owner', 'open')],
      seen('not-applicable'),
      ['resolve fixed'],
    ],
  ])('%s', (_, before, observation, expected) => {
    const moves = movesOf(before, observation).map((move) =>
      move.move === 'resolve' ? `resolve ${move.because}` : move.move,
    );
    expect(moves).toEqual(expected);
  });
});

describe('any run of observations', () => {
  const paths = ['tags.owner', 'tags.team', ''];
  const step = fc.oneof(
    fc.subarray(paths, { minLength: 1 }).map((some) => seen('violation', some)),
    fc.constantFrom(seen('compliant'), seen('unknown'), seen('failed'), seen(undefined)),
    fc.subarray(['tags', 'tags.owner']).map((unknown) => seen('violation', ['tags.team'], unknown)),
  );

  it('opens a finding once, reopens only what was resolved, and resolves only on a certain word', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const states = new Map<string, KnownFinding>();
        for (const observation of steps) {
          const before = new Map(states);
          for (const move of movesOf([...states.values()], observation)) {
            const id = 'sighting' in move ? move.sighting.id : move.id;
            const was = before.get(id)?.state;
            if (move.move === 'open') expect(was).toBeUndefined();
            if (move.move === 'reopen') expect(was).toBe('resolved');
            if (move.move === 'see') expect(was).toBe('open');
            if (move.move === 'resolve') {
              expect(was).toBe('open');
              expect(['unknown', 'failed']).not.toContain(observation.verdicts.get('r'));
            }
            if (move.move === 'doubt') expect(was).toBe('open');
            const path = 'sighting' in move ? move.sighting.path : before.get(id)!.path;
            states.set(id, known(path, move.move === 'resolve' ? 'resolved' : 'open'));
          }
          for (const { id } of observation.sightings) expect(states.get(id)?.state).toBe('open');
        }
      }),
    );
  });
});

describe('verdicts as observations', () => {
  const subject = {
    rule: 'tagging.owner',
    policy: 'PC-TAG-001',
    severity: 'high',
    enforcement: 'record',
    onUnknown: 'record',
    address: ADDRESS,
    kind: 'aws.s3.bucket',
  } as const;
  const rules = new Map([['tagging.owner', rule()]]);

  it('are one finding a place, which says all that was said of it, without what is sensitive', () => {
    const secret = resource({
      address: ADDRESS,
      config: { password: 'hunter22' },
      sensitive: ['config.password'],
    });
    const verdict: Verdict = {
      ...subject,
      verdict: 'violation',
      violations: [
        {
          address: ADDRESS,
          path: 'config.password',
          message: 'hunter22 is short',
          actual: 'hunter22',
        },
        { address: ADDRESS, path: 'config.password', message: 'it is a word' },
      ],
    };
    const [observation] = observe([secret], { verdicts: [verdict], judging: [1] }, rules);
    expect(observation!.sightings).toHaveLength(1);
    expect(observation!.sightings[0]).toMatchObject({
      message: '(sensitive) is short\nit is a word',
      actual: '(sensitive)',
    });
    expect(JSON.stringify(observation)).not.toContain('hunter22');
  });

  it('that are exempt are sightings too: who bears them is asked when they are read', () => {
    const violations = [{ address: ADDRESS, path: 'tags.owner', message: 'm' }];
    const exemptedBy = { id: 'e-1', until: '2026-12-01T00:00:00Z', owner: 'ada', reason: 'r' };
    const exempt: Verdict = {
      ...{ ...subject, violations },
      ...{ verdict: 'exempt', exemption: 'e-1', exemptedBy },
    };
    const [observation] = observe(
      [resource({ address: ADDRESS })],
      { verdicts: [exempt], judging: [1] },
      rules,
    );
    expect(observation!.sightings).toHaveLength(1);
  });
});
