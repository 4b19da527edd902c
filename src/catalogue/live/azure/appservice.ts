import { flag, given, number, object, objects, orNone, text } from '../read.ts';
import type { LiveItem, Restatement } from '../restatement.ts';
import { arm, enabled } from './arm.ts';
import type { Told } from './arm.ts';

/**
 * Microsoft.Web/sites. A site answers with a `siteConfig` whose members are mostly null: its settings, its variables, its
 * logs and its publishing passwords are children, and unknown unless the answer holds them after all.
 */
function site(properties: Told): Told {
  return {
    // Null where nobody set it; then private endpoints decide.
    public_network_access_enabled: enabled(properties, 'publicNetworkAccess'),
    https_only: flag(properties, 'httpsOnly'),
    site_config: siteConfig(properties),
    app_settings: variables(properties),
    connection_string: given(objects(properties, 'siteConfig.connectionStrings'), (strings) =>
      strings.map((entry) => ({
        name: text(entry, 'name'),
        value: text(entry, 'connectionString'),
      })),
    ),
  };
}

/** Told as a whole or not at all: inside a block that is told, what is missing counts as absent. */
function siteConfig(properties: Told): Told[string] {
  const tls = text(properties, 'siteConfig.minTlsVersion');
  const action = defaultAction(properties);
  if (tls === undefined || action === undefined) return undefined;
  return [{ minimum_tls_version: tls, ip_restriction_default_action: action }];
}

/** Sites older than the setting have it as their last rule, for `Any` address. */
function defaultAction(properties: Told): string | undefined {
  const rules = objects(properties, 'siteConfig.ipSecurityRestrictions') ?? [];
  return (
    text(properties, 'siteConfig.ipSecurityRestrictionsDefaultAction') ??
    text(
      rules.find((rule) => text(rule, 'ipAddress') === 'Any'),
      'action',
    )
  );
}

/** Null where the site does not tell them; an empty list is an app without any. */
function variables(properties: Told): Told[string] {
  if (object(properties, 'siteConfig')?.['appSettings'] === null) return undefined;
  return given(objects(properties, 'siteConfig.appSettings'), (settings) =>
    Object.fromEntries(
      settings.map((setting) => [text(setting, 'name') ?? '', text(setting, 'value')]),
    ),
  );
}

/** `functionapp,linux`, `functionapp,workflowapp`, `app`: the kind of a site parts its types. */
function siteType(item: LiveItem): string {
  const kinds = new Set((text(item, 'kind') ?? '').toLowerCase().split(','));
  if (kinds.has('workflowapp')) return 'azurerm_logic_app_standard';
  const system = kinds.has('linux') ? 'linux' : 'windows';
  if (!kinds.has('functionapp')) return `azurerm_${system}_web_app`;
  return object(item, 'properties.functionAppConfig') === undefined
    ? `azurerm_${system}_function_app`
    : 'azurerm_function_app_flex_consumption';
}

function slotType(item: LiveItem): string {
  return `${siteType(item)}_slot`;
}

/** Of a plan that does not scale by itself, Azure tells a largest number too, which means nothing. */
function plan(properties: Told, item: LiveItem): Told {
  const elastic =
    flag(properties, 'elasticScaleEnabled') === true ||
    /^elastic/i.test(text(item, 'sku.tier') ?? '');
  return {
    sku_name: text(item, 'sku.name'),
    maximum_elastic_worker_count: elastic ? number(properties, 'maximumElasticWorkerCount') : null,
    worker_count: orNone(number(item, 'sku.capacity')),
    zone_balancing_enabled: flag(properties, 'zoneRedundant'),
  };
}

const SECRETS = ['properties.siteConfig.appSettings', 'properties.siteConfig.connectionStrings'];

export const APP_SERVICE: readonly Restatement[] = [
  arm({ type: 'Microsoft.Web/sites', as: siteType, attributes: site, sensitive: SECRETS }),
  arm({ type: 'Microsoft.Web/sites/slots', as: slotType, attributes: site, sensitive: SECRETS }),
  arm({ type: 'Microsoft.Web/serverFarms', as: 'azurerm_service_plan', attributes: plan }),
];
