/** Parts of an ARN that say where to ask. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export interface ArnParts {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** `instance/i-1`, `function:x`, a bucket's name. */
  readonly resource: string;
}

export function arnParts(text: string): ArnParts | undefined {
  const [, partition, service, region, account, resource] =
    /^arn:([\w-]+):([\w-]+):([\w-]*):(\d*):(.+)$/s.exec(text) ?? [];
  return partition === undefined || service === undefined || resource === undefined
    ? undefined
    : { partition, service, region: region ?? '', account: account ?? '', resource };
}

/** Services of no region: their tags are read and written where the partition's home is. */
const GLOBAL = new Set([
  'cloudfront',
  'iam',
  'networkmanager',
  'organizations',
  'route53',
  'shield',
]);

/** Where the home of global services is, by the name of any region of the partition. */
export function globalRegion(region = ''): string {
  if (region.startsWith('cn-')) return 'cn-north-1';
  return region.startsWith('us-gov-') ? 'us-gov-west-1' : 'us-east-1';
}

/** The region in which the Tagging API answers for a resource. Buckets have ARNs without one, and still live in one. */
export function taggingRegion(arn: ArnParts, region: string | undefined): string | undefined {
  if (GLOBAL.has(arn.service)) return globalRegion(region === 'global' ? undefined : region);
  if (arn.region !== '') return arn.region;
  return region === 'global' ? undefined : region;
}

/** The same by the partition of an ARN. */
export function homeRegion(partition: string): string {
  return globalRegion(PARTITIONS[partition]);
}

/** How the regions of a partition begin. */
const PARTITIONS: Readonly<Record<string, string>> = { 'aws-cn': 'cn-', 'aws-us-gov': 'us-gov-' };

/**
 * The region whose CloudTrail has the events of a resource: its own, or its partition's home where it is in none.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events
 */
export function trailRegion(arn: ArnParts | undefined, region: string): string {
  if (arn === undefined) return region === 'global' ? globalRegion() : region;
  return region === 'global' || GLOBAL.has(arn.service) ? homeRegion(arn.partition) : region;
}

/** Types that AWS Config records in any region that is told to, and whose items all say `global`. */
export function isGlobalType(type: string): boolean {
  return type.startsWith('AWS::IAM::');
}
