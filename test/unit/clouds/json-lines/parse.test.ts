import { readFileSync } from 'node:fs';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { toResources } from '../../../../src/catalogue/resolve.ts';
import { acceptedLines, InventoryRefused } from '../../../../src/clouds/json-lines/accept.ts';
import { parseInventoryLines } from '../../../../src/clouds/json-lines/parse.ts';
import type { LineLimits, LineResult } from '../../../../src/clouds/json-lines/parse.ts';
import { toLiveResource } from '../../../../src/clouds/json-lines/resource.ts';
import type { InventoryLine } from '../../../../src/clouds/json-lines/schema.ts';
import type { Resource } from '../../../../src/model/resource.ts';
import { gather, line, text } from './lines.ts';

const LIMITS: LineLimits = { bytes: 100_000, lineBytes: 1000, lines: 50 };

async function parse(input: string | Uint8Array, size = 7): Promise<LineResult[]> {
  return await gather(parseInventoryLines(chunksOf(input, size), LIMITS));
}

function* chunksOf(input: string | Uint8Array, size: number): Generator<Uint8Array> {
  const bytes = Buffer.from(input);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function problems(results: readonly LineResult[]): string[] {
  return results.flatMap((result) =>
    'problems' in result ? result.problems.map((problem) => `${result.line}: ${problem}`) : [],
  );
}

async function judged(input: string): Promise<Resource[]> {
  const lines: InventoryLine[] = [];
  for (const result of await parse(input)) if ('value' in result) lines.push(result.value);
  const live = lines.map((one) => toLiveResource('cellar', one, '2026-11-25T08:00:00.000Z'));
  return toResources(live.map(({ resource }) => resource));
}

describe('an inventory of JSON lines', () => {
  it('is read whatever the chunks it comes in, with a number for every line', async () => {
    const input = text(line('a'), '', '  ', line('ü€😀'), line('c')) + line('d');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 400 }), async (size) => {
        const results = await parse(input, size);
        expect(results.map((one) => [one.line, 'value' in one && one.value.id])).toEqual([
          [1, 'a'],
          [4, 'ü€😀'],
          [5, 'c'],
          [6, 'd'],
        ]);
        expect(results.at(-1)?.end).toBe(Buffer.byteLength(input));
      }),
    );
  });

  it('may come from Windows', async () => {
    expect(problems(await parse(`\ufeff${line('a')}\r\n${line('b')}\r\n`))).toEqual([]);
  });

  it.each([
    ['what is no JSON', '{"id":hunter22}', /not valid JSON, at column 7/],
    ['JSON that was cut off', line('a').slice(0, -5), /ends in the middle/],
    ['two objects in a line', line('a') + line('b'), /one object a line/],
    ['a list', '[]', /expected object/],
    ['a key that stands twice', '{"id":"a","id":"b"}', /stands twice/],
    ['a prototype', line('a', { config: {} }).replace('"config"', '"__proto__"'), /__proto__/],
    [
      'deep nesting',
      line('a', { config: { a: 0 } }).replace('0', '['.repeat(40) + ']'.repeat(40)),
      /deeper than 32/,
    ],
    [
      'a line without an end',
      line('a', { config: { a: 'x'.repeat(2000) } }),
      /more than 1000 bytes/,
    ],
    ['an unknown member', line('a', { owner: 'ana' }), /unknown key owner/],
    ['no kind and no type', line('a', { kind: undefined }), /kind: a kind or a type is missing/],
    ['no tags', line('a', { tags: undefined }), /tags: /],
    ['a tag that is no text', line('a', { tags: { a: 1 } }), /tags\.a: /],
    ['an id with a line break', line('a\nb'), /id: printable text/],
    [
      'a fact that there is not',
      line('a', { facts: { encrypted: true } }),
      /unknown key encrypted/,
    ],
    ['a fact of another type', line('a', { facts: { public: 'no' } }), /facts\.public: /],
    ['a time that is none', line('a', { createdAt: 'yesterday' }), /createdAt: a time such as/],
    ['a tool that there is not', line('a', { managedBy: { tool: 'chef' } }), /managedBy\.tool: /],
  ])('refuses %s, by its number, and reads on', async (_what, bad, words) => {
    const results = await parse(text(line('x'), bad, line('y')));
    const [first, ...rest] = problems(results);
    expect(first).toMatch(/^2: /);
    expect([first, ...rest].join('\n')).toMatch(words);
    expect([first, ...rest].join('\n')).not.toMatch(/hunter22/);
    expect(results.flatMap((one) => ('value' in one ? [one.value.id] : []))).toEqual(['x', 'y']);
  });

  it('refuses bytes that are no text', async () => {
    const bytes = Buffer.concat([Buffer.from(text(line('x'))), Buffer.from([0x22, 0xff, 0x0a])]);
    expect(problems(await parse(bytes))).toEqual(['2: the line is not UTF-8']);
  });

  it('ends at a limit of the whole, and says so', async () => {
    const many = text(...Array.from({ length: 60 }, (_, index) => line(`i${index}`)));
    const results = await parse(many);
    expect(results).toHaveLength(51);
    expect(problems(results)).toEqual([
      '51: the inventory has more than 50 lines; nothing after this is read',
    ]);
    const large = await gather(parseInventoryLines(chunksOf(many, 64), { ...LIMITS, bytes: 300 }));
    expect(problems(large).join()).toMatch(/more than 300 bytes/);
  });

  it('reads anything without failing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        for (const result of await parse(bytes)) expect(result.line).toBeGreaterThan(0);
      }),
    );
  });
});

describe('a push', () => {
  const push = async (input: string): Promise<string[]> => {
    const ids: string[] = [];
    for await (const { id } of acceptedLines(chunksOf(input, 50), { limits: LIMITS, empty: false }))
      ids.push(id);
    return ids;
  };
  const refusal = async (input: string): Promise<InventoryRefused> => {
    try {
      await push(input);
    } catch (thrown) {
      if (thrown instanceof InventoryRefused) return thrown;
      throw thrown;
    }
    throw new Error('the push was taken');
  };

  it('is taken whole', async () => {
    expect(await push(text(line('a'), line('b')))).toEqual(['a', 'b']);
  });

  it('of nothing is taken for an export that failed, unless it may be', async () => {
    expect((await refusal('\n\n')).problems).toMatchObject([
      { line: 1, message: expect.stringContaining('say `empty: true`') as unknown },
    ]);
    const allowed = acceptedLines([], { empty: true });
    expect(await allowed.next()).toEqual({ done: true, value: undefined });
  });

  it('is refused whole, with every line that is wrong', async () => {
    const refused = await refusal(text(line('a'), '{', line('b'), line('a'), '[]'));
    expect(refused.problems.map(({ line: at }) => at)).toEqual([2, 4, 5]);
    expect(refused.problems[1]?.message).toBe('its id stands in line 1 already');
    expect(refused.message).toMatch(/3 problems, the first one in line 2/);
    expect(refused.more).toBe(0);
  });

  it('is not answered with a book', async () => {
    const bad = Array.from({ length: 130 }, () => '{');
    const results = acceptedLines(chunksOf(text(...bad), 50), {
      limits: { ...LIMITS, lines: 1000 },
      empty: false,
    });
    await expect(results.next()).rejects.toMatchObject({ more: 30, problems: { length: 100 } });
  });
});

describe('a line as a resource', () => {
  it('is what it tells', async () => {
    const [resource] = await judged(
      line('a', {
        type: 'DATASET',
        account: 'LPAR1',
        region: 'ffm2',
        scope: { rack: '7' },
        facts: { encrypted_at_rest: true, disk_gb: 5 },
        config: { name: 'MASTER', admin: { password: 'hunter22' } },
        sensitive: ['admin.password'],
      }),
    );
    expect(resource).toEqual({
      address: 'cellar/a',
      kind: 'mainframe.dataset',
      type: 'DATASET',
      provider: 'mainframe',
      action: 'present',
      scope: { account: 'LPAR1', region: 'ffm2', rack: '7' },
      tags: { owner: 'ana' },
      facts: {
        taggable: true,
        region: 'ffm2',
        name: 'MASTER',
        encrypted_at_rest: true,
        disk_gb: 5,
      },
      config: { name: 'MASTER', admin: { password: 'hunter22' } },
      unknown: [],
      sensitive: ['config.admin.password'],
    });
  });

  it('has tags, none, or such as nobody could read', async () => {
    const [some, none, unread, untaggable] = await judged(
      text(
        line('a'),
        line('b', { tags: {} }),
        line('c', { tags: null }),
        line('d', { tags: {}, facts: { taggable: false } }),
      ),
    );
    expect([some?.tags, some?.unknown]).toEqual([{ owner: 'ana' }, []]);
    expect([none?.tags, none?.unknown]).toEqual([{}, []]);
    expect([unread?.tags, unread?.unknown]).toEqual([{}, ['tags']]);
    expect(untaggable?.facts).not.toHaveProperty('taggable');
  });

  it('leaves unknown what a kind of the catalogue has and the line does not tell', async () => {
    const [resource] = await judged(
      line('a', { kind: 'aws.rds.instance', facts: { encrypted_at_rest: true } }),
    );
    expect(resource?.facts).toMatchObject({ encrypted_at_rest: true, stateful: true });
    expect(resource?.unknown).toEqual(
      expect.arrayContaining(['facts.public', 'facts.backup', 'facts.deletion_protected']),
    );
    expect(resource?.unknown).not.toContain('facts.encrypted_at_rest');
  });

  it('may be of a kind whose types differ: what one of them has is not taken for all', async () => {
    const [disk] = await judged(line('a', { kind: 'gcp.compute.disk' }));
    expect(disk?.facts).not.toHaveProperty('multi_zone');
    expect(disk?.unknown).toContain('facts.multi_zone');
  });

  it('tells who made it, what it stands in and who manages it', () => {
    const value = {
      ...{ id: 'a', kind: 'x', provider: 'p', tags: {}, parent: 'folder' },
      createdBy: { name: 'ana', role: 'admin' },
      createdAt: '2026-01-01T00:00:00Z',
      managedBy: { tool: 'other' as const, name: 'ansible' },
    };
    expect(toLiveResource('cellar', value, '2026-11-25T08:00:00.000Z')).toMatchObject({
      createdAt: '2026-01-01T00:00:00Z',
      createdBy: { name: 'ana', role: 'admin' },
      parents: ['cellar/folder'],
      managedBy: { tool: 'other', name: 'ansible' },
      capturedAt: '2026-11-25T08:00:00.000Z',
    });
  });
});

describe('the example of the documentation', () => {
  const readme = readFileSync(
    new URL('../../../../src/clouds/json-lines/readme.md', import.meta.url),
    'utf8',
  );
  const example = /```jsonl\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';

  it('is right', async () => {
    const results = await gather(parseInventoryLines([Buffer.from(example)]));
    expect(problems(results)).toEqual([]);
    expect(results).toHaveLength(3);
    const live = results.flatMap((one) =>
      'value' in one ? [toLiveResource('cellar', one.value, '2026-11-25T08:00:00Z')] : [],
    );
    const [dataset, machine, database] = toResources(live.map(({ resource }) => resource));
    expect(dataset).toMatchObject({ kind: 'mainframe.dataset', facts: { backup: true } });
    expect(machine).toMatchObject({
      type: 'VirtualMachine',
      unknown: ['tags'],
      sensitive: ['config.annotation.password'],
    });
    expect(database?.unknown).toContain('facts.backup');
  });

  it('names every member there is', async () => {
    const { InventoryLine: schema } = await import('../../../../src/clouds/json-lines/schema.ts');
    for (const member of Object.keys(schema.shape)) expect(readme).toContain(`\`${member}\``);
  });
});
