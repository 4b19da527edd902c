import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { RawViolation } from '../../../src/engine/engine.ts';
import { evaluate } from '../../../src/evaluate/evaluate.ts';
import { interpret } from '../../../src/evaluate/interpret.ts';
import { policy, rule } from '../../rules.ts';
import { byAddress, named, request, scripted, wantsOwner } from './scripted.ts';

describe('the verdict, by what is unknown', () => {
  const at = (path: string): RawViolation => ({ address: 'a', path, message: 'm' });

  it.each<[string, Partial<Parameters<typeof interpret>[0]>, unknown]>([
    ['nothing unknown, nothing wrong', {}, { verdict: 'compliant' }],
    [
      'nothing unknown, something wrong',
      { violations: [at('x')] },
      { verdict: 'violation', violations: [at('x')] },
    ],
    ['unknown, nothing wrong', { own: ['u'] }, { verdict: 'unknown', paths: ['u'] }],
    [
      'unknown, something wrong',
      { own: ['u'], violations: [at('x')] },
      { verdict: 'unknown', paths: ['u'] },
    ],
    [
      'by path: wrong on a known path',
      { perPath: true, own: ['u'], violations: [at('x'), at('u.v')] },
      { verdict: 'violation', violations: [at('x')] },
    ],
    [
      'by path: wrong on an unknown path',
      { perPath: true, own: ['u', 'w'], violations: [at('u.v')] },
      { verdict: 'unknown', paths: ['u'] },
    ],
    [
      'by path: wrong above an unknown path',
      { perPath: true, own: ['u.v', 'w'], violations: [at('u')] },
      { verdict: 'unknown', paths: ['u.v'] },
    ],
    [
      'by path: wrong as a whole',
      { perPath: true, own: ['u'], violations: [at('')] },
      { verdict: 'unknown', paths: ['u'] },
    ],
    // "public must not be true" finds nothing wrong in what is absent: no proof that it is right.
    ['by path: nothing wrong', { perPath: true, own: ['u'] }, { verdict: 'unknown', paths: ['u'] }],
    [
      'unknown elsewhere, nothing wrong',
      { others: ['related["p"].x'] },
      { verdict: 'unknown', paths: ['related["p"].x'] },
    ],
    [
      'unknown elsewhere, something wrong',
      { others: ['related["p"].x'], violations: [at('x')] },
      { verdict: 'unknown', paths: ['related["p"].x'] },
    ],
    [
      'by path: unknown elsewhere, wrong here',
      { perPath: true, others: ['related["p"].x'], violations: [at('x')] },
      { verdict: 'violation', violations: [at('x')] },
    ],
    [
      'by path: unknown elsewhere, nothing wrong',
      { perPath: true, others: ['related["p"].x'] },
      { verdict: 'unknown', paths: ['related["p"].x'] },
    ],
  ])('%s', (_, given, expected) => {
    expect(interpret({ perPath: false, violations: [], own: [], others: [], ...given })).toEqual(
      expected,
    );
  });

  it('counts only what the policy reads', async () => {
    const { engine } = scripted(wantsOwner);
    const resources = [
      named('other', { tags: { owner: 'x' }, unknown: ['config.kms', 'tags.cost'] }),
      named('itself', { unknown: ['tags.owner'] }),
      named('above', { unknown: ['tags'] }),
      named('neither', {}),
    ];
    expect(byAddress(await evaluate(request(resources, rule()), engine))).toEqual({
      other: 'compliant',
      itself: 'unknown',
      above: 'unknown',
      neither: 'violation',
    });
  });

  it('hangs on what is unknown of a related resource, and says of which', async () => {
    const { engine } = scripted(() => []);
    const related = policy({
      kinds: ['aws.s3.bucket'],
      related: ['aws.s3.policy'],
      perPath: false,
    });
    const resources = [
      named('a'),
      named('p', { kind: 'aws.s3.policy', unknown: ['config.json', 'config.z'] }),
    ];
    const [verdict] = await evaluate(
      request(resources, rule({ policy: related, reads: ['config.json'] })),
      engine,
    );
    expect(verdict).toMatchObject({
      address: 'a',
      verdict: 'unknown',
      paths: ['related.p.config.json'],
    });
  });

  it('of a set judged as a whole hangs on every member', async () => {
    const { engine } = scripted(() => []);
    const whole = policy({ wholeSet: true, perPath: false });
    const resources = [named('a', { unknown: ['tags.owner'] }), named('b')];
    const verdicts = await evaluate(request(resources, rule({ policy: whole })), engine);
    expect(verdicts).toMatchObject([
      { address: 'a', verdict: 'unknown', paths: ['tags.owner'] },
      { address: 'b', verdict: 'unknown', paths: ['related.a.tags.owner'] },
    ]);
  });

  it('never is compliant while a declared path is unknown', async () => {
    const paths = ['tags.owner', 'config.a.b', 'config.list[0].x', 'facts.public'];
    const unknowns = [
      ...paths,
      'tags',
      'config',
      'config.a',
      'config.a.b.c',
      'config.list',
      'facts',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        fc.constantFrom(...unknowns),
        fc.boolean(),
        async (read, hidden, perPath) => {
          const { engine } = scripted(() => []);
          const given = rule({ policy: policy({ perPath }), reads: [read] });
          const [verdict] = await evaluate(
            request([named('a', { unknown: [hidden] })], given),
            engine,
          );
          const touches = read.startsWith(hidden) || hidden.startsWith(read);
          expect(verdict?.verdict).toBe(touches ? 'unknown' : 'compliant');
        },
      ),
    );
  });
});
