import type { CloudAdapter } from '../adapter.ts';
import { openKubernetesInventory } from './inventory.ts';
import { KUBERNETES_PERMISSIONS } from './permissions.ts';
import { KubernetesSettings } from './schema.ts';
import { openKubernetesTagger } from './tagger.ts';

/** A cluster, through its API server. */
export const kubernetes = {
  id: 'kubernetes',
  title: 'Kubernetes',
  reads: 'The objects of a cluster that rules look at, through its API server, page by page.',
  settings: KubernetesSettings,
  permissions: KUBERNETES_PERMISSIONS,
  openInventory: (settings, outside) => openKubernetesInventory(settings, outside),
  openTagger: (settings, outside) => openKubernetesTagger(settings, outside),
} satisfies CloudAdapter<KubernetesSettings>;
