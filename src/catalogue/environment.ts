import { joinPath } from '../kit/paths.ts';
import { UNKNOWN } from './facts.ts';
import { isSecretName, isSecretVariable, scriptHoldsSecret } from './secrets.ts';
import { anyOf, holds, someOf } from './values.ts';
import type { Truth } from './values.ts';
import type { Read, View } from './view.ts';

/**
 * True when a map of variables holds a secret in clear text. A value still to come counts only under a name that says
 * secret: most of them are names and addresses of other resources.
 */
export function secretInMap(view: View, path: string): Truth {
  return anyOf(
    stillToCome(view, path),
    holds(view.read(path), (variables) => {
      if (typeof variables !== 'object' || variables === null) return false;
      return anyOf(
        ...Object.keys(variables).map((name) => isSecret(name, view.string(joinPath(path, name)))),
      );
    }),
  );
}

/** An unknown member of a map is absent from it; only the list of unknown paths names it. */
function stillToCome(view: View, path: string): Truth {
  const inside = `${path}.`;
  const secret = view.resource.unknown.some(
    (unknown) =>
      unknown.includes(inside) &&
      isSecretName(unknown.slice(unknown.indexOf(inside) + inside.length)),
  );
  return secret && UNKNOWN;
}

/** As `secretInMap`, for a list of blocks with a name and a value. */
export function secretInPairs(pairs: Read<readonly View[]>): Truth {
  return someOf(pairs, (pair) => {
    const name = pair.string('name');
    return isSecret(typeof name === 'string' ? name : '', pair.string('value'));
  });
}

/** One variable: its value when it is known, its name when the value is still to come. */
export function isSecret(name: string, value: Read<string>): Truth {
  if (value === UNKNOWN) return isSecretName(name) && UNKNOWN;
  return value !== undefined && isSecretVariable(name, value);
}

/** True when one of the scripts, plain or in Base64, holds or assigns a secret. */
export function secretInScripts(...scripts: readonly Read<string>[]): Truth {
  return anyOf(...scripts.map((script) => holds(script, scriptHoldsSecret)));
}
