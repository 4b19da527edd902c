import type { raw } from '../../../builders.ts';
import type { FactTable } from '../../../builders.ts';
import { U, says, table, tied, toCome } from './table.ts';

const opening = (from: number, to: number, rest: object = {}): object => ({
  protocol: 'tcp',
  from_port: from,
  to_port: to,
  cidr_blocks: ['0.0.0.0/0'],
  ...rest,
});
const ingress = (...rules: object[]): { ingress: object[] } => ({ ingress: rules });
const closed = { open_ingress: false, open_admin_port: false };
const older = (attributes: Record<string, unknown>): ReturnType<typeof raw> =>
  tied('aws_security_group_rule', 'security_group_id', 'aws_security_group', attributes);

const group = table(
  'aws.ec2.security_group',
  'aws_security_group',
  says(
    'without rules lets nothing through',
    {},
    { ...closed, open_egress: false },
    { details: { computed: ['ingress', 'egress'] } },
  ),
  says('open at SSH', ingress(opening(22, 22)), { open_ingress: true, open_admin_port: true }),
  says(
    'open at SSH to IPv6 alone',
    ingress(opening(22, 22, { cidr_blocks: [], ipv6_cidr_blocks: ['::/0'] })),
    { open_ingress: true, open_admin_port: true },
  ),
  says('open at a range that holds RDP', ingress(opening(3000, 4000)), {
    open_ingress: true,
    open_admin_port: true,
  }),
  says('open at the web ports', ingress(opening(80, 80), opening(443, 443)), closed),
  says('open at a database', ingress(opening(5432, 5432)), {
    open_ingress: true,
    open_admin_port: false,
  }),
  says(
    'open at every port',
    ingress({ protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['0.0.0.0/0'] }),
    { open_ingress: true, open_admin_port: true },
  ),
  says(
    'open to a ping',
    ingress({ protocol: 'icmp', from_port: 8, to_port: 0, cidr_blocks: ['0.0.0.0/0'] }),
    closed,
  ),
  says(
    'open to the office',
    ingress(opening(22, 22, { cidr_blocks: ['198.51.100.0/24'] })),
    closed,
  ),
  says(
    'open to whom is still to come',
    { ingress: [{ protocol: 'tcp', from_port: 22, to_port: 22 }] },
    { open_ingress: U, open_admin_port: U },
    { details: { unknown: ['ingress[0].cidr_blocks'] } },
  ),
  says(
    'open at a port to come',
    { ingress: [{ protocol: 'tcp', cidr_blocks: ['0.0.0.0/0'], to_port: 22 }] },
    { open_ingress: U },
    { details: { unknown: ['ingress[0].from_port'] } },
  ),
  says(
    'open by a rule of the older style',
    {},
    { open_ingress: true, open_admin_port: true },
    { with: [older({ type: 'ingress', ...opening(22, 22) })] },
  ),
  says(
    'open outwards by a rule of the older style',
    {},
    { ...closed, open_egress: true },
    { with: [older({ type: 'egress', ...opening(0, 65_535) })] },
  ),
  says(
    'open by a rule of the newer style',
    {},
    { open_admin_port: true },
    {
      with: [
        tied('aws_vpc_security_group_ingress_rule', 'security_group_id', 'aws_security_group', {
          ip_protocol: 'tcp',
          from_port: 22,
          to_port: 22,
          cidr_ipv4: '0.0.0.0/0',
        }),
      ],
    },
  ),
  says(
    'open outwards by a rule of the newer style',
    {},
    { open_egress: true },
    {
      with: [
        tied('aws_vpc_security_group_egress_rule', 'security_group_id', 'aws_security_group', {
          ip_protocol: '-1',
          cidr_ipv6: '::/0',
        }),
      ],
    },
  ),
  says('open outwards at one port', { egress: [opening(443, 443)] }, { open_egress: false }),
  says(
    'of the VPC itself',
    ingress(opening(22, 22)),
    { open_admin_port: true },
    { type: 'aws_default_security_group' },
  ),
  toCome(['ingress', 'egress'], { open_ingress: U, open_admin_port: U, open_egress: U }),
);

const rule = table(
  'aws.ec2.security_group_rule',
  'aws_security_group_rule',
  says(
    'inwards',
    { type: 'ingress', ...opening(22, 22) },
    { taggable: undefined, open_ingress: true, open_admin_port: true, open_egress: undefined },
  ),
  says(
    'outwards',
    { type: 'egress', ...opening(0, 65_535) },
    { open_egress: true, open_ingress: undefined },
  ),
  says(
    'inwards, newer',
    { ip_protocol: 'tcp', from_port: 443, to_port: 443, cidr_ipv4: '0.0.0.0/0' },
    { taggable: true, ...closed },
    { type: 'aws_vpc_security_group_ingress_rule' },
  ),
  says(
    'outwards, newer',
    { ip_protocol: 'tcp', from_port: 443, to_port: 443, cidr_ipv4: '0.0.0.0/0' },
    { open_egress: false },
    { type: 'aws_vpc_security_group_egress_rule' },
  ),
  toCome(
    ['ip_protocol', 'cidr_ipv4'],
    { open_ingress: U, open_admin_port: U },
    { type: 'aws_vpc_security_group_ingress_rule' },
  ),
  toCome(
    ['ip_protocol', 'cidr_ipv4'],
    { open_egress: U },
    { type: 'aws_vpc_security_group_egress_rule' },
  ),
);

const entry = { protocol: 'tcp', from_port: 22, to_port: 22, cidr_block: '0.0.0.0/0' };

const firewalls: FactTable[] = [
  table(
    'aws.ec2.network_acl',
    'aws_network_acl',
    says('open at SSH', { ingress: [{ ...entry, action: 'allow' }] }, { open_admin_port: true }),
    says(
      'closed at SSH',
      { ingress: [{ ...entry, action: 'deny' }] },
      { open_admin_port: false },
      { type: 'aws_default_network_acl' },
    ),
    toCome(['ingress'], { open_admin_port: U }),
  ),
  table(
    'aws.ec2.network_acl_rule',
    'aws_network_acl_rule',
    says(
      'inwards',
      { ...entry, rule_action: 'allow' },
      { open_admin_port: true, taggable: undefined },
    ),
    says('that denies', { ...entry, rule_action: 'deny' }, { open_admin_port: false }),
    says(
      'outwards',
      { ...entry, rule_action: 'allow', egress: true },
      { open_admin_port: undefined },
    ),
    toCome(['rule_action', 'cidr_block', 'protocol'], { open_admin_port: U }),
  ),
];

export const FIREWALL_TABLES: readonly FactTable[] = [group, rule, ...firewalls];
