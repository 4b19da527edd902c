import type { RawResource, Reference } from '../sources/source.ts';
import { UNKNOWN } from './facts.ts';
import { viewOf } from './view.ts';
import type { Companions, DocumentIndex, View } from './view.ts';

const IDENTIFIERS: readonly string[] = ['id', 'arn', 'name'];
const NOBODY: Companions = { views: [], certain: true };

/** Indexes a document once, so that asking for companions costs the same in a plan of ten resources and of ten thousand. */
export function indexDocument(resources: readonly RawResource[]): DocumentIndex {
  const byType = groupBy(resources, (resource) => resource.type);
  const byAddress = new Map(resources.map((resource) => [resource.address, resource]));
  const views = new Map<RawResource, View>();
  const inbound = new Map<string, Inbound>();
  const literals = new Map<string, Map<string, readonly RawResource[]>>();

  const index: DocumentIndex = {
    view: (resource) => remembered(views, resource, () => viewOf(resource, index)),
    companions: (resource, types, attribute, identifiers = IDENTIFIERS) => {
      const key = `${attribute} ${types.join(' ')}`;
      const inboundOf = (): Inbound => inboundLinks(ofTypes(byType, types), attribute, index);
      return companionsOf(resource, remembered(inbound, key, inboundOf), identifiers, index);
    },
    targets: (resource, attribute, types, identifiers = IDENTIFIERS) => {
      const key = `${identifiers.join(' ')} of ${types.join(' ')}`;
      const identified = (): Map<string, readonly RawResource[]> =>
        byIdentifier(ofTypes(byType, types), identifiers, index);
      return targetsOf(
        resource,
        attribute,
        types,
        byAddress,
        remembered(literals, key, identified),
        index,
      );
    },
    ofType: (types) => ofTypes(byType, types).map((resource) => index.view(resource)),
  };
  return index;
}

/** What the resources of some types name by one attribute. */
interface Inbound {
  readonly byAddress: ReadonlyMap<string, readonly RawResource[]>;
  readonly byLiteral: ReadonlyMap<string, readonly RawResource[]>;
  /** Addresses that are named or not: nobody can tell yet. */
  readonly perhaps: ReadonlySet<string>;
  /** Some resource names something of which nothing is known at all. */
  readonly anything: boolean;
}

function inboundLinks(
  companions: readonly RawResource[],
  attribute: string,
  index: DocumentIndex,
): Inbound {
  const byAddress = new Map<string, RawResource[]>();
  const byLiteral = new Map<string, RawResource[]>();
  const perhaps = new Set<string>();
  let anything = false;
  for (const companion of companions) {
    const link = linkOf(companion, attribute, index);
    for (const address of link.certain) append(byAddress, address, companion);
    for (const address of link.perhaps) perhaps.add(address);
    for (const literal of link.literals) append(byLiteral, literal, companion);
    anything ||= link.anything;
  }
  return { byAddress, byLiteral, perhaps, anything };
}

interface Link {
  readonly certain: readonly string[];
  readonly perhaps: readonly string[];
  readonly literals: readonly string[];
  readonly anything: boolean;
}

/** What one resource names by one attribute: addresses for certain or perhaps, literal values, or something unknown. */
function linkOf(resource: RawResource, attribute: string, index: DocumentIndex): Link {
  const references = resource.references.filter((reference) => reference.attribute === attribute);
  const certain = references
    .filter((reference) => reference.exact)
    .flatMap((reference) => reference.targets);
  const vague = references.filter((reference) => !reference.exact);
  const value = index.view(resource).written.read(attribute);
  if (value !== UNKNOWN) {
    // A known value says what the vague references come to; matched by value, they leave no doubt.
    return { certain, perhaps: [], literals: literalsOf(value), anything: false };
  }
  const perhaps = vague.flatMap((reference) => reference.targets);
  return { certain, perhaps, literals: [], anything: leadsNowhere(references, vague) };
}

function leadsNowhere(references: readonly Reference[], vague: readonly Reference[]): boolean {
  return references.length === 0 || vague.some((reference) => reference.targets.length === 0);
}

function literalsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function companionsOf(
  resource: RawResource,
  inbound: Inbound,
  identifiers: readonly string[],
  index: DocumentIndex,
): Companions {
  const certain = !inbound.anything && !inbound.perhaps.has(resource.address);
  const referring = inbound.byAddress.get(resource.address);
  if (certain && referring === undefined && inbound.byLiteral.size === 0) return NOBODY;
  const found = new Set(referring);
  if (inbound.byLiteral.size > 0) {
    for (const identifier of identifiersOf(resource, identifiers, index)) {
      for (const companion of inbound.byLiteral.get(identifier) ?? []) found.add(companion);
    }
  }
  if (found.size === 0 && certain) return NOBODY;
  return { views: [...found].map((companion) => index.view(companion)), certain };
}

function targetsOf(
  resource: RawResource,
  attribute: string,
  types: readonly string[],
  byAddress: ReadonlyMap<string, RawResource>,
  byLiteral: ReadonlyMap<string, readonly RawResource[]>,
  index: DocumentIndex,
): Companions {
  const link = linkOf(resource, attribute, index);
  const referenced = link.certain
    .map((address) => byAddress.get(address))
    .filter((target) => target !== undefined && types.includes(target.type));
  const named = link.literals.map((literal) => byLiteral.get(literal));
  const found = new Set([...referenced, ...named.flat()].filter((target) => target !== undefined));
  const strangers = referenced.length === 0 && named.some((targets) => targets === undefined);
  const certain = !link.anything && link.perhaps.length === 0 && !strangers;
  return { views: [...found].map((target) => index.view(target)), certain };
}

function byIdentifier(
  resources: readonly RawResource[],
  identifiers: readonly string[],
  index: DocumentIndex,
): Map<string, readonly RawResource[]> {
  const found = new Map<string, RawResource[]>();
  for (const resource of resources) {
    for (const identifier of identifiersOf(resource, identifiers, index))
      append(found, identifier, resource);
  }
  return found;
}

function identifiersOf(
  resource: RawResource,
  names: readonly string[],
  index: DocumentIndex,
): ReadonlySet<string> {
  const view = index.view(resource);
  const values = names
    .map((name) => view.string(name))
    .filter((value) => typeof value === 'string');
  return new Set(values.filter((value) => value !== ''));
}

/** What will be deleted is no companion any more, and what is only read has no say over others. */
function ofTypes(
  byType: ReadonlyMap<string, readonly RawResource[]>,
  types: readonly string[],
): readonly RawResource[] {
  return types
    .flatMap((type) => byType.get(type) ?? [])
    .filter(({ action }) => action !== 'delete' && action !== 'read');
}

function groupBy<K, V>(items: readonly V[], keyOf: (item: V) => K): Map<K, readonly V[]> {
  const groups = new Map<K, V[]>();
  for (const item of items) append(groups, keyOf(item), item);
  return groups;
}

function append<K, V>(groups: Map<K, V[]>, key: K, item: V): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [item]);
  else group.push(item);
}

function remembered<K, V>(memory: Map<K, V>, key: K, make: () => V): V {
  let value = memory.get(key);
  if (value === undefined) {
    value = make();
    memory.set(key, value);
  }
  return value;
}
