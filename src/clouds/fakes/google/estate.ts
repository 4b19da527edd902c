import { isRecord } from '../../../kit/record.ts';
import { findFakeService } from './services.ts';

/** A Google Cloud organisation as plain data. */
export interface GoogleEstate {
  /** Its number; absent: projects stand alone. */
  readonly organization?: string;
  readonly projects: readonly GoogleProject[];
  readonly assets: readonly GoogleAsset[];
}

export interface GoogleProject {
  readonly id: string;
  readonly number: string;
  /** The number of the folder it is in. */
  readonly folder?: string;
}

export interface GoogleAsset {
  /** `//compute.googleapis.com/projects/shop/zones/europe-west1-b/instances/web`. */
  readonly name: string;
  readonly assetType: string;
  /** The id of one of the projects. */
  readonly project: string;
  readonly location?: string;
  /** RFC 3339. */
  readonly createTime?: string;
  /** Full resource name; absent: its project. */
  readonly parent?: string;
  /** The resource in the words of its own API, without etags and fingerprints: the fake makes those. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** The estate while the fake runs. */
export interface LiveGoogle {
  readonly organization: string | undefined;
  readonly projects: readonly GoogleProject[];
  readonly assets: LiveAsset[];
  /** Assets as they were when the fake started: what an index that is behind tells. */
  readonly before: readonly LiveAsset[];
}

export interface LiveAsset {
  readonly asset: Omit<GoogleAsset, 'data'>;
  data: Record<string, unknown>;
  /** Goes up with every change; generations, etags and versions of settings are made of it. */
  generation: number;
}

export function bringToLife(estate: GoogleEstate): LiveGoogle {
  const copies = (): LiveAsset[] =>
    estate.assets.map(({ data, ...asset }) => ({
      asset,
      data: structuredClone(data),
      generation: 1,
    }));
  return {
    organization: estate.organization,
    projects: estate.projects,
    assets: copies(),
    before: copies(),
  };
}

/** Everything as it is now. */
export function snapshot({ organization, projects, assets }: LiveGoogle): GoogleEstate {
  return {
    ...(organization === undefined ? {} : { organization }),
    projects,
    assets: assets.map(({ asset, data }) => ({ ...asset, data: structuredClone(data) })),
  };
}

/** Projects that a scope holds, `organizations/1`, `folders/2`, `projects/<id or number>`; undefined where there is no such scope. */
export function projectsIn(live: LiveGoogle, scope: string): readonly GoogleProject[] | undefined {
  const [level, id] = scope.split('/');
  if (level === 'organizations') return id === live.organization ? live.projects : undefined;
  const found = live.projects.filter((project) =>
    level === 'folders' ? project.folder === id : project.id === id || project.number === id,
  );
  return found.length === 0 ? undefined : found;
}

/** `projects/1`, its folder and its organisation. */
export function ancestorsOf(live: LiveGoogle, { number, folder }: GoogleProject): string[] {
  return [
    `projects/${number}`,
    ...(folder === undefined ? [] : [`folders/${folder}`]),
    ...(live.organization === undefined ? [] : [`organizations/${live.organization}`]),
  ];
}

/** Labels as the index tells them, wherever the type keeps them. */
export function labelsOf({ asset, data }: LiveAsset): Record<string, string> {
  const place = findFakeService(asset.assetType)?.labels ?? ['labels'];
  const found = valueAt(data, place);
  if (!isRecord(found)) return {};
  return Object.fromEntries(
    Object.entries(found).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

/** Puts labels where the type keeps them; an empty set leaves no trace, as in Google's answers. */
export function setLabels(live: LiveAsset, labels: Readonly<Record<string, string>>): void {
  const place = findFakeService(live.asset.assetType)?.labels ?? ['labels'];
  live.data = withValue(live.data, place, Object.keys(labels).length === 0 ? undefined : labels);
  live.generation += 1;
}

export function valueAt(data: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), data);
}

export function withValue(
  data: Readonly<Record<string, unknown>>,
  [name, ...rest]: readonly string[],
  value: unknown,
): Record<string, unknown> {
  if (name === undefined) return { ...data };
  const inner = data[name];
  const next = rest.length === 0 ? value : withValue(isRecord(inner) ? inner : {}, rest, value);
  const others = Object.fromEntries(Object.entries(data).filter(([key]) => key !== name));
  return next === undefined ? others : { ...others, [name]: next };
}
