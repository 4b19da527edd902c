import { UNKNOWN } from '../../../../src/catalogue/facts.ts';
import { ALWAYS, YET, beside, block, echo, flag, nest, planned, word } from '../claims.ts';
import type { Claim, ClaimTable, Claims } from '../claims.ts';
import { IDENTIFIED, diagnosed } from './common.ts';

const NIC = 'azurerm_network_interface';
const NSG = 'azurerm_network_security_group';
const RULE = 'azurerm_network_security_rule';
const FLOW_LOG = 'azurerm_network_watcher_flow_log';
const PIP = '/publicIPAddresses/p';
/** A public address that is written, none, one yet to be made, and one that nobody can tell. */
function addressed(list: string): Claim[] {
  return [
    [false, nest(`${list}[0].name`, 'internal')],
    [true, nest(`${list}[0].public_ip_address_id`, PIP)],
    [
      true,
      nest(`${list}[0].public_ip_address_id`, YET),
      [planned('azurerm_public_ip', {})],
      { refers: { [list]: 'azurerm_public_ip.this' } },
    ],
    [UNKNOWN, nest(`${list}[0].public_ip_address_id`, YET)],
  ];
}

const SSH_OPEN = {
  access: 'Allow',
  direction: 'Inbound',
  protocol: 'Tcp',
  source_address_prefix: '*',
  destination_port_range: '22',
};
const WEB_OPEN = { ...SSH_OPEN, destination_port_range: '443' };
const ALL_OUT = {
  ...SSH_OPEN,
  direction: 'Outbound',
  destination_address_prefix: 'Internet',
  destination_port_range: '*',
};

function ruleClaims(wrap: (rule: Record<string, unknown>) => Record<string, unknown>): Claims {
  return {
    open_ingress: [
      [true, wrap(SSH_OPEN)],
      [false, wrap(WEB_OPEN)],
      [false, wrap({ ...SSH_OPEN, access: 'Deny' })],
      [false, wrap({ ...SSH_OPEN, direction: 'Outbound' })],
      [false, wrap({ ...SSH_OPEN, source_address_prefix: '10.0.0.0/8' })],
      [true, wrap({ ...SSH_OPEN, source_address_prefix: 'internet' })],
      [
        true,
        wrap({
          ...SSH_OPEN,
          source_address_prefix: null,
          source_address_prefixes: ['10.0.0.0/8', '0.0.0.0/0'],
        }),
      ],
      [true, wrap({ ...SSH_OPEN, destination_port_range: '8000-8100' })],
      [
        true,
        wrap({
          ...SSH_OPEN,
          destination_port_range: null,
          destination_port_ranges: ['443', '8443'],
        }),
      ],
      [false, wrap({ ...SSH_OPEN, protocol: 'Icmp', destination_port_range: '*' })],
      [UNKNOWN, wrap({ ...SSH_OPEN, source_address_prefix: YET })],
      [UNKNOWN, wrap({ ...SSH_OPEN, destination_port_range: YET })],
      [false, wrap({ ...SSH_OPEN, access: 'Deny', destination_port_range: YET })],
    ],
    open_admin_port: [
      [true, wrap(SSH_OPEN)],
      [true, wrap({ ...SSH_OPEN, destination_port_range: '3000-4000' })],
      [true, wrap({ ...SSH_OPEN, destination_port_range: '*' })],
      [false, wrap({ ...SSH_OPEN, destination_port_range: '8443' })],
      [UNKNOWN, wrap({ ...SSH_OPEN, destination_port_range: YET })],
    ],
    open_egress: [
      [true, wrap(ALL_OUT)],
      [false, wrap({ ...ALL_OUT, destination_port_range: '443' })],
      [false, wrap(SSH_OPEN)],
      [UNKNOWN, wrap({ ...ALL_OUT, destination_address_prefix: YET })],
    ],
  };
}

const toGroup = { refers: { network_security_group_name: `${NSG}.this` } };
const inBlock = ruleClaims((rule) => ({ security_rule: [rule] }));

function flowLogged(type: string): Claim[] {
  return [
    ...beside(FLOW_LOG, 'target_resource_id', type, { enabled: true }, { enabled: false }),
    ...beside(FLOW_LOG, 'network_security_group_id', type, { enabled: true }).slice(1, 2),
  ];
}

export const NETWORK_CLAIMS: readonly ClaimTable[] = [
  {
    kind: 'azure.network.security_group',
    type: NSG,
    claims: {
      open_ingress: [
        ...(inBlock.open_ingress ?? []),
        [false],
        [true, {}, [planned(RULE, SSH_OPEN, toGroup)]],
        [false, {}, [planned(RULE, WEB_OPEN, toGroup)]],
        [UNKNOWN, {}, [planned(RULE, { ...SSH_OPEN, network_security_group_name: YET })]],
      ],
      open_admin_port: inBlock.open_admin_port ?? [],
      open_egress: inBlock.open_egress ?? [],
      logging: [...flowLogged(NSG), ...(diagnosed(NSG).logging ?? [])],
    },
  },
  {
    kind: 'azure.network.security_rule',
    type: RULE,
    claims: { ...ruleClaims((rule) => rule), taggable: [[undefined]] },
  },
  {
    kind: 'azure.network.public_ip',
    type: 'azurerm_public_ip',
    claims: {
      ...diagnosed('azurerm_public_ip'),
      public_ip: ALWAYS,
      multi_zone: word('zones', ['1', '2', '3'], ['1']),
      size: echo('sku', 'Standard'),
    },
    others: { azurerm_public_ip_prefix: { public_ip: [[true]] } },
  },
  {
    kind: 'azure.network.interface',
    type: NIC,
    claims: { public_ip: addressed('ip_configuration') },
  },
  {
    kind: 'azure.network.virtual_network',
    type: 'azurerm_virtual_network',
    claims: { logging: flowLogged('azurerm_virtual_network') },
  },
  {
    kind: 'azure.network.subnet',
    type: 'azurerm_subnet',
    claims: {
      network_isolated: flag('default_outbound_access_enabled', false, false),
      logging: flowLogged('azurerm_subnet'),
    },
  },
  {
    kind: 'azure.network.flow_log',
    type: FLOW_LOG,
    claims: {
      logging: flag('enabled', true),
      log_retention_days: echo('retention_policy[0].days', 90),
    },
  },
  {
    kind: 'azure.network.bastion',
    type: 'azurerm_bastion_host',
    claims: {
      ...diagnosed('azurerm_bastion_host'),
      public_ip: addressed('ip_configuration'),
      size: [['Basic'], ...echo('sku', 'Standard')],
    },
  },
  {
    kind: 'azure.network.application_gateway',
    type: 'azurerm_application_gateway',
    claims: {
      ...IDENTIFIED,
      ...diagnosed('azurerm_application_gateway'),
      public: addressed('frontend_ip_configuration'),
      public_ip: addressed('frontend_ip_configuration'),
      encrypted_in_transit: [
        [true, { http_listener: [{ protocol: 'Https' }] }],
        [false, { http_listener: [{ protocol: 'Https' }, { protocol: 'Http' }] }],
        [UNKNOWN, { http_listener: [{ protocol: YET }] }],
      ],
      tls_version: [
        [undefined],
        ['1.2', nest('ssl_policy[0].min_protocol_version', 'TLSv1_2')],
        ['1.0', nest('ssl_policy[0].policy_name', 'AppGwSslPolicy20150501')],
        ['1.1', nest('ssl_policy[0].policy_name', 'AppGwSslPolicy20170401')],
        ['1.2', nest('ssl_policy[0].policy_name', 'AppGwSslPolicy20220101S')],
        [undefined, nest('ssl_policy[0].policy_name', 'AppGwSslPolicy20991231')],
        [UNKNOWN, nest('ssl_policy[0].policy_name', YET)],
      ],
      waf: [
        ...flag('waf_configuration[0].enabled', false),
        ...block('firewall_policy_id', '/policies/p'),
        [
          true,
          { firewall_policy_id: YET },
          [planned('azurerm_web_application_firewall_policy', {})],
          { refers: { firewall_policy_id: 'azurerm_web_application_firewall_policy.this' } },
        ],
      ],
      multi_zone: word('zones', ['1', '2'], ['1']),
      size: echo('sku[0].name', 'WAF_v2'),
      instance_count: [
        ...echo('sku[0].capacity', 2),
        [10, nest('autoscale_configuration[0].max_capacity', 10)],
      ],
    },
  },
  {
    kind: 'azure.network.load_balancer',
    type: 'azurerm_lb',
    claims: {
      ...diagnosed('azurerm_lb'),
      public: addressed('frontend_ip_configuration'),
      public_ip: addressed('frontend_ip_configuration'),
      multi_zone: [
        [true],
        [false, { sku: 'Basic' }],
        [false, { frontend_ip_configuration: [{ zones: ['1'] }] }],
        [UNKNOWN, { sku: YET }],
      ],
      size: [['Standard'], ...echo('sku', 'Basic')],
    },
  },
  {
    kind: 'azure.network.firewall',
    type: 'azurerm_firewall',
    claims: {
      ...diagnosed('azurerm_firewall'),
      public_ip: addressed('ip_configuration'),
      multi_zone: word('zones', ['1', '2'], ['1']),
      size: echo('sku_tier', 'Premium'),
    },
  },
  {
    kind: 'azure.network.firewall_rules',
    type: 'azurerm_firewall_network_rule_collection',
    base: { action: 'Allow' },
    claims: {
      open_ingress: [
        [
          true,
          {
            rule: [
              { source_addresses: ['*'], destination_addresses: ['*'], destination_ports: ['*'] },
            ],
          },
        ],
        [
          false,
          {
            rule: [
              {
                source_addresses: ['10.0.0.0/8'],
                destination_addresses: ['*'],
                destination_ports: ['*'],
              },
            ],
          },
        ],
        [
          false,
          {
            action: 'Deny',
            rule: [
              { source_addresses: ['*'], destination_addresses: ['*'], destination_ports: ['*'] },
            ],
          },
        ],
        [
          UNKNOWN,
          {
            rule: [
              { source_addresses: YET, destination_addresses: ['*'], destination_ports: ['*'] },
            ],
          },
        ],
      ],
      open_egress: [
        [true, { rule: [{ destination_addresses: ['0.0.0.0/0'], destination_ports: ['*'] }] }],
        [false, { rule: [{ destination_addresses: ['0.0.0.0/0'], destination_ports: ['443'] }] }],
        [UNKNOWN, { rule: YET }],
      ],
    },
  },
];
