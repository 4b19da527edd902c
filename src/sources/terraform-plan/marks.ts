import { isRecord } from '../../kit/record.ts';
import { joinPath } from '../../kit/paths.ts';

/**
 * The paths at which a tree of marks says `true`: `after_unknown`, `before_sensitive`, `after_sensitive`. Such a tree
 * has the shape of the value it speaks of: objects leave unmarked members out, lists keep a place for each element,
 * and a mark on a container stands for all of it. A mark on the root gives the empty path.
 */
export function markedPaths(marks: unknown): string[] {
  const paths: string[] = [];
  collect(marks, '', paths);
  return paths;
}

function collect(marks: unknown, path: string, paths: string[]): void {
  if (marks === true) paths.push(path);
  else if (Array.isArray(marks))
    marks.forEach((mark, at) => collect(mark, joinPath(path, at), paths));
  else if (isRecord(marks)) {
    for (const key in marks) collect(marks[key], joinPath(path, key), paths);
  }
}
