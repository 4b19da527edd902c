import { z } from 'zod';

const AccountId = z.string().regex(/^\d{12}$/, 'an account is named by its 12 digits');
const RegionName = z
  .string()
  .regex(/^[a-z]{2,4}(-[a-z]+)+-\d+$/, 'a region is spelt as AWS does: eu-central-1');
const Rate = z.strictObject({
  perSecond: z.number().positive().max(1000),
  burst: z.number().int().min(1).max(1000),
});

/** What `inventories:` takes for AWS. */
export const AwsSettings = z.strictObject({
  type: z.literal('aws'),
  name: z.string().min(1),
  /** Absent or empty: those of the organization or the aggregator where one is named, else the account of the credentials. */
  accounts: z.array(AccountId).optional(),
  /** True: all accounts of the organization; the credentials are those of its management account or a delegated one. */
  organization: z.literal(true).optional(),
  /** Assumed in every account that is read. Without it the credentials are used as they are, for their own account alone. */
  role: z
    .string()
    .regex(
      /^arn:aws[\w-]*:iam::\{account\}:role\/[\w+=,.@/-]+$/,
      'a role is an ARN with {account} in place of the account: arn:aws:iam::{account}:role/portcullis-reader',
    )
    .optional(),
  externalId: z.string().min(2).max(1224).optional(),
  sessionName: z
    .string()
    .regex(/^[\w+=,.@-]{2,64}$/)
    .default('portcullis'),
  regions: z.array(RegionName).min(1, 'at least one region is read'),
  /** AWS Config's aggregator in place of each account's own Config. */
  aggregator: z
    .strictObject({ name: z.string().min(1).max(256), account: AccountId, region: RegionName })
    .optional(),
  /** False: does not ask the Tagging API for types that AWS Config does not record. */
  crossCheck: z.boolean().default(true),
  /** Who made what breaks a rule is looked up in CloudTrail; absent: nobody is asked. */
  creators: z.literal('cloudtrail').optional(),
  /** Calls of CloudTrail and of the history in one sweep: at two a second, 300 take two and a half minutes. */
  creatorLookups: z.int().min(1).max(10_000).default(300),
  endpoints: z
    .strictObject({
      config: z.url().optional(),
      tagging: z.url().optional(),
      sts: z.url().optional(),
      organizations: z.url().optional(),
      iam: z.url().optional(),
      cloudtrail: z.url().optional(),
    })
    .default({}),
  /** Calls by service, account and region. */
  rate: z
    .strictObject({
      config: Rate.optional(),
      tagging: Rate.optional(),
      sts: Rate.optional(),
      organizations: Rate.optional(),
      iam: Rate.optional(),
      cloudtrail: Rate.optional(),
    })
    .default({}),
  /** Of one attempt of a call. */
  attemptSeconds: z.number().min(0.05).max(60).default(10),
});
export type AwsSettings = z.infer<typeof AwsSettings>;

/** Services that are asked. */
export type AwsService = 'config' | 'tagging' | 'sts' | 'organizations' | 'iam' | 'cloudtrail';

/**
 * A row of an advanced query, or an item of BatchGet or of the history: what is read of it. Members that some types lack
 * are optional, and texts that hold JSON are parsed before.
 */
export const ConfigRow = z.object({
  arn: z.string().nullish(),
  accountId: z.string().nullish(),
  awsRegion: z.string().nullish(),
  resourceId: z.string(),
  resourceName: z.string().nullish(),
  resourceType: z.string(),
  resourceCreationTime: z.union([z.string(), z.date()]).nullish(),
  configurationItemCaptureTime: z.union([z.string(), z.date()]).nullish(),
  configurationItemStatus: z.string().nullish(),
  tags: z.unknown().optional(),
  relationships: z.unknown().optional(),
  configuration: z.unknown().optional(),
  supplementaryConfiguration: z.unknown().optional(),
});
export type ConfigRow = z.infer<typeof ConfigRow>;

/** A row that counts. */
export const CountRow = z.object({ resourceType: z.string(), 'COUNT(*)': z.number() });

export const AccountRow = z.object({ accountId: z.string() });

export const Relationship = z.object({
  resourceId: z.string().nullish(),
  resourceType: z.string().nullish(),
  relationshipName: z.string().nullish(),
  name: z.string().nullish(),
});
