import { UNKNOWN } from '../../../../../src/catalogue/facts.ts';
import { repeats, words } from '../tables.ts';
import type { LiveTable } from '../tables.ts';
import { ZONES, attached } from './network-told.ts';

export const EDGE_TOLD: readonly LiveTable[] = [
  {
    type: 'Microsoft.Network/applicationGateways',
    kind: 'azure.network.application_gateway',
    facts: {
      public: attached('frontendIPConfigurations'),
      public_ip: attached('frontendIPConfigurations'),
      encrypted_in_transit: words(
        'properties.httpListeners',
        [[{ properties: { protocol: 'Https' } }], true],
        [[{ properties: { protocol: 'Https' } }, { properties: { protocol: 'Http' } }], false],
      ),
      tls_version: [
        [undefined],
        ['1.2', { 'properties.sslPolicy': { policyName: 'AppGwSslPolicy20220101' } }],
        ['1.1', { 'properties.sslPolicy': { minProtocolVersion: 'TLSv1_1' } }],
      ],
      waf: [
        [false],
        [true, { 'properties.webApplicationFirewallConfiguration.enabled': true }],
        [false, { 'properties.webApplicationFirewallConfiguration.enabled': false }],
        [true, { 'properties.firewallPolicy.id': '/subscriptions/1/…/waf' }],
      ],
      multi_zone: ZONES,
      size: [['WAF_v2', { 'properties.sku.name': 'WAF_v2' }]],
      instance_count: [
        [2, { 'properties.sku': { name: 'WAF_v2', capacity: 2 } }],
        [10, { 'properties.autoscaleConfiguration': { minCapacity: 1, maxCapacity: 10 } }],
      ],
    },
  },
  {
    type: 'Microsoft.Network/loadBalancers',
    kind: 'azure.network.load_balancer',
    facts: {
      public: attached('frontendIPConfigurations'),
      size: repeats('sku.name', 'Standard'),
      multi_zone: [
        [UNKNOWN],
        [false, { 'sku.name': 'Basic' }],
        [true, { 'sku.name': 'Standard', 'properties.frontendIPConfigurations': [{}] }],
        [
          false,
          { 'sku.name': 'Standard', 'properties.frontendIPConfigurations': [{ zones: ['1'] }] },
        ],
      ],
    },
  },
  {
    type: 'Microsoft.Network/azureFirewalls',
    kind: 'azure.network.firewall',
    facts: {
      public_ip: [
        [false],
        [
          true,
          {
            'properties.ipConfigurations': [
              { properties: { publicIPAddress: { id: '/subscriptions/1/…/ip' } } },
            ],
          },
        ],
      ],
      size: repeats('properties.sku.tier', 'Premium'),
      multi_zone: ZONES,
    },
  },
  {
    type: 'Microsoft.Cdn/profiles',
    kind: 'azure.frontdoor.profile',
    base: { 'sku.name': 'Premium_AzureFrontDoor' },
    facts: { public: [[true]], waf: [[UNKNOWN]], size: [['Premium_AzureFrontDoor']] },
  },
  {
    type: 'Microsoft.Network/frontDoors',
    kind: 'azure.frontdoor.profile',
    facts: {
      waf: words(
        'properties.frontendEndpoints',
        [[{ properties: { webApplicationFirewallPolicyLink: { id: '/…/waf' } } }], true],
        [[{ properties: {} }], false],
      ),
    },
  },
  {
    type: 'Microsoft.Cdn/profiles/afdEndpoints/routes',
    kind: 'azure.frontdoor.route',
    facts: {
      public: words('properties.enabledState', ['Enabled', true], ['Disabled', false]),
      encrypted_in_transit: [
        [UNKNOWN],
        [true, { 'properties.supportedProtocols': ['Https'] }],
        [
          false,
          { 'properties.supportedProtocols': ['Http'], 'properties.httpsRedirect': 'Disabled' },
        ],
        [
          true,
          {
            'properties.supportedProtocols': ['Http', 'Https'],
            'properties.httpsRedirect': 'Enabled',
          },
        ],
      ],
    },
  },
  {
    type: 'Microsoft.Cdn/profiles/endpoints',
    kind: 'azure.cdn.endpoint',
    facts: {
      encrypted_in_transit: words('properties.isHttpAllowed', [false, true], [true, false]),
    },
  },
  {
    type: 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies',
    kind: 'azure.waf.policy',
    facts: {
      waf: [
        [UNKNOWN],
        [true, { 'properties.policySettings': { state: 'Enabled', mode: 'Prevention' } }],
        [false, { 'properties.policySettings': { state: 'Enabled', mode: 'Detection' } }],
        [false, { 'properties.policySettings': { state: 'Disabled', mode: 'Prevention' } }],
      ],
    },
  },
  {
    type: 'Microsoft.Network/frontDoorWebApplicationFirewallPolicies',
    kind: 'azure.waf.policy',
    facts: {
      waf: [
        [UNKNOWN],
        [true, { 'properties.policySettings': { enabledState: 'Enabled', mode: 'Prevention' } }],
        [false, { 'properties.policySettings': { enabledState: 'Disabled', mode: 'Prevention' } }],
      ],
    },
  },
  {
    type: 'Microsoft.ApiManagement/service',
    kind: 'azure.apimanagement.service',
    facts: {
      public: [
        [UNKNOWN],
        [
          true,
          {
            'properties.publicNetworkAccess': 'Enabled',
            'properties.virtualNetworkType': 'External',
          },
        ],
        [false, { 'properties.virtualNetworkType': 'Internal' }],
        [false, { 'properties.publicNetworkAccess': 'Disabled' }],
      ],
      tls_version: words(
        'properties.customProperties',
        [{}, '1.2'],
        [
          {
            'Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Protocols.Tls10': 'True',
          },
          '1.0',
        ],
        [
          {
            'Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Protocols.Tls10': 'False',
            'Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Protocols.Tls11': 'True',
          },
          '1.1',
        ],
      ),
      size: [[UNKNOWN], ['Developer_1', { sku: { name: 'Developer', capacity: 1 } }]],
      instance_count: [[2, { sku: { name: 'Premium', capacity: 2 } }]],
    },
  },
];
