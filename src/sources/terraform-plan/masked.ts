import { joinPath } from '../../kit/paths.ts';
import { isRecord } from '../../kit/record.ts';

/**
 * What some platforms write in place of a value before they hand a plan on (env0 writes `<sensitive>`). It is not the
 * value: an owner called "<sensitive>" would satisfy a rule that asks for an owner.
 */
const MASKS = new Set(['<sensitive>', '(sensitive value)', '(sensitive)']);

export interface Unmasked {
  /** The attributes with masks taken out as an unknown is: a member is absent, a list element null. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Where the masks stood: these paths are sensitive, and their values not known. */
  readonly paths: readonly string[];
}

/** Takes masks out of attributes. Attributes without any are handed back as they are. */
export function takeOutMasks(attributes: Readonly<Record<string, unknown>>): Unmasked {
  if (!holdsMask(attributes)) return { attributes, paths: [] };
  const paths: string[] = [];
  findMasks(attributes, '', paths);
  return { attributes: withoutMasks(attributes), paths };
}

function holdsMask(value: unknown): boolean {
  if (typeof value === 'string') return MASKS.has(value);
  if (Array.isArray(value)) return value.some(holdsMask);
  if (!isRecord(value)) return false;
  for (const key in value) if (holdsMask(value[key])) return true;
  return false;
}

function findMasks(value: unknown, path: string, paths: string[]): void {
  if (isMask(value)) paths.push(path);
  else if (Array.isArray(value))
    value.forEach((element, at) => findMasks(element, joinPath(path, at), paths));
  else if (isRecord(value)) {
    for (const key in value) findMasks(value[key], joinPath(path, key), paths);
  }
}

function withoutMasks(object: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const members = Object.entries(object).filter(([, value]) => !isMask(value));
  return Object.fromEntries(members.map(([key, value]) => [key, cleaned(value)]));
}

function cleaned(value: unknown): unknown {
  if (isMask(value)) return null;
  if (Array.isArray(value)) return value.map(cleaned);
  return isRecord(value) ? withoutMasks(value) : value;
}

function isMask(value: unknown): boolean {
  return typeof value === 'string' && MASKS.has(value);
}
