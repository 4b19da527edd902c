import type { CloudOutside } from '../adapter.ts';
import { openApi } from './api.ts';
import type { Api } from './api.ts';
import { openDirectory } from './directory.ts';
import type { Directory } from './directory.ts';
import type { KubernetesSettings } from './schema.ts';

/** A cluster that can be asked. */
export interface Cluster {
  readonly settings: KubernetesSettings;
  readonly api: Api;
  readonly directory: Directory;
}

/** @throws CloudError CLOUD_SETTINGS */
export async function openCluster(
  settings: KubernetesSettings,
  outside: CloudOutside,
): Promise<Cluster> {
  const api = await openApi(settings, outside);
  return { settings, api, directory: openDirectory(api) };
}
