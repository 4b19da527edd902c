import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { plan } from '../../../src/evaluate/plan.ts';
import { standIn } from '../../../src/evaluate/stand-in.ts';
import { policy, rule } from '../../rules.ts';
import { inputOf, named, request } from './scripted.ts';

describe('what a policy is handed', () => {
  it('is what it declares, and what names the resource', () => {
    const given = named('a', {
      tags: { owner: 'x', secret: 'y' },
      scope: { region: 'r' },
      config: { disk: [{ size: 1, key: 'k' }, { size: 2 }], name: 'n', other: { deep: true } },
    });
    const { batch } = plan(
      request(
        [given],
        rule({ reads: ['tags.owner', 'config.disk[1].size', 'config.other', 'config.none'] }),
      ),
    );
    expect(inputOf(batch, [0])).toEqual([
      {
        address: standIn(0),
        kind: 'aws.s3.bucket',
        type: 'aws_s3_bucket',
        provider: 'aws',
        action: 'create',
        tags: { owner: 'x' },
        config: { disk: [null, { size: 2 }], other: { deep: true } },
      },
    ]);
  });

  it('is what it declares of every element of a list, and of one besides', () => {
    const given = named('a', {
      config: { disk: [{ size: 1, key: 'k' }, { size: 2, key: 'l' }, 'odd'] },
      unknown: ['config.disk[1].key', 'config.disk[2].size'],
    });
    const both = rule({ reads: ['config.disk[*].size', 'config.disk[0].key'] });
    const { batch, asked } = plan(request([given], both));
    expect(inputOf(batch, [0])[0]).toMatchObject({
      config: { disk: [{ size: 1, key: 'k' }, { size: 2 }, null] },
    });
    expect(asked[0]?.projection.unknown(0)).toEqual(['config.disk[2].size']);
  });

  it('never holds a value that was not declared', () => {
    const tree = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom('LEAK', 1, null),
        fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3 }),
        fc.array(tie('value'), { maxLength: 2 }),
      ),
    })).value;
    const paths = fc.array(fc.constantFrom('config.a', 'config.a.b', 'config.b[0]', 'config.c.a'), {
      maxLength: 3,
    });
    fc.assert(
      fc.property(tree, paths, (value, reads) => {
        const given = named('x', {
          config: { a: value, b: [value], c: { a: value }, d: 'LEAK', e: { a: 'LEAK' } },
        });
        const { batch } = plan(request([given], rule({ reads })));
        const [seen] = inputOf(batch, [0]);
        const config = Object(seen?.['config']) as Record<string, unknown>;
        expect(
          Object.keys(config).every((key) =>
            reads.some((path) => path.startsWith(`config.${key}`)),
          ),
        ).toBe(true);
        expect(seen).not.toHaveProperty('tags');
      }),
    );
  });

  it('stands in the batch once for all rules that see the same', () => {
    const resources = Array.from({ length: 100 }, (_, i) =>
      named(`r${i}`, { tags: { owner: `o${i}` } }),
    );
    const rules = Array.from({ length: 50 }, (_, i) =>
      rule({ id: `r${i}`, reads: i % 2 ? ['tags.owner'] : ['tags.owner', 'tags.owner'] }),
    );
    const { batch } = plan(request(resources, ...rules));
    expect(batch.jobs).toHaveLength(50);
    expect(batch.resources).toHaveLength(100);
  });

  it('is one for resources that look alike, and judged once', () => {
    const resources = Array.from({ length: 50 }, (_, i) =>
      named(`r${i}`, { tags: { owner: i % 2 ? 'x' : 'y', other: `${i}` } }),
    );
    const { batch, asked } = plan(request(resources, rule({ reads: ['tags.owner'] })));
    expect(batch.resources).toHaveLength(2);
    expect(batch.jobs[0]?.resources).toEqual([0, 1]);
    expect(asked[0]?.judged).toHaveLength(50);
  });

  it.each<[string, Parameters<typeof rule>[0]]>([
    ['judges a set as a whole', { policy: policy({ wholeSet: true }), reads: ['tags.owner'] }],
    ['sees related ones', { policy: policy({ related: ['aws.iam.role'] }), reads: ['tags.owner'] }],
    ['reads the address', { reads: ['tags.owner', 'address'] }],
  ])('is each by its own address for a policy that %s', (_, given) => {
    const resources = [named('a'), named('b')];
    const { batch } = plan(request(resources, rule(given)));
    expect(inputOf(batch, batch.jobs[0]!.resources).map(({ address }) => address)).toEqual([
      'a',
      'b',
    ]);
  });

  it('is related resources too, seen through the same reads, but never the judged one twice', () => {
    const related = policy({ kinds: ['aws.s3.bucket'], related: ['aws.s3.*'] });
    const resources = [
      named('a', { config: { x: 1, y: 2 } }),
      named('p', { kind: 'aws.s3.policy', config: { x: 3, y: 4 } }),
      named('i', { kind: 'aws.iam.role' }),
    ];
    const { batch, asked } = plan(
      request(resources, rule({ policy: related, reads: ['config.x'] })),
    );
    expect(asked[0]).toMatchObject({ judged: [0], related: [1] });
    expect(inputOf(batch, batch.jobs[0]!.related)).toMatchObject([
      { address: 'p', config: { x: 3 } },
    ]);
    expect(inputOf(batch, batch.jobs[0]!.related)[0]?.['config']).not.toHaveProperty('y');
  });
});

describe('large sets', () => {
  const resources = Array.from({ length: 10 }, (_, i) =>
    named(`r${i}`, { tags: { owner: 'x'.repeat(100) + String(i) } }),
  );

  it('are split into calls of bounded size, in order, nothing lost', () => {
    const { asked } = plan(request(resources, rule()), { inputLimit: 500 });
    expect(asked.length).toBeGreaterThan(1);
    expect(asked.flatMap(({ judged }) => judged)).toEqual(resources.map((_, i) => i));
  });

  it('are never split for a policy that judges the set as a whole', () => {
    const { asked } = plan(request(resources, rule({ policy: policy({ wholeSet: true }) })), {
      inputLimit: 500,
    });
    expect(asked).toHaveLength(1);
  });

  it('one resource beyond the bound stands alone, and is judged', () => {
    const { asked } = plan(request(resources, rule()), { inputLimit: 1 });
    expect(asked.map(({ judged }) => judged.length)).toEqual(Array(10).fill(1));
  });
});
