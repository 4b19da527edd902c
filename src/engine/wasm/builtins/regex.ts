import { RE2JS } from 're2js';

import { quoteMeta } from './glob.ts';
import type { Builtin } from './builtin.ts';
import { integer, text } from './operands.ts';
import { BuiltinError } from './value.ts';

/**
 * Regular expressions by RE2, as OPA has them: the time is linear in the text, whatever a policy or a document brings as a
 * pattern. `regex.match` and some others are in the module itself.
 */
export const REGEX = {
  'regex.find_n': (values) => {
    const limit = Number(integer(values, 2));
    const subject = text(values, 1);
    return matches(compile(text(values, 0)), subject, limit).map(([start, end]) =>
      subject.slice(start, end),
    );
  },
  'regex.replace': (values) =>
    replaceAll(text(values, 0), compile(text(values, 1)), text(values, 2)),
  'regex.split': (values) => split(compile(text(values, 0)), text(values, 1)),
  'regex.template_match': (values) =>
    compile(templatePattern(text(values, 0), text(values, 2), text(values, 3)))
      .matcher(text(values, 1))
      .find(),
} as const satisfies Record<string, Builtin>;

const CACHED = 100;
const cache = new Map<string, RE2JS>();

/** The oldest goes when there are too many: patterns may come from documents, so their number has no end (OPA issue 6828). */
function compile(pattern: string): RE2JS {
  const found = cache.get(pattern);
  if (found !== undefined) return found;
  const compiled = compileFresh(pattern);
  if (cache.size >= CACHED) cache.delete(cache.keys().next().value ?? '');
  cache.set(pattern, compiled);
  return compiled;
}

function compileFresh(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch {
    throw new BuiltinError('the pattern is no regular expression');
  }
}

type Match = readonly [start: number, end: number, groups: (name: string) => string];

/** As Go's FindAll: an empty match right behind a match does not count. A negative limit is none. */
function matches(expression: RE2JS, subject: string, limit = -1): Match[] {
  const found: Match[] = [];
  const matcher = expression.matcher(subject);
  let before = -1;
  while (found.length !== limit && matcher.find()) {
    const [start, end] = [matcher.start(), matcher.end()];
    if (start === end && start === before) continue;
    before = end;
    const groups = captured(matcher.groupCount(), (index) => matcher.group(index));
    const names = expression.namedGroups();
    found.push([
      start,
      end,
      (name) => groups[/^\d+$/.test(name) ? Number(name) : (names[name] ?? -1)] ?? '',
    ]);
  }
  return found;
}

function captured(count: number, group: (index: number) => string | null): (string | null)[] {
  return Array.from({ length: count + 1 }, (_, index) => group(index));
}

function replaceAll(subject: string, expression: RE2JS, template: string): string {
  let out = '';
  let at = 0;
  for (const [start, end, groups] of matches(expression, subject)) {
    out += subject.slice(at, start) + expand(template, groups);
    at = end;
  }
  return out + subject.slice(at);
}

/** Go's Expand: `$1`, `$name`, `${name}`, `$$`; the longest name counts, a group that is not there is empty. */
function expand(template: string, groups: (name: string) => string): string {
  return template.replaceAll(
    /\$(?:(\$)|\{(\w+)\}|(\w+))/g,
    (_, dollar?: string, braced?: string, plain?: string) =>
      dollar === undefined ? groups(braced ?? plain ?? '') : '$',
  );
}

/** As Go's Split without a limit. */
function split(expression: RE2JS, subject: string): string[] {
  if (subject === '' && expression.pattern() !== '') return [''];
  const parts: string[] = [];
  let begin = 0;
  let end = 0;
  for (const [start, stop] of matches(expression, subject)) {
    end = start;
    if (stop !== 0) parts.push(subject.slice(begin, end));
    begin = stop;
  }
  if (end !== subject.length) parts.push(subject.slice(begin));
  return parts;
}

/** `urn:foo:{.*}` as a pattern: what stands between the delimiters is one, everything else is literal. */
function templatePattern(template: string, open: string, close: string): string {
  if (open.length !== 1 || close.length !== 1)
    throw new BuiltinError('a delimiter is one character');
  let pattern = '^';
  let rest = template;
  for (;;) {
    const start = rest.indexOf(open);
    if (start === -1) break;
    const end = closing(rest, start, open, close);
    pattern += `${quoteMeta(rest.slice(0, start))}(${rest.slice(start + 1, end)})`;
    rest = rest.slice(end + 1);
  }
  if (rest.includes(close)) throw new BuiltinError('unbalanced braces in the template');
  return `${pattern}${quoteMeta(rest)}$`;
}

function closing(template: string, start: number, open: string, close: string): number {
  let depth = 0;
  for (let i = start; i < template.length; i++) {
    if (template[i] === open) depth++;
    if (template[i] === close && --depth === 0) return i;
  }
  throw new BuiltinError('unbalanced braces in the template');
}
