import { U, itemsOf, says } from './item.ts';

const permission = (protocol: string, from: number | null, to: number | null, rest: object) => ({
  ipProtocol: protocol,
  fromPort: from,
  toPort: to,
  ...rest,
});

const anyone = { ipv4Ranges: [{ cidrIp: '0.0.0.0/0' }], ipv6Ranges: [] };

const anyoneBySix = { ipv4Ranges: [], ipv6Ranges: [{ cidrIpv6: '::/0' }] };

const entry = (rest: object) => ({
  egress: false,
  ruleAction: 'allow',
  protocol: '6',
  cidrBlock: '0.0.0.0/0',
  portRange: { from: 22, to: 22 },
  ...rest,
});

itemsOf(
  'AWS::EC2::SecurityGroup',
  'aws.ec2.security_group',
  says(
    'nothing in, nothing out',
    { groupName: 'g', ipPermissions: [], ipPermissionsEgress: [] },
    { name: 'g', open_ingress: false, open_admin_port: false, open_egress: false },
  ),
  says(
    'SSH from anywhere, everything out',
    {
      groupName: 'default',
      ipPermissions: [permission('tcp', 22, 22, anyone)],
      ipPermissionsEgress: [permission('-1', null, null, anyone)],
    },
    { open_ingress: true, open_admin_port: true, open_egress: true },
  ),
  says(
    'a range of ports from anywhere by IPv6',
    { ipPermissions: [permission('tcp', 3000, 4000, anyoneBySix)] },
    { open_ingress: true, open_admin_port: true },
  ),
  says(
    'a database from anywhere',
    { ipPermissions: [permission('tcp', 5432, 5432, anyoneBySix)] },
    { open_ingress: true, open_admin_port: false },
  ),
  says(
    'the web from anywhere',
    { ipPermissions: [permission('tcp', 443, 443, anyone)] },
    { open_ingress: false, open_admin_port: false },
  ),
  says(
    'SSH from one network',
    { ipPermissions: [permission('tcp', 22, 22, { ipv4Ranges: [{ cidrIp: '10.0.0.0/8' }] })] },
    { open_ingress: false, open_admin_port: false },
  ),
  says(
    'SSH from anywhere, in the older spelling',
    { ipPermissions: [permission('tcp', 22, 22, { ipRanges: ['0.0.0.0/0'] })] },
    { open_admin_port: true },
  ),
  says(
    'SSH from anywhere, as the API answers',
    { ipPermissions: [permission('tcp', 22, 22, { ipRanges: [{ cidrIp: '0.0.0.0/0' }] })] },
    { open_admin_port: true },
  ),
  says(
    'pings from anywhere',
    { ipPermissions: [permission('icmp', -1, -1, anyone)] },
    { open_ingress: false },
  ),
  says(
    'without a word',
    { groupName: 'g' },
    { open_ingress: U, open_admin_port: U, open_egress: U },
  ),
);

itemsOf(
  'AWS::EC2::NetworkAcl',
  'aws.ec2.network_acl',
  says('SSH from anywhere', { entries: [entry({})] }, { open_admin_port: true }),
  says(
    'everything from anywhere',
    { isDefault: true, entries: [entry({ protocol: '-1', portRange: null })] },
    { open_admin_port: true },
  ),
  says('SSH to anywhere', { entries: [entry({ egress: true })] }, { open_admin_port: false }),
  says('SSH denied', { entries: [entry({ ruleAction: 'deny' })] }, { open_admin_port: false }),
  says(
    'by IPv6',
    { entries: [entry({ cidrBlock: null, ipv6CidrBlock: '::/0' })] },
    { open_admin_port: true },
  ),
  says('without a word', { networkAclId: 'acl-1' }, { open_admin_port: U }),
);
