import type { Rule } from '../bindings/rule.ts';
import { splitPath } from '../kit/paths.ts';
import type { Resource } from '../model/resource.ts';
import { memoise } from './memoise.ts';
import { isRead, project, readTree } from './read-tree.ts';
import type { ReadTree } from './read-tree.ts';

/** How one set of reads sees the resources of a document; each resource is looked at once, however many rules share it. */
export interface Projection {
  /** Where the text of a resource stands in `Batch.resources`. */
  readonly position: (resource: number) => number;
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

  const intern = (text: string): number => {
    const position = positions.get(text) ?? texts.push(text) - 1;
    positions.set(text, position);
    return position;
  };

  return {
    texts,
    hidden,
    of: ({ reads }) => {
      const { key, tree } = readsOf(reads);
      const projection = known.get(key) ?? createProjection(resources, tree, hidden, texts, intern);
      known.set(key, projection);
      return projection;
    },
  };
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

function createProjection(
  resources: readonly Resource[],
  tree: ReadTree,
  hidden: Hidden,
  texts: readonly string[],
  intern: (text: string) => number,
): Projection {
  const at = (index: number): Resource => {
    const resource = resources[index];
    if (resource === undefined) throw new RangeError(`there is no resource ${index}`);
    return resource;
  };
  const position = memoise((index: number) => intern(JSON.stringify(project(tree, at(index)))));
  return {
    position,
    size: (index) => texts[position(index)]?.length ?? 0,
    unknown: memoise((index: number) =>
      hidden(index).flatMap(({ path, keys }) => (isRead(tree, keys) ? [path] : [])),
    ),
  };
}
