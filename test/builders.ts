import { toResources } from '../src/catalogue/resolve.ts';
import { UNKNOWN } from '../src/catalogue/facts.ts';
import type { FactName, FactValue } from '../src/catalogue/facts.ts';
import type { Kind } from '../src/catalogue/kind.ts';
import { splitPath } from '../src/kit/paths.ts';
import type { Resource } from '../src/model/resource.ts';
import type { RawResource, Reference } from '../src/sources/source.ts';

/** What a test says of a resource besides its type and attributes. */
export interface Details extends Partial<Omit<RawResource, 'type' | 'attributes' | 'references'>> {
  /** Paths that the provider will compute: unknown, and not written by the author. */
  readonly computed?: readonly string[];
  /** False for a document that does not carry the code, so that nobody can tell what was written. */
  readonly code?: boolean;
  /** Attribute -> the address it names for certain. */
  readonly refers?: Readonly<Record<string, string | readonly string[]>>;
  /** Attribute -> addresses of which it may name one. */
  readonly mayRefer?: Readonly<Record<string, readonly string[]>>;
}

/**
 * A Terraform resource as a source would hand it over, at address `type.this` unless told. Everything but what is
 * `computed` counts as written by the author.
 */
export function raw(
  type: string,
  attributes: Record<string, unknown> = {},
  details: Details = {},
): RawResource {
  const { computed = [], unknown = [], code = true, refers = {}, mayRefer = {}, ...rest } = details;
  const references: Reference[] = [
    ...Object.entries(refers).map(([attribute, targets]) => ({
      attribute,
      targets: [targets].flat(),
      exact: true,
    })),
    ...Object.entries(mayRefer).map(([attribute, targets]) => ({
      attribute,
      targets,
      exact: false,
    })),
  ];
  const written = [
    ...leaves(attributes),
    ...unknown,
    ...references.map(({ attribute }) => attribute),
  ];
  return {
    address: `${type}.this`,
    type,
    provider: type.split('_')[0] ?? type,
    dialect: 'terraform',
    action: 'create',
    scope: {},
    attributes,
    unknown: [...unknown, ...computed],
    sensitive: [],
    references,
    ...(code ? { written } : {}),
    ...rest,
  };
}

function leaves(attributes: Record<string, unknown>): string[] {
  return Object.entries(attributes).flatMap(([key, value]) => leavesAt(key, value));
}

function leavesAt(path: string, value: unknown): string[] {
  if (value === null) return [];
  if (typeof value !== 'object') return [path];
  const below = Array.isArray(value)
    ? value.flatMap((item, index) => leavesAt(`${path}[${index}]`, item))
    : Object.entries(value).flatMap(([key, item]) => leavesAt(`${path}.${key}`, item));
  return below.length === 0 ? [path] : below;
}

/** The first of these resources in normal form; the others are what else stands in the document. */
export function resolved(...resources: [RawResource, ...RawResource[]]): Resource {
  return toResources(resources)[0]!;
}

/** A fact of a resolved resource: its value, UNKNOWN, or undefined when it has none. */
export function factOf(resource: Resource, name: FactName): FactValue | undefined {
  if (resource.unknown.includes(`facts.${name}`)) return UNKNOWN;
  return resource.facts[name];
}

/** One line of a table of facts. */
export interface FactCase {
  /** What the case shows: "a bucket without configuration is encrypted with S3’s own key". */
  readonly it: string;
  /** The native type, where it is not the table's. */
  readonly type?: string;
  readonly attributes?: Record<string, unknown>;
  readonly details?: Details;
  /** Other resources in the same document. */
  readonly with?: readonly RawResource[];
  /** What must come out; `undefined` for: the resource has no such fact. */
  readonly facts: Partial<Record<FactName, FactValue | undefined>>;
}

/** Everything that is claimed of one kind. */
export interface FactTable {
  readonly kind: string;
  readonly type: string;
  readonly cases: readonly FactCase[];
}

export function resolveCase(table: FactTable, one: FactCase): Resource {
  const subject = raw(one.type ?? table.type, one.attributes ?? {}, one.details ?? {});
  return resolved(subject, ...(one.with ?? []));
}

/** What the tables leave unclaimed: kinds without a table, types never used, and facts that no case mentions. */
export function gapsIn(tables: readonly FactTable[], kinds: readonly Kind[]): string[] {
  const gaps: string[] = [];
  for (const { kind, shapes } of kinds) {
    const own = tables.filter((table) => table.kind === kind);
    if (own.length === 0) gaps.push(`${kind}: no table`);
    const claimed = new Set(
      own.flatMap(({ cases }) => cases.flatMap((one) => Object.keys(one.facts))),
    );
    const shown = new Set(
      own.flatMap((table) => table.cases.flatMap((one) => shownFacts(table, one))),
    );
    for (const fact of shown)
      if (!claimed.has(fact)) gaps.push(`${kind}: ${fact} is never claimed`);
    const used = new Set(own.flatMap((table) => table.cases.map((one) => one.type ?? table.type)));
    for (const type of shapes.terraform?.types ?? [])
      if (!used.has(type)) gaps.push(`${kind}: ${type} is never used`);
  }
  return gaps;
}

/** Facts that resolve gives to every resource by itself. */
const AUTOMATIC = new Set(['taggable', 'region', 'name']);

function shownFacts(table: FactTable, one: FactCase): string[] {
  const { facts, unknown } = resolveCase(table, one);
  const unknownFacts = unknown
    .filter((path) => path.startsWith('facts.'))
    .map((path) => String(splitPath(path)[1]));
  return [...Object.keys(facts), ...unknownFacts].filter((name) => !AUTOMATIC.has(name));
}
