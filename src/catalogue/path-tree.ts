import { splitPath } from '../kit/paths.ts';

export type PathKey = string | number;

/** Paths as a tree of their keys, so that a walk down the data finds them in step. */
export interface PathTree {
  /** A path of the set ends here. */
  readonly leaf: boolean;
  readonly children?: ReadonlyMap<PathKey, PathTree>;
}

interface Node {
  leaf: boolean;
  children?: Map<PathKey, Node>;
}

/** Resources of one block share their list of written paths: one tree serves them all. */
const TREES = new WeakMap<readonly string[], PathTree>();

const NOTHING: PathTree = { leaf: false };

/** The tree of a list of paths; the list must not change afterwards. */
export function toPathTree(paths: readonly string[]): PathTree {
  if (paths.length === 0) return NOTHING;
  let tree = TREES.get(paths);
  if (tree === undefined) {
    tree = grow(paths);
    TREES.set(paths, tree);
  }
  return tree;
}

function grow(paths: readonly string[]): PathTree {
  const root: Node = { leaf: false };
  for (const path of paths) {
    let node = root;
    for (const key of splitPath(path)) node = childOf(node, key);
    node.leaf = true;
  }
  return root;
}

function childOf(node: Node, key: PathKey): Node {
  node.children ??= new Map();
  let child = node.children.get(key);
  if (child === undefined) {
    child = { leaf: false };
    node.children.set(key, child);
  }
  return child;
}

/** True when a path of the tree is this one, above it, or below it. */
export function touches(tree: PathTree, keys: readonly PathKey[]): boolean {
  let node = tree;
  for (const key of keys) {
    if (node.leaf) return true;
    const child = node.children?.get(key);
    if (child === undefined) return false;
    node = child;
  }
  return true;
}
