import type { Permission } from '../adapter.ts';

const TAGS_OF_IDENTITIES =
  'reads tags that neither the Tagging API nor, for every type, AWS Config tells';

/**
 * Every command of the SDKs that is sent from this folder, with the action of IAM that it needs. A test holds the
 * commands in the code against this table.
 */
export const COMMANDS = {
  SelectResourceConfig: {
    action: 'config:SelectResourceConfig',
    why: 'counts and reads what AWS Config has recorded',
  },
  SelectAggregateResourceConfig: {
    action: 'config:SelectAggregateResourceConfig',
    why: 'the same for all accounts of an aggregator',
  },
  BatchGetResourceConfig: {
    action: 'config:BatchGetResourceConfig',
    why: 'reads the configuration of what a query tells without it',
  },
  BatchGetAggregateResourceConfig: {
    action: 'config:BatchGetAggregateResourceConfig',
    why: 'the same through an aggregator',
  },
  GetResourceConfigHistory: {
    action: 'config:GetResourceConfigHistory',
    why: 'finds out when a resource was first seen, where its creator is looked up and its age is not told',
  },
  LookupEvents: {
    action: 'cloudtrail:LookupEvents',
    why: 'finds out who made what breaks a rule; asked only where the inventory says `creators: cloudtrail`',
  },
  DescribeConfigurationRecorderStatus: {
    action: 'config:DescribeConfigurationRecorderStatus',
    why: 'notices regions in which nothing is recorded',
  },
  DescribeConfigurationAggregatorSourcesStatus: {
    action: 'config:DescribeConfigurationAggregatorSourcesStatus',
    why: 'notices accounts that an aggregator has no fresh answer from',
  },
  GetResources: {
    action: 'tag:GetResources',
    why: 'reads tags as they are now, and notices types that AWS Config does not record',
  },
  GetCallerIdentity: {
    action: 'sts:GetCallerIdentity',
    why: 'learns whose account the credentials belong to',
  },
  AssumeRole: { action: 'sts:AssumeRole', why: 'reads other accounts' },
  ListAccounts: {
    action: 'organizations:ListAccounts',
    why: 'learns the accounts of the organization',
  },
  ListRoleTags: { action: 'iam:ListRoleTags', why: TAGS_OF_IDENTITIES },
  ListUserTags: { action: 'iam:ListUserTags', why: TAGS_OF_IDENTITIES },
  ListPolicyTags: { action: 'iam:ListPolicyTags', why: TAGS_OF_IDENTITIES },
  ListInstanceProfileTags: { action: 'iam:ListInstanceProfileTags', why: TAGS_OF_IDENTITIES },
  TagResources: { action: 'tag:TagResources', why: 'sets tags' },
  UntagResources: { action: 'tag:UntagResources', why: 'removes tags' },
} as const satisfies Readonly<Record<string, Permission>>;
export type AwsCommand = keyof typeof COMMANDS;

const WRITES: ReadonlySet<string> = new Set(['TagResources', 'UntagResources']);

/**
 * The Tagging API writes with the rights of whoever asks it: beside `tag:*` the action of the service that owns the
 * resource is needed. A deployment takes those of the services whose tags it mends. CodeBuild is not among them: its only
 * right to change tags, `codebuild:UpdateProject`, also changes what a project runs, with the rights of that project.
 */
const BY_SERVICE: Readonly<Record<string, readonly string[]>> = {
  acm: ['acm:AddTagsToCertificate', 'acm:RemoveTagsFromCertificate'],
  apigateway: ['apigateway:PUT', 'apigateway:POST', 'apigateway:DELETE'],
  autoscaling: ['autoscaling:CreateOrUpdateTags', 'autoscaling:DeleteTags'],
  cloudfront: ['cloudfront:TagResource', 'cloudfront:UntagResource'],
  cloudtrail: ['cloudtrail:AddTags', 'cloudtrail:RemoveTags'],
  cloudwatch: ['cloudwatch:TagResource', 'cloudwatch:UntagResource'],
  dynamodb: ['dynamodb:TagResource', 'dynamodb:UntagResource'],
  ec2: ['ec2:CreateTags', 'ec2:DeleteTags'],
  ecr: ['ecr:TagResource', 'ecr:UntagResource'],
  ecs: ['ecs:TagResource', 'ecs:UntagResource'],
  eks: ['eks:TagResource', 'eks:UntagResource'],
  elasticache: ['elasticache:AddTagsToResource', 'elasticache:RemoveTagsFromResource'],
  elasticfilesystem: ['elasticfilesystem:TagResource', 'elasticfilesystem:UntagResource'],
  elasticloadbalancing: ['elasticloadbalancing:AddTags', 'elasticloadbalancing:RemoveTags'],
  es: ['es:AddTags', 'es:RemoveTags'],
  kinesis: ['kinesis:AddTagsToStream', 'kinesis:RemoveTagsFromStream'],
  kms: ['kms:TagResource', 'kms:UntagResource'],
  lambda: ['lambda:TagResource', 'lambda:UntagResource'],
  logs: ['logs:TagResource', 'logs:UntagResource'],
  rds: ['rds:AddTagsToResource', 'rds:RemoveTagsFromResource'],
  redshift: ['redshift:CreateTags', 'redshift:DeleteTags'],
  route53: ['route53:ChangeTagsForResource'],
  s3: ['s3:GetBucketTagging', 's3:PutBucketTagging'],
  secretsmanager: ['secretsmanager:TagResource', 'secretsmanager:UntagResource'],
  sns: ['sns:TagResource', 'sns:UntagResource'],
  sqs: ['sqs:TagQueue', 'sqs:UntagQueue'],
  ssm: ['ssm:AddTagsToResource', 'ssm:RemoveTagsFromResource'],
  states: ['states:TagResource', 'states:UntagResource'],
};

/** API Gateway knows no right on tags, but an address of theirs: without it these would open whole APIs. */
const NARROWED: Readonly<Record<string, string>> = {
  apigateway: 'arn:aws:apigateway:*::/tags/*',
};

/** Reading and writing apart. */
export const AWS_PERMISSIONS: {
  readonly read: readonly Permission[];
  readonly write: readonly Permission[];
} = {
  read: Object.entries(COMMANDS)
    .filter(([command]) => !WRITES.has(command))
    .map(([, permission]) => permission),
  write: [
    ...Object.entries(COMMANDS)
      .filter(([command]) => WRITES.has(command))
      .map(([, permission]) => permission),
    ...Object.entries(BY_SERVICE).flatMap(([service, actions]) =>
      actions.map((action) => ({
        action,
        why: `the Tagging API writes tags of ${service} with this right`,
        ...(NARROWED[service] === undefined ? {} : { on: NARROWED[service] }),
      })),
    ),
  ],
};
