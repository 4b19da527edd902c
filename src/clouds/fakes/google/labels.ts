import { createHash } from 'node:crypto';

import { isRecord } from '../../../kit/record.ts';
import { GoogleRefusal, invalid } from './answer.ts';
import type { FakeRequest, FakeWorld, Understood } from './call.ts';
import { labelsOf, setLabels, valueAt, withValue } from './estate.ts';
import type { LiveAsset, LiveGoogle } from './estate.ts';
import type { Operations } from './operations.ts';
import { FAKE_SERVICES } from './services.ts';
import type { FakeService } from './services.ts';

/**
 * The services that keep labels, each below a path of its own name: `/compute.googleapis.com/compute/v1/projects/…`.
 * Undefined for what is none of their calls.
 */
export function understandLabels(
  request: FakeRequest,
  live: LiveGoogle,
  operations: Operations,
): Understood | undefined {
  const { host, path } =
    /^\/(?<host>[a-z.]+\.googleapis\.com)(?<path>\/.*)$/.exec(request.path)?.groups ?? {};
  if (host === undefined || path === undefined) return undefined;
  const watched = operations.permissionOf(host, path);
  if (watched !== undefined && request.method === 'GET')
    return {
      permission: watched,
      project: projectIn(path),
      run: () => operations.poll(host, path),
    };
  return understandResource(request, live, host, path);
}

function projectIn(path: string): string | undefined {
  return /\/projects\/([^/]+)/.exec(path)?.[1];
}

function understandResource(
  request: FakeRequest,
  live: LiveGoogle,
  host: string,
  path: string,
): Understood | undefined {
  const { resource, write } = target(request.method, path);
  const { service, asset } = find(live, host, resource);
  if (service === undefined || (write !== undefined && !takes(service, write))) return undefined;
  const site = {
    permission: write === undefined ? service.get : service.update,
    project: asset?.asset.project ?? projectIn(path),
  };
  return {
    ...site,
    run: (world) => {
      if (asset === undefined)
        throw new GoogleRefusal(404, 'notFound', 'The resource was not found.');
      if (write === undefined) return told(service, asset);
      if (world.faults.hit(['changed-behind'], site) !== undefined)
        setLabels(asset, { ...labelsOf(asset), 'somebody-else': 'was-here' });
      return change(service, asset, request, { world, resource, site });
    },
  };
}

type Write = 'set-labels' | 'set-resource-labels' | 'patch';

function target(method: string, path: string): { resource: string; write: Write | undefined } {
  if (method === 'PATCH') return { resource: path, write: 'patch' };
  if (method === 'POST' && path.endsWith('/setLabels'))
    return { resource: path.slice(0, -'/setLabels'.length), write: 'set-labels' };
  if (method === 'POST' && path.endsWith(':setResourceLabels'))
    return { resource: path.slice(0, -':setResourceLabels'.length), write: 'set-resource-labels' };
  return { resource: method === 'GET' ? path : '', write: undefined };
}

function takes({ style }: FakeService, write: Write): boolean {
  return style === write || (write === 'patch' && ['merge', 'mask', 'wrapped'].includes(style));
}

/** The asset of a path; where there is none, the first service that could have it. */
function find(
  live: LiveGoogle,
  host: string,
  path: string,
): { readonly service: FakeService | undefined; readonly asset: LiveAsset | undefined } {
  const services = FAKE_SERVICES.filter((one) => one.host === host && path.startsWith(one.prefix));
  for (const service of services) {
    const names = namesOf(service, path);
    const asset = live.assets.find(
      (one) => one.asset.assetType === service.type && names.includes(one.asset.name),
    );
    if (asset !== undefined) return { service, asset };
  }
  const collection = path.split('/').at(-2) ?? '';
  return {
    service: services.find(({ get }) => get.includes(`.${collection}.`)) ?? services[0],
    asset: undefined,
  };
}

function namesOf({ nameHost, prefix }: FakeService, path: string): readonly string[] {
  const rest = path.slice(prefix.length).split('/').map(decodeURIComponent).join('/');
  const name = `//${nameHost}/${rest}`;
  return [name, name.replace('/locations/', '/zones/')];
}

/** A resource as its service answers it, with the version that a write must carry. */
function told(service: FakeService, asset: LiveAsset): unknown {
  const data =
    service.retold === true ? { name: nameIn(asset), labels: labelsOf(asset) } : asset.data;
  return service.version === undefined
    ? data
    : withValue(data, service.version.at, versionOf(service, asset));
}

function versionOf({ version }: FakeService, asset: LiveAsset): string {
  const at = version?.at.at(-1);
  if (at === 'labelFingerprint')
    return createHash('sha256')
      .update(JSON.stringify(labelsOf(asset)))
      .digest('base64')
      .slice(0, 12);
  return at === 'etag' ? `"${asset.generation}"` : String(asset.generation);
}

interface Circumstances {
  readonly world: FakeWorld;
  readonly resource: string;
  readonly site: { readonly permission: string; readonly project: string | undefined };
}

function change(
  service: FakeService,
  asset: LiveAsset,
  request: FakeRequest,
  { world, resource, site }: Circumstances,
): unknown {
  const { labels, version } = wish(service, asset, request);
  if (service.version !== undefined && version !== versionOf(service, asset)) {
    const [status, reason] = service.version.stale;
    throw new GoogleRefusal(status, reason, 'The resource changed since it was read.');
  }
  refuseLabels(labels);
  const fate = fateOf(world, site);
  if (fate !== 'fails') setLabels(asset, labels);
  if (!service.slow) return told(service, asset);
  return world.operations.begin(
    {
      host: service.host,
      parent: parentOf(service, resource),
      named: service.style === 'mask' || service.style === 'wrapped' ? 'whole' : 'bare',
      permission: service.operations,
    },
    fate,
  );
}

function fateOf({ faults }: FakeWorld, site: Circumstances['site']): 'works' | 'fails' | 'hangs' {
  if (faults.hit(['operation-fails'], site) !== undefined) return 'fails';
  return faults.hit(['operation-hangs'], site) === undefined ? 'works' : 'hangs';
}

/** Where the operations of a resource are: beside it, in its location, its project, or at the top. */
function parentOf({ prefix, host }: FakeService, path: string): string {
  const below = (pattern: string): string | undefined =>
    new RegExp(`^${prefix}${pattern}`).exec(path)?.[0];
  if (host === 'sqladmin.googleapis.com') return below('projects/[^/]+') ?? '';
  if (host === 'cloudresourcemanager.googleapis.com') return prefix.slice(0, -1);
  if (host === 'spanner.googleapis.com') return path;
  return below('projects/[^/]+/(?:global|(?:zones|regions|locations)/[^/]+)') ?? '';
}

interface Wish {
  readonly labels: Readonly<Record<string, string>>;
  /** As the write carries it; undefined where it carries none. */
  readonly version: unknown;
}

function wish(service: FakeService, asset: LiveAsset, { body, query, headers }: FakeRequest): Wish {
  switch (service.style) {
    case 'set-labels':
      return {
        labels: textMap(valueAt(body, LABELS)),
        version: valueAt(body, ['labelFingerprint']),
      };
    case 'set-resource-labels':
      return {
        labels: textMap(valueAt(body, ['resourceLabels'])),
        version: valueAt(body, ['labelFingerprint']),
      };
    case 'merge':
      return {
        labels: mergedLabels(labelsOf(asset), valueAt(body, service.labels)),
        version:
          query.get('ifMetagenerationMatch') ??
          headers['if-match'] ??
          valueAt(body, service.version?.at ?? []),
      };
    case 'mask':
      refuseMask(query.get('updateMask'));
      return { labels: textMap(valueAt(body, LABELS)), version: valueAt(body, ['etag']) };
    case 'wrapped': {
      const [member, mask] = service.wrapper ?? ['', ''];
      refuseMask(valueAt(body, [mask]));
      if (valueAt(body, [member, 'name']) !== nameIn(asset))
        throw invalid('The name of the resource must be that of the path.');
      return { labels: textMap(valueAt(body, [member, 'labels'])), version: undefined };
    }
  }
}

const LABELS = ['labels'];

function nameIn({ asset }: LiveAsset): string {
  return asset.name.replace(/^\/\/[^/]+\//, '');
}

/** Without the mask a PATCH would replace every field. */
function refuseMask(mask: unknown): void {
  if (mask !== 'labels') throw invalid('This fake updates labels alone: the mask must say so.');
}

function textMap(value: unknown): Record<string, string> {
  if (!isRecord(value)) throw invalid('labels must be a map.');
  return Object.fromEntries(
    Object.entries(value).map(([key, text]): [string, string] => {
      if (typeof text !== 'string') throw invalid(`the value of label ${key} must be a text.`);
      return [key, text];
    }),
  );
}

/** RFC 7396: null removes. */
function mergedLabels(
  before: Readonly<Record<string, string>>,
  patch: unknown,
): Record<string, string> {
  if (!isRecord(patch)) throw invalid('labels must be a map.');
  const merged = Object.entries({ ...before, ...patch }).filter(([, value]) => value !== null);
  return textMap(Object.fromEntries(merged));
}

const KEY = /^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u;
const VALUE = /^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u;

function refuseLabels(labels: Readonly<Record<string, string>>): void {
  const entries = Object.entries(labels);
  if (entries.length > 64) throw invalid('A resource has at most 64 labels.');
  for (const [key, value] of entries) {
    if (!KEY.test(key) || Buffer.byteLength(key) > 128) throw invalid(`Invalid label key ${key}.`);
    if (!VALUE.test(value) || Buffer.byteLength(value) > 128)
      throw invalid(`Invalid value of label ${key}.`);
  }
}
