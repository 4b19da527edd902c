import {
  DeleteTagsCommand,
  DescribeVolumesCommand,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  GetBucketTaggingCommand,
  ListBucketsCommand,
  PutBucketTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3';

import type { AwsEstate, ConfigItem } from '../../../src/clouds/fakes/aws/index.ts';
import { REGION } from '../aws/estate.ts';
import type { Tags } from '../aws/estate.ts';
import { MOTO_ACCOUNT, MOTO_KEYS } from '../aws/moto.ts';

/** An account on moto, as somebody sees and changes it who knows nothing of us. */
export interface Account {
  /** What is there now, as AWS Config would tell it: moto's own AWS Config never records anything. */
  readonly estate: () => Promise<AwsEstate>;
  /** Takes one tag away, in the console as it were. */
  readonly untagBucket: (bucket: string, key: string) => Promise<void>;
  readonly untagVolume: (volume: string, key: string) => Promise<void>;
  readonly close: () => void;
}

type Listed = readonly { Key?: string | undefined; Value?: string | undefined }[];

export function accountOn(endpoint: string): Account {
  const options = { endpoint, region: REGION, credentials: MOTO_KEYS };
  const s3 = new S3Client({ ...options, forcePathStyle: true });
  const ec2 = new EC2Client(options);
  return {
    estate: async () => ({
      accounts: [
        {
          id: MOTO_ACCOUNT,
          regions: [
            {
              name: REGION,
              items: [...(await buckets(s3)), ...(await volumes(ec2)), ...(await networks(ec2))],
            },
          ],
        },
      ],
    }),
    untagBucket: async (Bucket, key) => {
      const { TagSet = [] } = await s3.send(new GetBucketTaggingCommand({ Bucket }));
      const Tagging = { TagSet: TagSet.filter(({ Key }) => Key !== key) };
      await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging }));
    },
    untagVolume: async (volume, Key) => {
      await ec2.send(new DeleteTagsCommand({ Resources: [volume], Tags: [{ Key }] }));
    },
    close: () => {
      s3.destroy();
      ec2.destroy();
    },
  };
}

async function buckets(s3: S3Client): Promise<ConfigItem[]> {
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  return await Promise.all(
    Buckets.map(async ({ Name: name = '' }) => {
      const { TagSet } = await s3.send(new GetBucketTaggingCommand({ Bucket: name }));
      return {
        arn: `arn:aws:s3:::${name}`,
        resourceId: name,
        resourceName: name,
        resourceType: 'AWS::S3::Bucket',
        tags: told(TagSet),
        configuration: { name },
      };
    }),
  );
}

async function volumes(ec2: EC2Client): Promise<ConfigItem[]> {
  const { Volumes = [] } = await ec2.send(new DescribeVolumesCommand({}));
  return Volumes.map(({ VolumeId = '', Encrypted, Size, Tags }) => ({
    ...onEc2('volume', VolumeId, 'AWS::EC2::Volume', Tags),
    configuration: { volumeId: VolumeId, encrypted: Encrypted, size: Size },
  }));
}

/** Every account comes with a network that nobody made. */
async function networks(ec2: EC2Client): Promise<ConfigItem[]> {
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({}));
  return Vpcs.filter(({ IsDefault }) => IsDefault !== true).map(
    ({ VpcId = '', CidrBlock, Tags }) => ({
      ...onEc2('vpc', VpcId, 'AWS::EC2::VPC', Tags),
      configuration: { vpcId: VpcId, cidrBlock: CidrBlock },
    }),
  );
}

function onEc2(kind: string, id: string, resourceType: string, tags: Listed | undefined) {
  const arn = `arn:aws:ec2:${REGION}:${MOTO_ACCOUNT}:${kind}/${id}`;
  return { arn, resourceId: id, resourceType, tags: told(tags) };
}

function told(tags: Listed = []): Tags {
  return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}
