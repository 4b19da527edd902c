import { UNKNOWN } from '../../../../src/catalogue/facts.ts';
import { both } from './dialects.ts';
import type { ApiTable } from './dialects.ts';

const storage = (quantity: unknown): object => ({ storage: quantity });
const SIZES = {
  '20Gi': 20,
  '1Ti': 1024,
  '500G': 465.66,
  '1073741824': 1,
  '1.5e9': 1.4,
  '512Mi': 0.5,
};

export const STORAGE_TABLES: readonly ApiTable[] = [
  {
    kind: 'kubernetes.persistentvolumeclaim',
    type: 'v1/PersistentVolumeClaim',
    terraform: both('kubernetes_persistent_volume_claim'),
    cases: [
      ...Object.entries(SIZES).map(([quantity, gigabytes]) => ({
        it: `asks for ${quantity}`,
        attributes: { spec: { resources: { requests: storage(quantity) } } },
        facts: { stateful: true, disk_gb: gigabytes },
      })),
      {
        it: 'a quantity that is none',
        attributes: { spec: { resources: { requests: storage('plenty') } } },
        facts: { disk_gb: undefined },
      },
      {
        it: 'a size still to come',
        attributes: { spec: {} },
        details: { unknown: ['spec.resources'] },
        facts: { stateful: true, disk_gb: UNKNOWN },
      },
    ],
  },
  {
    kind: 'kubernetes.persistentvolume',
    type: 'v1/PersistentVolume',
    terraform: both('kubernetes_persistent_volume'),
    cases: [
      {
        it: 'holds data of a size',
        attributes: { spec: { capacity: storage('10Gi') } },
        facts: { stateful: true, disk_gb: 10 },
      },
    ],
  },
  {
    kind: 'kubernetes.storageclass',
    type: 'storage.k8s.io/v1/StorageClass',
    terraform: both('kubernetes_storage_class'),
    cases: [
      {
        it: 'EBS volumes are encrypted when the class says so',
        attributes: { provisioner: 'ebs.csi.aws.com', parameters: { encrypted: 'true' } },
        facts: { encrypted_at_rest: true },
      },
      {
        it: 'and are not when it does not',
        attributes: { provisioner: 'ebs.csi.aws.com' },
        facts: { encrypted_at_rest: false },
      },
      {
        it: 'Google encrypts every disk',
        attributes: { provisioner: 'pd.csi.storage.gke.io' },
        facts: { encrypted_at_rest: true },
      },
      {
        it: 'nothing is claimed of others',
        attributes: { provisioner: 'nfs.example.com' },
        facts: { encrypted_at_rest: undefined },
      },
      {
        it: 'a provisioner still to come',
        details: { unknown: ['provisioner'] },
        facts: { encrypted_at_rest: UNKNOWN },
      },
    ],
  },
  {
    kind: 'kubernetes.secret',
    type: 'v1/Secret',
    terraform: both('kubernetes_secret'),
    cases: [
      { it: 'one of ours', attributes: { type: 'Opaque' }, facts: { long_lived_key: false } },
      {
        it: 'a token of a service account never ends',
        attributes: { type: 'kubernetes.io/service-account-token' },
        facts: { long_lived_key: true },
      },
      {
        it: 'a type still to come',
        details: { unknown: ['type'] },
        facts: { long_lived_key: UNKNOWN },
      },
    ],
  },
];
