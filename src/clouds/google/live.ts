import { isRecord } from '../../kit/record.ts';
import type { ReadTags } from '../../sources/source.ts';
import type { LiveResource, Manager } from '../inventory.ts';
import { labelPlace } from './labels/registry.ts';
import { placeOf } from './names.ts';
import type { Asset, SearchResult } from './schema.ts';
import { fromStruct } from './struct.ts';

/** An asset with its own data, as ListAssets tells it. */
export function fromAsset(
  asset: Asset,
  project: string,
  capturedAt: string | undefined,
): LiveResource {
  const { name, assetType, resource } = asset;
  const data = fromStruct(resource?.data);
  const tags = data === undefined ? unread('its data') : labelsOf(assetType, data);
  return {
    resource: raw({ name, assetType, project, location: resource?.location, data }, tags),
    ...(capturedAt === undefined ? {} : { capturedAt }),
    ...created(createdAt(data)),
    ...parentsOf([
      resource?.parent,
      ...(asset.ancestors ?? []).map((one) => `//cloudresourcemanager.googleapis.com/${one}`),
    ]),
    ...managedBy(tags),
  };
}

/** A resource whose data may not be read: it is there, its labels are known, its facts are not. */
export function fromSearch(found: SearchResult, project: string): LiveResource {
  const { name, assetType, location } = found;
  const tags = indexedLabels(found);
  return {
    resource: raw({ name, assetType, project, location, data: undefined }, tags),
    ...created(found.createTime),
    ...parentsOf([
      found.parentFullResourceName,
      ...(found.project === undefined
        ? []
        : [`//cloudresourcemanager.googleapis.com/${found.project}`]),
    ]),
    ...managedBy(tags),
  };
}

interface Told {
  readonly name: string;
  readonly assetType: string;
  readonly project: string;
  readonly location: string | undefined;
  readonly data: Readonly<Record<string, unknown>> | undefined;
}

function raw(told: Told, tags: ReadTags): LiveResource['resource'] {
  const { name, assetType, project, location, data } = told;
  return {
    address: name,
    type: assetType,
    provider: 'gcp',
    dialect: 'google-asset',
    action: 'present',
    scope: { project, ...placeOf(assetType, location) },
    attributes: {
      name,
      assetType,
      project,
      ...(location === undefined ? {} : { location }),
      ...(data === undefined ? {} : { data }),
    },
    unknown: data === undefined ? ['data'] : [],
    sensitive: [],
    references: [],
    tags,
    ...(data === undefined ? { partial: true } : {}),
  };
}

/** Network tags, which stand under `tags`, are for firewalls and never count. */
function labelsOf(assetType: string, data: Readonly<Record<string, unknown>>): ReadTags {
  const place = labelPlace(assetType);
  const found = valueAt(data, place ?? ['labels']);
  if (isRecord(found)) return { state: 'known', values: ownLabels(found) };
  if (found !== undefined && found !== null)
    return { state: 'unknown', reason: 'its labels are not a map' };
  // Google leaves an empty map out.
  return place === undefined ? undecided(assetType) : { state: 'known', values: {} };
}

function indexedLabels({ assetType, labels }: SearchResult): ReadTags {
  const values = ownLabels(labels ?? {});
  return Object.keys(values).length > 0 || labelPlace(assetType) !== undefined
    ? { state: 'known', values }
    : undecided(assetType);
}

function undecided(assetType: string): ReadTags {
  return { state: 'unknown', reason: `whether a ${assetType} has labels is not known` };
}

function unread(what: string): ReadTags {
  return { state: 'unknown', reason: `Asset Inventory does not tell ${what}` };
}

/** No label has a slash; what has one is Cloud Run's own: `cloud.googleapis.com/location`. */
function ownLabels(map: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(map).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && !entry[0].includes('/'),
    ),
  );
}

function valueAt(data: Readonly<Record<string, unknown>>, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), data);
}

/** As services spell it: Compute, Storage, most others, Cloud Run, BigQuery (milliseconds). */
const CREATED: readonly (readonly string[])[] = [
  ['creationTimestamp'],
  ['timeCreated'],
  ['createTime'],
  ['metadata', 'creationTimestamp'],
  ['creationTime'],
];

function createdAt(data: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const found = CREATED.map((path) => valueAt(data ?? {}, path)).find(
    (value) => typeof value === 'string' && value !== '',
  );
  if (typeof found !== 'string') return undefined;
  const time = /^\d{10,}$/.test(found) ? Number(found) : Date.parse(found);
  return Number.isFinite(time) && Math.abs(time) < 8e15 ? new Date(time).toISOString() : undefined;
}

function created(time: string | undefined): Pick<LiveResource, 'createdAt'> {
  return time === undefined ? {} : { createdAt: time };
}

function parentsOf(addresses: readonly (string | undefined)[]): Pick<LiveResource, 'parents'> {
  const parents = [...new Set(addresses.filter((one) => one !== undefined))];
  return parents.length === 0 ? {} : { parents };
}

/** Labels by which tools mark what is theirs, and the label that names which of them; the stronger claim first. */
const MARKS: readonly {
  readonly label: string;
  readonly tool: Manager['tool'];
  readonly name?: string;
}[] = [
  // A node of a cluster that Terraform made is the cluster's: it comes and goes without Terraform.
  { label: 'goog-gke-node', tool: 'kubernetes-controller', name: 'goog-k8s-cluster-name' },
  { label: 'goog-gke-volume', tool: 'kubernetes-controller', name: 'goog-k8s-cluster-name' },
  { label: 'goog-k8s-cluster-name', tool: 'kubernetes-controller', name: 'goog-k8s-cluster-name' },
  { label: 'managed-by-cnrm', tool: 'kubernetes-controller' },
  { label: 'goog-dataproc-cluster-name', tool: 'other', name: 'goog-dataproc-cluster-name' },
  { label: 'goog-composer-environment', tool: 'other', name: 'goog-composer-environment' },
  { label: 'goog-managed-by', tool: 'other', name: 'goog-managed-by' },
  { label: 'goog-terraform-provisioned', tool: 'terraform' },
];

function managedBy(tags: ReadTags): Pick<LiveResource, 'managedBy'> {
  if (tags.state !== 'known') return {};
  const { values } = tags;
  const mark = MARKS.find(({ label }) => values[label] !== undefined && values[label] !== 'false');
  if (mark === undefined) return {};
  const name = mark.name === undefined ? '' : (values[mark.name] ?? '');
  return { managedBy: { tool: mark.tool, name } };
}
