import { at, flag, given, list, number, orNone, text, texts } from '../read.ts';
import type { LiveItem, Restated, Restatement } from '../restatement.ts';
import { addresses, arm } from './arm.ts';
import type { Told } from './arm.ts';

/** One rule; each address and port stands either alone or in a list. */
function rule(properties: unknown): Told {
  return {
    access: text(properties, 'access'),
    direction: text(properties, 'direction'),
    protocol: text(properties, 'protocol'),
    source_address_prefix: orNone(text(properties, 'sourceAddressPrefix')),
    source_address_prefixes: orNone(texts(properties, 'sourceAddressPrefixes')),
    destination_address_prefix: orNone(text(properties, 'destinationAddressPrefix')),
    destination_address_prefixes: orNone(texts(properties, 'destinationAddressPrefixes')),
    destination_port_range: orNone(text(properties, 'destinationPortRange')),
    destination_port_ranges: orNone(texts(properties, 'destinationPortRanges')),
  };
}

/** Rules written as resources of their own stand in the group's answer like all others. */
function securityGroup(properties: Told): Told {
  return {
    security_rule: given(list(properties, 'securityRules'), (rules) =>
      rules.map((one) => rule(at(one, 'properties'))),
    ),
  };
}

function ownRules(properties: Told): Omit<Restated, 'attributes'> {
  return list(properties, 'securityRules') === undefined
    ? {}
    : { tells: ['azurerm_network_security_rule'] };
}

function named(item: LiveItem): Told {
  return { sku: text(item, 'sku.name') };
}

function interfaces(properties: Told): Told {
  return { ip_configuration: addresses(properties, 'ipConfigurations') };
}

export const NETWORK: readonly Restatement[] = [
  arm({
    type: 'Microsoft.Network/networkSecurityGroups',
    as: 'azurerm_network_security_group',
    attributes: securityGroup,
    companions: ownRules,
  }),
  arm({
    type: 'Microsoft.Network/networkSecurityGroups/securityRules',
    as: 'azurerm_network_security_rule',
    attributes: rule,
  }),
  arm({
    type: 'Microsoft.Network/publicIPAddresses',
    as: 'azurerm_public_ip',
    attributes: (_, item) => named(item),
  }),
  arm({
    type: 'Microsoft.Network/publicIPPrefixes',
    as: 'azurerm_public_ip_prefix',
    attributes: (_, item) => named(item),
  }),
  arm({
    type: 'Microsoft.Network/networkInterfaces',
    as: 'azurerm_network_interface',
    attributes: interfaces,
  }),
  arm({ type: 'Microsoft.Network/virtualNetworks', as: 'azurerm_virtual_network' }),
  arm({
    type: 'Microsoft.Network/virtualNetworks/subnets',
    as: 'azurerm_subnet',
    attributes: (properties) => ({
      // Missing on subnets older than the switch, which have that access.
      default_outbound_access_enabled: flag(properties, 'defaultOutboundAccess') ?? true,
    }),
  }),
  arm({
    type: 'Microsoft.Network/networkWatchers/flowLogs',
    as: 'azurerm_network_watcher_flow_log',
    attributes: (properties) => ({
      enabled: flag(properties, 'enabled'),
      retention_policy: given(number(properties, 'retentionPolicy.days'), (days) => [{ days }]),
    }),
  }),
  arm({
    type: 'Microsoft.Network/bastionHosts',
    as: 'azurerm_bastion_host',
    attributes: (properties, item) => ({ ...interfaces(properties), ...named(item) }),
  }),
  arm({
    type: 'Microsoft.Network/natGateways',
    as: 'azurerm_nat_gateway',
    attributes: (_, item) => ({ sku_name: text(item, 'sku.name') }),
  }),
  arm({
    type: 'Microsoft.Network/virtualNetworkGateways',
    as: 'azurerm_virtual_network_gateway',
    attributes: (properties) => ({
      type: text(properties, 'gatewayType'),
      sku: text(properties, 'sku.name'),
    }),
  }),
  arm({ type: 'Microsoft.Network/dnsZones', as: 'azurerm_dns_zone' }),
  arm({ type: 'Microsoft.Network/privateDnsZones', as: 'azurerm_private_dns_zone' }),
];
