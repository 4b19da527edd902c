import { isRecord } from '../../kit/record.ts';
import type { ProviderSettings } from '../terraform-scope.ts';
import { constantOf, isExpression, referencesOf } from './expression.ts';
import { parseReference } from './reference-text.ts';
import type { ProviderConfig } from './schema.ts';

export type ProviderConfigs = Readonly<Record<string, ProviderConfig>>;

/** The provider configuration that a resource is made with. */
export interface ProviderFinding {
  /** Undefined when the code does not configure this provider. */
  readonly config: ProviderConfig | undefined;
  /** False when another configuration may have been passed into the module: old plans do not tell. */
  readonly certain: boolean;
}

/**
 * Finds the provider configuration of a block.
 *
 * Keys are `aws` and `aws.west` in the root module, `module.a.module.b:aws.west` inside a module, and `b:aws.west` in
 * old plans. Since Terraform 1.1 the key of a resource names the configuration that was really passed in; before, it
 * names the module's own word for it, and then the nearest configuration of that name upwards is meant.
 *
 * @param key the block's `provider_config_key`.
 * @param path names of the modules from the root to the block.
 */
export function findProviderConfig(
  configs: ProviderConfigs,
  key: string,
  path: readonly string[],
): ProviderFinding {
  const own = configured(configs, key);
  if (own !== undefined) return { config: own, certain: true };
  const colon = key.lastIndexOf(':');
  if (colon < 0) return { config: undefined, certain: true };
  const local = key.slice(colon + 1);
  for (const prefix of prefixes(path)) {
    const config = configured(configs, `${prefix}:${local}`);
    if (config !== undefined) return { config, certain: true };
  }
  const inherited = configured(configs, local);
  return { config: inherited, certain: onlyOne(configs, local, inherited) };
}

/** An entry without expressions is a version constraint inside a module, not a configuration. */
function configured(configs: ProviderConfigs, key: string): ProviderConfig | undefined {
  const config = Object.hasOwn(configs, key) ? configs[key] : undefined;
  return config?.expressions === undefined && key.includes(':') ? undefined : config;
}

function prefixes(path: readonly string[]): string[] {
  return path
    .flatMap((name, at) => [`module.${path.slice(0, at + 1).join('.module.')}`, name])
    .reverse();
}

function onlyOne(
  configs: ProviderConfigs,
  local: string,
  inherited: ProviderConfig | undefined,
): boolean {
  const name = inherited?.name ?? local.split('.')[0];
  const others = Object.entries(configs).filter(
    ([key, config]) => !key.includes(':') && config.name === name,
  );
  return others.length <= (inherited === undefined ? 0 : 1);
}

/** The values of the root module's variables, as the plan carries them. */
export type Variables = Readonly<Record<string, { readonly value?: unknown }>>;

/**
 * A setting of a provider as text: its constant, or the value of the one root variable it refers to. A text made of a
 * variable looks the same in a plan, so callers check that the result has the form they expect.
 */
export function providerSetting(
  config: ProviderConfig | undefined,
  name: string,
  variables: Variables,
): string | undefined {
  const expression = config?.expressions?.[name];
  const constant = constantOf(expression);
  if (typeof constant === 'string') return constant;
  const [reference, ...others] = referencesOf(expression).map(parseReference);
  // In a module's own configuration `var` means the module's variable.
  if (reference?.to !== 'variable' || others.length > 0 || config?.module_address !== undefined)
    return undefined;
  const value = Object.hasOwn(variables, reference.name)
    ? variables[reference.name]?.value
    : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** The first block of a nested setting: `assume_role { … }`. */
export function providerBlock(
  config: ProviderConfig | undefined,
  name: string,
): Record<string, unknown> | undefined {
  const setting = config?.expressions?.[name];
  const block: unknown = Array.isArray(setting) ? setting[0] : setting;
  return isRecord(block) && (Array.isArray(setting) || !isExpression(block)) ? block : undefined;
}

/** What a scope is read from where the resource itself does not tell. */
export function scopeSettings(
  config: ProviderConfig | undefined,
  variables: Variables,
): ProviderSettings {
  return {
    text: (name) => providerSetting(config, name, variables),
    roleArn: constantOf(providerBlock(config, 'assume_role')?.['role_arn']),
    allowedAccounts: constantOf(config?.expressions?.['allowed_account_ids']),
  };
}
