import { describe, expect, it } from 'vitest';

import type { Engine } from '../../../src/engine/engine.ts';
import { evaluate } from '../../../src/evaluate/evaluate.ts';
import type { Resource } from '../../../src/model/resource.ts';
import { policy, rule } from '../../rules.ts';
import { byAddress, named, noOwner, request, scripted, wantsOwner } from './scripted.ts';

describe('evaluating', () => {
  it('gives one verdict a pair of rule and matched resource, with what it leads to at this point', async () => {
    const { engine } = scripted(wantsOwner);
    const verdicts = await evaluate(
      request([named('a'), named('b', { tags: { owner: 'x' } })], rule()),
      engine,
    );
    expect(verdicts).toEqual([
      {
        rule: 'tagging.owner',
        policy: 'PC-TAG-001',
        severity: 'high',
        enforcement: 'deny',
        onUnknown: 'warn',
        address: 'a',
        kind: 'aws.s3.bucket',
        verdict: 'violation',
        violations: [noOwner('a')],
      },
      expect.objectContaining({ address: 'b', verdict: 'compliant' }) as unknown,
    ]);
  });

  it('asks nothing for a rule that looks at nothing, and no engine at all when none does', async () => {
    const { engine, batches } = scripted(wantsOwner);
    expect(await evaluate(request([named('a', { action: 'delete' })], rule()), engine)).toEqual([]);
    expect(batches).toEqual([]);
  });

  it('a job that failed fails every resource of it, and no other', async () => {
    const { engine } = scripted((seen, id) =>
      id === 'slow'
        ? { code: 'ENGINE_TIMEOUT', reason: 'ran past its deadline' }
        : wantsOwner(seen),
    );
    const verdicts = await evaluate(
      request([named('a'), named('b')], rule({ id: 'slow' }), rule()),
      engine,
    );
    expect(verdicts.map(({ rule: id, verdict }) => `${id} ${verdict}`)).toEqual([
      'slow failed',
      'slow failed',
      'tagging.owner violation',
      'tagging.owner violation',
    ]);
    expect(verdicts[0]).toMatchObject({
      failure: { code: 'ENGINE_TIMEOUT', reason: 'ran past its deadline' },
    });
  });

  it('an engine that forgets a job has not said yes', async () => {
    const engine: Engine = { evaluate: () => Promise.resolve([]), close: () => Promise.resolve() };
    expect(byAddress(await evaluate(request([named('a')], rule()), engine))).toEqual({
      a: 'failed',
    });
  });
});

describe('what a policy requires', () => {
  const taggable = rule({ policy: policy({ requires: ['facts.taggable'] }) });

  it.each<[string, Partial<Resource>, string]>([
    ['there', { facts: { taggable: true } }, 'violation'],
    ['there and false', { facts: { taggable: false } }, 'violation'],
    ['absent', {}, 'not-applicable'],
    ['null', { config: {} }, 'not-applicable'],
    ['unknown', { unknown: ['facts.taggable'] }, 'violation'],
    ['unknown as a whole', { unknown: ['facts'] }, 'violation'],
  ])('%s', async (_, given, verdict) => {
    const { engine } = scripted(wantsOwner);
    expect(byAddress(await evaluate(request([named('a', given)], taggable), engine))).toEqual({
      a: verdict,
    });
  });
});
