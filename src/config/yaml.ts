import { isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';

import type { Place } from '../kit/errors.ts';
import type { Problem } from './errors.ts';

/** A configuration file, parsed, that can still say where each value stands. */
export interface ConfigFile {
  /** Absolute path; `undefined` when there is none. */
  readonly file: string | undefined;
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** The place of the key at a path, or of the nearest thing around it that the file has below the root. */
  readonly locate: (path: readonly PropertyKey[]) => Place | undefined;
}

/** Parses the text of a configuration file; what is no YAML comes back as problems. An empty file sets nothing. */
export function readYaml(file: string, text: string): ConfigFile {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    uniqueKeys: true,
    prettyErrors: false,
  });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const problems = document.errors.map((error) => ({
    place: at(error.pos[0]),
    message: error.message,
  }));
  return {
    file,
    value: problems.length > 0 ? {} : (document.toJS({ maxAliasCount: 100 }) ?? {}),
    problems,
    locate: (path) => {
      const offset = offsetOf(document, path);
      return offset === undefined ? undefined : at(offset);
    },
  };
}

function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const offset = keyOffset(document, path.slice(0, length));
    if (offset !== undefined) return offset;
  }
  return undefined;
}

function keyOffset(document: Document.Parsed, path: readonly PropertyKey[]): number | undefined {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const last = path.at(-1);
  if (isMap(parent)) {
    const pair = parent.items.find(({ key }) => isScalar(key) && key.value === last);
    return isNode(pair?.key) ? pair.key.range?.[0] : undefined;
  }
  const node: unknown = document.getIn(path, true);
  return isNode(node) ? node.range?.[0] : undefined;
}
