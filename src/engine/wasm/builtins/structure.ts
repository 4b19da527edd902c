import { memoryError } from '../errors.ts';
import type { Builtin } from './builtin.ts';
import { collection, integer, isObject, isSet, objectAt, operand } from './operands.ts';
import { BuiltinError, compare, isArray, member, set } from './value.ts';
import type { RegoObject, RegoValue } from './value.ts';

/** Objects, graphs and ranges. */
export const STRUCTURE = {
  'object.subset': (values) => isSubset(operand(values, 0), operand(values, 1)),
  'graph.reachable_paths': (values) => reachablePaths(objectAt(values, 0), collection(values, 1)),
  'numbers.range_step': (values) =>
    range(integer(values, 0), integer(values, 1), integer(values, 2)),
} as const satisfies Record<string, Builtin>;

function isSubset(whole: RegoValue, part: RegoValue): boolean {
  if (isObject(whole) && isObject(part)) return isSubobject(whole, part);
  if (isSet(part) && (isSet(whole) || isArray(whole))) {
    const members = isSet(whole) ? whole.members : whole;
    return part.members.every((wanted) => holds(members, wanted));
  }
  if (isArray(whole) && isArray(part)) return isRun(whole, part);
  throw new BuiltinError('both arguments must be of the same type, or an array and a set');
}

/** Below objects, sets and arrays are compared in the same way; anything else must be equal. */
function isSubobject(whole: RegoObject, part: RegoObject): boolean {
  return part.entries.every(([key, wanted]) => {
    const value = member(whole, key);
    if (value === undefined) return false;
    if (compare(value, wanted) === 0) return true;
    const alike =
      (isObject(value) && isObject(wanted)) ||
      (isSet(value) && isSet(wanted)) ||
      (isArray(value) && isArray(wanted));
    return alike && isSubset(value, wanted);
  });
}

function holds(values: readonly RegoValue[], wanted: RegoValue): boolean {
  return values.some((value) => compare(value, wanted) === 0);
}

/** The part stands in the whole without a gap. */
function isRun(whole: readonly RegoValue[], part: readonly RegoValue[]): boolean {
  for (let start = 0; start + part.length <= whole.length; start++) {
    if (part.every((wanted, i) => compare(whole[start + i] ?? null, wanted) === 0)) return true;
  }
  return false;
}

/** More paths than this are a memory bomb: their number grows with the power of the graph. */
const MOST_PATHS = 100_000;

function reachablePaths(graph: RegoObject, roots: readonly RegoValue[]): RegoValue {
  const paths: RegoValue[][] = [];
  const add = (path: RegoValue[]): void => {
    if (paths.push(path) > MOST_PATHS) throw memoryError();
  };
  const walk = (node: RegoValue, path: readonly RegoValue[]): void => {
    const edges = member(graph, node);
    if (edges === undefined) {
      add([...path]);
      return;
    }
    const longer = [...path, node];
    const neighbours = neighboursOf(edges);
    if (neighbours.length === 0) add(longer);
    for (const neighbour of neighbours) {
      if (holds(longer, neighbour)) add(longer);
      else walk(neighbour, longer);
    }
  };
  // OPA looks for cycles behind the first edge only: a root that names itself gives [a, a].
  for (const root of roots) {
    const edges = member(graph, root);
    if (edges === undefined) continue;
    const neighbours = neighboursOf(edges);
    if (neighbours.length === 0) add([root]);
    for (const neighbour of neighbours) walk(neighbour, [root]);
  }
  return set(paths);
}

function neighboursOf(edges: RegoValue): readonly RegoValue[] {
  if (isArray(edges)) return edges;
  return isSet(edges) ? edges.members : [];
}

const LONGEST_RANGE = 1_000_000n;

/** Both ends count; downwards when the second is the smaller one. */
function range(from: bigint, to: bigint, step: bigint): RegoValue {
  if (step <= 0n) throw new BuiltinError('step must be a positive integer');
  const down = from > to;
  const length = (down ? from - to : to - from) / step + 1n;
  if (length > LONGEST_RANGE) throw memoryError();
  return Array.from({ length: Number(length) }, (_, i) => from + BigInt(i) * (down ? -step : step));
}
