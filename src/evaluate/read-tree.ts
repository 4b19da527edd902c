import { splitPath } from '../kit/paths.ts';
import type { Resource } from '../model/resource.ts';

/** The paths that a policy reads, as a tree over their keys. At a leaf everything below is read. */
export interface ReadTree {
  /** The key above, as JSON writes it. */
  readonly name: string;
  readonly leaf: boolean;
  readonly children: ReadonlyMap<string | number, ReadTree>;
}

interface Growing {
  readonly name: string;
  leaf: boolean;
  children: Map<string | number, Growing>;
}

/** What a policy is handed of every resource besides its address, whatever it declares. */
const ALWAYS = ['kind', 'type', 'provider', 'action'] as const satisfies (keyof Resource)[];

/** @param reads paths inside a resource: `config.ingress[0].cidr`, `config.spec.containers[*].image`. */
export function readTree(reads: readonly string[]): ReadTree {
  const root: Growing = { name: '', leaf: false, children: new Map() };
  for (const path of [...ALWAYS, ...reads]) {
    let node = root;
    for (const key of splitPath(path)) {
      const next = node.children.get(key) ?? {
        name: JSON.stringify(String(key)),
        leaf: false,
        children: new Map(),
      };
      node.children.set(key, next);
      node = next;
    }
    node.leaf = true;
  }
  return root;
}

/**
 * What every policy is handed of a resource, as JSON members: written once a resource, for a dozen sets of reads begin with it.
 */
export function alwaysText(resource: Resource): string {
  return ALWAYS.map((key) => `${JSON.stringify(key)}:${JSON.stringify(resource[key])}`).join(',');
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
  return { name: a.name, leaf: a.leaf || b.leaf, children };
}

/**
 * The part of a resource that a policy reads, as JSON, and nothing besides: a verdict cannot hang on what was not declared. The
 * objects above a path that is read stand, with what is read in them. Written at once: a copy of each part, to be
 * written afterwards, costs twice as much, and every resource is projected for a dozen sets of reads.
 *
 * @param always the `alwaysText` of the resource.
 */
export function projectText(tree: ReadTree, resource: Resource, always: string): string {
  let text = `{${always}`;
  for (const [key, read] of besides(tree)) {
    const member = write(read, memberOf(resource, key));
    if (member !== undefined) text += `,${read.name}:${member}`;
  }
  return `${text}}`;
}

/** True when nothing is read but facts, and not the name: an estate has many resources and few of those. */
export function readsFactsAlone(tree: ReadTree): boolean {
  return besides(tree).every(
    ([key, { leaf, children }]) => key === 'facts' && !leaf && !children.has('name'),
  );
}

/** All that a policy can see of a resource of which it reads nothing but facts, and not the name. */
export function factsText({ facts }: Resource): string {
  let text = '';
  for (const name of Object.keys(facts))
    if (name !== 'name') text += `${name}=${JSON.stringify(facts[name])} `;
  return text;
}

type Members = readonly (readonly [string | number, ReadTree])[];

/** Lists are walked through faster than maps, and the trees of rules stay. */
const BESIDES = new WeakMap<ReadTree, Members>();
const MEMBERS = new WeakMap<ReadTree, Members>();

/** What is read besides what always is. */
function besides(tree: ReadTree): Members {
  const known = BESIDES.get(tree);
  if (known !== undefined) return known;
  const always: ReadonlySet<string | number> = new Set(ALWAYS);
  const made = [...tree.children].filter(([key]) => !always.has(key));
  BESIDES.set(tree, made);
  return made;
}

function membersOf(tree: ReadTree): Members {
  const known = MEMBERS.get(tree);
  if (known !== undefined) return known;
  const made = [...tree.children];
  MEMBERS.set(tree, made);
  return made;
}

/** Own members only, so that a key named `__proto__` finds nothing. Most that are asked for are not there: one look says so. */
function memberOf(value: object, key: string | number): unknown {
  const member: unknown = Reflect.get(value, key);
  return member !== undefined && Object.hasOwn(value, key) ? member : undefined;
}

/** Undefined for what is left out, and for what JSON has no word for. */
function write(tree: ReadTree, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (tree.leaf) return typeof value === 'boolean' ? String(value) : JSON.stringify(value);
  if (value === null || typeof value !== 'object') return undefined;
  return Array.isArray(value) ? writeElements(tree, value) : writeMembers(tree, value);
}

function writeMembers(tree: ReadTree, value: object): string {
  let text = '';
  for (const [key, read] of membersOf(tree)) {
    const member = write(read, memberOf(value, key));
    if (member !== undefined) text += `${text === '' ? '{' : ','}${read.name}:${member}`;
  }
  return text === '' ? '{}' : `${text}}`;
}

/** Positions must hold, so elements before the last one that is read stand as null. */
function writeElements(tree: ReadTree, value: readonly unknown[]): string {
  const positions = [...tree.children.keys()].filter((key) => typeof key === 'number');
  const last = tree.children.has(EVERY) ? value.length : Math.max(-1, ...positions);
  const elements = value.slice(0, last + 1).map((element, index) => {
    const read = below(tree, index);
    return (read === undefined ? undefined : write(read, element)) ?? 'null';
  });
  return `[${elements.join(',')}]`;
}
