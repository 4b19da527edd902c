import { splitPath } from '../kit/paths.ts';
import type { Resource } from '../model/resource.ts';

/** The paths that a policy reads, as a tree over their keys. At a leaf everything below is read. */
export interface ReadTree {
  readonly leaf: boolean;
  readonly children: ReadonlyMap<string | number, ReadTree>;
}

interface Growing {
  leaf: boolean;
  children: Map<string | number, Growing>;
}

/** What a policy is handed of every resource besides its address, whatever it declares. */
const ALWAYS = ['kind', 'type', 'provider', 'action'] as const satisfies (keyof Resource)[];

/** @param reads paths inside a resource: `config.ingress[0].cidr`, `config.spec.containers[*].image`. */
export function readTree(reads: readonly string[]): ReadTree {
  const root: Growing = { leaf: false, children: new Map() };
  for (const path of [...ALWAYS, ...reads]) {
    let node = root;
    for (const key of splitPath(path)) {
      const next = node.children.get(key) ?? { leaf: false, children: new Map() };
      node.children.set(key, next);
      node = next;
    }
    node.leaf = true;
  }
  return root;
}

/** True when a path is read, or lies above or below one that is. */
export function isRead(tree: ReadTree, path: readonly (string | number)[]): boolean {
  let node = tree;
  for (const key of path) {
    if (node.leaf) return true;
    const next = below(node, key);
    if (next === undefined) return false;
    node = next;
  }
  return true;
}

/** In `config.spec.containers[*].image`: every element of the list, whose length no policy knows beforehand. */
const EVERY = '*';

function below({ children }: ReadTree, key: string | number): ReadTree | undefined {
  const exact = children.get(key);
  const every = typeof key === 'number' ? children.get(EVERY) : undefined;
  return exact !== undefined && every !== undefined ? union(exact, every) : (exact ?? every);
}

function union(a: ReadTree, b: ReadTree): ReadTree {
  const children = new Map(a.children);
  for (const [key, tree] of b.children) {
    const same = children.get(key);
    children.set(key, same === undefined ? tree : union(same, tree));
  }
  return { leaf: a.leaf || b.leaf, children };
}

/** What has been left out: JSON has no such value. */
const NOTHING = Symbol('nothing');

/**
 * The part of a resource that a policy reads, and nothing besides: a verdict cannot hang on what was not declared. The
 * objects above a path that is read stand, with what is read in them.
 */
export function project(tree: ReadTree, resource: Resource): unknown {
  return pick(tree, resource);
}

function pick(tree: ReadTree, value: unknown): unknown {
  if (tree.leaf) return value;
  if (value === null || typeof value !== 'object') return NOTHING;
  return Array.isArray(value) ? pickElements(tree, value) : pickMembers(tree, value);
}

function pickMembers(tree: ReadTree, value: object): unknown {
  const picked: Record<string, unknown> = {};
  for (const [key, read] of tree.children) {
    if (!Object.hasOwn(value, key)) continue;
    const member = pick(read, Reflect.get(value, key));
    if (member === NOTHING) continue;
    // Setting this one member would set the prototype, and be lost.
    if (key === '__proto__')
      Object.defineProperty(picked, key, { value: member, enumerable: true });
    else picked[key] = member;
  }
  return picked;
}

/** Positions must hold, so elements before the last one that is read stand as null. */
function pickElements(tree: ReadTree, value: readonly unknown[]): unknown {
  const positions = [...tree.children.keys()].filter((key) => typeof key === 'number');
  const last = tree.children.has(EVERY) ? value.length : Math.max(-1, ...positions);
  return value.slice(0, last + 1).map((element, index) => {
    const read = below(tree, index);
    const picked = read === undefined ? NOTHING : pick(read, element);
    return picked === NOTHING ? null : picked;
  });
}
