import { z } from 'zod';

import { limited } from './call.ts';
import { AwsRefusal } from './refusal.ts';
import type { FakeCall, FakeWorld, Operation } from './call.ts';
import type { ConfigItem } from './estate.ts';
import { page } from './pages.ts';

/** Numbers of the service's model: https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/ */
const LIMITS = {
  write: [1, 20],
  read: [1, 100],
  tags: [1, 50],
  arn: 1011,
  key: 128,
  value: 256,
  perPage: [1, 100],
} as const;
const MOST_TAGS = 50;

export const TAGGING_OPERATIONS: Readonly<Record<string, Operation>> = {
  GetResources: getResources,
  TagResources: tagResources,
  UntagResources: untagResources,
};

const GetInput = z.object({
  PaginationToken: z.string().optional(),
  TagFilters: z.array(z.unknown()).optional(),
  ResourcesPerPage: z.number().int().optional(),
  TagsPerPage: z.number().int().optional(),
  ResourceTypeFilters: z.array(z.string()).optional(),
  ResourceARNList: z.array(z.string()).optional(),
});

function getResources(call: FakeCall, world: FakeWorld): unknown {
  const input = GetInput.parse(call.input);
  const { ResourceARNList: arns, PaginationToken, ResourcesPerPage } = input;
  const known = knownTo(call, world);
  if (arns !== undefined) {
    const { ResourceARNList: _, ...others } = input;
    if (Object.values(others).some((value) => value !== undefined && value !== ''))
      throw invalid('ResourceARNList cannot be combined with filters or paging');
    limited(arns, 'resourceARNList', LIMITS.read);
    arns.forEach(checkArn);
    refuseBatch(call, world, arns);
    return answerOf(known.filter(({ arn }) => arns.includes(arn)));
  }
  const size = ResourcesPerPage ?? LIMITS.perPage[1];
  if (size < LIMITS.perPage[0] || size > LIMITS.perPage[1])
    throw invalid('ResourcesPerPage must be between 1 and 100');
  const { items, next } = page(
    known,
    {
      size,
      token: PaginationToken,
      invalid: 'InvalidParameterException',
      expired: 'PaginationTokenExpiredException',
    },
    call,
    world,
  );
  return { ...answerOf(items), PaginationToken: next ?? '' };
}

/** Never tagged is not known here, and neither is a type that the service does not support. */
function knownTo(call: FakeCall, world: FakeWorld): ConfigItem[] {
  return reachable(call, world).filter(
    (item) => item.tags !== undefined && item.taggable !== false && !isIdentity(item),
  );
}

/** What can be tagged from this region: global services answer in us-east-1 alone, wherever they were recorded. */
function reachable(call: FakeCall, world: FakeWorld): ConfigItem[] {
  const regions = world.state.account(call.account)?.regions ?? [];
  return regions.flatMap(({ name, items }) =>
    items.filter((item) => call.region === (isGlobal(item.arn) ? 'us-east-1' : name)),
  );
}

function answerOf(items: readonly ConfigItem[]): Record<string, unknown> {
  return {
    ResourceTagMappingList: items.map(({ arn, tags = {} }) => ({
      ResourceARN: arn,
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    })),
  };
}

const TagInput = z.object({
  ResourceARNList: z.array(z.string()),
  Tags: z.record(z.string(), z.string()),
});
const UntagInput = z.object({
  ResourceARNList: z.array(z.string()),
  TagKeys: z.array(z.string()),
});

function tagResources(call: FakeCall, world: FakeWorld): unknown {
  const { ResourceARNList: arns, Tags } = TagInput.parse(call.input);
  limited(Object.keys(Tags), 'tags', LIMITS.tags);
  for (const [key, value] of Object.entries(Tags)) checkTag(key, value);
  return write(call, world, arns, (tags) => ({ ...tags, ...Tags }));
}

function untagResources(call: FakeCall, world: FakeWorld): unknown {
  const { ResourceARNList: arns, TagKeys } = UntagInput.parse(call.input);
  limited(TagKeys, 'tagKeys', LIMITS.tags);
  for (const key of TagKeys) checkTag(key, '');
  return write(call, world, arns, (tags) =>
    Object.fromEntries(Object.entries(tags).filter(([key]) => !TagKeys.includes(key))),
  );
}

type Tags = Readonly<Record<string, string>>;

function write(
  call: FakeCall,
  world: FakeWorld,
  arns: readonly string[],
  change: (tags: Tags) => Tags,
): unknown {
  limited(arns, 'resourceARNList', LIMITS.write);
  arns.forEach(checkArn);
  refuseBatch(call, world, arns);
  const failed: Record<string, Failure> = {};
  for (const arn of arns) {
    const failure = writeOne(call, world, arn, change);
    if (failure !== undefined) failed[arn] = failure;
  }
  return { FailedResourcesMap: failed };
}

interface Failure {
  readonly StatusCode: number;
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

function writeOne(
  call: FakeCall,
  world: FakeWorld,
  arn: string,
  change: (tags: Tags) => Tags,
): Failure | undefined {
  if (world.faults.hit('throttle-embedded', call, arn) !== undefined)
    return failure(400, 'ThrottlingException', 'Rate exceeded');
  const planned = world.faults.hit('fail-embedded', call, arn);
  if (planned !== undefined)
    return failure(400, planned.code ?? 'AccessDeniedException', 'The service refused.');
  const item = reachable(call, world).find((one) => one.arn === arn);
  if (item === undefined)
    return failure(404, 'ResourceNotFoundException', 'The resource does not exist.');
  if (item.taggable === false)
    return failure(500, 'InternalServiceException', 'The service of the resource did not answer.');
  if (isIdentity(item))
    return failure(400, 'InvalidParameterException', 'IAM tags identities through its own API.');
  const tags = change(item.tags ?? {});
  const own = Object.keys(tags).filter((key) => !/^aws:/i.test(key));
  if (own.length > MOST_TAGS)
    return failure(400, 'InvalidParameterException', 'A resource can have 50 tags.');
  world.state.setTags(call.account, arn, tags);
  return undefined;
}

function failure(StatusCode: number, ErrorCode: string, ErrorMessage: string): Failure {
  return { StatusCode, ErrorCode, ErrorMessage };
}

/** One bad ARN can refuse a whole call, and the answer does not say which: https://github.com/boto/boto3/issues/2760 */
function refuseBatch(call: FakeCall, world: FakeWorld, arns: readonly string[]): void {
  if (arns.some((arn) => world.faults.hit('invalid-batch', call, arn) !== undefined))
    throw invalid('ResourceARNList contains an ARN that is not valid for this operation');
}

function checkArn(arn: string): void {
  if (arn.length > LIMITS.arn || !/^arn:[\w-]+:[\w-]+:[\w-]*:\d*:.+/.test(arn))
    throw invalid(`not a valid ARN`);
}

function checkTag(key: string, value: string): void {
  if (key.length < 1 || key.length > LIMITS.key) throw invalid('tag keys have 1 to 128 characters');
  if (value.length > LIMITS.value) throw invalid('tag values have up to 256 characters');
  if (/^aws:/i.test(key)) throw invalid('aws: prefixed tag key names are not allowed');
}

function isIdentity({ resourceType }: ConfigItem): boolean {
  return /^AWS::IAM::(Role|User|Group)$/.test(resourceType);
}

function isGlobal(arn: string): boolean {
  return /^arn:[\w-]+:(iam|cloudfront|route53):/.test(arn);
}

function invalid(message: string): AwsRefusal {
  return new AwsRefusal('InvalidParameterException', message);
}
