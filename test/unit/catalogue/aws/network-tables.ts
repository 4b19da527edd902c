import type { FactTable } from '../../../builders.ts';
import { EVERYONE, U, loose, says, table, tied, toCome } from './table.ts';

const tagged = (kind: string, ...types: [string, ...string[]]): FactTable =>
  table(
    kind,
    types[0],
    ...types.map((type) => says(`${type} can be tagged`, {}, { taggable: true }, { type })),
  );

export const NETWORK_TABLES: readonly FactTable[] = [
  table(
    'aws.ec2.vpc',
    'aws_vpc',
    says('bare', {}, { logging: false }),
    says('logged', {}, { logging: true }, { with: [tied('aws_flow_log', 'vpc_id', 'aws_vpc')] }),
    says(
      'perhaps logged',
      {},
      { logging: U },
      { type: 'aws_default_vpc', with: [loose('aws_flow_log', 'vpc_id')] },
    ),
  ),
  table(
    'aws.ec2.subnet',
    'aws_subnet',
    says('private', {}, { public_ip: false }),
    says('public', { map_public_ip_on_launch: true }, { public_ip: true }),
    says('of the default VPC', {}, { public_ip: true }, { type: 'aws_default_subnet' }),
    toCome(['map_public_ip_on_launch'], { public_ip: U }),
  ),
  table(
    'aws.ec2.network_interface',
    'aws_network_interface',
    says('private', {}, { public_ip: false }),
    says(
      'with an elastic address',
      {},
      { public_ip: true },
      { with: [tied('aws_eip', 'network_interface', 'aws_network_interface')] },
    ),
    says(
      'perhaps with one',
      {},
      { public_ip: U },
      { with: [loose('aws_eip', 'network_interface')] },
    ),
  ),
  table('aws.ec2.elastic_ip', 'aws_eip', says('is public', {}, { public_ip: true })),
  table(
    'aws.ec2.nat_gateway',
    'aws_nat_gateway',
    says('public', {}, { public_ip: true }),
    says('private', { connectivity_type: 'private' }, { public_ip: false }),
    toCome(['connectivity_type'], { public_ip: U }),
  ),
  tagged('aws.ec2.internet_gateway', 'aws_internet_gateway'),
  tagged('aws.ec2.route_table', 'aws_route_table', 'aws_default_route_table'),
  tagged('aws.ec2.flow_log', 'aws_flow_log'),
  table(
    'aws.ec2.vpc_endpoint',
    'aws_vpc_endpoint',
    says('bare', { subnet_ids: ['a'] }, { anyone_trusted: false, multi_zone: false }),
    says(
      'open, spread',
      { subnet_ids: ['a', 'b'], policy: EVERYONE },
      { anyone_trusted: true, multi_zone: true },
    ),
    toCome(['subnet_ids', 'policy'], { anyone_trusted: U, multi_zone: U }),
  ),
  table(
    'aws.ec2.transit_gateway',
    'aws_ec2_transit_gateway',
    says('bare', {}, { logging: false }),
    says(
      'logged',
      {},
      { logging: true },
      { with: [tied('aws_flow_log', 'transit_gateway_id', 'aws_ec2_transit_gateway')] },
    ),
    says(
      'perhaps logged',
      {},
      { logging: U },
      { with: [loose('aws_flow_log', 'transit_gateway_id')] },
    ),
  ),
  table(
    'aws.ec2.vpn_connection',
    'aws_vpn_connection',
    says('bare', {}, { logging: false }),
    says(
      'logged',
      { tunnel2_log_options: [{ cloudwatch_log_options: [{ log_enabled: true }] }] },
      { logging: true },
    ),
    toCome(['tunnel1_log_options'], { logging: U }),
  ),
  table(
    'aws.route53.zone',
    'aws_route53_zone',
    says(
      'public',
      { name: 'example.org' },
      { stateful: true, public: true, logging: false, name: 'example.org' },
    ),
    says(
      'private, logged',
      { vpc: [{ vpc_id: 'v' }] },
      { public: false, logging: true },
      { with: [tied('aws_route53_query_log', 'zone_id', 'aws_route53_zone')] },
    ),
    toCome(
      ['vpc'],
      { public: U, logging: U },
      { with: [loose('aws_route53_query_log', 'zone_id')] },
    ),
  ),
  table(
    'aws.networkfirewall.firewall',
    'aws_networkfirewall_firewall',
    says(
      'bare',
      {},
      { deletion_protected: false, logging: false, customer_key: false, multi_zone: false },
    ),
    says(
      'well kept',
      {
        delete_protection: true,
        encryption_configuration: [{ type: 'CUSTOMER_KMS', key_id: 'k' }],
        subnet_mapping: [{}, {}],
      },
      { deletion_protected: true, logging: true, customer_key: true, multi_zone: true },
      {
        with: [
          tied(
            'aws_networkfirewall_logging_configuration',
            'firewall_arn',
            'aws_networkfirewall_firewall',
          ),
        ],
      },
    ),
    toCome(
      ['delete_protection', 'encryption_configuration', 'subnet_mapping'],
      { deletion_protected: U, customer_key: U, multi_zone: U, logging: U },
      { with: [loose('aws_networkfirewall_logging_configuration', 'firewall_arn')] },
    ),
  ),
  table(
    'aws.directconnect.connection',
    'aws_dx_connection',
    says('clear', { bandwidth: '1Gbps' }, { size: '1Gbps', encrypted_in_transit: false }),
    says('with MACsec', { request_macsec: true }, { encrypted_in_transit: true }),
    toCome(['bandwidth', 'request_macsec'], { size: U, encrypted_in_transit: U }),
  ),
];
