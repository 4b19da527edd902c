import { flag, list, number, objects, orNone, text } from '../read.ts';
import type { LiveItem, Restatement } from '../restatement.ts';
import { awsItem } from './item.ts';
import type { Item, Words } from './item.ts';

/** All three ways in which Terraform writes a rule are in the group itself once they are applied. */
const RULE_TYPES = [
  'aws_security_group_rule',
  'aws_vpc_security_group_ingress_rule',
  'aws_vpc_security_group_egress_rule',
];

/** DescribeSecurityGroups. */
function group({ own }: Item): Words {
  return {
    attributes: {
      name: text(own, 'groupName'),
      ingress: objects(own, 'ipPermissions')?.map(rule),
      egress: objects(own, 'ipPermissionsEgress')?.map(rule),
    },
    tells: RULE_TYPES,
  };
}

function rule(permission: LiveItem): LiveItem {
  return {
    cidr_blocks: [
      ...ranges(permission, 'ipv4Ranges', 'cidrIp'),
      // The older spelling, of which items hold both: bare texts, or objects as the API answers them.
      ...ranges(permission, 'ipRanges', 'cidrIp'),
    ],
    ipv6_cidr_blocks: ranges(permission, 'ipv6Ranges', 'cidrIpv6'),
    protocol: text(permission, 'ipProtocol'),
    from_port: number(permission, 'fromPort'),
    to_port: number(permission, 'toPort'),
  };
}

function ranges(permission: LiveItem, path: string, name: string): readonly unknown[] {
  return (list(permission, path) ?? []).map((range) => text(range, name) ?? range);
}

/** DescribeNetworkAcls. Protocols are numbers there, -1 for all. */
function networkAcl({ own }: Item): Words {
  return {
    attributes: {
      ingress: objects(own, 'entries')
        ?.filter((entry) => flag(entry, 'egress') !== true)
        .map((entry) => ({
          action: text(entry, 'ruleAction'),
          cidr_block: orNone(text(entry, 'cidrBlock')),
          ipv6_cidr_block: orNone(text(entry, 'ipv6CidrBlock')),
          protocol: text(entry, 'protocol'),
          from_port: number(entry, 'portRange.from'),
          to_port: number(entry, 'portRange.to'),
        })),
    },
  };
}

export const SECURITY_GROUP_RESTATEMENTS: readonly Restatement[] = [
  awsItem(
    'AWS::EC2::SecurityGroup',
    (item) =>
      text(item, 'configuration.groupName') === 'default'
        ? 'aws_default_security_group'
        : 'aws_security_group',
    group,
  ),
  awsItem(
    'AWS::EC2::NetworkAcl',
    (item) =>
      flag(item, 'configuration.isDefault') === true
        ? 'aws_default_network_acl'
        : 'aws_network_acl',
    networkAcl,
  ),
  // Not recorded by AWS Config, and tagged on their own.
  awsItem('AWS::EC2::SecurityGroupRule', 'aws_vpc_security_group_ingress_rule'),
];
