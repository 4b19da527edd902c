import fc from 'fast-check';
import { expect, it } from 'vitest';

import { splitPath } from '../../../src/kit/paths.ts';
import { alwaysText, isRead, projectText, readTree } from '../../../src/evaluate/read-tree.ts';
import { named } from './scripted.ts';

const keys = ['a', 'b', '__proto__', 'x.y', 'é"\\'];
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(1, null, 'text', 'é" \u2028', true),
    fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 3 }),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
})).value;
const step = fc.constantFrom('.a', '.b', '["x.y"]', '["__proto__"]', '[0]', '[2]', '[*]');
const path = fc.array(step, { maxLength: 3 }).map((steps) => `config${steps.join('')}`);

/** Every leaf of a value, with the keys to it; `{}` and `[]` count as leaves. */
function leaves(of: unknown, at: (string | number)[] = []): [string, unknown][] {
  if (of === null || typeof of !== 'object') return [[JSON.stringify(at), of]];
  const members: [string | number, unknown][] = Array.isArray(of)
    ? of.map((member: unknown, i) => [i, member])
    : Object.entries(of);
  return members.flatMap(([key, member]) => leaves(member, [...at, key]));
}

it('a projection holds every value that is read, and none that is not', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 4 }),
      fc.array(path, { minLength: 1, maxLength: 4 }),
      (config, reads) => {
        const tree = readTree(reads);
        const given = named('r', { config });
        const seen = leaves(JSON.parse(projectText(tree, given, alwaysText(given))));
        const expected = leaves({ config }).filter(([at]) => isReadWhole(reads, at));
        // Lists are filled up with null, so that positions hold.
        const held = seen.filter(([at, leaf]) => at.startsWith('["config"') && leaf !== null);
        expect(new Set(held.map(String))).toEqual(
          new Set(expected.filter(([, leaf]) => leaf !== null).map(String)),
        );
        for (const [at] of held) expect(isRead(tree, JSON.parse(at) as string[])).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});

function isReadWhole(reads: readonly string[], at: string): boolean {
  const keysOf = JSON.parse(at) as (string | number)[];
  return reads.some((read) => {
    const wanted = splitPath(read);
    return (
      wanted.length <= keysOf.length &&
      wanted.every((key, i) => key === keysOf[i] || (key === '*' && typeof keysOf[i] === 'number'))
    );
  });
}
