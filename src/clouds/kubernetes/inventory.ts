import type { CloudOutside } from '../adapter.ts';
import type { Inventory } from '../inventory.ts';
import { openCluster } from './cluster.ts';
import { readCompared } from './compared.ts';
import { readPage } from './list.ts';
import { planCluster } from './plan.ts';
import type { KubernetesSettings } from './schema.ts';

/** @throws CloudError CLOUD_SETTINGS */
export async function openKubernetesInventory(
  settings: KubernetesSettings,
  outside: CloudOutside,
): Promise<Inventory> {
  const cluster = await openCluster(settings, outside);
  return {
    name: settings.name,
    adapter: 'kubernetes',
    plan: async (wanted, signal) => await planCluster(cluster, wanted, signal),
    read: async (partition, cursor, signal) =>
      partition.together === undefined
        ? await readPage(cluster, partition, cursor, signal)
        : await readCompared(cluster, partition, cursor, signal),
    // Connections end with their answers: nothing is left open.
    close: () => Promise.resolve(),
  };
}
