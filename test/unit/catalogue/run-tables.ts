import { describe, expect, it } from 'vitest';

import { FACTS, UNKNOWN } from '../../../src/catalogue/facts.ts';
import type { FactName, FactValue } from '../../../src/catalogue/facts.ts';
import type { Kind } from '../../../src/catalogue/kind.ts';
import { factOf, gapsIn, resolveCase } from '../../builders.ts';
import { ALWAYS, NEVER, toTable } from './claims.ts';
import type { ClaimTable } from './claims.ts';

/**
 * Runs the claims of one provider, and holds them complete: every kind, type and fact is claimed, and of a fact that
 * can differ it is shown that it holds, that it does not, and that it is not known.
 */
export function runClaims(
  provider: string,
  kinds: readonly Kind[],
  claims: readonly ClaimTable[],
): void {
  const tables = claims.map(toTable);

  describe.each(tables)('$kind', (table) => {
    it.each(table.cases)('$it', (one) => {
      const resource = resolveCase(table, one);
      expect(resource.kind).toBe(table.kind);
      for (const [name, expected] of Object.entries(one.facts)) {
        expect(factOf(resource, name as FactName)).toBe(expected);
      }
    });
  });

  describe(`the claims of ${provider}`, () => {
    it('cover every fact of every kind, in every type', () => {
      expect(gapsIn(tables, kinds)).toEqual([]);
    });

    it('show of each fact that can differ that it holds, that it does not, and that it is not known', () => {
      expect(claims.flatMap(oneSided)).toEqual([]);
    });
  });
}

/** What the claims of one kind leave out; `ALWAYS` and `NEVER` say that there is nothing else. */
function oneSided({ kind, claims, others = {} }: ClaimTable): string[] {
  return Object.entries(claims).flatMap(([name, list]) => {
    if (list === ALWAYS || list === NEVER || name === 'region' || name === 'taggable') return [];
    const more = Object.values(others).flatMap((other) => other[name as FactName] ?? []);
    const values = new Set([...list, ...more].map(([value]) => value));
    const lacking = wanted(name as FactName).filter((value) => !values.has(value));
    return lacking.length === 0 ? [] : [`${kind} ${name}: never ${lacking.map(String).join(', ')}`];
  });
}

function wanted(name: FactName): FactValue[] {
  return FACTS[name].type === 'boolean' ? [true, false, UNKNOWN] : [UNKNOWN];
}
