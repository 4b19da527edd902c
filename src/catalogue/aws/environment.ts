import { isSecret } from '../environment.ts';
import { UNKNOWN } from '../facts.ts';
import { anyOf } from '../values.ts';
import type { Truth } from '../values.ts';
import type { Read } from '../view.ts';

/** Variables by name; a value that is still to come is UNKNOWN. */
export type Variables = Read<readonly (readonly [name: string, value: Read<string>])[]>;

/**
 * A variable holds a secret in clear text. A value still to come counts only under a name that says secret: most of
 * them are names and addresses of other resources.
 */
export function secretAmong(variables: Variables): Truth {
  if (variables === UNKNOWN) return UNKNOWN;
  return anyOf(...(variables ?? []).map(([name, value]) => isSecret(name, value)));
}
