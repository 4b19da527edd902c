import type { ConfigItem } from '../../clouds/fakes/aws/index.ts';
import type { AwsSite } from './aws-shapes.ts';

type Shape = (site: AwsSite) => ConfigItem;

const MADE = '2026-06-03T08:15:00.000Z';
const SEEN = '2026-11-25T04:00:00.000Z';

function seen(item: Omit<ConfigItem, 'resourceCreationTime'>): ConfigItem {
  return {
    ...item,
    resourceCreationTime: MADE,
    configurationItemCaptureTime: SEEN,
    configurationItemStatus: 'OK',
  };
}

function arn(service: string, { account, region }: AwsSite, resource: string): string {
  return `arn:aws:${service}:${region}:${account}:${resource}`;
}

function policyText(statement: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

/** What AWS Config keeps of a bucket stands beside its configuration, each member a text of its own. */
export const bucket: Shape = (site) => {
  const { careful, name, account, region } = site;
  // The names of buckets are the whole world's.
  const full = `${name}-${account}-${region}`;
  const address = `arn:aws:s3:::${full}`;
  return seen({
    arn: address,
    resourceId: full,
    resourceName: full,
    resourceType: 'AWS::S3::Bucket',
    configuration: { name: full, creationDate: MADE, owner: { id: '0123456789abcdef' } },
    supplementaryConfiguration: {
      AccessControlList: JSON.stringify({ grantSet: null, grantList: [] }),
      BucketLoggingConfiguration: JSON.stringify({
        destinationBucketName: careful ? 'central-logs' : null,
        logFilePrefix: careful ? 's3/' : null,
      }),
      BucketPolicy: JSON.stringify({
        policyText: policyText(careful ? tlsOnly(address) : everybody(address)),
      }),
      BucketVersioningConfiguration: JSON.stringify({
        status: careful ? 'Enabled' : 'Off',
        isMfaDeleteEnabled: null,
      }),
      PublicAccessBlockConfiguration: JSON.stringify({
        blockPublicAcls: true,
        ignorePublicAcls: true,
        blockPublicPolicy: careful,
        restrictPublicBuckets: careful,
      }),
      ServerSideEncryptionConfiguration: JSON.stringify({
        rules: [
          {
            applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256', kmsMasterKeyID: null },
            bucketKeyEnabled: false,
          },
        ],
      }),
      BucketLifecycleConfiguration: JSON.stringify({
        rules: [{ id: 'expire', status: 'Enabled', noncurrentVersionExpirationInDays: 90 }],
      }),
    },
  });
};

function tlsOnly(address: string) {
  return {
    Sid: 'TlsOnly',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [address, `${address}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}

function everybody(address: string) {
  return { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `${address}/*` };
}

export const queue: Shape = (site) => {
  const { careful, name, account, region } = site;
  const url = `https://sqs.${region}.amazonaws.com/${account}/${name}`;
  return seen({
    arn: arn('sqs', site, name),
    resourceId: url,
    resourceName: name,
    resourceType: 'AWS::SQS::Queue',
    configuration: {
      QueueName: name,
      QueueUrl: url,
      Arn: arn('sqs', site, name),
      VisibilityTimeout: 30,
      SqsManagedSseEnabled: careful ? 'true' : 'false',
      ...(careful
        ? {
            RedrivePolicy: {
              deadLetterTargetArn: arn('sqs', site, `${name}-dead`),
              maxReceiveCount: 5,
            },
          }
        : {}),
    },
  });
};

export const topic: Shape = (site) => {
  const { careful, name, account } = site;
  const address = arn('sns', site, name);
  const statement = {
    Effect: 'Allow',
    Principal: careful ? { AWS: `arn:aws:iam::${account}:root` } : { AWS: '*' },
    Action: 'SNS:Publish',
    Resource: address,
  };
  return seen({
    arn: address,
    resourceId: address,
    resourceName: name,
    resourceType: 'AWS::SNS::Topic',
    configuration: {
      TopicArn: address,
      Owner: account,
      DisplayName: '',
      Policy: policyText(statement),
    },
  });
};

export const table: Shape = (site) => {
  const { careful, name } = site;
  return seen({
    arn: arn('dynamodb', site, `table/${name}`),
    resourceId: name,
    resourceName: name,
    resourceType: 'AWS::DynamoDB::Table',
    configuration: {
      tableName: name,
      tableStatus: 'ACTIVE',
      keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
      billingModeSummary: { billingMode: 'PAY_PER_REQUEST' },
      deletionProtectionEnabled: careful,
    },
    supplementaryConfiguration: {
      ContinuousBackupsDescription: JSON.stringify({
        continuousBackupsStatus: 'ENABLED',
        pointInTimeRecoveryDescription: {
          pointInTimeRecoveryStatus: careful ? 'ENABLED' : 'DISABLED',
        },
      }),
    },
  });
};

export const lambda: Shape = (site) => {
  const { careful, name, account } = site;
  const address = arn('lambda', site, `function:${name}`);
  return seen({
    arn: address,
    resourceId: name,
    resourceName: name,
    resourceType: 'AWS::Lambda::Function',
    configuration: {
      functionName: name,
      functionArn: address,
      role: `arn:aws:iam::${account}:role/${name}`,
      handler: 'index.handler',
      timeout: 3,
      memorySize: 128,
      packageType: 'Zip',
      architectures: ['arm64'],
      runtime: careful ? 'nodejs22.x' : 'nodejs16.x',
      environment: { variables: { LOG_LEVEL: 'info' } },
      tracingConfig: { mode: careful ? 'Active' : 'PassThrough' },
    },
  });
};

/** AWS Config tells no tags of roles: what they have, only IAM says, and not to everybody. */
export const role: Shape = ({ careful, name, account, chance }) =>
  seen({
    arn: `arn:aws:iam::${account}:role/${name}`,
    resourceId: `AROA${chance.hex(17).toUpperCase()}`,
    resourceName: name,
    resourceType: 'AWS::IAM::Role',
    recordedTags: {},
    configuration: {
      roleName: name,
      arn: `arn:aws:iam::${account}:role/${name}`,
      path: '/',
      maxSessionDuration: 3600,
      assumeRolePolicyDocument: encodeURIComponent(
        policyText({
          Effect: 'Allow',
          Principal: careful ? { Service: 'lambda.amazonaws.com' } : { AWS: '*' },
          Action: 'sts:AssumeRole',
        }),
      ),
      attachedManagedPolicies: [],
      rolePolicyList: [],
    },
  });
