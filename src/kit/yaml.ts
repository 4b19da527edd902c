import { isMap, isNode, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type { z } from 'zod';

import { messageOf } from './errors.ts';
import type { Place } from './errors.ts';

/** One thing that is wrong with a YAML text, and where. */
export interface YamlProblem {
  readonly message: string;
  readonly place: Place;
}

export type ParsedYaml<T> =
  | {
      readonly ok: true;
      readonly value: T;
      readonly lineOf: (path: readonly PropertyKey[]) => number;
    }
  | { readonly ok: false; readonly problems: readonly YamlProblem[] };

/** Where a text begins when it is part of a file: the line before its first one, the columns before its first. */
export interface Offset {
  readonly lines: number;
  readonly columns: number;
}

const AT_THE_TOP: Offset = { lines: 0, columns: 0 };

/** YAML text whose nodes can be found again by the path of their value. */
export interface PlacedYaml {
  readonly problems: readonly YamlProblem[];
  readonly toPlain: () => unknown;
  readonly placeOf: (path: readonly PropertyKey[]) => Place;
  /** Where an issue points: at the wrong value, or at the key that should not be there. */
  readonly placeOfIssue: (issue: z.core.$ZodIssue) => Place;
}

/** Reads one YAML document, and keeps where everything stood. */
export function placedYaml(text: string, file: string, offset: Offset = AT_THE_TOP): PlacedYaml {
  const lines = new LineCounter();
  const yaml = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const place = (at: number): Place => {
    const { line, col } = lines.linePos(at);
    return { file, line: line + offset.lines, column: col + offset.columns };
  };
  return {
    problems: [...yaml.errors, ...yaml.warnings].map((error) => ({
      message: error.message,
      place: place(error.pos[0]),
    })),
    // What people write by hand needs few aliases; a bomb of them is refused before it unfolds.
    toPlain: (): unknown => yaml.toJS({ maxAliasCount: 100 }),
    placeOf: (path) => place(offsetAt(yaml, path)),
    placeOfIssue: (issue) => place(offsetOfIssue(yaml, issue)),
  };
}

/** Text -> a value of the schema, or every problem with its place. */
export function parseYaml<T>(schema: z.ZodType<T>, text: string, file: string): ParsedYaml<T> {
  const yaml = placedYaml(text, file);
  if (yaml.problems.length > 0) return { ok: false, problems: yaml.problems };
  let plain: unknown;
  try {
    plain = yaml.toPlain();
  } catch (thrown) {
    return {
      ok: false,
      problems: [
        { message: `the aliases do not unfold: ${messageOf(thrown)}`, place: { file, line: 1 } },
      ],
    };
  }
  const parsed = schema.safeParse(plain);
  if (parsed.success) {
    return { ok: true, value: parsed.data, lineOf: (path) => yaml.placeOf(path).line ?? 1 };
  }
  const problems = parsed.error.issues.map((issue) => ({
    message: describeIssue(issue),
    place: { ...yaml.placeOfIssue(issue), path: issue.path.map(String).join('.') },
  }));
  return { ok: false, problems };
}

/** An issue in the words of the person who wrote the text. */
export function describeIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `unknown key ${issue.keys.join(', ')}`;
  return issue.message;
}

function offsetOfIssue(yaml: Document, issue: z.core.$ZodIssue): number {
  if (issue.code !== 'unrecognized_keys') return offsetAt(yaml, issue.path);
  const parent = yaml.getIn(issue.path, true);
  const pair = isMap(parent)
    ? parent.items.find(({ key }) => issue.keys.includes(String(key)))
    : undefined;
  return isNode(pair?.key) ? (pair.key.range?.[0] ?? 0) : offsetAt(yaml, issue.path);
}

/** Where the node at a path begins; of a path that isn't there, where its nearest parent begins. */
function offsetAt(yaml: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = yaml.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return yaml.contents?.range?.[0] ?? 0;
}
