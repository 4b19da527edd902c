import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { UNKNOWN } from '../../../../src/catalogue/facts.ts';
import type { FactName, FactValue } from '../../../../src/catalogue/facts.ts';
import type { LiveDialect, Restatement } from '../../../../src/catalogue/live/restatement.ts';
import { toResources } from '../../../../src/catalogue/resolve.ts';
import { joinPath, splitPath } from '../../../../src/kit/paths.ts';
import type { Resource } from '../../../../src/model/resource.ts';
import { factOf } from '../../../builders.ts';

/** Members of an item by their paths: `{'properties.httpsOnly': true}`. */
type Fragment = Readonly<Record<string, unknown>>;

/** A fact's value, and what is told beside the table's base. Undefined is a fact that the kind does not have then. */
export type Saying = readonly [value: FactValue | undefined, fragment?: Fragment];

/** What is said of one native type, fact by fact. */
export interface LiveTable {
  readonly type: string;
  readonly kind: string;
  readonly base?: Fragment;
  readonly facts: Partial<Record<FactName, readonly Saying[]>>;
}

/** Which item stands for "the cloud told of the resource, but of none of its settings", and which for "of nothing". */
interface Cloud {
  readonly name: string;
  readonly dialect: LiveDialect;
  readonly restatements: readonly Restatement[];
  readonly told: Fragment;
  readonly untold: Fragment;
}

export function runLiveTables(cloud: Cloud, tables: readonly LiveTable[]): void {
  describe.each(tables)('$type', (table) => {
    it.each(casesOf(table))('$it', ({ kind, type, name, value, fragment }) => {
      const resource = live(cloud, type, fragment);
      expect(resource.kind).toBe(kind);
      expect(factOf(resource, name)).toBe(value);
    });
  });

  describe(`the tables of ${cloud.name}`, () => {
    it('have something to say of every type that is restated', () => {
      const said = new Set(tables.map(({ type }) => type));
      expect(cloud.restatements.map(({ type }) => type).filter((one) => !said.has(one))).toEqual(
        [],
      );
    });

    it.each(tables)('take nothing for granted of $type that the cloud did not tell', (table) => {
      const listed = Object.entries(table.base ?? {}).filter(([path]) => isListed(path));
      const untold = { ...Object.fromEntries(listed), ...cloud.untold };
      const { facts } = live(cloud, table.type, untold);
      const guessed = casesOf({ ...table, base: {} }).filter(
        ({ name, value, fragment }) =>
          facts[name] !== undefined &&
          facts[name] !== value &&
          !Object.keys(fragment).some(isListed),
      );
      expect(guessed.map(({ it: story }) => story)).toEqual([]);
    });
  });

  describe(`restatements of ${cloud.name}`, () => {
    it.each(cloud.restatements)('of $type throw at no JSON', ({ type, as, restate }) => {
      const document = fc.dictionary(fc.constantFrom(...MEMBERS), fc.jsonValue({ maxDepth: 5 }));
      fc.assert(
        fc.property(document, (item) => {
          if (typeof as !== 'string') as(item);
          restate?.(item);
          live(cloud, type, item);
        }),
        { numRuns: 40 },
      );
    });

    it.each(tables)('of $type throw at no wrong type where something is read', (table) => {
      const wrong = new Map(
        casesOf(table).flatMap(({ fragment }) => spoilt(document(cloud, fragment))),
      );
      for (const item of wrong.values())
        expect(() => resolve(cloud, table.type, item)).not.toThrow();
      expect(wrong.size).toBeGreaterThan(WRONG.length);
    });
  });
}

/** Everything but the settings stands in a list of resources already. */
function isListed(path: string): boolean {
  return !/^(?:properties|data)\b/.test(path);
}

const MEMBERS = [
  'name',
  'type',
  'kind',
  'sku',
  'location',
  'properties',
  'identity',
  'zones',
  'data',
];

interface Case {
  readonly it: string;
  readonly kind: string;
  readonly type: string;
  readonly name: FactName;
  readonly value: FactValue | undefined;
  readonly fragment: Fragment;
}

function casesOf({ type, kind, base = {}, facts }: LiveTable): Case[] {
  return Object.entries(facts).flatMap(([name, sayings]) =>
    sayings.map(([value, fragment = {}]) => ({
      it: `${name} is ${String(value)} of ${JSON.stringify(fragment)}`,
      kind,
      type,
      name: name as FactName,
      value,
      fragment: { ...base, ...fragment },
    })),
  );
}

/** The resource that an inventory would hand over. */
function live(cloud: Cloud, type: string, fragment: Fragment): Resource {
  return resolve(cloud, type, document(cloud, fragment));
}

function document({ told }: Cloud, fragment: Fragment): Record<string, unknown> {
  const item = structuredClone(told) as Record<string, unknown>;
  for (const [path, value] of Object.entries(fragment))
    put(item, splitPath(path), structuredClone(value));
  return item;
}

function put(
  root: object,
  [key = '', ...rest]: readonly (string | number)[],
  value: unknown,
): void {
  if (rest.length === 0) {
    Reflect.set(root, key, value);
    return;
  }
  const inner: unknown = Reflect.get(root, key);
  const next = typeof inner === 'object' && inner !== null ? inner : rest[0] === 0 ? [] : {};
  Reflect.set(root, key, next);
  put(next, rest, value);
}

function resolve(
  { dialect, name }: Cloud,
  type: string,
  attributes: Record<string, unknown>,
): Resource {
  return toResources([
    {
      address: 'this',
      type,
      provider: name.toLowerCase(),
      dialect,
      action: 'present',
      scope: {},
      attributes,
      unknown: [],
      sensitive: [],
      references: [],
      tags: { state: 'known', values: {} },
    },
  ])[0]!;
}

const WRONG = [null, true, 7, 'x', [], [null], ['x'], {}, [{}]];

/** The item with each of its members, at any depth, replaced by what has no business there; each place once. */
function spoilt(item: Record<string, unknown>): [string, Record<string, unknown>][] {
  return pathsOf(item).flatMap((path) =>
    WRONG.map((value): [string, Record<string, unknown>] => {
      const copy = structuredClone(item);
      put(copy, splitPath(path), value);
      return [`${path} ${JSON.stringify(value)}`, copy];
    }),
  );
}

function pathsOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return path === '' ? [] : [path];
  const below = Array.isArray(value)
    ? value.flatMap((one, index) => pathsOf(one, joinPath(path, index)))
    : Object.entries(value).flatMap(([key, one]) => pathsOf(one, joinPath(path, key)));
  return path === '' ? below : [path, ...below];
}

/** A switch: each of its words, and nothing where it is not told. */
export function words(path: string, ...said: readonly (readonly [unknown, FactValue])[]): Saying[] {
  return [[UNKNOWN], ...said.map(([word, value]): Saying => [value, { [path]: word }])];
}

/** A value that is repeated as it is, and nothing where it is not told. */
export function repeats(path: string, value: string | number): Saying[] {
  return [[UNKNOWN], [value, { [path]: value }]];
}
