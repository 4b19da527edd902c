import { isSecretName, isSecretVariable } from '../../catalogue/secrets.ts';
import { isRecord } from '../../kit/record.ts';
import { statedSecrets } from '../../redact/patterns.ts';
import { constantOf } from './expression.ts';
import type { ConfigModule, TerraformPlan } from './schema.ts';

/** Modules nest a few levels deep; a document that claims more is not followed for ever. */
const LEVELS = 32;

/**
 * Sensitive values that a plan states outside its resources, in clear text: variables and outputs that the code marks, and
 * credentials that the code writes into the configuration of providers and the addresses of modules.
 */
export function secretsOf(plan: TerraformPlan): string[] {
  const texts: string[] = [];
  const { root_module: root, provider_config: providers } = plan.configuration ?? {};
  if (root !== undefined) {
    collectVariables(root, plan.variables, texts);
    collectDefaults(root, texts, LEVELS);
  }
  collectOutputs(plan, texts);
  for (const { expressions } of Object.values(providers ?? {}))
    collectConstants(expressions, '', texts);
  return texts;
}

function collectVariables(
  root: ConfigModule,
  given: TerraformPlan['variables'],
  texts: string[],
): void {
  for (const [name, { sensitive }] of Object.entries(root.variables))
    if (sensitive === true && Object.hasOwn(given, name)) collect(given[name]?.value, texts);
  // What nobody marked may still say by its name what it is, or hold a password in an address.
  for (const [name, { value }] of Object.entries(given)) collectStated(value, name, texts);
}

function collectOutputs({ planned_values, output_changes }: TerraformPlan, texts: string[]): void {
  for (const output of Object.values(planned_values?.outputs ?? {}))
    if (output.sensitive === true) collect(output.value, texts);
  for (const change of Object.values(output_changes)) {
    if (change.after_sensitive === true) collect(change.after, texts);
    if (change.before_sensitive === true) collect(change.before, texts);
  }
}

/** What a module says when nobody gives a value: a default of a sensitive variable is as sensitive. */
function collectDefaults(module: ConfigModule, texts: string[], levels: number): void {
  for (const { sensitive, default: value } of Object.values(module.variables))
    if (sensitive === true) collect(value, texts);
  for (const { source = '', module: called } of Object.values(module.module_calls)) {
    texts.push(...statedSecrets(source));
    if (called !== undefined && levels > 0) collectDefaults(called, texts, levels - 1);
  }
}

function collect(value: unknown, texts: string[]): void {
  if (typeof value === 'string') texts.push(value);
  else if (typeof value === 'number') texts.push(String(value));
  else if (Array.isArray(value)) for (const element of value) collect(element, texts);
  else if (isRecord(value)) for (const key in value) collect(value[key], texts);
}

/** `access_key`, `secret_key`, `token`, in blocks of a block too; passwords in addresses of whatever name. */
function collectConstants(value: unknown, name: string, texts: string[]): void {
  const constant = constantOf(value);
  if (constant !== undefined) collectStated(constant, name, texts);
  else if (Array.isArray(value)) {
    for (const element of value) collectConstants(element, name, texts);
  } else if (isRecord(value)) {
    for (const key in value) collectConstants(value[key], key, texts);
  }
}

/** Literals only: what is listed or nested under a name was marked by whoever wrote it, or is no secret. */
function collectStated(value: unknown, name: string, texts: string[]): void {
  if (typeof value !== 'string') return;
  if (isSecretName(name) && isSecretVariable(name, value)) texts.push(value);
  else texts.push(...statedSecrets(value));
}
