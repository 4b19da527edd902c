import { isRecord } from '../kit/record.ts';
import { joinPath } from '../kit/paths.ts';

/**
 * The paths at which a tree of marks says `true`: `after_unknown`, `before_sensitive`, `after_sensitive`. Such a tree
 * has the shape of the value it speaks of: objects leave unmarked members out, lists keep a place for each element,
 * and a mark on a container stands for all of it. A mark on the root gives the empty path.
 */
export function markedPaths(marks: unknown): string[] {
  const paths: string[] = [];
  collect(marks, [], paths);
  return paths;
}

/** Keys are joined only at a mark: most of such a tree marks nothing. */
function collect(marks: unknown, keys: (string | number)[], paths: string[]): void {
  if (marks === true) paths.push(keys.reduce<string>(joinPath, ''));
  else if (Array.isArray(marks)) {
    for (let at = 0; at < marks.length; at++) step(marks[at], at, keys, paths);
  } else if (isRecord(marks)) {
    for (const key in marks) step(marks[key], key, keys, paths);
  }
}

function step(
  mark: unknown,
  key: string | number,
  keys: (string | number)[],
  paths: string[],
): void {
  keys.push(key);
  collect(mark, keys, paths);
  keys.pop();
}
