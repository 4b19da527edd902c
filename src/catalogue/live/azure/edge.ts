import { flag, given, list, number, object, orNone, text, texts } from '../read.ts';
import type { LiveItem, Restatement } from '../restatement.ts';
import { addresses, arm, enabled, one, orNative } from './arm.ts';
import type { Told } from './arm.ts';

/** The SKU of a gateway stands among its properties, that of a balancer beside them. */
function applicationGateway(properties: Told): Told {
  return {
    frontend_ip_configuration: addresses(properties, 'frontendIPConfigurations'),
    http_listener: given(list(properties, 'httpListeners'), (listeners) =>
      listeners.map((listener) => ({ protocol: text(listener, 'properties.protocol') })),
    ),
    ssl_policy: sslPolicy(properties),
    waf_configuration: firewallOf(properties),
    firewall_policy_id: orNone(text(properties, 'firewallPolicy.id')),
    sku: [
      { name: text(properties, 'sku.name'), capacity: orNone(number(properties, 'sku.capacity')) },
    ],
    autoscale_configuration: orNone(
      one(number(properties, 'autoscaleConfiguration.maxCapacity'), (most) => ({
        max_capacity: most,
      })),
    ),
  };
}

function sslPolicy(properties: Told): Told[string] {
  return orNone(
    one(object(properties, 'sslPolicy'), (policy) => ({
      min_protocol_version: text(policy, 'minProtocolVersion'),
      policy_name: text(policy, 'policyName'),
    })),
  );
}

function firewallOf(properties: Told): Told[string] {
  return orNone(
    one(flag(properties, 'webApplicationFirewallConfiguration.enabled'), (on) => ({ enabled: on })),
  );
}

/** Classic Front Door names its firewall at each endpoint; the newer one by a security policy, which is a child. */
function classicEndpoints(properties: Told): Told {
  return {
    sku_name: null,
    frontend_endpoint: given(list(properties, 'frontendEndpoints'), (endpoints) =>
      endpoints.map((endpoint) => ({
        web_application_firewall_policy_link_id: orNone(
          text(endpoint, 'properties.webApplicationFirewallPolicyLink.id'),
        ),
      })),
    ),
  };
}

/** A profile is one of Front Door or of the CDN by its SKU. */
function profileType(item: LiveItem): string {
  const door = /_AzureFrontDoor$/i.test(text(item, 'sku.name') ?? '');
  return door ? 'azurerm_cdn_frontdoor_profile' : orNative(item, undefined);
}

/** `Premium_AzureFrontDoor` and its siblings belong to the newer Front Door, `Classic_AzureFrontDoor` to the older. */
function doorPolicyType(item: LiveItem): string {
  const newer = /^(?:standard|premium)_/i.test(text(item, 'sku.name') ?? '');
  return newer ? 'azurerm_cdn_frontdoor_firewall_policy' : 'azurerm_frontdoor_firewall_policy';
}

function wafPolicy(properties: Told): Told {
  return {
    enabled:
      enabled(properties, 'policySettings.enabledState') ??
      enabled(properties, 'policySettings.state'),
    mode: text(properties, 'policySettings.mode'),
  };
}

const PROTOCOLS = 'Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Protocols.';

function apiManagement(properties: Told, item: LiveItem): Told {
  const [sku, units] = [text(item, 'sku.name'), number(item, 'sku.capacity')];
  return {
    public_network_access_enabled: enabled(properties, 'publicNetworkAccess'),
    virtual_network_type: text(properties, 'virtualNetworkType'),
    sku_name: sku === undefined || units === undefined ? sku : `${sku}_${units}`,
    // Switches are texts under dotted names. Without any, what is on depends on the age of the service.
    security: one(object(properties, 'customProperties'), (custom) => ({
      frontend_tls10_enabled: flag(custom, `["${PROTOCOLS}Tls10"]`),
      frontend_tls11_enabled: flag(custom, `["${PROTOCOLS}Tls11"]`),
    })),
  };
}

export const EDGE: readonly Restatement[] = [
  arm({
    type: 'Microsoft.Network/applicationGateways',
    as: 'azurerm_application_gateway',
    attributes: applicationGateway,
  }),
  arm({
    type: 'Microsoft.Network/loadBalancers',
    as: 'azurerm_lb',
    attributes: (properties, item) => ({
      frontend_ip_configuration: addresses(properties, 'frontendIPConfigurations'),
      sku: text(item, 'sku.name'),
    }),
  }),
  arm({
    type: 'Microsoft.Network/azureFirewalls',
    as: 'azurerm_firewall',
    attributes: (properties) => ({
      // One in a virtual hub has none of its own.
      ip_configuration: orNone(addresses(properties, 'ipConfigurations')),
      sku_tier: text(properties, 'sku.tier'),
    }),
  }),
  arm({
    type: 'Microsoft.Cdn/profiles',
    as: profileType,
    attributes: (_, item) => ({ sku_name: text(item, 'sku.name'), frontend_endpoint: null }),
  }),
  arm({
    type: 'Microsoft.Network/frontDoors',
    as: 'azurerm_frontdoor',
    attributes: classicEndpoints,
    companions: () => ({ tells: ['azurerm_cdn_frontdoor_security_policy'] }),
  }),
  arm({
    type: 'Microsoft.Cdn/profiles/afdEndpoints/routes',
    as: 'azurerm_cdn_frontdoor_route',
    attributes: (properties) => ({
      enabled: enabled(properties, 'enabledState'),
      supported_protocols: texts(properties, 'supportedProtocols'),
      https_redirect_enabled: enabled(properties, 'httpsRedirect'),
    }),
  }),
  arm({
    type: 'Microsoft.Cdn/profiles/endpoints',
    as: 'azurerm_cdn_endpoint',
    attributes: (properties) => ({ is_http_allowed: flag(properties, 'isHttpAllowed') }),
  }),
  arm({
    type: 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies',
    as: 'azurerm_web_application_firewall_policy',
    attributes: wafPolicy,
  }),
  arm({
    type: 'Microsoft.Network/frontDoorWebApplicationFirewallPolicies',
    as: doorPolicyType,
    attributes: wafPolicy,
  }),
  arm({
    type: 'Microsoft.ApiManagement/service',
    as: 'azurerm_api_management',
    attributes: apiManagement,
  }),
];
