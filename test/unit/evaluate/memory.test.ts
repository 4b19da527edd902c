import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Rule, Selector } from '../../../src/bindings/rule.ts';
import { evaluate, evaluateAll } from '../../../src/evaluate/evaluate.ts';
import { createMemory } from '../../../src/evaluate/memory.ts';
import type { Resource } from '../../../src/model/resource.ts';
import type { Verdict } from '../../../src/model/verdict.ts';
import { policy, rule } from '../../rules.ts';
import { named, request, scripted, wantsOwner } from './scripted.ts';
import type { Seen } from './scripted.ts';

const always = createMemory.bind(undefined, { isConstant: () => true, bytes: 1024 * 1024 });
const owned = (address: string, owner: string): Resource => named(address, { tags: { owner } });

describe('what a policy said', () => {
  it('of one page is not asked again on the next, and names the resources of each', async () => {
    const { engine, batches } = scripted((seen) =>
      seen.map(({ address }) => ({ address, path: 'tags.owner', message: `${address} is wrong` })),
    );
    const [memory, one] = [always(), rule()];
    const page = async (...resources: readonly Resource[]) =>
      (await evaluateAll(request(resources, one), engine, memory)).verdicts;
    await page(owned('other', 'z'), owned('a', 'x'));
    const [again, fresh] = await page(owned('b', 'x'), owned('c', 'y'));
    expect(batches.map(({ resources }) => resources.length)).toEqual([2, 1]);
    expect(again).toMatchObject({ violations: [{ address: 'b', message: 'b is wrong' }] });
    expect(fresh).toMatchObject({ violations: [{ address: 'c', message: 'c is wrong' }] });
  });

  it('is asked every time of a policy that may say something else', async () => {
    const { engine, batches } = scripted(wantsOwner);
    const [memory, one] = [createMemory({ isConstant: () => false, bytes: 1024 }), rule()];
    for (const address of ['a', 'b'])
      await evaluateAll(request([named(address)], one), engine, memory);
    expect(batches).toHaveLength(2);
  });

  it('is not kept where it failed', async () => {
    const [memory, one] = [always(), rule()];
    const broken = scripted(() => ({ code: 'ENGINE_TIMEOUT', reason: 'too slow' }));
    await evaluateAll(request([named('a')], one), broken.engine, memory);
    const { verdicts } = await evaluateAll(
      request([named('a')], one),
      scripted(wantsOwner).engine,
      memory,
    );
    expect(verdicts).toMatchObject([{ verdict: 'violation' }]);
  });

  it('is not kept where it read what the document marks as sensitive', async () => {
    const { engine, batches } = scripted(wantsOwner);
    const [memory, one] = [always(), rule()];
    const judge = async (...sensitive: string[]) =>
      await evaluateAll(request([named('a', { sensitive })], one), engine, memory);
    await judge('tags.owner');
    await judge('tags.owner');
    expect(batches).toHaveLength(2);
    await judge('config.password');
    await judge('config.password');
    expect(batches).toHaveLength(3);
  });

  it('of one rule is not taken for the word of another with other parameters', async () => {
    const memory = always();
    const { engine } = scripted((seen, id) => (id === 'strict' ? wantsOwner(seen) : []));
    const both = [rule({ id: 'mild' }), rule({ id: 'strict' })];
    for (const one of both) await evaluateAll(request([named('a')], one), engine, memory);
    const { verdicts } = await evaluateAll(request([named('b')], ...both), engine, memory);
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['compliant', 'violation']);
  });

  it('takes bounded memory: what comes back stays, what does not is forgotten', () => {
    const memory = createMemory({ isConstant: () => true, bytes: 20_000 }).of(rule())!;
    memory.keep('often', []);
    for (let i = 0; i < 1000; i++) {
      memory.keep(`once ${i}`, []);
      expect(memory.recall('often')).toEqual([]);
    }
    const kept = Array.from({ length: 1000 }, (_, i) => memory.recall(`once ${i}`));
    expect(kept.filter((said) => said !== undefined).length).toBeLessThan(200);
  });
});

/** Complains of whatever is `bad` in what it is shown, and repeats the address. */
function complains(seen: readonly Seen[]) {
  return seen.flatMap((one) => {
    const { address, ...shown } = one;
    return JSON.stringify(shown).includes('bad')
      ? [{ address, path: 'config.a', message: `${address} is bad`, actual: { at: address } }]
      : [];
  });
}

const word = fc.constantFrom('good', 'bad', 'other');
const someResource = fc.record({
  kind: fc.constantFrom('aws.s3.bucket', 'aws.iam.role', 'x.y'),
  action: fc.constantFrom<Resource['action']>('present', 'delete'),
  tags: fc.dictionary(fc.constantFrom('owner', 'team'), word, { maxKeys: 2 }),
  facts: fc.dictionary(fc.constantFrom('taggable', 'public'), fc.boolean(), { maxKeys: 2 }),
  config: fc.dictionary(fc.constantFrom('a', 'b'), fc.oneof(word, fc.array(word)), { maxKeys: 2 }),
  unknown: fc.uniqueArray(fc.constantFrom('tags', 'tags.owner', 'config.a', 'facts.public'), {
    maxLength: 2,
  }),
});
const somePolicy = fc.record({
  kinds: fc.constantFrom<string[]>(['*'], ['aws.*'], ['aws.s3.bucket']),
  requires: fc.constantFrom<string[]>([], ['facts.taggable'], ['facts.public', 'config.a']),
  related: fc.constantFrom<string[]>([], [], ['aws.iam.*']),
  wholeSet: fc.constantFrom(false, false, true),
  perPath: fc.boolean(),
});
const someRule = fc.record({
  policy: somePolicy.map((given) => policy(given)),
  reads: fc.constantFrom<string[]>(
    ['tags.owner'],
    ['config.a', 'facts'],
    ['config.a[0]'],
    ['address'],
  ),
  match: fc.constantFrom<Selector>({}, {}, { tags: { owner: ['bad'] } }),
  exclude: fc.constantFrom<Selector | undefined>(undefined, undefined, { kinds: ['x.*'] }),
});

describe('the short way of a sweep', () => {
  it('says what the long way says, where something is wrong, and counts the rest', async () => {
    const pages = fc.array(fc.array(someResource, { maxLength: 6 }), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(
        pages,
        fc.array(someRule, { minLength: 1, maxLength: 4 }),
        async (drawn, given) => {
          const rules = given.map((one, i): Rule => rule({ id: `rule-${i}`, ...one }));
          const memory = always();
          for (const [at, page] of drawn.entries()) {
            const resources = page.map((one, i) => named(`page-${at}-${i}`, one));
            const asked = request(resources, ...rules);
            const long = await evaluate(asked, scripted(complains).engine);
            const short = { ...asked, troubleOnly: true };
            const told = await evaluateAll(short, scripted(complains).engine, memory);
            const spoken = long.filter(({ verdict }) => verdict !== 'not-applicable');
            expect(told.verdicts).toEqual(long.filter((one) => isTold(one, rules)));
            expect(told.judging).toEqual(
              resources.map(
                ({ address }) => spoken.filter((one) => one.address === address).length,
              ),
            );
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

function isTold({ verdict, rule: id }: Verdict, rules: readonly Rule[]): boolean {
  const compares = rules.some(
    (one) => one.id === id && (one.policy.wholeSet || one.policy.related.length > 0),
  );
  return verdict !== 'not-applicable' && (verdict !== 'compliant' || compares);
}
