import type { Rule } from '../bindings/rule.ts';
import { splitPath } from '../kit/paths.ts';
import type { Resource } from '../model/resource.ts';
import { memoise } from './memoise.ts';
import { standIn } from './stand-in.ts';
import { isRead, project, readTree } from './read-tree.ts';
import type { ReadTree } from './read-tree.ts';

/** How one set of reads sees the resources of a document; each resource is looked at once, however many rules share it. */
export interface Projection {
  /** Where the text of a resource stands in `Batch.resources`; the same for resources that look alike. */
  readonly position: (resource: number) => number;
  /** The address that the policy is shown. */
  readonly address: (resource: number) => string;
  /** UTF-16 units of that text, near enough to bytes for what it is used for. */
  readonly size: (resource: number) => number;
  /** Paths of a resource that are not known yet and that these reads touch. */
  readonly unknown: (resource: number) => readonly string[];
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

export function createProjections(resources: readonly Resource[]): Projections {
  const texts: string[] = [];
  const positions = new Map<string, number>();
  const known = new Map<string, Projection>();
  const split = memoise(splitPath);
  const hidden = memoise((index: number) =>
    (resources[index]?.unknown ?? []).map((path) => ({ path, keys: split(path) })),
  );

  const intern: Intern = (key, textAt) => {
    const known = positions.get(key);
    if (known !== undefined) return known;
    const position = texts.length;
    texts.push(textAt(position));
    positions.set(key, position);
    return position;
  };

  return {
    texts,
    hidden,
    of: ({ reads, policy }) => {
      const { key: paths, tree } = readsOf(reads);
      const alike = judgesAlike(policy, reads);
      const key = `${alike ? 'alike' : 'named'} ${paths}`;
      const projection =
        known.get(key) ?? createProjection({ resources, tree, alike, hidden, texts, intern });
      known.set(key, projection);
      return projection;
    },
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

/** @param textAt the text for the position that a new key is given. */
type Intern = (key: string, textAt: (position: number) => string) => number;

interface Seeing {
  readonly resources: readonly Resource[];
  readonly tree: ReadTree;
  readonly alike: boolean;
  readonly hidden: Hidden;
  readonly texts: readonly string[];
  readonly intern: Intern;
}

function createProjection({ resources, tree, alike, hidden, texts, intern }: Seeing): Projection {
  const at = (index: number): Resource => {
    const resource = resources[index];
    if (resource === undefined) throw new RangeError(`there is no resource ${index}`);
    return resource;
  };
  const position = memoise((index: number) => {
    const body = JSON.stringify(project(tree, at(index)));
    if (alike) return intern(body, (place) => withAddress(standIn(place), body));
    const text = withAddress(at(index).address, body);
    return intern(text, () => text);
  });
  return {
    position,
    address: (index) => (alike ? standIn(position(index)) : at(index).address),
    size: (index) => texts[position(index)]?.length ?? 0,
    unknown: memoise((index: number) =>
      hidden(index).flatMap(({ path, keys }) => (isRead(tree, keys) ? [path] : [])),
    ),
  };
}

/** @param body the JSON of an object, never an empty one: kind and action always stand in it. */
function withAddress(address: string, body: string): string {
  return `{"address":${JSON.stringify(address)},${body.slice(1)}`;
}
