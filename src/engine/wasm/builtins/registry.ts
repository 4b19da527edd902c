import type { Builtin } from './builtin.ts';
import { CAST } from './cast.ts';
import { CRYPTO } from './crypto.ts';
import { EFFECTS } from './effects.ts';
import { ENCODING } from './encoding.ts';
import { GLOB } from './glob.ts';
import { JSON_BUILTINS } from './json.ts';
import { NET } from './net.ts';
import { REGEX } from './regex.ts';
import { SEMVER } from './semver.ts';
import { STRUCTURE } from './structure.ts';
import { TEXT } from './text.ts';
import { TIME } from './time.ts';
import { UNITS } from './units.ts';
import { YAML } from './yaml.ts';

export { NATIVE_BUILTINS } from './native.ts';

/** Every builtin that the host answers, by its name in Rego. */
export const HOST: ReadonlyMap<string, Builtin> = new Map<string, Builtin>(
  Object.entries({
    ...CAST,
    ...CRYPTO,
    ...EFFECTS,
    ...ENCODING,
    ...GLOB,
    ...JSON_BUILTINS,
    ...NET,
    ...REGEX,
    ...SEMVER,
    ...STRUCTURE,
    ...TEXT,
    ...TIME,
    ...UNITS,
    ...YAML,
  }),
);

/** Builtins that the host answers. A module that imports any other is refused when it is loaded. */
export const HOST_BUILTINS: readonly string[] = [...HOST.keys()];
