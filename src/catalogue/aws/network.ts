import { anyOf, equals, not, orElse, present } from '../values.ts';
import type { View } from '../view.ts';
import type { Truth } from '../values.ts';
import { policyAt, trustsAnyone } from './policy-document.ts';
import { awsKind, companion, customerKey, flag, several } from './service.ts';

function flowLogged(view: View, attribute: string): Truth {
  return companion(view, ['aws_flow_log'], attribute);
}

export const NETWORK_KINDS = [
  awsKind({
    kind: 'aws.ec2.vpc',
    title: 'VPC',
    types: ['aws_vpc', 'aws_default_vpc'],
    facts: (view) => ({ logging: flowLogged(view, 'vpc_id') }),
  }),
  awsKind({
    kind: 'aws.ec2.subnet',
    title: 'Subnet',
    types: ['aws_subnet', 'aws_default_subnet'],
    facts: (view) => ({
      // Page aws_default_subnet: the default subnet of a zone hands out public addresses.
      public_ip: flag(view, 'map_public_ip_on_launch', view.resource.type === 'aws_default_subnet'),
    }),
  }),
  awsKind({
    kind: 'aws.ec2.network_interface',
    title: 'Network interface',
    types: ['aws_network_interface'],
    facts: (view) => ({ public_ip: companion(view, ['aws_eip'], 'network_interface') }),
  }),
  awsKind({
    kind: 'aws.ec2.elastic_ip',
    title: 'Elastic IP address',
    types: ['aws_eip'],
    facts: () => ({ public_ip: true }),
  }),
  awsKind({
    kind: 'aws.ec2.nat_gateway',
    title: 'NAT gateway',
    types: ['aws_nat_gateway'],
    facts: (view) => ({
      public_ip: equals(orElse(view.string('connectivity_type'), 'public'), 'public'),
    }),
  }),
  awsKind({
    kind: 'aws.ec2.internet_gateway',
    title: 'Internet gateway',
    types: ['aws_internet_gateway'],
  }),
  awsKind({
    kind: 'aws.ec2.route_table',
    title: 'Route table',
    types: ['aws_route_table', 'aws_default_route_table'],
  }),
  awsKind({ kind: 'aws.ec2.flow_log', title: 'Flow log', types: ['aws_flow_log'] }),
  awsKind({
    kind: 'aws.ec2.vpc_endpoint',
    title: 'VPC endpoint',
    types: ['aws_vpc_endpoint'],
    // Page aws_vpc_endpoint: the default policy lets every principal of the VPC through; only a written one is judged.
    facts: (view) => ({
      anyone_trusted: trustsAnyone(policyAt(view, 'policy')),
      multi_zone: several(view, 'subnet_ids'),
    }),
  }),
  awsKind({
    kind: 'aws.ec2.transit_gateway',
    title: 'Transit gateway',
    types: ['aws_ec2_transit_gateway'],
    facts: (view) => ({ logging: flowLogged(view, 'transit_gateway_id') }),
  }),
  awsKind({
    kind: 'aws.ec2.vpn_connection',
    title: 'Site-to-site VPN connection',
    types: ['aws_vpn_connection'],
    facts: (view) => ({
      logging: anyOf(
        flag(view, 'tunnel1_log_options[0].cloudwatch_log_options[0].log_enabled', false),
        flag(view, 'tunnel2_log_options[0].cloudwatch_log_options[0].log_enabled', false),
      ),
    }),
  }),
  awsKind({
    kind: 'aws.route53.zone',
    title: 'Route 53 zone',
    types: ['aws_route53_zone'],
    facts: (view) => ({
      stateful: true,
      public: not(present(view.read('vpc'))),
      logging: companion(view, ['aws_route53_query_log'], 'zone_id', undefined, [
        'id',
        'zone_id',
        'arn',
      ]),
    }),
  }),
  awsKind({
    kind: 'aws.networkfirewall.firewall',
    title: 'Network firewall',
    types: ['aws_networkfirewall_firewall'],
    facts: (view: View) => ({
      deletion_protected: flag(view, 'delete_protection', false),
      logging: companion(view, ['aws_networkfirewall_logging_configuration'], 'firewall_arn'),
      customer_key: customerKey(view, 'encryption_configuration[0].key_id'),
      multi_zone: several(view, 'subnet_mapping'),
    }),
  }),
  awsKind({
    kind: 'aws.directconnect.connection',
    title: 'Direct Connect connection',
    types: ['aws_dx_connection'],
    facts: (view) => ({
      size: view.string('bandwidth'),
      encrypted_in_transit: flag(view, 'request_macsec', false),
    }),
  }),
];
