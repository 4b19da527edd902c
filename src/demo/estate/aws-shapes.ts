import type { ConfigItem } from '../../clouds/fakes/aws/index.ts';
import type { Chance } from './seeded.ts';

/** Where a resource of AWS is, and how it was made. */
export interface AwsSite {
  readonly account: string;
  readonly region: string;
  readonly chance: Chance;
  /** False: somebody was in a hurry. */
  readonly careful: boolean;
  readonly name: string;
  /** The ids of the network that it is contained in. */
  readonly vpc: string;
}

type Shape = (site: AwsSite) => ConfigItem;

const MADE = '2026-06-03T08:15:00.000Z';
const SEEN = '2026-11-25T04:00:00.000Z';
const IN_VPC = 'Is contained in Vpc';

function arn(service: string, { account, region }: AwsSite, resource: string): string {
  return `arn:aws:${service}:${region}:${account}:${resource}`;
}

function keyOf({ account, region }: AwsSite): string {
  return `arn:aws:kms:${region}:${account}:key/11111111-2222-3333-4444-555555555555`;
}

function seen(item: Omit<ConfigItem, 'resourceCreationTime'>): ConfigItem {
  return {
    ...item,
    resourceCreationTime: MADE,
    configurationItemCaptureTime: SEEN,
    configurationItemStatus: 'OK',
  };
}

function within({ vpc }: AwsSite): Pick<ConfigItem, 'relationships'> {
  return {
    relationships: [{ resourceId: vpc, resourceType: 'AWS::EC2::VPC', relationshipName: IN_VPC }],
  };
}

export const vpc: Shape = (site) =>
  seen({
    arn: arn('ec2', site, `vpc/${site.vpc}`),
    resourceId: site.vpc,
    resourceType: 'AWS::EC2::VPC',
    configuration: {
      vpcId: site.vpc,
      cidrBlock: '10.0.0.0/16',
      isDefault: false,
      state: 'available',
      instanceTenancy: 'default',
    },
  });

export const instance: Shape = (site) => {
  const { careful, chance, region } = site;
  const id = `i-0${chance.hex(16)}`;
  const address = careful ? {} : { publicIpAddress: '203.0.113.10' };
  return seen({
    arn: arn('ec2', site, `instance/${id}`),
    resourceId: id,
    resourceType: 'AWS::EC2::Instance',
    configuration: {
      instanceId: id,
      imageId: 'ami-0123456789abcdef0',
      instanceType: careful ? 'm7g.large' : 't3.small',
      state: { code: 16, name: 'running' },
      ebsOptimized: true,
      placement: { availabilityZone: `${region}a`, tenancy: 'default' },
      monitoring: { state: careful ? 'enabled' : 'disabled' },
      metadataOptions: {
        state: 'applied',
        httpTokens: careful ? 'required' : 'optional',
        httpEndpoint: 'enabled',
        httpPutResponseHopLimit: careful ? 1 : 2,
      },
      vpcId: site.vpc,
      networkInterfaces: [{ privateIpAddress: '10.0.1.10', vpcId: site.vpc }],
      ...address,
    },
    ...within(site),
  });
};

export const volume: Shape = (site) => {
  const { careful, chance, region } = site;
  const id = `vol-0${chance.hex(16)}`;
  return seen({
    arn: arn('ec2', site, `volume/${id}`),
    resourceId: id,
    resourceType: 'AWS::EC2::Volume',
    configuration: {
      volumeId: id,
      volumeType: 'gp3',
      state: careful ? 'in-use' : 'available',
      size: careful ? 100 : 500,
      iops: 3000,
      availabilityZone: `${region}a`,
      attachments: [],
      encrypted: careful,
      ...(careful ? { kmsKeyId: keyOf(site) } : {}),
    },
  });
};

export const securityGroup: Shape = (site) => {
  const { careful, chance, name, account } = site;
  const id = `sg-0${chance.hex(16)}`;
  return seen({
    arn: arn('ec2', site, `security-group/${id}`),
    resourceId: id,
    resourceName: name,
    resourceType: 'AWS::EC2::SecurityGroup',
    configuration: {
      groupId: id,
      groupName: name,
      description: `what ${name} lets in`,
      ownerId: account,
      vpcId: site.vpc,
      ipPermissions: [careful ? open(443, '10.0.0.0/8') : open(22, '0.0.0.0/0')],
      ipPermissionsEgress: [open(5432, '10.0.0.0/8')],
    },
    ...within(site),
  });
};

function open(port: number, range: string) {
  return {
    ...{ fromPort: port, toPort: port, ipProtocol: 'tcp' },
    ...{ ipv4Ranges: [{ cidrIp: range }], ipRanges: [range] },
    ...{ ipv6Ranges: [], prefixListIds: [], userIdGroupPairs: [] },
  };
}

export const database: Shape = (site) => {
  const { careful, name, chance } = site;
  const address = arn('rds', site, `db:${name}`);
  return seen({
    arn: address,
    resourceId: `db-${chance.hex(24).toUpperCase()}`,
    resourceName: name,
    resourceType: 'AWS::RDS::DBInstance',
    configuration: {
      dBInstanceIdentifier: name,
      dBInstanceArn: address,
      dBInstanceStatus: 'available',
      engine: careful ? 'postgres' : 'mysql',
      engineVersion: careful ? '16.3' : '8.0.39',
      dBInstanceClass: careful ? 'db.m7g.large' : 'db.t3.medium',
      allocatedStorage: careful ? 100 : 50,
      storageEncrypted: careful,
      ...(careful ? { kmsKeyId: keyOf(site) } : {}),
      publiclyAccessible: !careful,
      multiAZ: careful,
      backupRetentionPeriod: careful ? 14 : 0,
      deletionProtection: careful,
      autoMinorVersionUpgrade: careful,
      iAMDatabaseAuthenticationEnabled: careful,
      performanceInsightsEnabled: careful,
      monitoringInterval: 0,
      copyTagsToSnapshot: false,
      enabledCloudwatchLogsExports: careful ? ['postgresql'] : [],
      dBParameterGroups: [],
    },
  });
};
