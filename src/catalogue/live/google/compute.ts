import { flag, given, list, number, object, objects, orNone, text } from '../read.ts';
import type { LiveItem, Restated, Restatement } from '../restatement.ts';
import { asset, each, isUnder, last, one } from './asset.ts';
import type { Data, Told } from './asset.ts';

/** What a machine and a template for machines tell alike. */
function machine(data: Data): Told {
  return {
    machine_type: given(text(data, 'machineType'), last),
    network_interface: each(data, 'networkInterfaces', (nic) => ({
      access_config: blocks(nic, 'accessConfigs'),
      ipv6_access_config: blocks(nic, 'ipv6AccessConfigs'),
    })),
    service_account: each(data, 'serviceAccounts', (account) => ({
      email: text(account, 'email'),
    })),
    // Whatever Terraform's attribute of that name held stands among the metadata.
    metadata_startup_script: null,
    metadata: metadata(data),
    scheduling: one(object(data, 'scheduling'), (scheduling) => ({
      preemptible: flag(scheduling, 'preemptible'),
      provisioning_model: text(scheduling, 'provisioningModel'),
    })),
    guest_accelerator: accelerators(data, 'guestAccelerators'),
  };
}

function blocks(root: unknown, path: string): Told[string] {
  return each(root, path, () => ({}));
}

/** Accelerators of machines, of templates and of nodes. */
export function accelerators(root: unknown, path: string): Told[string] {
  return each(root, path, (one) => ({ count: number(one, 'acceleratorCount') }));
}

function metadata(data: Data): Told {
  const items = list(data, 'metadata.items') ?? [];
  return Object.fromEntries(
    items.map((item): [string, unknown] => [text(item, 'key') ?? '', text(item, 'value')]),
  );
}

function instance(data: Data): Told {
  const disks = objects(data, 'disks') ?? [];
  return {
    ...machine(data),
    boot_disk: one(
      disks.find((disk) => flag(disk, 'boot') === true),
      (disk) => ({
        kms_key_self_link: orNone(text(disk, 'diskEncryptionKey.kmsKeyName')),
        disk_encryption_key_raw: suppliedKey(disk, 'diskEncryptionKey'),
        initialize_params: [{ size: number(disk, 'diskSizeGb') }],
      }),
    ),
    attached_disk: disks
      .filter((disk) => flag(disk, 'boot') !== true && text(disk, 'type') !== 'SCRATCH')
      .map((disk) => ({ kms_key_self_link: orNone(text(disk, 'diskEncryptionKey.kmsKeyName')) })),
    deletion_protection: flag(data, 'deletionProtection') ?? false,
    // A wish of Terraform's, which no machine knows of.
    deletion_policy: null,
  };
}

/** Of a key that the customer supplies with each request, Google keeps the hash alone. */
function suppliedKey(root: unknown, path: string): string | null {
  const hash = text(root, `${path}.sha256`);
  return text(root, `${path}.kmsKeyName`) === undefined ? orNone(hash) : null;
}

function template(data: Data): Told {
  const properties = object(data, 'properties');
  if (properties === undefined) return {};
  return {
    ...machine(properties),
    disk: each(properties, 'disks', (disk) => ({
      disk_encryption_key: one(object(disk, 'diskEncryptionKey'), (key) => ({
        kms_key_self_link: orNone(text(key, 'kmsKeyName')),
      })),
      disk_size_gb: number(disk, 'initializeParams.diskSizeGb') ?? number(disk, 'diskSizeGb'),
    })),
  };
}

/** Global or zonal, and regional resources of one asset type: the name of a regional one runs through its region. */
export function byRegion(elsewhere: string, regional: string): (item: LiveItem) => string {
  return (item) => (isUnder(item, 'regions') ? regional : elsewhere);
}

function keyOf(data: Data, path: string): Told[string] {
  return one(object(data, path), (key) => ({
    kms_key_self_link: orNone(text(key, 'kmsKeyName')),
    raw_key: suppliedKey(data, path),
  }));
}

function disk(data: Data): Told {
  return {
    disk_encryption_key: keyOf(data, 'diskEncryptionKey'),
    size: number(data, 'sizeGb'),
    type: given(text(data, 'type'), last),
  };
}

const SCHEDULES = [
  'google_compute_disk_resource_policy_attachment',
  'google_compute_region_disk_resource_policy_attachment',
];

/** Terraform attaches snapshot schedules by resources of their own; the disk lists them. */
function schedules(data: Data): Omit<Restated, 'attributes'> {
  const policies = list(data, 'resourcePolicies') ?? [];
  const [type = ''] = SCHEDULES;
  return {
    companions: policies.map(() => ({ type, attributes: {} })),
    tells: SCHEDULES,
  };
}

export const COMPUTE: readonly Restatement[] = [
  asset({
    type: 'compute.googleapis.com/Instance',
    as: 'google_compute_instance',
    attributes: instance,
    sensitive: ['data.metadata'],
  }),
  asset({
    type: 'compute.googleapis.com/InstanceTemplate',
    as: byRegion('google_compute_instance_template', 'google_compute_region_instance_template'),
    attributes: template,
    sensitive: ['data.properties.metadata'],
  }),
  asset({
    type: 'compute.googleapis.com/InstanceGroupManager',
    as: byRegion(
      'google_compute_instance_group_manager',
      'google_compute_region_instance_group_manager',
    ),
    attributes: (data) => ({ target_size: number(data, 'targetSize') ?? 0 }),
  }),
  asset({
    type: 'compute.googleapis.com/Disk',
    as: 'google_compute_disk',
    attributes: disk,
    companions: schedules,
  }),
  asset({
    type: 'compute.googleapis.com/RegionDisk',
    as: 'google_compute_region_disk',
    attributes: disk,
    companions: schedules,
  }),
  asset({
    type: 'compute.googleapis.com/Snapshot',
    as: 'google_compute_snapshot',
    attributes: (data) => ({
      snapshot_encryption_key: keyOf(data, 'snapshotEncryptionKey'),
      image_encryption_key: null,
    }),
  }),
  asset({
    type: 'compute.googleapis.com/Image',
    as: 'google_compute_image',
    attributes: (data) => ({
      image_encryption_key: keyOf(data, 'imageEncryptionKey'),
      snapshot_encryption_key: null,
    }),
  }),
];
