import { ONE_ACCOUNT, U, itemsOf, says, statements } from './item.ts';

const tunnel = (logEnabled: boolean) => ({ logOptions: { cloudWatchLogOptions: { logEnabled } } });

itemsOf(
  'AWS::EC2::VPC',
  'aws.ec2.vpc',
  says('flow logs are told elsewhere', { vpcId: 'vpc-1' }, { logging: U }),
);

itemsOf(
  'AWS::EC2::Subnet',
  'aws.ec2.subnet',
  says('public', { mapPublicIpOnLaunch: true }, { public_ip: true }),
  says('private', { mapPublicIpOnLaunch: false }, { public_ip: false }),
  says('without a word', { subnetId: 's' }, { public_ip: U }),
);

itemsOf(
  'AWS::EC2::NetworkInterface',
  'aws.ec2.network_interface',
  says('with a public address', { association: { publicIp: '203.0.113.1' } }, { public_ip: true }),
  says('without one', { networkInterfaceId: 'eni-1' }, { public_ip: false }),
  says(
    'with one for its second address',
    { privateIpAddresses: [{ primary: true }, { association: { publicIp: '203.0.113.1' } }] },
    { public_ip: true },
  ),
);

itemsOf(
  'AWS::EC2::EIP',
  'aws.ec2.elastic_ip',
  says('is a public address', { publicIp: '203.0.113.1' }, { public_ip: true }),
);

itemsOf(
  'AWS::EC2::NatGateway',
  'aws.ec2.nat_gateway',
  says('public', { connectivityType: 'public' }, { public_ip: true }),
  says('private', { connectivityType: 'private' }, { public_ip: false }),
  says('without a word', { natGatewayId: 'n' }, { public_ip: U }),
);

itemsOf(
  'AWS::EC2::VPCEndpoint',
  'aws.ec2.vpc_endpoint',
  says(
    'the policy that AWS gives to every endpoint is nobody’s choice',
    {
      policyDocument: statements({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }),
      subnetIds: ['a', 'b'],
    },
    { anyone_trusted: false, multi_zone: true },
  ),
  says(
    'a policy for everyone that somebody wrote',
    {
      policyDocument: statements({
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:*',
        Resource: '*',
      }),
      subnetIds: ['a'],
    },
    { anyone_trusted: true, multi_zone: false },
  ),
  says('for one account', { policyDocument: ONE_ACCOUNT }, { anyone_trusted: false }),
  says('without a word', { vpcEndpointId: 'e' }, { anyone_trusted: U, multi_zone: U }),
);

itemsOf(
  'AWS::EC2::VPNConnection',
  'aws.ec2.vpn_connection',
  says(
    'one tunnel is logged',
    { options: { tunnelOptions: [tunnel(false), tunnel(true)] } },
    { logging: true },
  ),
  says('none is', { options: { tunnelOptions: [tunnel(false), {}] } }, { logging: false }),
  says('without a word', { vpnConnectionId: 'v' }, { logging: U }),
);

itemsOf(
  'AWS::Route53::HostedZone',
  'aws.route53.zone',
  says(
    'public, in the dark',
    { Name: 'example.com' },
    { name: 'example.com', public: true, logging: false },
  ),
  says(
    'private, logged',
    { VPCs: [{ VPCId: 'vpc-1' }], QueryLoggingConfig: { CloudWatchLogsLogGroupArn: 'arn' } },
    { public: false, logging: true },
  ),
);

itemsOf(
  'AWS::NetworkFirewall::Firewall',
  'aws.networkfirewall.firewall',
  says(
    'protected',
    {
      FirewallName: 'f',
      DeleteProtection: true,
      SubnetMappings: [{ SubnetId: 'a' }, { SubnetId: 'b' }],
    },
    { name: 'f', deletion_protected: true, multi_zone: true, logging: U },
  ),
  says(
    'not protected',
    { DeleteProtection: false, SubnetMappings: [{}] },
    { deletion_protected: false, multi_zone: false },
  ),
);
