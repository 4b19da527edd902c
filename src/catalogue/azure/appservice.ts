import { secretInMap, secretInPairs } from '../environment.ts';
import type { Facts } from '../facts.ts';
import type { Kind } from '../kind.ts';
import { firstOf, hasBlock, names, tlsVersion } from '../terraform.ts';
import { anyOf, orElse } from '../values.ts';
import type { Truth } from '../values.ts';
import type { View } from '../view.ts';
import { azureKind, diagnosed, diagnostics, identity, reachable } from './service.ts';

/** What web apps and function apps share; page azurerm_linux_web_app: HTTP is let in unless told, TLS 1.2 is the lowest. */
function site(view: View): Facts {
  const network = reachable(
    view.boolean('public_network_access_enabled'),
    view.string('site_config[0].ip_restriction_default_action'),
  );
  return {
    ...identity(view),
    public: network,
    encrypted_in_transit: orElse(view.boolean('https_only'), false),
    tls_version: tlsVersion(
      firstOf(
        view.string('site_config[0].minimum_tls_version'),
        view.string('site_config[0].min_tls_version'),
      ),
      '1.2',
    ),
    local_auth: basicAuthentication(view),
    secret_in_environment: anyOf(
      secretInMap(view, 'app_settings'),
      secretInPairs(view.list('connection_string')),
    ),
  };
}

/** Passwords for publishing; the classic types cannot switch them off. */
function basicAuthentication(view: View): Truth {
  const both = [
    'ftp_publish_basic_authentication_enabled',
    'webdeploy_publish_basic_authentication_enabled',
  ];
  return anyOf(...both.map((path) => orElse(view.boolean(path), true)));
}

/** Access logs of the app itself, or a diagnostic setting. */
function webApp(view: View): Facts {
  return {
    ...site(view),
    logging: anyOf(hasBlock(view, 'logs[0].http_logs'), diagnosed(view)),
    backup: hasBlock(view, 'backup'),
    auto_upgrade: true,
  };
}

function functionApp(view: View): Facts {
  return {
    ...site(view),
    ...diagnostics(view),
    monitoring: anyOf(
      names(
        view,
        'site_config[0].application_insights_key',
        'site_config[0].application_insights_connection_string',
      ),
      setting(view, 'APPLICATIONINSIGHTS_CONNECTION_STRING'),
      setting(view, 'APPINSIGHTS_INSTRUMENTATIONKEY'),
    ),
  };
}

function setting(view: View, name: string): Truth {
  return names(view, `app_settings.${name}`);
}

/** Page azurerm_service_plan; `sku` was a block in azurerm_app_service_plan. */
function plan(view: View): Facts {
  return {
    size: firstOf(view.string('sku_name'), view.string('sku[0].size')),
    instance_count: firstOf(
      view.number('maximum_elastic_worker_count'),
      view.number('worker_count'),
      view.number('sku[0].capacity'),
    ),
    multi_zone: orElse(
      firstOf(view.boolean('zone_balancing_enabled'), view.boolean('zone_redundant')),
      false,
    ),
  };
}

export const APP_SERVICE: readonly Kind[] = [
  azureKind({
    kind: 'azure.appservice.web_app',
    title: 'Azure App Service web app',
    types: [
      'azurerm_linux_web_app',
      'azurerm_windows_web_app',
      'azurerm_app_service',
      'azurerm_linux_web_app_slot',
      'azurerm_windows_web_app_slot',
    ],
    facts: webApp,
  }),
  azureKind({
    kind: 'azure.appservice.function_app',
    title: 'Azure function app',
    types: [
      'azurerm_linux_function_app',
      'azurerm_windows_function_app',
      'azurerm_function_app',
      'azurerm_function_app_flex_consumption',
    ],
    facts: functionApp,
  }),
  azureKind({
    kind: 'azure.appservice.plan',
    title: 'Azure App Service plan',
    types: ['azurerm_service_plan', 'azurerm_app_service_plan'],
    facts: plan,
  }),
  azureKind({
    kind: 'azure.logicapp.standard',
    title: 'Azure logic app',
    types: ['azurerm_logic_app_standard'],
    facts: site,
  }),
];
