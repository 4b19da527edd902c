import { Composer, Lexer, LineCounter, Parser, isScalar, visit } from 'yaml';
import type { CST, Document, ParsedNode, Tags } from 'yaml';

import { messageOf } from '../kit/errors.ts';
import { SourceError } from './errors.ts';
import { tooDeep, tooManyMembers } from './json-scan.ts';
import type { Limits } from './limits.ts';

const ALIASES = 100;

/**
 * Kubernetes and the tools around it read YAML 1.1, without its dates, base-60 numbers and exotic collections:
 * `privileged: yes` is true for them and has to be true here.
 */
const LEFT_OUT = new Set(['binary', 'omap', 'pairs', 'set', 'timestamp']);

export interface YamlValues {
  readonly values: readonly unknown[];
  /** The line on which each value begins. */
  readonly lines: readonly number[];
}

/**
 * Parses a YAML stream; documents that hold nothing are left out.
 *
 * @throws SourceError SOURCE_MALFORMED with the place, SOURCE_TOO_LARGE.
 */
export function parseYaml(text: string, limits: Limits): YamlValues {
  const lineCounter = new LineCounter();
  // Only Parser.parse() tells of the first line by itself; lexemes are fed to it one by one here.
  lineCounter.addNewLine(0);
  const documents = compose(text, limits, lineCounter);
  const values: unknown[] = [];
  const lines: number[] = [];
  for (const document of documents) {
    refuseErrors(document, lineCounter);
    if (document.contents === null || isEmptyScalar(document.contents)) continue;
    refuseDuplicates(document, lineCounter);
    values.push(plainValue(document));
    lines.push(lineCounter.linePos(document.contents.range[0]).line);
  }
  return { values, lines };
}

function compose(text: string, limits: Limits, lineCounter: LineCounter): Document.Parsed[] {
  const composer = new Composer({
    lineCounter,
    schema: 'yaml-1.1',
    prettyErrors: false,
    resolveKnownTags: false,
    // Looking through every earlier key for each key is quadratic; refuseDuplicates is not.
    uniqueKeys: false,
    customTags: (tags: Tags) => tags.filter((tag) => !isLeftOut(tag)),
  });
  try {
    return [...composer.compose(boundedTokens(text, limits, lineCounter), true, text.length)];
  } catch (cause) {
    // Nothing else can be thrown by the recursive part of the parser within the limits.
    if (cause instanceof RangeError) throw tooDeep(limits);
    throw cause;
  }
}

/** Depth and number of tokens are watched while the syntax is read, before values are built of it. */
function* boundedTokens(
  text: string,
  limits: Limits,
  lineCounter: LineCounter,
): Generator<CST.Token> {
  const parser = new Parser(lineCounter.addNewLine);
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    // A member takes some four lexemes: key, colon, space, value.
    if (++lexemes > limits.members * 8) throw tooManyMembers(limits);
    yield* parser.next(lexeme);
    if (parser.stack.length > limits.depth + 2) throw tooDeep(limits);
  }
  yield* parser.end();
}

function isLeftOut(tag: Tags[number]): boolean {
  if (typeof tag === 'string') return LEFT_OUT.has(tag);
  return (
    LEFT_OUT.has(tag.tag.replace('tag:yaml.org,2002:', '')) ||
    ('format' in tag && tag.format === 'TIME')
  );
}

function refuseErrors(document: Document.Parsed, lineCounter: LineCounter): void {
  const [error] = document.errors;
  if (error === undefined) return;
  // The parser's messages quote the text around the error, which may be a secret; its codes do not.
  throw malformed(
    `the YAML is not valid (${error.code.toLowerCase().replaceAll('_', ' ')})`,
    error.pos[0],
    lineCounter,
  );
}

function refuseDuplicates(document: Document.Parsed, lineCounter: LineCounter): void {
  visit(document, {
    Map: (_, map) => {
      const seen = new Set<string>();
      for (const { key } of map.items) {
        if (!isScalar(key))
          throw malformed('a key of the YAML is not a plain value', offsetOf(map), lineCounter);
        const name = String(key.value);
        if (seen.has(name) && name !== '<<') {
          throw malformed(
            `the key ${JSON.stringify(name.slice(0, 40))} stands twice in one mapping`,
            offsetOf(key),
            lineCounter,
          );
        }
        seen.add(name);
      }
    },
  });
}

function offsetOf(node: { range?: [number, number, number] | null | undefined }): number {
  return node.range?.[0] ?? 0;
}

function plainValue(document: Document.Parsed): unknown {
  try {
    const value: unknown = document.toJS({ maxAliasCount: ALIASES });
    return value;
  } catch (cause) {
    // The library's own guard against a small text whose aliases unfold into gigabytes.
    if (messageOf(cause).startsWith('Excessive alias count')) {
      throw new SourceError(
        'SOURCE_TOO_LARGE',
        `the YAML uses aliases more than ${ALIASES} times over`,
      );
    }
    throw new SourceError('SOURCE_MALFORMED', 'an alias of the YAML has no anchor before it');
  }
}

function isEmptyScalar(node: ParsedNode): boolean {
  return isScalar(node) && node.value === null;
}

function malformed(what: string, offset: number, lineCounter: LineCounter): SourceError {
  const { line, col } = lineCounter.linePos(offset);
  return new SourceError('SOURCE_MALFORMED', `${what} at line ${line}, column ${col}`, {
    place: { line, column: col },
  });
}
