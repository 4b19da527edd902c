import { isSecretName, isSecretVariable } from '../catalogue/secrets.ts';
import { isRecord } from '../kit/record.ts';
import { formsOf } from './forms.ts';
import { SENSITIVE } from './marker.ts';
import { findNeedles } from './needles.ts';
import { credentialsIn } from './patterns.ts';
import { strike } from './spans.ts';

/** Takes out of texts and values what must not be shown. Working on its own output it changes nothing. */
export interface Redactor {
  /** A text without credentials and without the sensitive values that the redactor knows. */
  readonly text: (text: string) => string;
  /** A JSON value in which every text is clean, keys too, and literals under names that say secret are gone. */
  readonly json: (value: unknown) => unknown;
}

/** @param secrets sensitive values, in clear text, in any order and as often as they come. */
export function createRedactor(secrets: Iterable<string>): Redactor {
  const find = findNeedles([...new Set(secrets)].flatMap(formsOf));
  const text = (given: string): string => strike(given, [...find(given), ...credentialsIn(given)]);
  return { text, json: (value) => cleaned(value, '', text) };
}

/** Knows no value: credentials go by their form alone. For what belongs to no document. */
export const PLAIN: Redactor = createRedactor([]);

function cleaned(value: unknown, name: string, text: Redactor['text']): unknown {
  if (typeof value === 'string') return hides(name, value) ? SENSITIVE : text(value);
  if (typeof value === 'number') return text(String(value)) === String(value) ? value : SENSITIVE;
  if (Array.isArray(value)) return value.map((element) => cleaned(element, name, text));
  if (!isRecord(value)) return value;
  const named = nameOf(value);
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      text(key),
      cleaned(member, isValueKey(key) ? (named ?? key) : key, text),
    ]),
  );
}

/** A literal under a name that says secret. References, paths and switches under such names are none. */
export function hides(name: string, value: string): boolean {
  return isSecretName(name) && isSecretVariable(name, value);
}

/** Variables of containers and tasks are written as pairs: `{name: DB_PASSWORD, value: …}`. */
export function nameOf(pair: Readonly<Record<string, unknown>>): string | undefined {
  const name = pair['name'] ?? pair['Name'] ?? pair['key'] ?? pair['Key'];
  return typeof name === 'string' ? name : undefined;
}

export function isValueKey(key: string): boolean {
  return key === 'value' || key === 'Value';
}
