import type { Builtin } from './builtin.ts';
import { applyPatch } from './json-patch.ts';
import { array, boolean, objectAt, operand, text } from './operands.ts';
import { toWire } from './rego-text.ts';
import { BuiltinError, isArray } from './value.ts';
import type { RegoObject, RegoValue } from './value.ts';

export const JSON_BUILTINS = {
  'json.patch': (values) => applyPatch(operand(values, 0), array(values, 1)),
  'json.marshal_with_options': (values) =>
    marshal(operand(values, 0), readOptions(objectAt(values, 1))),
} as const satisfies Record<string, Builtin>;

interface Options {
  readonly pretty: boolean;
  readonly indent: string;
  readonly prefix: string;
}

/** Saying how to indent asks for indenting, unless `pretty` says otherwise. */
function readOptions(options: RegoObject): Options {
  const found = { pretty: undefined as boolean | undefined, indent: '\t', prefix: '' };
  for (const [key, value] of options.entries) {
    if (key === 'pretty') found.pretty = boolean([value], 0);
    else if (key === 'indent') found.indent = text([value], 0);
    else if (key === 'prefix') found.prefix = text([value], 0);
    else throw new BuiltinError('object contained unknown key');
  }
  return { ...found, pretty: found.pretty ?? options.entries.some(([key]) => key !== 'pretty') };
}

function marshal(value: RegoValue, { pretty, indent, prefix }: Options): string {
  if (!pretty) return compact(value);
  return prefix + indented(value, indent, `\n${prefix}`);
}

function compact(value: RegoValue): string {
  const { open, close, parts } = partsOf(value);
  return (
    open +
    parts.map(([key, part]) => (key === '' ? '' : `${key}:`) + compact(part)).join(',') +
    close
  );
}

function indented(value: RegoValue, indent: string, line: string): string {
  const { open, close, parts } = partsOf(value);
  if (parts.length === 0) return open + close;
  const inner = line + indent;
  const body = parts.map(
    ([key, part]) => `${inner}${key === '' ? '' : `${key}: `}${indented(part, indent, inner)}`,
  );
  return `${open}${body.join(',')}${line}${close}`;
}

interface Parts {
  readonly open: string;
  readonly close: string;
  /** Keys as JSON; empty for elements. */
  readonly parts: readonly (readonly [key: string, value: RegoValue])[];
}

/** Sets become lists; keys that are no strings become their JSON text. */
function partsOf(value: RegoValue): Parts {
  if (value === null || typeof value !== 'object') return scalar(value);
  if (isArray(value)) return { open: '[', close: ']', parts: value.map((part) => ['', part]) };
  if (value.type === 'decimal') return scalar(value);
  if (value.type === 'set')
    return { open: '[', close: ']', parts: value.members.map((part) => ['', part]) };
  const parts = value.entries.map(([key, part]) => [keyText(key), part] as const);
  return { open: '{', close: '}', parts };
}

function scalar(value: RegoValue): Parts {
  return {
    open: typeof value === 'string' ? goString(value) : toWire(value),
    close: '',
    parts: [],
  };
}

function keyText(key: RegoValue): string {
  return goString(typeof key === 'string' ? key : compact(key));
}

/** Go's encoder escapes what could end a script element. */
function goString(plain: string): string {
  return toWire(plain).replaceAll(
    /[<>&\u2028\u2029]/g,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
