import { UNKNOWN } from '../../../../src/catalogue/facts.ts';
import { ALWAYS, NEVER, YET, beside, block, echo, flag, planned, word } from '../claims.ts';
import type { ClaimTable, Claims } from '../claims.ts';
import { encrypted, granted, keyed, guarded } from './common.ts';

const BUCKET = 'google_storage_bucket';
const VM = 'google_compute_instance';
const DISK = 'google_compute_disk';
const SCRIPT = 'export DB_PASSWORD=Tr0ub4dor-and-3';
const toBucket = { refers: { bucket: `${BUCKET}.this` } };
const MACHINE: Claims = {
  encrypted_at_rest: ALWAYS,
  public_ip: [
    [false, { network_interface: [{ network: 'default' }] }],
    [true, { network_interface: [{ access_config: [{}] }] }],
    [true, { network_interface: [{ ipv6_access_config: [{ network_tier: 'PREMIUM' }] }] }],
    [UNKNOWN, { network_interface: [{ access_config: YET }] }],
  ],
  managed_identity: block('service_account', [{ scopes: ['cloud-platform'] }]),
  secret_in_user_data: [
    [false, { metadata_startup_script: 'echo hello' }],
    [true, { metadata_startup_script: SCRIPT }],
    [true, { metadata: { 'startup-script': SCRIPT } }],
    [true, { metadata: { 'user-data': SCRIPT } }],
    [UNKNOWN, { metadata_startup_script: YET }],
  ],
  spot: [
    ...flag('scheduling[0].preemptible', false),
    [true, { scheduling: [{ provisioning_model: 'SPOT' }] }],
  ],
  size: echo('machine_type', 'e2-medium'),
  gpu: [
    [false, { machine_type: 'e2-medium' }],
    [true, { machine_type: 'a2-highgpu-1g' }],
    [
      true,
      { machine_type: 'n1-standard-4', guest_accelerator: [{ type: 'nvidia-tesla-t4', count: 1 }] },
    ],
    [
      false,
      { machine_type: 'n1-standard-4', guest_accelerator: [{ type: 'nvidia-tesla-t4', count: 0 }] },
    ],
    [UNKNOWN, { machine_type: YET }],
  ],
};

export const COMPUTE_CLAIMS: readonly ClaimTable[] = [
  {
    kind: 'gcp.storage.bucket',
    type: BUCKET,
    claims: {
      ...encrypted('encryption[0].default_kms_key_name'),
      stateful: ALWAYS,
      public: [
        ...granted(BUCKET, 'bucket'),
        [
          false,
          { public_access_prevention: 'enforced' },
          [planned('google_storage_bucket_iam_member', { member: 'allUsers' }, toBucket)],
        ],
        [
          true,
          {},
          [planned('google_storage_bucket_acl', { role_entity: ['READER:allUsers'] }, toBucket)],
        ],
        [
          true,
          {},
          [planned('google_storage_bucket_acl', { predefined_acl: 'publicRead' }, toBucket)],
        ],
        [
          false,
          {},
          [planned('google_storage_bucket_acl', { predefined_acl: 'projectPrivate' }, toBucket)],
        ],
        [
          false,
          { uniform_bucket_level_access: true },
          [planned('google_storage_bucket_acl', { predefined_acl: 'publicRead' }, toBucket)],
        ],
        [
          true,
          {},
          [planned('google_storage_bucket_access_control', { entity: 'allUsers' }, toBucket)],
        ],
        [
          true,
          {},
          [
            planned(
              'google_storage_default_object_access_control',
              { entity: 'allUsers' },
              toBucket,
            ),
          ],
        ],
        [UNKNOWN, {}, [planned('google_storage_bucket_acl', { role_entity: YET }, toBucket)]],
      ],
      versioned: flag('versioning[0].enabled', false),
      logging: block('logging', [{ log_bucket: 'logs' }]),
      lifecycle: block('lifecycle_rule', [{ action: [{ type: 'Delete' }] }]),
      multi_zone: ALWAYS,
      size: [['STANDARD'], ...echo('storage_class', 'NEARLINE')],
      region: [
        ['us', { location: 'US' }],
        ['europe-west1', { location: 'EUROPE-WEST1' }],
        [UNKNOWN, { location: YET }],
      ],
      taggable: [[true]],
    },
  },
  {
    kind: 'gcp.filestore.instance',
    type: 'google_filestore_instance',
    claims: {
      ...encrypted('kms_key_name'),
      stateful: ALWAYS,
      deletion_protected: flag('deletion_protection_enabled', false),
      multi_zone: word('tier', 'ENTERPRISE', 'BASIC_HDD'),
      disk_gb: echo('file_shares[0].capacity_gb', 1024),
      size: echo('tier', 'ZONAL'),
    },
  },
  {
    kind: 'gcp.compute.instance',
    type: VM,
    claims: {
      ...MACHINE,
      ...guarded(false),
      customer_key: [
        ...keyed('boot_disk[0].kms_key_self_link'),
        ...keyed('attached_disk[0].kms_key_self_link'),
      ],
      disk_gb: echo('boot_disk[0].initialize_params[0].size', 20),
      region: [
        ['us-central1', { zone: 'us-central1-a' }],
        ['us-central1', { zone: 'projects/p/zones/us-central1-f' }],
        ['us-east1', {}, [], { scope: { region: 'us-east1' } }],
        [UNKNOWN, { zone: YET }],
        [undefined],
      ],
    },
    others: { google_compute_instance_from_template: { deletion_protected: [[false]] } },
  },
  {
    kind: 'gcp.compute.instance_template',
    type: 'google_compute_instance_template',
    claims: {
      ...MACHINE,
      customer_key: keyed('disk[0].disk_encryption_key[0].kms_key_self_link'),
      disk_gb: echo('disk[0].disk_size_gb', 20),
    },
    others: {
      google_compute_region_instance_template: {
        size: [['e2-small', { machine_type: 'e2-small' }]],
      },
    },
  },
  {
    kind: 'gcp.compute.instance_group',
    type: 'google_compute_instance_group_manager',
    claims: { instance_count: echo('target_size', 3), multi_zone: NEVER },
    others: { google_compute_region_instance_group_manager: { multi_zone: [[true]] } },
  },
  {
    kind: 'gcp.compute.disk',
    type: DISK,
    claims: {
      ...encrypted('disk_encryption_key[0].kms_key_self_link'),
      stateful: ALWAYS,
      backup: beside('google_compute_disk_resource_policy_attachment', 'disk', DISK),
      multi_zone: NEVER,
      disk_gb: echo('size', 100),
      size: [['pd-standard'], ...echo('type', 'pd-ssd')],
    },
    others: { google_compute_region_disk: { multi_zone: [[true]] } },
  },
  {
    kind: 'gcp.compute.snapshot',
    type: 'google_compute_snapshot',
    claims: { ...encrypted('snapshot_encryption_key[0].kms_key_self_link'), stateful: ALWAYS },
    others: {
      google_compute_image: { customer_key: keyed('image_encryption_key[0].kms_key_self_link') },
    },
  },
];
