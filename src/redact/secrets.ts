import { isRecord } from '../kit/record.ts';
import { splitPath, valueAt } from '../kit/paths.ts';
import type { Resource } from '../model/resource.ts';
import { statedSecrets } from './patterns.ts';
import { hides, isValueKey, nameOf } from './redactor.ts';

/** The values that a resource's document marks as sensitive, wherever they stand below a marked path. */
export function markedValues(resource: Resource): string[] {
  const texts: string[] = [];
  for (const path of resource.sensitive) collect(valueAt(resource, splitPath(path)), texts);
  return texts;
}

function collect(value: unknown, texts: string[]): void {
  if (typeof value === 'string') texts.push(value);
  else if (typeof value === 'number') texts.push(String(value));
  else if (Array.isArray(value)) for (const element of value) collect(element, texts);
  else if (isRecord(value)) for (const key in value) collect(value[key], texts);
}

/** Literals that nobody marked, under names that say secret, and the passwords in addresses and connection strings. */
export function namedValues({ config, before, tags }: Resource): string[] {
  const texts: string[] = [];
  collectNamed(config, '', texts);
  collectNamed(before, '', texts);
  collectNamed(tags, '', texts);
  return texts;
}

/** Task definitions and their like are written as JSON inside one attribute. */
const OBJECTS = /^\s{0,8}(?:\[\s{0,8})?\{/;
const LONGEST_JSON = 65_536;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function collectNamed(value: unknown, name: string, texts: string[]): void {
  if (typeof value === 'string') {
    if (hides(name, value)) texts.push(value);
    else if (OBJECTS.test(value) && value.length <= LONGEST_JSON)
      collectNamed(parsed(value), name, texts);
    else texts.push(...statedSecrets(value));
  } else if (Array.isArray(value)) {
    for (const element of value) collectNamed(element, name, texts);
  } else if (isRecord(value)) {
    const named = nameOf(value);
    for (const key in value)
      collectNamed(value[key], isValueKey(key) ? (named ?? key) : key, texts);
  }
}
