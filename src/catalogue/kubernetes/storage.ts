import { UNKNOWN } from '../facts.ts';
import type { FactValue } from '../facts.ts';
import { equals, map, oneOf } from '../values.ts';
import type { Truth } from '../values.ts';
import type { View } from '../view.ts';
import { bothNames, kubernetesKind } from './shape.ts';
import type { Spell } from './shape.ts';

export const STORAGE_KINDS = [
  kubernetesKind({
    kind: 'kubernetes.persistentvolume',
    title: 'PersistentVolume',
    types: ['PersistentVolume'],
    terraform: bothNames('kubernetes_persistent_volume'),
    facts: (view, spell) => ({
      stateful: true,
      disk_gb: gigabytes(view, spell('spec.capacity.storage')),
    }),
  }),
  kubernetesKind({
    kind: 'kubernetes.persistentvolumeclaim',
    title: 'PersistentVolumeClaim',
    types: ['PersistentVolumeClaim'],
    terraform: bothNames('kubernetes_persistent_volume_claim'),
    facts: (view, spell) => ({
      stateful: true,
      disk_gb: gigabytes(view, spell('spec.resources.requests.storage')),
    }),
  }),
  kubernetesKind({
    kind: 'kubernetes.storageclass',
    title: 'StorageClass',
    types: ['storage.k8s.io/StorageClass'],
    terraform: bothNames('kubernetes_storage_class'),
    facts: (view, spell) => ({ encrypted_at_rest: classEncrypts(view, spell) }),
  }),
  kubernetesKind({
    kind: 'kubernetes.configmap',
    title: 'ConfigMap',
    types: ['ConfigMap'],
    terraform: bothNames('kubernetes_config_map'),
  }),
  kubernetesKind({
    kind: 'kubernetes.secret',
    title: 'Secret',
    types: ['Secret'],
    terraform: bothNames('kubernetes_secret'),
    // The only type of Secret that the cluster itself fills, with a token that never ends.
    facts: (view, spell) => ({
      long_lived_key: equals(view.string(spell('type')), 'kubernetes.io/service-account-token'),
    }),
  }),
];

const FACTORS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** In units of 2^30 bytes, which is what the clouds call a GB when they size a disk. */
function gigabytes(view: View, path: string): FactValue | undefined {
  return map(view.string(path), toGigabytes);
}

/** A quantity of the Kubernetes API: 10Gi, 500G, 1.5e9. */
function toGigabytes(quantity: string): number | undefined {
  const [, number, suffix = ''] =
    /^(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)([kMGTPE]i?|Ki)?$/.exec(quantity) ?? [];
  const factor = FACTORS[suffix];
  if (number === undefined || factor === undefined) return undefined;
  return Math.round((Number(number) * factor * 100) / 2 ** 30) / 100;
}

const AWS_DISKS = ['ebs.csi.aws.com', 'kubernetes.io/aws-ebs'];
const ALWAYS_ENCRYPTED = [
  'pd.csi.storage.gke.io',
  'kubernetes.io/gce-pd',
  'disk.csi.azure.com',
  'kubernetes.io/azure-disk',
];

/**
 * Google and Azure encrypt every disk; an EBS volume is encrypted when its class says so (or by a setting of the account,
 * which the class does not show). Of other provisioners nothing is claimed.
 */
function classEncrypts(view: View, spell: Spell): Truth | undefined {
  const provisioner = view.string(spell('provisioner'));
  if (provisioner === UNKNOWN) return UNKNOWN;
  if (oneOf(provisioner, ALWAYS_ENCRYPTED) === true) return true;
  if (oneOf(provisioner, AWS_DISKS) !== true) return undefined;
  return equals(view.string(spell('parameters.encrypted')), 'true');
}
