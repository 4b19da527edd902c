import type { LiveResource, Manager } from '../inventory.ts';
import type { ReadTags } from '../../sources/source.ts';
import { isRecord } from '../../kit/record.ts';
import { arnParts } from './regions.ts';
import { Relationship } from './schema.ts';
import type { ConfigRow } from './schema.ts';

/** An item of AWS Config as a resource that exists. */
export function liveResource(row: ConfigRow, tags: ReadTags, place: Place): LiveResource {
  const account = row.accountId ?? place.account;
  const region = row.awsRegion ?? place.region;
  const relationships = relationshipsOf(row.relationships);
  const capturedAt = timeOf(row.configurationItemCaptureTime);
  const createdAt = timeOf(row.resourceCreationTime);
  const managedBy = tags.state === 'known' ? managerOf(tags.values) : undefined;
  return {
    resource: {
      address: addressOf(row, account, region),
      type: row.resourceType,
      provider: 'aws',
      dialect: 'aws-config',
      action: 'present',
      scope: { account, region },
      attributes: {
        arn: row.arn ?? null,
        resourceId: row.resourceId,
        resourceName: row.resourceName ?? null,
        resourceType: row.resourceType,
        ...configurationOf(row),
        relationships,
      },
      unknown: [],
      sensitive: [],
      references: [],
      tags,
    },
    ...(capturedAt === undefined ? {} : { capturedAt }),
    ...(createdAt === undefined ? {} : { createdAt }),
    parents: parentsOf(relationships, row, account, region),
    ...(managedBy === undefined ? {} : { managedBy }),
  };
}

export interface Place {
  readonly account: string;
  readonly region: string;
}

/** Few types have no ARN; what stands in its place is as unique, and says that it is none. */
function addressOf(row: ConfigRow, account: string, region: string): string {
  return row.arn ?? `aws-config/${account}/${region}/${row.resourceType}/${row.resourceId}`;
}

/** What was not told is left out, so that nobody takes it for empty. */
function configurationOf({ configuration, supplementaryConfiguration }: ConfigRow) {
  return {
    ...(configuration === undefined ? {} : { configuration: opened(configuration) }),
    ...(supplementaryConfiguration === undefined
      ? {}
      : { supplementaryConfiguration: members(opened(supplementaryConfiguration)) }),
  };
}

/** The history and BatchGet answer JSON as texts, queries as it is. */
function opened(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** Each member is a text of its own. A name stays a name: only what opens into a structure is opened. */
function members(value: unknown): unknown {
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      const inner = opened(one);
      return [name, typeof inner === 'object' ? inner : one];
    }),
  );
}

interface Related {
  readonly resourceId: string;
  readonly resourceType: string;
  readonly relationshipName: string;
}

function relationshipsOf(value: unknown): readonly Related[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one) => {
    const parsed = Relationship.safeParse(one);
    if (!parsed.success) return [];
    const { resourceId, resourceType, relationshipName, name } = parsed.data;
    if (resourceId == null || resourceType == null) return [];
    return [{ resourceId, resourceType, relationshipName: relationshipName ?? name ?? '' }];
  });
}

const CONTAINERS: readonly { readonly type: string; readonly kind: string }[] = [
  { type: 'AWS::EC2::Subnet', kind: 'subnet' },
  { type: 'AWS::EC2::VPC', kind: 'vpc' },
];

/** What it is contained in, the nearest first, as AWS Config relates it; the account at last. */
function parentsOf(
  relationships: readonly Related[],
  row: ConfigRow,
  account: string,
  region: string,
): readonly string[] {
  const partition = arnParts(row.arn ?? '')?.partition ?? 'aws';
  const containers = CONTAINERS.flatMap(({ type, kind }) => {
    const found = relationships.filter(
      ({ resourceType, relationshipName }) =>
        resourceType === type && /^is contained in/i.test(relationshipName),
    );
    return found.map(
      ({ resourceId }) => `arn:${partition}:ec2:${region}:${account}:${kind}/${resourceId}`,
    );
  });
  return [...containers, `aws-account/${account}`];
}

/** Marks that tools leave: CloudFormation's own tag, and the ones by which teams say "Terraform does this". */
function managerOf(tags: Readonly<Record<string, string>>): Manager | undefined {
  const stack = tags['aws:cloudformation:stack-name'];
  if (stack !== undefined) return { tool: 'cloudformation', name: stack };
  const group = tags['aws:autoscaling:groupName'];
  if (group !== undefined) return { tool: 'other', name: group };
  const marks = Object.entries(tags).map(
    ([key, value]) => [key.toLowerCase().replaceAll(/[-_ :]/g, ''), value.toLowerCase()] as const,
  );
  const byTerraform = marks.some(
    ([key, value]) =>
      (/^(managedby|provisioner|provisionedby|createdby|iac|tool)$/.test(key) &&
        /^(terraform|opentofu)\b/.test(value)) ||
      (/^(terraform|opentofu)$/.test(key) && /^(true|yes|1)$/.test(value)),
  );
  if (!byTerraform) return undefined;
  const workspace = marks.findIndex(([key]) => /^(terraform|tf|tfc)workspace$/.test(key));
  return { tool: 'terraform', name: Object.values(tags)[workspace] ?? '' };
}

function timeOf(value: string | Date | null | undefined): string | undefined {
  if (value === null || value === undefined) return undefined;
  const time = new Date(value);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
