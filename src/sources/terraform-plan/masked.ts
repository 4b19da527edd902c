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
  const paths: string[] = [];
  findMasks(attributes, '', paths);
  if (paths.length === 0) return { attributes, paths };
  return { attributes: withoutMasks(attributes), paths };
}

function findMasks(value: unknown, path: string, paths: string[]): void {
  if (typeof value === 'string') {
    if (MASKS.has(value)) paths.push(path);
  } else if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++)
      if (canHoldMask(value[at])) findMasks(value[at], joinPath(path, at), paths);
  } else if (isRecord(value)) {
    for (const key in value)
      if (canHoldMask(value[key])) findMasks(value[key], joinPath(path, key), paths);
  }
}

/** Spares joining a path for the many values that are no mask. */
function canHoldMask(value: unknown): boolean {
  return typeof value === 'string' ? MASKS.has(value) : typeof value === 'object' && value !== null;
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
