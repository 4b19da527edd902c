import { UNKNOWN } from '../../../../src/catalogue/facts.ts';
import { ALWAYS, YET, beside, echo, flag, word } from '../claims.ts';
import type { ClaimTable } from '../claims.ts';
import { IDENTIFIED, diagnosed } from './common.ts';

const FRONT_DOOR = 'azurerm_cdn_frontdoor_profile';
const APIM = 'azurerm_api_management';
const HTTPS_ONLY = { supported_protocols: ['Https'] };
const BOTH = { supported_protocols: ['Http', 'Https'] };

export const EDGE_CLAIMS: readonly ClaimTable[] = [
  {
    kind: 'azure.frontdoor.profile',
    type: FRONT_DOOR,
    claims: {
      ...IDENTIFIED,
      ...diagnosed(FRONT_DOOR),
      public: ALWAYS,
      waf: beside('azurerm_cdn_frontdoor_security_policy', 'cdn_frontdoor_profile_id', FRONT_DOOR),
      size: echo('sku_name', 'Premium_AzureFrontDoor'),
    },
    others: {
      azurerm_frontdoor: {
        waf: [
          [false, { frontend_endpoint: [{ name: 'a' }] }],
          [true, { frontend_endpoint: [{ web_application_firewall_policy_link_id: '/p' }] }],
          [UNKNOWN, { frontend_endpoint: [{ web_application_firewall_policy_link_id: YET }] }],
        ],
      },
    },
  },
  {
    kind: 'azure.frontdoor.route',
    type: 'azurerm_cdn_frontdoor_route',
    claims: {
      public: flag('enabled', true),
      encrypted_in_transit: [
        [true, HTTPS_ONLY],
        [true, BOTH],
        [false, { ...BOTH, https_redirect_enabled: false }],
        [UNKNOWN, { ...BOTH, https_redirect_enabled: YET }],
        [true, { ...HTTPS_ONLY, https_redirect_enabled: YET }],
      ],
    },
  },
  {
    kind: 'azure.cdn.endpoint',
    type: 'azurerm_cdn_endpoint',
    claims: { public: ALWAYS, encrypted_in_transit: flag('is_http_allowed', false, false) },
  },
  {
    kind: 'azure.waf.policy',
    type: 'azurerm_web_application_firewall_policy',
    claims: {
      waf: [
        ...flag('policy_settings[0].enabled', true),
        [false, { policy_settings: [{ mode: 'Detection' }] }],
      ],
    },
    others: {
      azurerm_cdn_frontdoor_firewall_policy: {
        waf: [
          [false, { mode: 'Detection' }],
          [true, { mode: 'Prevention' }],
        ],
      },
      azurerm_frontdoor_firewall_policy: { waf: [[false, { enabled: false }]] },
    },
  },
  {
    kind: 'azure.apimanagement.service',
    type: APIM,
    claims: {
      ...IDENTIFIED,
      ...diagnosed(APIM),
      public: [
        ...flag('public_network_access_enabled', true),
        [false, { virtual_network_type: 'Internal' }],
        [true, { virtual_network_type: 'External' }],
      ],
      tls_version: [
        ['1.2'],
        ['1.0', { security: [{ frontend_tls10_enabled: true }] }],
        ['1.0', { security: [{ enable_frontend_tls10: true }] }],
        ['1.1', { security: [{ frontend_tls11_enabled: true }] }],
        [UNKNOWN, { security: [{ frontend_tls10_enabled: YET }] }],
      ],
      multi_zone: word('zones', ['1', '2'], ['1']),
      size: echo('sku_name', 'Premium_2'),
      instance_count: [
        [2, { sku_name: 'Premium_2' }],
        [UNKNOWN, { sku_name: YET }],
      ],
    },
  },
  {
    kind: 'azure.network.nat_gateway',
    type: 'azurerm_nat_gateway',
    claims: {
      multi_zone: word('zones', ['1', '2'], ['1']),
      size: [['Standard'], [UNKNOWN, { sku_name: YET }]],
    },
  },
  {
    kind: 'azure.network.vpn_gateway',
    type: 'azurerm_virtual_network_gateway',
    claims: {
      ...diagnosed('azurerm_virtual_network_gateway'),
      encrypted_in_transit: word('type', 'Vpn', 'ExpressRoute', true),
      size: echo('sku', 'VpnGw1'),
    },
  },
  {
    kind: 'azure.dns.zone',
    type: 'azurerm_dns_zone',
    claims: { stateful: ALWAYS },
    others: { azurerm_private_dns_zone: { stateful: [[true]] } },
  },
];
