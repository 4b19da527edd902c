import type { LiveResource, Manager } from '../inventory.ts';
import type { ReadTags } from '../../sources/source.ts';
import { TagMap } from './schema.ts';
import type { ResourceRow } from './schema.ts';

/** Of a disk, `managedBy` is the machine that it is attached to: nobody who would undo a change. */
const ATTACHED = 'microsoft.compute/disks';
/** Where resource providers put the time of creation; there is no one place for it. */
const CREATION_TIMES = ['creationTime', 'timeCreated', 'creationDate', 'createdAt', 'createdTime'];

/** A row of Resource Graph as a live resource. Ids are told in any case, so an address is its lower case. */
export function toLive(row: ResourceRow): LiveResource {
  const address = row.id.toLowerCase();
  const created = systemDataOf(row);
  const createdAt = rfc3339(created['createdAt']) ?? creationTime(row);
  const manager = managerOf(row);
  return {
    resource: {
      address,
      type: row.type.toLowerCase(),
      provider: 'azure',
      dialect: 'azure-resource',
      action: 'present',
      scope: scopeOf(row),
      attributes: attributesOf(row),
      unknown: row.properties === undefined ? ['properties'] : [],
      sensitive: [],
      references: [],
      tags: tagsOf(row.tags),
    },
    parents: parentsOf(address),
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(typeof created['createdBy'] === 'string' && created['createdBy'] !== ''
      ? { createdBy: { name: created['createdBy'] } }
      : {}),
    ...(manager === undefined ? {} : { managedBy: manager }),
  };
}

function scopeOf({ subscriptionId, resourceGroup, location }: ResourceRow): Record<string, string> {
  const region = (location ?? '').toLowerCase().replaceAll(' ', '');
  return {
    subscription: subscriptionId.toLowerCase(),
    ...(isText(resourceGroup) ? { resourceGroup: resourceGroup.toLowerCase() } : {}),
    ...(region === '' ? {} : { region }),
  };
}

/** As Azure Resource Manager answers it: what Resource Graph tells as '' or null is not there. */
function attributesOf(row: ResourceRow): Record<string, unknown> {
  const { id, name, type, location, kind, sku, properties, identity, zones, managedBy } = row;
  const all = { id, name, type, location, kind, sku, properties, identity, zones, managedBy };
  return Object.fromEntries(
    Object.entries(all).filter(
      ([, value]) => value !== undefined && value !== null && value !== '',
    ),
  );
}

/** Null is how Resource Graph says that there are none; a column that is missing, or no map, says nothing. */
function tagsOf(told: unknown): ReadTags {
  if (told === null) return { state: 'known', values: {} };
  if (told === undefined)
    return { state: 'unknown', reason: 'Resource Graph did not tell the tags' };
  const tags = TagMap.safeParse(told);
  return tags.success
    ? { state: 'known', values: tags.data }
    : { state: 'unknown', reason: 'Resource Graph told tags in another shape' };
}

/** What it stands in, the nearest first: the resource it is a part of, the resource group, the subscription. */
function parentsOf(address: string): string[] {
  const [, subscription = '', group = '', rest = ''] =
    /^(\/subscriptions\/[^/]+)(\/resourcegroups\/[^/]+)?(.*)$/.exec(address) ?? [];
  const [, provider = '', names = ''] = /^(\/providers\/[^/]+)\/(.+)$/.exec(rest) ?? [];
  const pairs = names === '' ? [] : (names.match(/[^/]+\/[^/]+/g) ?? []);
  const owners = pairs
    .slice(0, -1)
    .map((_, index) => `${subscription}${group}${provider}/${pairs.slice(0, index + 1).join('/')}`)
    .reverse();
  return [...owners, ...(group === '' ? [] : [subscription + group]), subscription].filter(
    (parent) => parent !== '' && parent !== address,
  );
}

function managerOf({ managedBy, type }: ResourceRow): Manager | undefined {
  if (!isText(managedBy) || type.toLowerCase() === ATTACHED) return undefined;
  return { tool: 'azure-managed', name: managedBy };
}

function systemDataOf({ properties }: ResourceRow): Readonly<Record<string, unknown>> {
  const told = properties?.['systemData'];
  return typeof told === 'object' && told !== null ? { ...told } : {};
}

function creationTime({ properties }: ResourceRow): string | undefined {
  for (const name of CREATION_TIMES) {
    const time = rfc3339(properties?.[name]);
    if (time !== undefined) return time;
  }
  return undefined;
}

function rfc3339(told: unknown): string | undefined {
  if (typeof told !== 'string' || !/^\d{4}-\d\d-\d\dT/.test(told)) return undefined;
  const time = new Date(told);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

function isText(value: string | null | undefined): value is string {
  return value !== undefined && value !== null && value !== '';
}
