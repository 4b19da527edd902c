import { CloudError } from '../errors.ts';
import type { CloudErrorCode } from '../errors.ts';
import type { Gap, LiveResource, Page, Partition } from '../inventory.ts';
import type { Assets } from './assets.ts';
import { fromAsset, fromSearch } from './live.ts';
import { regionOf } from './names.ts';
import type { TokenTrail } from './tokens.ts';

/** All that a resource is told by, where its data may not be read. */
const FIELDS = [
  'name',
  'assetType',
  'project',
  'location',
  'labels',
  'createTime',
  'parentFullResourceName',
];

/** Which of the two calls goes on, and where. */
interface Cursor {
  readonly by: 'list' | 'search';
  readonly token: string | undefined;
}

interface Part {
  readonly key: string;
  readonly project: string;
  readonly type: string;
  readonly region: string | undefined;
}

/** One page of a part; what may not be listed is taken from the index, with a gap that says what is missing then. */
export async function readPage(
  assets: Assets,
  trail: TokenTrail,
  partition: Partition,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<Page> {
  const part = partOf(partition);
  const { by, token } = cursorOf(cursor);
  if (by === 'search') return await searchPage(assets, trail, part, token, signal);
  try {
    const page = await listPage(assets, trail, part, token, signal);
    return isDoubtful(page, partition, token)
      ? looked(page, await searchPage(assets, trail, part, undefined, signal), part)
      : page;
  } catch (thrown) {
    if (token !== undefined || !mayBeSearched(thrown)) throw thrown;
    const page = await searchPage(assets, trail, part, undefined, signal);
    return { ...page, gaps: [withoutData(part, thrown.code, thrown.message)] };
  }
}

/** The plan counted something here, and the list is empty: all of it is gone, or the list does not tell this type. */
function isDoubtful(
  { resources, next }: Page,
  { expected }: Partition,
  token: string | undefined,
): boolean {
  return token === undefined && resources.length === 0 && next === undefined && (expected ?? 0) > 0;
}

function looked(listed: Page, found: Page, part: Part): Page {
  if (found.resources.length === 0 && found.next === undefined) return listed;
  const message = 'the list of them is empty, though the index knows them';
  return { ...found, gaps: [withoutData(part, 'CLOUD_PROTOCOL', message)] };
}

/** The index covers types that lists refuse as unknown (400), and may be allowed where lists are not. */
function mayBeSearched(thrown: unknown): thrown is CloudError {
  return (
    thrown instanceof CloudError &&
    (thrown.code === 'CLOUD_DENIED' || thrown.code === 'CLOUD_INVALID')
  );
}

async function listPage(
  assets: Assets,
  trail: TokenTrail,
  part: Part,
  pageToken: string | undefined,
  signal: AbortSignal,
): Promise<Page> {
  const { project, type } = part;
  const page = await assets.list(
    { parent: `projects/${project}`, assetType: type, pageToken },
    signal,
  );
  trail.step(part.key, pageToken, page.nextPageToken);
  const resources = (page.assets ?? [])
    .filter(({ assetType, resource }) => isIn(part, assetType, resource?.location))
    .map((asset) => fromAsset(asset, project, page.readTime));
  return {
    resources,
    ...next('list', page.nextPageToken),
    ...emptyHanded(part, resources),
  };
}

async function searchPage(
  assets: Assets,
  trail: TokenTrail,
  part: Part,
  pageToken: string | undefined,
  signal: AbortSignal,
): Promise<Page> {
  const { project, type } = part;
  const page = await assets.search(
    { scope: `projects/${project}`, assetTypes: [type], fields: FIELDS, pageToken },
    signal,
  );
  trail.step(part.key, pageToken, page.nextPageToken);
  return {
    resources: (page.results ?? [])
      .filter(({ assetType, location }) => isIn(part, assetType, location))
      .map((found) => fromSearch(found, project)),
    ...next('search', page.nextPageToken),
  };
}

function isIn({ type, region }: Part, assetType: string, location: string | undefined): boolean {
  return assetType === type && (region === undefined || regionOf(type, location) === region);
}

function partOf({ key, scope, type }: Partition): Part {
  const project = scope['project'];
  if (project === undefined || type === undefined)
    throw new CloudError('CLOUD_INVALID', `${key} is no part of a Google inventory`);
  return { key, project, type, region: scope['region'] };
}

function cursorOf(cursor: string | undefined): Cursor {
  if (cursor === undefined) return { by: 'list', token: undefined };
  const { by, token } = /^(?<by>list|search):(?<token>.+)$/s.exec(cursor)?.groups ?? {};
  if (token === undefined)
    throw new CloudError('CLOUD_INVALID', 'the cursor is none of a Google inventory');
  return { by: by === 'search' ? 'search' : 'list', token };
}

function next(by: Cursor['by'], token: string | undefined): Pick<Page, 'next'> {
  return token === undefined ? {} : { next: `${by}:${token}` };
}

function withoutData({ project, type }: Part, code: CloudErrorCode, message: string): Gap {
  return {
    scope: { project },
    type,
    code,
    message: `what is in them cannot be read, their labels are known: ${message}`,
  };
}

/** An asset without its data is there, but nothing can be said of it. */
function emptyHanded(
  { project, type }: Part,
  resources: readonly LiveResource[],
): Pick<Page, 'gaps'> {
  const empty = resources.filter(({ resource }) => resource.partial === true).length;
  if (empty === 0) return {};
  const message = `${empty} of ${resources.length} came without their data`;
  return { gaps: [{ scope: { project }, type, code: 'CLOUD_PROTOCOL', message }] };
}
