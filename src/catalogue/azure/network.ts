import { UNKNOWN } from '../facts.ts';
import type { Facts } from '../facts.ts';
import type { Kind } from '../kind.ts';
import { admitsEveryone, beyondWeb, everyPort, reachesAdmin } from '../ports.ts';
import type { Ports } from '../ports.ts';
import { companion, says } from '../terraform.ts';
import { allOf, anyOf, equals, not, orElse, someOf, strings } from '../values.ts';
import type { Truth } from '../values.ts';
import type { View } from '../view.ts';
import {
  UNTAGGED,
  attachesAddress,
  azureKind,
  diagnosed,
  diagnostics,
  inSeveralZones,
} from './service.ts';

const RULE = ['azurerm_network_security_rule'];
const FLOW_LOG = ['azurerm_network_watcher_flow_log'];

/** Rules stand in blocks of the group or in resources of their own. Later Deny rules are not weighed against Allow. */
function securityGroup(view: View): Facts {
  return {
    open_ingress: someRule(view, (rule) => opens(rule, beyondWeb)),
    open_admin_port: someRule(view, (rule) => opens(rule, reachesAdmin)),
    open_egress: someRule(view, lastExit),
    logging: anyOf(flowLogged(view), diagnosed(view)),
  };
}

function someRule(view: View, test: (rule: View) => Truth): Truth {
  return anyOf(
    someOf(view.list('security_rule'), test),
    companion(view, RULE, 'network_security_group_name', test),
  );
}

function securityRule(view: View): Facts {
  return {
    open_ingress: opens(view, beyondWeb),
    open_admin_port: opens(view, reachesAdmin),
    open_egress: lastExit(view),
  };
}

function opens(rule: View, test: (ports: Ports) => Truth): Truth {
  const from = admitsEveryone(
    strings(rule, 'source_address_prefixes'),
    rule.string('source_address_prefix'),
  );
  return allOf(allows(rule, 'Inbound'), from, not(portless(rule)), test(portsOf(rule)));
}

function lastExit(rule: View): Truth {
  const to = admitsEveryone(
    strings(rule, 'destination_address_prefixes'),
    rule.string('destination_address_prefix'),
  );
  return allOf(allows(rule, 'Outbound'), to, everyPort(portsOf(rule)));
}

function allows(rule: View, direction: string): Truth {
  return allOf(says(rule.string('access'), 'Allow'), says(rule.string('direction'), direction));
}

/** Protocols without ports open none. */
function portless(rule: View): Truth {
  return anyOf(...['Icmp', 'Esp', 'Ah'].map((protocol) => says(rule.string('protocol'), protocol)));
}

function portsOf(rule: View): Ports {
  const single = rule.string('destination_port_range');
  const several = orElse(strings(rule, 'destination_port_ranges'), []);
  if (several === UNKNOWN) return UNKNOWN;
  return single === undefined ? several : [single, ...several];
}

/** `network_security_group_id` up to azurerm 3, `target_resource_id` since. */
function flowLogged(view: View): Truth {
  const on = (log: View): Truth => orElse(log.boolean('enabled'), true);
  return anyOf(
    companion(view, FLOW_LOG, 'target_resource_id', on),
    companion(view, FLOW_LOG, 'network_security_group_id', on),
  );
}

/** Page azurerm_subnet: machines reach the internet by default outbound access unless it is switched off. */
function subnet(view: View): Facts {
  return {
    network_isolated: not(orElse(view.boolean('default_outbound_access_enabled'), true)),
    logging: flowLogged(view),
  };
}

export const NETWORK: readonly Kind[] = [
  azureKind({
    kind: 'azure.network.security_group',
    title: 'Azure network security group',
    types: ['azurerm_network_security_group'],
    facts: securityGroup,
  }),
  azureKind({
    kind: 'azure.network.security_rule',
    title: 'Rule of an Azure network security group',
    types: ['azurerm_network_security_rule'],
    tags: UNTAGGED,
    facts: securityRule,
  }),
  azureKind({
    kind: 'azure.network.public_ip',
    title: 'Azure public IP address',
    types: ['azurerm_public_ip', 'azurerm_public_ip_prefix'],
    facts: (view) => ({
      ...diagnostics(view),
      public_ip: true,
      multi_zone: inSeveralZones(view),
      size: view.string('sku'),
    }),
  }),
  azureKind({
    kind: 'azure.network.interface',
    title: 'Azure network interface',
    types: ['azurerm_network_interface'],
    facts: (view) => ({ public_ip: attachesAddress(view, 'ip_configuration') }),
  }),
  azureKind({
    kind: 'azure.network.virtual_network',
    title: 'Azure virtual network',
    types: ['azurerm_virtual_network'],
    facts: (view) => ({ logging: flowLogged(view) }),
  }),
  azureKind({
    kind: 'azure.network.subnet',
    title: 'Azure subnet',
    types: ['azurerm_subnet'],
    tags: UNTAGGED,
    facts: subnet,
  }),
  azureKind({
    kind: 'azure.network.flow_log',
    title: 'Azure network flow log',
    types: FLOW_LOG,
    facts: (view) => ({
      logging: orElse(view.boolean('enabled'), true),
      log_retention_days: view.number('retention_policy[0].days'),
    }),
  }),
  azureKind({
    kind: 'azure.network.bastion',
    title: 'Azure Bastion',
    types: ['azurerm_bastion_host'],
    facts: (view) => ({
      ...diagnostics(view),
      public_ip: attachesAddress(view, 'ip_configuration'),
      size: orElse(view.string('sku'), 'Basic'),
    }),
  }),
  azureKind({
    kind: 'azure.network.nat_gateway',
    title: 'Azure NAT gateway',
    types: ['azurerm_nat_gateway'],
    facts: (view) => ({
      multi_zone: inSeveralZones(view),
      size: orElse(view.string('sku_name'), 'Standard'),
    }),
  }),
  azureKind({
    kind: 'azure.network.vpn_gateway',
    title: 'Azure virtual network gateway',
    types: ['azurerm_virtual_network_gateway'],
    facts: (view) => ({
      ...diagnostics(view),
      encrypted_in_transit: equals(orElse(view.string('type'), 'Vpn'), 'Vpn'),
      size: view.string('sku'),
    }),
  }),
  azureKind({
    kind: 'azure.dns.zone',
    title: 'Azure DNS zone',
    types: ['azurerm_dns_zone', 'azurerm_private_dns_zone'],
    facts: () => ({ stateful: true }),
  }),
];
