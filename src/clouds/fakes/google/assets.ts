import { createHash } from 'node:crypto';

import { GoogleRefusal, invalid } from './answer.ts';
import type { FakeRequest, FakeWorld, Understood } from './call.ts';
import { ancestorsOf, labelsOf, projectsIn, valueAt } from './estate.ts';
import type { GoogleProject, LiveAsset, LiveGoogle } from './estate.ts';
import type { FaultSite } from './faults.ts';

const SEARCH = 'cloudasset.assets.searchAllResources';
const LIST = 'cloudasset.assets.listResource';
/** Calls a minute by one project that asks. */
const QUOTAS: Readonly<Record<string, number>> = { [SEARCH]: 400, [LIST]: 100 };

/** Parameters that Portcullis sends; any other is refused, lest a test passes because the fake did not look. */
const SEARCH_TAKES = ['assetTypes', 'pageSize', 'pageToken', 'readMask', '$alt'];
const LIST_TAKES = ['assetTypes', 'contentType', 'pageSize', 'pageToken', '$alt'];

const SCOPE = '(?<scope>(?:organizations|folders|projects)/[^/:]+(?::[^/:]+)?)';

/** Cloud Asset Inventory: SearchAllResources and ListAssets; undefined for any other path. */
export function understandAssets(
  request: FakeRequest,
  live: LiveGoogle,
  quota: (permission: string, perMinute: number) => void,
): Understood | undefined {
  const search = new RegExp(`^/v1/${SCOPE}:searchAllResources$`).exec(request.path);
  const list = new RegExp(`^/v1/${SCOPE}/assets$`).exec(request.path);
  const scope = (search ?? list)?.groups?.['scope'];
  if (scope === undefined || request.method !== 'GET') return undefined;
  const permission = search === null ? LIST : SEARCH;
  const site = { permission, project: projectOf(live, scope) };
  return {
    ...site,
    run: (world) => {
      quota(permission, QUOTAS[permission] ?? 0);
      return (search === null ? listAssets : searchAllResources)(request, world, { site, scope });
    },
  };
}

function projectOf(live: LiveGoogle, scope: string): string | undefined {
  return scope.startsWith('projects/')
    ? (projectsIn(live, scope)?.[0]?.id ?? scope.slice('projects/'.length))
    : undefined;
}

interface Asked {
  readonly site: FaultSite;
  readonly scope: string;
}

function searchAllResources(
  { query }: FakeRequest,
  world: FakeWorld,
  { site, scope }: Asked,
): unknown {
  refuseUnknown(query, SEARCH_TAKES);
  const mask = maskOf(query.get('readMask'));
  // A larger page is not refused: it is capped.
  const size = Math.min(sizeOf(query, 100) || 100, 500);
  const source =
    world.faults.hit(['stale'], site) === undefined ? world.live.assets : world.live.before;
  const found = visible(world, site, scope, source).filter(typeFilter(query));
  const { items, next } = pageOf(found, size, query, world, site);
  return {
    results: items.map((one) => masked(resultOf(world.live, one), mask)),
    ...(next === undefined ? {} : { nextPageToken: next }),
  };
}

function listAssets({ query }: FakeRequest, world: FakeWorld, { site, scope }: Asked): unknown {
  refuseUnknown(query, LIST_TAKES);
  if (!['RESOURCE', '1'].includes(query.get('contentType') ?? ''))
    throw invalid('This fake tells assets with content type RESOURCE alone.');
  const size = sizeOf(query, 100);
  if (size < 1 || size > 1000) throw invalid('page_size is from 1 to 1000.');
  const blind = world.faults.hit(['blind-list'], site) !== undefined;
  const source = blind ? [] : world.live.assets;
  const found = visible(world, site, scope, source).filter(typeFilter(query));
  const { items, next } = pageOf(found, size, query, world, site);
  const bare = world.faults.hit(['no-data'], site) !== undefined;
  return {
    readTime: world.clock().toISOString(),
    assets: items.map((one) => assetOf(world.live, one, bare)),
    ...(next === undefined ? {} : { nextPageToken: next }),
  };
}

/** Google does not tell a scope that is not there from one that may not be seen. */
function visible(
  { live }: FakeWorld,
  { permission }: FaultSite,
  scope: string,
  assets: readonly LiveAsset[],
): readonly LiveAsset[] {
  const projects = projectsIn(live, scope);
  if (projects === undefined)
    throw new GoogleRefusal(
      403,
      'PERMISSION_DENIED',
      `The caller does not have permission ${permission} on ${scope}.`,
    );
  const ids = new Set(projects.map(({ id }) => id));
  return assets.filter(({ asset }) => ids.has(asset.project));
}

function typeFilter(query: URLSearchParams): (one: LiveAsset) => boolean {
  const types = query.getAll('assetTypes');
  if (types.some((type) => !/^[\w.]+\/[\w.]+$/.test(type)))
    throw invalid('This fake takes names of asset types, no patterns.');
  return ({ asset }) => types.length === 0 || types.includes(asset.assetType);
}

function sizeOf(query: URLSearchParams, otherwise: number): number {
  const text = query.get('pageSize');
  if (text === null) return otherwise;
  if (!/^-?\d+$/.test(text)) throw invalid('page_size is a number.');
  return Number(text);
}

function refuseUnknown(query: URLSearchParams, taken: readonly string[]): void {
  const other = [...query.keys()].find((name) => !taken.includes(name));
  if (other !== undefined) throw invalid(`This fake does not know the parameter ${other}.`);
}

/** Everything that a search can tell; anything else in a mask is refused, as by Google. */
const FIELDS = [
  'name',
  'assetType',
  'project',
  'folders',
  'organization',
  'displayName',
  'location',
  'labels',
  'networkTags',
  'createTime',
  'parentFullResourceName',
  'additionalAttributes',
];

function maskOf(text: string | null): readonly string[] {
  if (text === null || text === '' || text === '*') return FIELDS;
  const mask = text.split(',');
  const other = mask.find((field) => !FIELDS.includes(field));
  if (other !== undefined) throw invalid(`read_mask has an unknown field ${other}.`);
  return mask;
}

function masked(
  result: Readonly<Record<string, unknown>>,
  mask: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(result).filter(([field]) => mask.includes(field)));
}

function resultOf(live: LiveGoogle, one: LiveAsset): Record<string, unknown> {
  const { asset, data } = one;
  const project = ownerOf(live, one);
  const labels = labelsOf(one);
  const networkTags = valueAt(data, ['tags', 'items']);
  return {
    name: asset.name,
    assetType: asset.assetType,
    project: `projects/${project.number}`,
    ...(project.folder === undefined ? {} : { folders: [`folders/${project.folder}`] }),
    ...(live.organization === undefined
      ? {}
      : { organization: `organizations/${live.organization}` }),
    displayName: asset.name.slice(asset.name.lastIndexOf('/') + 1),
    ...(asset.location === undefined ? {} : { location: asset.location }),
    ...(Object.keys(labels).length === 0 ? {} : { labels }),
    ...(Array.isArray(networkTags) ? { networkTags } : {}),
    ...(asset.createTime === undefined ? {} : { createTime: asset.createTime }),
    parentFullResourceName: parentOf(one, project),
    ...(asset.assetType === 'cloudresourcemanager.googleapis.com/Project'
      ? { additionalAttributes: { projectId: project.id } }
      : {}),
  };
}

function assetOf(live: LiveGoogle, one: LiveAsset, bare: boolean): unknown {
  const { asset, data } = one;
  const project = ownerOf(live, one);
  return {
    name: asset.name,
    assetType: asset.assetType,
    ancestors: ancestorsOf(live, project),
    ...(bare
      ? {}
      : {
          resource: {
            version: 'v1',
            parent: parentOf(one, project),
            data,
            ...(asset.location === undefined ? {} : { location: asset.location }),
          },
        }),
  };
}

function ownerOf(live: LiveGoogle, { asset }: LiveAsset): GoogleProject {
  const project = live.projects.find(({ id }) => id === asset.project);
  if (project === undefined) throw invalid(`the estate has no project ${asset.project}`);
  return project;
}

function parentOf({ asset }: LiveAsset, { number }: GoogleProject): string {
  return asset.parent ?? `//cloudresourcemanager.googleapis.com/projects/${number}`;
}

interface PageOfAssets {
  readonly items: readonly LiveAsset[];
  readonly next: string | undefined;
}

/** A token holds the place, and a digest of the other parameters: they must be the same from page to page. */
function pageOf(
  found: readonly LiveAsset[],
  size: number,
  query: URLSearchParams,
  { faults }: FakeWorld,
  site: FaultSite,
): PageOfAssets {
  const digest = digestOf(query);
  const start = startOf(query.get('pageToken'), digest);
  if (faults.hit(['repeated-token'], site) !== undefined)
    return { items: found.slice(start, start + size), next: `0.${digest}` };
  if (faults.hit(['looping-tokens'], site) !== undefined)
    return { items: found.slice(0, size), next: `${start === 1 ? 2 : 1}.${digest}` };
  const short = faults.hit(['short-pages'], site) !== undefined;
  if (short && query.get('pageToken') === null) return { items: [], next: `0.${digest}` };
  const end = start + (short ? Math.min(2, size) : size);
  return {
    items: found.slice(start, end),
    next: end < found.length ? `${end}.${digest}` : undefined,
  };
}

function startOf(token: string | null, digest: string): number {
  if (token === null || token === '') return 0;
  const [place, own] = token.split('.');
  if (own !== digest) throw invalid('page_token does not belong to these parameters.');
  return Number(place);
}

function digestOf(query: URLSearchParams): string {
  const others = [...query].filter(([name]) => name !== 'pageToken');
  return createHash('sha256').update(JSON.stringify(others)).digest('hex').slice(0, 16);
}
