import type { Builtin } from './builtin.ts';
import { collection, operand } from './operands.ts';
import { BuiltinError, set, typeName } from './value.ts';
import type { TypeName } from './value.ts';

/** Deprecated builtins of Rego v0, which old policies still call. */
export const CAST = {
  cast_array: (values) => collection(values, 0),
  cast_set: (values) => set(collection(values, 0)),
  cast_string: only('string'),
  cast_boolean: only('boolean'),
  cast_null: only('null'),
  cast_object: only('object'),
} as const satisfies Record<string, Builtin>;

function only(type: TypeName): Builtin {
  return (values) => {
    const value = operand(values, 0);
    if (typeName(value) === type) return value;
    throw new BuiltinError(`operand 1 must be ${type}`);
  };
}
