import { Ajv } from 'ajv';

import { messageOf } from '../../kit/errors.ts';
import type { Policy } from '../../model/policy.ts';

/** What is wrong with a policy's parameters or with what it says of them; the path is inside `custom`. */
export interface ParameterProblem {
  readonly path: readonly string[];
  readonly message: string;
}

/** A schema that does not compile, a default that does not fit it, a read of a parameter that is not there. */
export function parameterProblems(policy: Policy): readonly ParameterProblem[] {
  const schemas = Object.entries(policy.parameters).flatMap(([name, schema]) =>
    schemaProblems(schema).map((message) => ({
      path: ['parameters', name],
      message: `parameters.${name}: ${message}`,
    })),
  );
  return [...schemas, ...readProblems(policy)];
}

// Strict, so that a misspelt keyword is an error and not a check that is never made. One for all: each would compile the
// schema of schemas again.
const ajv = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true });

function schemaProblems(schema: Readonly<Record<string, unknown>>): string[] {
  try {
    const validate = ajv.compile(schema);
    const fallback = schema['default'];
    if (fallback === undefined || validate(fallback)) return [];
    return [`the default does not fit: ${ajv.errorsText(validate.errors, { dataVar: 'default' })}`];
  } catch (thrown) {
    return [`is no JSON Schema: ${messageOf(thrown)}`];
  } finally {
    // An `$id` must not reach the schemas of other policies.
    ajv.removeSchema(schema);
  }
}

function readProblems({ reads, parameters }: Policy): ParameterProblem[] {
  return reads.flatMap((read, index) =>
    [...read.matchAll(/\{([^}]*)\}/g)]
      .map(([, name = '']) => name)
      .filter((name) => !Object.hasOwn(parameters, name))
      .map((name) => ({
        path: ['reads', String(index)],
        message: `reads: ${read} names a parameter ${name} that the policy does not have`,
      })),
  );
}
