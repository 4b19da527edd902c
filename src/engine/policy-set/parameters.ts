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

// It holds the compiled schema of schemas, which costs more than all the schemas of a policy set together.
const schemaOfSchemas = new Ajv({ allErrors: true });

function schemaProblems(schema: Readonly<Record<string, unknown>>): string[] {
  // Strict, so that a misspelt keyword is an error and not a check that is never made. One for each, so that ids do not meet.
  const ajv = new Ajv({
    strict: true,
    allErrors: true,
    allowUnionTypes: true,
    meta: false,
    validateSchema: false,
  });
  try {
    if (schemaOfSchemas.validateSchema(schema) !== true)
      return [`is no JSON Schema: ${schemaOfSchemas.errorsText(undefined, { dataVar: 'schema' })}`];
    const validate = ajv.compile(schema);
    const fallback = schema['default'];
    if (fallback === undefined || validate(fallback)) return [];
    return [`the default does not fit: ${ajv.errorsText(validate.errors, { dataVar: 'default' })}`];
  } catch (thrown) {
    return [`is no JSON Schema: ${messageOf(thrown)}`];
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
