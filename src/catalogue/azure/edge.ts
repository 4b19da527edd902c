import { UNKNOWN } from '../facts.ts';
import type { Facts } from '../facts.ts';
import type { Kind } from '../kind.ts';
import { companion, firstOf, names, orNames, says, tlsVersion } from '../terraform.ts';
import {
  allOf,
  anyOf,
  equals,
  everyOf,
  holds,
  map,
  not,
  oneOf,
  orElse,
  someOf,
  strings,
} from '../values.ts';
import type { Truth } from '../values.ts';
import type { Read, View } from '../view.ts';
import {
  UNTAGGED,
  attachesAddress,
  azureKind,
  diagnostics,
  identity,
  inSeveralZones,
} from './service.ts';

/** Frontends of a load balancer or gateway that stand on a public address. */
function publicFrontend(view: View): Truth {
  return attachesAddress(view, 'frontend_ip_configuration');
}

/** Page azurerm_application_gateway. Only HTTPS listeners count as encrypted. */
function applicationGateway(view: View): Facts {
  return {
    ...identity(view),
    ...diagnostics(view),
    public: publicFrontend(view),
    public_ip: publicFrontend(view),
    encrypted_in_transit: everyOf(view.list('http_listener'), (listener) =>
      says(listener.string('protocol'), 'Https'),
    ),
    tls_version: gatewayTls(view),
    waf: anyOf(
      orElse(view.boolean('waf_configuration[0].enabled'), false),
      orNames(names(view, 'firewall_policy_id'), view, 'firewall_policy_id', [
        'azurerm_web_application_firewall_policy',
      ]),
    ),
    multi_zone: inSeveralZones(view),
    size: view.string('sku[0].name'),
    instance_count: firstOf(
      view.number('autoscale_configuration[0].max_capacity'),
      view.number('sku[0].capacity'),
    ),
  };
}

/** A predefined policy of 2022 starts at TLS 1.2, those of 2015 and 2017 at 1.0 or 1.1 (learn.microsoft.com, "TLS policy overview"). */
function gatewayTls(view: View): Read<string> {
  const lowest = tlsVersion(view.string('ssl_policy[0].min_protocol_version'));
  if (lowest !== undefined) return lowest;
  return map(view.string('ssl_policy[0].policy_name'), policyTls);
}

function policyTls(name: string): string | undefined {
  if (/^AppGwSslPolicy20(?:2[2-9]|170401S)/.test(name)) return '1.2';
  if (name === 'AppGwSslPolicy20170401') return '1.1';
  return name === 'AppGwSslPolicy20150501' ? '1.0' : undefined;
}

/** Page azurerm_lb: a Standard load balancer over a frontend without zones is zone-redundant where the region has zones. */
function loadBalancer(view: View): Facts {
  return {
    ...diagnostics(view),
    public: publicFrontend(view),
    public_ip: publicFrontend(view),
    multi_zone: allOf(
      not(equals(orElse(view.string('sku'), 'Standard'), 'Basic')),
      everyOf(view.list('frontend_ip_configuration'), (one) =>
        not(holds(one.list('zones'), (zones) => zones.length === 1)),
      ),
    ),
    size: orElse(view.string('sku'), 'Standard'),
  };
}

/** Page azurerm_firewall. */
function firewall(view: View): Facts {
  return {
    ...diagnostics(view),
    public_ip: attachesAddress(view, 'ip_configuration'),
    multi_zone: inSeveralZones(view),
    size: view.string('sku_tier'),
  };
}

/** A collection of firewall rules: which of them let anyone in, or everything out. */
function ruleCollection(view: View): Facts {
  const allows = says(view.string('action'), 'Allow');
  const anyone = (rule: View): Truth =>
    someOf(strings(rule, 'source_addresses'), (from) => equals(from, '*'));
  const anywhere = (rule: View): Truth =>
    allOf(
      someOf(strings(rule, 'destination_addresses'), (to) => oneOf(to, ['*', '0.0.0.0/0'])),
      someOf(strings(rule, 'destination_ports'), (port) =>
        oneOf(port, ['*', '0-65535', '1-65535']),
      ),
    );
  return {
    open_ingress: allOf(
      allows,
      someOf(view.list('rule'), (rule) => allOf(anyone(rule), anywhere(rule))),
    ),
    open_egress: allOf(allows, someOf(view.list('rule'), anywhere)),
  };
}

/** Front Door standard and premium: a security policy ties a firewall policy to its endpoints; classic names it inside. */
function frontDoor(view: View): Facts {
  return {
    ...identity(view),
    ...diagnostics(view),
    public: true,
    waf: anyOf(
      companion(view, ['azurerm_cdn_frontdoor_security_policy'], 'cdn_frontdoor_profile_id'),
      orNames(classicWaf(view), view, 'frontend_endpoint', ['azurerm_frontdoor_firewall_policy']),
    ),
    size: view.string('sku_name'),
  };
}

function classicWaf(view: View): Truth {
  return someOf(view.list('frontend_endpoint'), (one) =>
    names(one, 'web_application_firewall_policy_link_id'),
  );
}

/** Pages azurerm_cdn_endpoint and azurerm_cdn_frontdoor_route: HTTP is let in unless refused, and is redirected unless told not to. */
function route(view: View): Facts {
  if (view.resource.type === 'azurerm_cdn_endpoint') {
    return {
      public: true,
      encrypted_in_transit: not(orElse(view.boolean('is_http_allowed'), true)),
    };
  }
  const http = someOf(strings(view, 'supported_protocols'), (protocol) => says(protocol, 'Http'));
  return {
    public: orElse(view.boolean('enabled'), true),
    encrypted_in_transit: anyOf(not(http), orElse(view.boolean('https_redirect_enabled'), true)),
  };
}

/** A policy that is switched off, or only detects, stops nobody. */
function wafPolicy(view: View): Facts {
  const mode = firstOf(view.string('mode'), view.string('policy_settings[0].mode'));
  const on = firstOf(view.boolean('enabled'), view.boolean('policy_settings[0].enabled'));
  return { waf: allOf(orElse(on, true), says(orElse(mode, 'Prevention'), 'Prevention')) };
}

/** Page azurerm_api_management: the old protocols are off unless switched on; azurerm 3 said `enable_frontend_tls10`. */
function apiManagement(view: View): Facts {
  const inside = says(view.string('virtual_network_type'), 'Internal');
  return {
    ...identity(view),
    ...diagnostics(view),
    public: allOf(orElse(view.boolean('public_network_access_enabled'), true), not(inside)),
    tls_version: oldestFrontend(view),
    multi_zone: inSeveralZones(view),
    size: view.string('sku_name'),
    instance_count: map(view.string('sku_name'), (sku) => Number(/_(\d+)$/.exec(sku)?.[1] ?? 1)),
  };
}

function oldestFrontend(view: View): Read<string> {
  const tls10 = frontend(view, '10');
  const tls11 = frontend(view, '11');
  if (tls10 === true) return '1.0';
  if (tls10 === UNKNOWN || tls11 === UNKNOWN) return UNKNOWN;
  return tls11 ? '1.1' : '1.2';
}

function frontend(view: View, version: string): Truth {
  const switches = [`frontend_tls${version}_enabled`, `enable_frontend_tls${version}`];
  return orElse(firstOf(...switches.map((name) => view.boolean(`security[0].${name}`))), false);
}

export const EDGE: readonly Kind[] = [
  azureKind({
    kind: 'azure.network.application_gateway',
    title: 'Azure application gateway',
    types: ['azurerm_application_gateway'],
    facts: applicationGateway,
  }),
  azureKind({
    kind: 'azure.network.load_balancer',
    title: 'Azure load balancer',
    types: ['azurerm_lb'],
    facts: loadBalancer,
  }),
  azureKind({
    kind: 'azure.network.firewall',
    title: 'Azure Firewall',
    types: ['azurerm_firewall'],
    facts: firewall,
  }),
  azureKind({
    kind: 'azure.network.firewall_rules',
    title: 'Network rules of Azure Firewall',
    types: ['azurerm_firewall_network_rule_collection'],
    tags: UNTAGGED,
    facts: ruleCollection,
  }),
  azureKind({
    kind: 'azure.frontdoor.profile',
    title: 'Azure Front Door',
    types: ['azurerm_cdn_frontdoor_profile', 'azurerm_frontdoor'],
    facts: frontDoor,
  }),
  azureKind({
    kind: 'azure.frontdoor.route',
    title: 'Route of Azure Front Door',
    types: ['azurerm_cdn_frontdoor_route'],
    tags: UNTAGGED,
    facts: route,
  }),
  azureKind({
    kind: 'azure.cdn.endpoint',
    title: 'Azure CDN endpoint',
    types: ['azurerm_cdn_endpoint'],
    facts: route,
  }),
  azureKind({
    kind: 'azure.waf.policy',
    title: 'Azure web application firewall policy',
    types: [
      'azurerm_web_application_firewall_policy',
      'azurerm_cdn_frontdoor_firewall_policy',
      'azurerm_frontdoor_firewall_policy',
    ],
    facts: wafPolicy,
  }),
  azureKind({
    kind: 'azure.apimanagement.service',
    title: 'Azure API Management',
    types: ['azurerm_api_management'],
    facts: apiManagement,
  }),
];
