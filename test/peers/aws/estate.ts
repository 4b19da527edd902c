import {
  CreateVolumeCommand,
  DescribeImagesCommand,
  DescribeTagsCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import {
  CreateDBInstanceCommand,
  ListTagsForResourceCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import {
  CreateBucketCommand,
  GetBucketTaggingCommand,
  PutBucketTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';

import { MOTO_KEYS } from './moto.ts';

export type Tags = Readonly<Record<string, string>>;

/** Something that was made on moto, and how to look at its tags without us. */
export interface Made {
  readonly arn: string;
  readonly type: string;
  readonly account: string;
  readonly tags: Tags;
  readonly tagsNow: () => Promise<Tags>;
}

export const REGION = 'eu-central-1';

type Keys = typeof MOTO_KEYS & { readonly sessionToken?: string };

/** The keys of a role in another account of moto. */
export async function keysOf(endpoint: string, account: string): Promise<Keys> {
  const sts = new STSClient({ endpoint, region: REGION, credentials: MOTO_KEYS });
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${account}:role/maker`,
      RoleSessionName: 'maker',
    }),
  );
  sts.destroy();
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
}

const listed = (tags: Tags) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
const told = (
  tags: readonly { Key?: string | undefined; Value?: string | undefined }[] = [],
): Tags => Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));

/** A machine, a disk, a bucket and a database, by the SDKs and not by us. */
export async function makeAll(endpoint: string, account: string, keys: Keys): Promise<Made[]> {
  const options = { endpoint, region: REGION, credentials: keys };
  return [
    ...(await onEc2(new EC2Client(options), account)),
    await bucket(new S3Client({ ...options, forcePathStyle: true }), account),
    await database(new RDSClient(options), account),
  ];
}

async function onEc2(ec2: EC2Client, account: string): Promise<Made[]> {
  const tags = { Name: 'shop', stale: 'yes' };
  const specify = (ResourceType: 'instance' | 'volume') => ({
    TagSpecifications: [{ ResourceType, Tags: listed(tags) }],
  });
  const { Images } = await ec2.send(new DescribeImagesCommand({}));
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ImageId: Images?.[0]?.ImageId,
      MinCount: 1,
      MaxCount: 1,
      ...specify('instance'),
    }),
  );
  const { VolumeId = '' } = await ec2.send(
    new CreateVolumeCommand({ AvailabilityZone: `${REGION}a`, Size: 1, ...specify('volume') }),
  );
  const made = (kind: string, id: string, type: string): Made => ({
    arn: `arn:aws:ec2:${REGION}:${account}:${kind}/${id}`,
    type,
    account,
    tags,
    tagsNow: async () => {
      const Filters = [{ Name: 'resource-id', Values: [id] }];
      return told((await ec2.send(new DescribeTagsCommand({ Filters }))).Tags);
    },
  });
  return [
    made('instance', Instances?.[0]?.InstanceId ?? '', 'AWS::EC2::Instance'),
    made('volume', VolumeId, 'AWS::EC2::Volume'),
  ];
}

async function bucket(s3: S3Client, account: string): Promise<Made> {
  const Bucket = `data-of-${account}`;
  const tags = { Name: 'data', stale: 'yes', Owner: 'nobody' };
  await s3.send(
    new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: REGION } }),
  );
  await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: listed(tags) } }));
  return {
    arn: `arn:aws:s3:::${Bucket}`,
    type: 'AWS::S3::Bucket',
    account,
    tags,
    tagsNow: async () => told((await s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet),
  };
}

async function database(rds: RDSClient, account: string): Promise<Made> {
  const tags = { Name: 'orders' };
  const { DBInstance } = await rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: 'orders',
      DBInstanceClass: 'db.t3.micro',
      Engine: 'postgres',
      AllocatedStorage: 10,
      MasterUsername: 'master',
      MasterUserPassword: 'not-a-real-password',
      Tags: listed(tags),
    }),
  );
  const arn = DBInstance?.DBInstanceArn ?? '';
  return {
    arn,
    type: 'AWS::RDS::DBInstance',
    account,
    tags,
    tagsNow: async () =>
      told((await rds.send(new ListTagsForResourceCommand({ ResourceName: arn }))).TagList),
  };
}
