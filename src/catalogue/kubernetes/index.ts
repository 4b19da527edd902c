import type { Kind } from '../kind.ts';
import { ACCESS_KINDS } from './access.ts';
import { CLUSTER_KINDS, REQUEST_KINDS } from './cluster.ts';
import { NETWORK_KINDS } from './network.ts';
import { STORAGE_KINDS } from './storage.ts';
import { WORKLOAD_KINDS } from './workloads.ts';

export const KUBERNETES_KINDS: readonly Kind[] = [
  ...WORKLOAD_KINDS,
  ...NETWORK_KINDS,
  ...ACCESS_KINDS,
  ...STORAGE_KINDS,
  ...CLUSTER_KINDS,
  ...REQUEST_KINDS,
];
