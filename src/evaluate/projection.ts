import type { Rule } from '../bindings/rule.ts';
import { splitPath } from '../kit/paths.ts';
import type { Resource } from '../model/resource.ts';
import { memoise, memoiseAt } from './memoise.ts';
import { standIn } from './stand-in.ts';
import {
  alwaysText,
  factsText,
  isRead,
  projectText,
  readsFactsAlone,
  readTree,
} from './read-tree.ts';
import type { ReadTree } from './read-tree.ts';

/** How one set of reads sees the resources of a document; each resource is looked at once, however many rules share it. */
export interface Projection {
  /** The number of what a resource looks like; the same for those that look alike. */
  readonly look: (resource: number) => number;
  /** True when the address is no part of a look. */
  readonly alike: boolean;
  /** What was seen, as JSON. */
  readonly body: (look: number) => string;
  /** UTF-16 units of the text that a policy is given, near enough to bytes for what it is used for. */
  readonly size: (look: number) => number;
  /** Where the text of a look stands in `Batch.resources`; it is put there when it is asked for. */
  readonly place: (look: number) => number;
  /** The address that the policy is shown. */
  readonly address: (look: number) => string;
  /** Paths of a resource that are not known yet and that these reads touch. */
  readonly unknown: (resource: number) => readonly string[];
  /** True where these reads touch something that the document marks as sensitive. */
  readonly secret: (resource: number) => boolean;
}

/** The unknown paths of a resource; each is split once, for every rule asks and the resources of a type share them. */
export type Hidden = (resource: number) => readonly HiddenPath[];

export interface HiddenPath {
  readonly path: string;
  readonly keys: readonly (string | number)[];
}

/** The texts of a batch, shared by all projections: resources that look alike to two rules stand there once. */
export interface Projections {
  readonly texts: readonly string[];
  readonly of: (rule: Rule) => Projection;
  readonly hidden: Hidden;
}

const NONE: readonly never[] = [];

export function createProjections(resources: readonly Resource[]): Projections {
  const split = memoise(splitPath);
  const lists = new Map<string, readonly HiddenPath[]>();
  const hidden = memoiseAt((index): readonly HiddenPath[] => {
    const paths = resources[index]?.unknown ?? NONE;
    if (paths.length === 0) return NONE;
    // One list for all resources of which the same is unknown.
    const text = JSON.stringify(paths);
    const list = lists.get(text) ?? paths.map((path) => ({ path, keys: split(path) }));
    lists.set(text, list);
    return list;
  });
  const always = memoiseAt((index) => {
    const resource = resources[index];
    if (resource === undefined) throw new RangeError(`there is no resource ${index}`);
    return { resource, text: alwaysText(resource) };
  });
  const numbers = new Map<string, number>();
  const facts = memoiseAt((index) => {
    const { resource, text } = always(index);
    const seen = `${text} ${factsText(resource)}`;
    const number = numbers.get(seen) ?? numbers.size;
    numbers.set(seen, number);
    return number;
  });
  const looks = createLooks();
  const known = new Map<string, Projection>();
  return {
    texts: looks.texts,
    hidden,
    of: ({ reads, policy }) => {
      const { key: paths, tree } = readsOf(reads);
      const alike = judgesAlike(policy, reads);
      const key = `${alike ? 'alike' : 'named'} ${paths}`;
      const projection =
        known.get(key) ?? createProjection({ always, facts, tree, alike, hidden, split, looks });
      known.set(key, projection);
      return projection;
    },
  };
}

/** Everything that any resource looks like, and the texts of what the engine is asked about. */
interface Looks {
  readonly texts: readonly string[];
  /** @param address that of the resource, where it tells it apart. */
  readonly numberOf: (body: string, address: string | undefined) => number;
  readonly body: (look: number) => string;
  readonly address: (look: number) => string;
  readonly place: (look: number) => number;
}

interface Look {
  readonly body: string;
  readonly address: string | undefined;
  place: number | undefined;
}

function createLooks(): Looks {
  const texts: string[] = [];
  const looks: Look[] = [];
  const numbers = new Map<string, number>();
  const at = (number: number): Look => {
    const look = looks[number];
    if (look === undefined) throw new RangeError(`there is no look ${number}`);
    return look;
  };
  const place = (number: number): number => {
    const look = at(number);
    if (look.place !== undefined) return look.place;
    look.place = texts.length;
    texts.push(withAddress(look.address ?? standIn(look.place), look.body));
    return look.place;
  };
  return {
    texts,
    numberOf: (body, address) => {
      const key = address === undefined ? body : withAddress(address, body);
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, looks.length);
      return looks.push({ body, address, place: undefined }) - 1;
    },
    body: (number) => at(number).body,
    address: (number) => at(number).address ?? standIn(place(number)),
    place,
  };
}

/**
 * True when nothing tells two resources apart but what the policy reads of them. A policy that sees others beside the one
 * that it judges counts and compares them, and one that declares to read the address looks inside it.
 */
function judgesAlike(policy: Rule['policy'], reads: readonly string[]): boolean {
  return !policy.wholeSet && policy.related.length === 0 && !reads.includes('address');
}

interface Reads {
  /** The same for the same reads in any order. */
  readonly key: string;
  readonly tree: ReadTree;
}

/** A rule's reads stay the same from request to request, so that a small request is not spent on them. */
const prepared = new WeakMap<readonly string[], Reads>();

function readsOf(reads: readonly string[]): Reads {
  const known = prepared.get(reads);
  if (known !== undefined) return known;
  const made = { key: JSON.stringify([...new Set(reads)].sort()), tree: readTree(reads) };
  prepared.set(reads, made);
  return made;
}

interface Seeing {
  readonly always: (resource: number) => { readonly resource: Resource; readonly text: string };
  /** The same number for resources that differ in no fact but the name. */
  readonly facts: (resource: number) => number;
  readonly tree: ReadTree;
  readonly alike: boolean;
  readonly hidden: Hidden;
  readonly split: (path: string) => readonly (string | number)[];
  readonly looks: Looks;
}

function createProjection(seeing: Seeing): Projection {
  const { always, facts, tree, alike, hidden, split, looks } = seeing;
  const { body, address, place } = looks;
  const lookAt = (index: number): number => {
    const { resource, text } = always(index);
    return looks.numberOf(projectText(tree, resource, text), alike ? undefined : resource.address);
  };
  const byFacts = alike && readsFactsAlone(tree) ? perKey(facts, lookAt) : lookAt;
  const read = perKey(hidden, (index): readonly string[] => {
    const paths = hidden(index);
    return paths.flatMap(({ path, keys }) => (isRead(tree, keys) ? [path] : []));
  });
  return {
    look: memoiseAt(byFacts),
    alike,
    body,
    size: (look) => body(look).length + ADDRESS_SIZE,
    place,
    address,
    unknown: memoiseAt((index) => (hidden(index).length === 0 ? NONE : read(index))),
    secret: (index) => always(index).resource.sensitive.some((path) => isRead(tree, split(path))),
  };
}

/** Computes once for all resources of which a key is the same. */
function perKey<T>(
  keyOf: (index: number) => unknown,
  compute: (index: number) => T,
): (index: number) => T {
  const known = new Map<unknown, T>();
  return (index) => {
    const key = keyOf(index);
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = compute(index);
    known.set(key, made);
    return made;
  };
}

/** That of one that stands in, and about that of others. */
const ADDRESS_SIZE = 50;

/** @param body the JSON of an object, never an empty one: kind and action always stand in it. */
function withAddress(address: string, body: string): string {
  return `{"address":${JSON.stringify(address)},${body.slice(1)}`;
}
