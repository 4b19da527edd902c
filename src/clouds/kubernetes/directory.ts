import { CloudError } from '../errors.ts';
import type { Api } from './api.ts';
import { GroupList, ResourceList } from './schema.ts';

/** A kind of object as the API server serves it. */
export interface ServedKind {
  /** `apps/v1/Deployment`, `v1/Pod`. */
  readonly type: string;
  /** `apps/v1`, `v1`. */
  readonly apiVersion: string;
  readonly kind: string;
  /** As paths and roles spell it: `deployments`. */
  readonly plural: string;
  readonly namespaced: boolean;
}

export interface Directory {
  /** Every kind that can be listed, in the version that its group prefers, and the groups that did not answer. */
  readonly all: (signal: AbortSignal) => Promise<Served>;
  /** @throws CloudError CLOUD_MISSING when the cluster does not serve it (any more). */
  readonly find: (type: string, signal: AbortSignal) => Promise<ServedKind>;
}

export interface Served {
  readonly kinds: readonly ServedKind[];
  readonly failures: readonly { readonly apiVersion: string; readonly error: CloudError }[];
}

/** What a cluster serves: what is built in, and what custom resources and aggregated API servers add. */
export function openDirectory(api: Api): Directory {
  const known = new Map<string, readonly ServedKind[]>();
  const read = async (apiVersion: string, signal: AbortSignal): Promise<readonly ServedKind[]> => {
    const request = { path: pathOf(apiVersion), action: `discover ${apiVersion}` };
    const { resources } = await api.ask(ResourceList, request, signal);
    const kinds = resources
      // A name with a slash is a part of an object: pods/log.
      .filter(({ name, verbs }) => !name.includes('/') && verbs.includes('list'))
      .map(({ name, kind, namespaced }) => ({
        ...{ type: `${apiVersion}/${kind}`, apiVersion, kind, namespaced },
        plural: name,
      }));
    known.set(apiVersion, kinds);
    return kinds;
  };
  return {
    all: async (signal) => await readAll(api, read, signal),
    find: async (type, signal) => {
      const apiVersion = type.slice(0, type.lastIndexOf('/'));
      const kinds = known.get(apiVersion) ?? (await read(apiVersion, signal));
      const found = kinds.find((kind) => kind.type === type);
      if (found !== undefined) return found;
      throw new CloudError('CLOUD_MISSING', `the cluster serves no ${type}`);
    },
  };
}

/** One group that does not answer (its aggregated API server is down) does not hide the others. */
async function readAll(
  api: Api,
  read: (apiVersion: string, signal: AbortSignal) => Promise<readonly ServedKind[]>,
  signal: AbortSignal,
): Promise<Served> {
  const { groups } = await api.ask(GroupList, { path: '/apis', action: 'discover groups' }, signal);
  const kinds: ServedKind[] = [...(await read('v1', signal))];
  const failures: { readonly apiVersion: string; readonly error: CloudError }[] = [];
  for (const { preferredVersion } of groups) {
    const apiVersion = preferredVersion.groupVersion;
    try {
      kinds.push(...(await read(apiVersion, signal)));
    } catch (error) {
      if (!(error instanceof CloudError) || error.code === 'CLOUD_STOPPED') throw error;
      failures.push({ apiVersion, error });
    }
  }
  return { kinds, failures };
}

/** `/api/v1` for the core group, `/apis/apps/v1` for any other. */
export function pathOf(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** `pods`, `apps/deployments`: as permissions name what is asked for. */
export function resourceName({
  apiVersion,
  plural,
}: Pick<ServedKind, 'apiVersion' | 'plural'>): string {
  return apiVersion.includes('/') ? `${apiVersion.split('/')[0] ?? ''}/${plural}` : plural;
}
