import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';

import type { Policy } from '../model/policy.ts';

/** What a rule's parameters come to: the values with defaults filled in, or what is wrong with them. */
export type BoundParameters =
  | { readonly ok: true; readonly values: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly problems: readonly ParameterProblem[] };

export interface ParameterProblem {
  readonly parameter: string | undefined;
  readonly message: string;
}

const validators = new WeakMap<Policy, ValidateFunction>();

// Schemas were checked when the policies were built; compiling the schema of schemas again would cost every start.
const ajv = new Ajv({
  useDefaults: true,
  allErrors: true,
  strict: false,
  meta: false,
  validateSchema: false,
});

/**
 * Checks a rule's parameters against the JSON Schemas in the policy's metadata. A parameter the policy does not have
 * is an error: a misspelt one would silently leave the default in force.
 */
export function bindParameters(
  policy: Policy,
  given: Readonly<Record<string, unknown>>,
): BoundParameters {
  if (Object.keys(policy.parameters).length === 0) return withoutParameters(policy, given);
  const defaults = Object.keys(given).length === 0 ? defaultsOf(policy) : undefined;
  if (defaults !== undefined) return { ok: true, values: defaults };
  const values = structuredClone(given);
  const validate = validators.get(policy) ?? compile(policy);
  if (validate(values)) return { ok: true, values };
  const problems = (validate.errors ?? []).map((error) => ({
    parameter: parameterOf(error.instancePath, error.params),
    message:
      error.keyword === 'additionalProperties'
        ? unknownParameter(policy)
        : (error.message ?? error.keyword),
  }));
  return { ok: false, problems };
}

function withoutParameters(
  policy: Policy,
  given: Readonly<Record<string, unknown>>,
): BoundParameters {
  const problems = Object.keys(given).map((parameter) => ({
    parameter,
    message: unknownParameter(policy),
  }));
  return problems.length === 0 ? { ok: true, values: {} } : { ok: false, problems };
}

/**
 * What a rule has that gives nothing. Defaults were checked when the policies were built; compiling schemas only to find them
 * right again takes longer than all else that a rule needs.
 *
 * @returns undefined where it takes a validator: a parameter has to be given, or defaults stand inside of defaults.
 */
function defaultsOf(policy: Policy): Record<string, unknown> | undefined {
  const values: Record<string, unknown> = {};
  for (const [name, { default: fallback, ...schema }] of Object.entries(policy.parameters)) {
    if (fallback === undefined || JSON.stringify(schema).includes('"default":')) return undefined;
    values[name] = structuredClone(fallback);
  }
  return values;
}

function compile(policy: Policy): ValidateFunction {
  const required = Object.entries(policy.parameters)
    .filter(([, schema]) => schema['default'] === undefined)
    .map(([name]) => name);
  const validate = ajv.compile({
    type: 'object',
    properties: policy.parameters,
    required,
    additionalProperties: false,
  });
  validators.set(policy, validate);
  return validate;
}

function parameterOf(
  instancePath: string,
  params: Readonly<Record<string, unknown>>,
): string | undefined {
  const named = params['additionalProperty'] ?? params['missingProperty'];
  return typeof named === 'string' ? named : instancePath.split('/')[1];
}

function unknownParameter(policy: Policy): string {
  const names = Object.keys(policy.parameters);
  const known = names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`;
  return `${policy.id} has no such parameter; ${known}`;
}
