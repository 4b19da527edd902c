import { isRecord } from '../../../kit/record.ts';
import { at, flag, has, list, object, objects, text, texts } from '../read.ts';
import type { LiveItem, Restatement } from '../restatement.ts';
import { awsItem, block, named, policyOf } from './item.ts';
import type { Item, Words } from './item.ts';

/** DescribeSubnets. */
function subnet({ own }: Item): Words {
  return { attributes: { map_public_ip_on_launch: flag(own, 'mapPublicIpOnLaunch') } };
}

/** DescribeNetworkInterfaces. */
function networkInterface({ own }: Item): Words {
  return {
    attributes: {},
    companions: isPublicInterface(own) ? [{ type: 'aws_eip', attributes: {} }] : [],
    tells: ['aws_eip'],
  };
}

/** A public address stands in the association, an elastic one as any other; each private address may have one. */
export function isPublicInterface(found: LiveItem): boolean {
  const addresses = [found, ...(objects(found, 'privateIpAddresses') ?? [])];
  return addresses.some((one) => (text(one, 'association.publicIp') ?? '') !== '');
}

/** DescribeVpcEndpoints; the policy is a JSON text. */
function vpcEndpoint({ own }: Item): Words {
  const policy = policyOf(at(own, 'policyDocument'));
  return {
    attributes: {
      // Nobody wrote the policy that AWS gives to every endpoint; a plan does not show it either.
      policy: isFullAccess(policy) ? null : policy,
      subnet_ids: texts(own, 'subnetIds'),
    },
  };
}

function isFullAccess(policy: unknown): boolean {
  const [statement, ...others] = list(policy, 'Statement') ?? [];
  if (!isRecord(statement) || others.length > 0 || has(statement, 'Condition')) return false;
  return ['Action', 'Principal', 'Resource'].every((name) => statement[name] === '*');
}

/** DescribeVpnConnections, of which the schema of AWS Config shows no more than this. */
function vpnConnection({ own }: Item): Words {
  const tunnels = objects(own, 'options.tunnelOptions');
  if (tunnels === undefined) return { attributes: {} };
  const logs = (tunnel: LiveItem | undefined): readonly LiveItem[] | null =>
    block(object(tunnel, 'logOptions.cloudWatchLogOptions'), (one) => ({
      cloudwatch_log_options: [{ log_enabled: flag(one, 'logEnabled') }],
    }));
  return {
    attributes: {
      tunnel1_log_options: logs(tunnels[0]),
      tunnel2_log_options: logs(tunnels[1]),
    },
  };
}

/** By the CloudFormation schema. */
function hostedZone({ own }: Item): Words {
  const logged = has(own, 'QueryLoggingConfig.CloudWatchLogsLogGroupArn');
  return {
    attributes: { name: text(own, 'Name'), vpc: objects(own, 'VPCs') ?? null },
    companions: logged ? [{ type: 'aws_route53_query_log', attributes: {} }] : [],
    tells: ['aws_route53_query_log'],
  };
}

/** By the CloudFormation schema; logging is a resource of its own there too, and not told. */
function firewall({ own }: Item): Words {
  return {
    attributes: {
      name: text(own, 'FirewallName'),
      delete_protection: flag(own, 'DeleteProtection'),
      subnet_mapping: objects(own, 'SubnetMappings'),
    },
  };
}

export const NETWORK_RESTATEMENTS: readonly Restatement[] = [
  // Flow logs are items of their own, so a network does not tell whether it has one.
  awsItem('AWS::EC2::VPC', 'aws_vpc'),
  awsItem('AWS::EC2::Subnet', 'aws_subnet', subnet),
  awsItem('AWS::EC2::NetworkInterface', 'aws_network_interface', networkInterface),
  awsItem('AWS::EC2::EIP', 'aws_eip'),
  awsItem('AWS::EC2::NatGateway', 'aws_nat_gateway', ({ own }) => ({
    attributes: { connectivity_type: text(own, 'connectivityType') },
  })),
  awsItem('AWS::EC2::InternetGateway', 'aws_internet_gateway'),
  awsItem('AWS::EC2::RouteTable', 'aws_route_table'),
  awsItem('AWS::EC2::FlowLog', 'aws_flow_log'),
  awsItem('AWS::EC2::VPCEndpoint', 'aws_vpc_endpoint', vpcEndpoint),
  awsItem('AWS::EC2::TransitGateway', 'aws_ec2_transit_gateway'),
  awsItem('AWS::EC2::VPNConnection', 'aws_vpn_connection', vpnConnection, {
    // Holds the tunnels' pre-shared keys.
    sensitive: ['configuration.customerGatewayConfiguration', 'configuration.options'],
  }),
  awsItem('AWS::Route53::HostedZone', 'aws_route53_zone', hostedZone),
  awsItem('AWS::NetworkFirewall::Firewall', 'aws_networkfirewall_firewall', firewall),
  // Not recorded by AWS Config; other inventories know it by this name.
  awsItem('AWS::DirectConnect::Connection', 'aws_dx_connection', named),
];
