import { UNKNOWN } from '../../../../../src/catalogue/facts.ts';
import { repeats, words } from '../tables.ts';
import type { LiveTable, Saying } from '../tables.ts';

const SSH = {
  access: 'Allow',
  direction: 'Inbound',
  protocol: 'Tcp',
  sourceAddressPrefix: 'Internet',
  destinationAddressPrefix: '*',
  destinationPortRange: '22',
};
const OFFICE = { ...SSH, sourceAddressPrefix: '203.0.113.0/24' };
const PORTS = { ...SSH, destinationPortRange: undefined, destinationPortRanges: ['80', '3389'] };
const WEB = { ...SSH, destinationPortRange: '443' };
const EXIT = {
  ...SSH,
  direction: 'Outbound',
  protocol: '*',
  destinationAddressPrefix: '0.0.0.0/0',
  destinationPortRange: '*',
};

function rules(...list: readonly object[]): Readonly<Record<string, unknown>> {
  return { 'properties.securityRules': list.map((properties) => ({ properties })) };
}

export function attached(list: string): Saying[] {
  return words(
    `properties.${list}`,
    [[{ properties: { publicIPAddress: { id: '/subscriptions/1/…/ip' } } }], true],
    [[{ properties: { privateIPAddress: '10.0.0.4' } }], false],
  );
}

export const ZONES: readonly Saying[] = [[false], [true, { zones: ['1', '2', '3'] }]];

export const NETWORK_TOLD: readonly LiveTable[] = [
  {
    type: 'Microsoft.Network/networkSecurityGroups',
    kind: 'azure.network.security_group',
    facts: {
      open_admin_port: [
        [UNKNOWN],
        [false, rules()],
        [true, rules(OFFICE, SSH)],
        [true, rules(PORTS)],
        [false, rules(OFFICE)],
        [false, rules({ ...SSH, access: 'Deny' })],
      ],
      open_ingress: [[UNKNOWN], [true, rules(SSH)], [false, rules(WEB)]],
      open_egress: [[UNKNOWN], [true, rules(EXIT)], [false, rules(SSH)]],
      logging: [[UNKNOWN, rules()]],
    },
  },
  {
    type: 'Microsoft.Network/networkSecurityGroups/securityRules',
    kind: 'azure.network.security_rule',
    facts: {
      open_admin_port: [
        [true, { properties: SSH }],
        [false, { properties: OFFICE }],
        // From machines of an application's group.
        [false, { properties: { ...SSH, sourceAddressPrefix: undefined } }],
      ],
      open_egress: [[true, { properties: EXIT }]],
    },
  },
  {
    type: 'Microsoft.Network/publicIPAddresses',
    kind: 'azure.network.public_ip',
    facts: {
      public_ip: [[true]],
      size: repeats('sku.name', 'Standard'),
      multi_zone: ZONES,
    },
  },
  {
    type: 'Microsoft.Network/publicIPPrefixes',
    kind: 'azure.network.public_ip',
    facts: { public_ip: [[true]], multi_zone: ZONES },
  },
  {
    type: 'Microsoft.Network/networkInterfaces',
    kind: 'azure.network.interface',
    facts: { public_ip: attached('ipConfigurations') },
  },
  {
    type: 'Microsoft.Network/virtualNetworks',
    kind: 'azure.network.virtual_network',
    facts: { logging: [[UNKNOWN]], taggable: [[true]] },
  },
  {
    type: 'Microsoft.Network/virtualNetworks/subnets',
    kind: 'azure.network.subnet',
    facts: {
      network_isolated: [
        [false],
        [true, { 'properties.defaultOutboundAccess': false }],
        [false, { 'properties.defaultOutboundAccess': true }],
      ],
      logging: [[UNKNOWN]],
    },
  },
  {
    type: 'Microsoft.Network/networkWatchers/flowLogs',
    kind: 'azure.network.flow_log',
    facts: {
      logging: words('properties.enabled', [true, true], [false, false]),
      log_retention_days: repeats('properties.retentionPolicy.days', 90),
    },
  },
  {
    type: 'Microsoft.Network/bastionHosts',
    kind: 'azure.network.bastion',
    facts: { public_ip: attached('ipConfigurations'), size: repeats('sku.name', 'Standard') },
  },
  {
    type: 'Microsoft.Network/natGateways',
    kind: 'azure.network.nat_gateway',
    facts: { size: repeats('sku.name', 'Standard'), multi_zone: ZONES },
  },
  {
    type: 'Microsoft.Network/virtualNetworkGateways',
    kind: 'azure.network.vpn_gateway',
    facts: {
      encrypted_in_transit: words('properties.gatewayType', ['Vpn', true], ['ExpressRoute', false]),
      size: repeats('properties.sku.name', 'VpnGw2AZ'),
    },
  },
  {
    type: 'Microsoft.Network/dnsZones',
    kind: 'azure.dns.zone',
    facts: { stateful: [[true]] },
  },
  {
    type: 'Microsoft.Network/privateDnsZones',
    kind: 'azure.dns.zone',
    facts: { stateful: [[true]] },
  },
];
