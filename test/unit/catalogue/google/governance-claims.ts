import { UNKNOWN } from '../../../../src/catalogue/facts.ts';
import { ALWAYS, YET, block, echo, flag, nest, planned, word } from '../claims.ts';
import type { ClaimTable, Claims } from '../claims.ts';
import { encrypted, granted, keyed, guarded } from './common.ts';

const KEY_TYPE = 'google_kms_crypto_key';
const SECRET = 'google_secret_manager_secret';
const ACCOUNT = 'google_service_account';
const policy = (role: string, member: string): string =>
  JSON.stringify({ bindings: [{ role, members: [member] }] });

const GRANT: Claims = {
  admin_access: [
    [true, { role: 'roles/owner', member: 'user:ada@example.com' }],
    [true, { role: 'roles/editor', member: 'user:ada@example.com' }],
    [false, { role: 'roles/viewer', member: 'user:ada@example.com' }],
    [true, { policy_data: policy('roles/owner', 'user:ada@example.com') }],
    [false, { policy_data: policy('roles/viewer', 'user:ada@example.com') }],
    [UNKNOWN, { policy_data: 'not JSON' }],
    [UNKNOWN, { role: YET }],
  ],
  anyone_trusted: [
    [true, { member: 'allUsers' }],
    [false, { member: 'user:ada@example.com' }],
    [true, { members: ['user:ada@example.com', 'allAuthenticatedUsers'] }],
    [true, { policy_data: policy('roles/viewer', 'allUsers') }],
    [UNKNOWN, { members: YET }],
    [UNKNOWN, { policy_data: YET }],
  ],
};

/** Each of these types, with one claim to show that it is known. */
function each(types: readonly string[], claims: Claims): Record<string, Claims> {
  return Object.fromEntries(types.map((type) => [type, claims]));
}

const ways = (prefix: string): string[] =>
  ['member', 'binding', 'policy'].map((way) => `${prefix}_iam_${way}`);

const GRANTED = [
  'google_artifact_registry_repository',
  'google_bigquery_dataset',
  'google_bigquery_table',
  'google_cloud_run_service',
  'google_cloud_run_v2_service',
  'google_cloudfunctions_function',
  'google_cloudfunctions2_function',
  KEY_TYPE,
  'google_kms_key_ring',
  'google_pubsub_subscription',
  'google_pubsub_topic',
  SECRET,
  ACCOUNT,
];

export const GOVERNANCE_CLAIMS: readonly ClaimTable[] = [
  {
    kind: 'gcp.kms.key_ring',
    type: 'google_kms_key_ring',
    claims: { anyone_trusted: granted('google_kms_key_ring', 'key_ring_id') },
  },
  {
    kind: 'gcp.kms.crypto_key',
    type: KEY_TYPE,
    claims: {
      stateful: ALWAYS,
      key_rotation: [
        ...block('rotation_period', '7776000s'),
        [undefined, { purpose: 'ASYMMETRIC_SIGN' }],
      ],
      anyone_trusted: granted(KEY_TYPE, 'crypto_key_id'),
      size: [['SOFTWARE'], ...echo('version_template[0].protection_level', 'HSM')],
    },
  },
  {
    kind: 'gcp.secretmanager.secret',
    type: SECRET,
    claims: {
      ...guarded(false),
      stateful: ALWAYS,
      encrypted_at_rest: ALWAYS,
      customer_key: [
        ...keyed('replication[0].auto[0].customer_managed_encryption[0].kms_key_name'),
        [
          true,
          nest(
            'replication[0].user_managed[0].replicas[0].customer_managed_encryption[0].kms_key_name',
            'k',
          ),
        ],
        [false, { replication: [{ automatic: true }] }],
      ],
      key_rotation: block('rotation', [{ rotation_period: '7776000s' }]),
      anyone_trusted: granted(SECRET, 'secret_id'),
    },
  },
  {
    kind: 'gcp.iam.grant',
    type: 'google_project_iam_member',
    claims: GRANT,
    others: each(
      [...ways('google_project'), ...ways('google_folder'), ...ways('google_organization')],
      { admin_access: [[true, { role: 'roles/owner' }]] },
    ),
  },
  {
    kind: 'gcp.iam.resource_grant',
    type: 'google_storage_bucket_iam_member',
    claims: { anyone_trusted: GRANT.anyone_trusted ?? [] },
    others: each([...ways('google_storage_bucket'), ...GRANTED.flatMap(ways)], {
      anyone_trusted: [[true, { member: 'allUsers' }]],
    }),
  },
  {
    kind: 'gcp.iam.custom_role',
    type: 'google_project_iam_custom_role',
    claims: {
      admin_access: [
        [true, { permissions: ['storage.objects.get', 'resourcemanager.projects.setIamPolicy'] }],
        [false, { permissions: ['storage.objects.get'] }],
        [UNKNOWN, { permissions: YET }],
      ],
    },
    others: {
      google_organization_iam_custom_role: {
        admin_access: [[true, { permissions: ['iam.roles.update'] }]],
      },
    },
  },
  {
    kind: 'gcp.iam.service_account',
    type: ACCOUNT,
    claims: { managed_identity: ALWAYS, anyone_trusted: granted(ACCOUNT, 'service_account_id') },
  },
  {
    kind: 'gcp.iam.service_account_key',
    type: 'google_service_account_key',
    claims: { long_lived_key: ALWAYS },
  },
  { kind: 'gcp.iam.hmac_key', type: 'google_storage_hmac_key', claims: { long_lived_key: ALWAYS } },
  {
    kind: 'gcp.iam.workload_identity_provider',
    type: 'google_iam_workload_identity_pool_provider',
    base: { oidc: [{ issuer_uri: 'https://token.actions.githubusercontent.com' }] },
    claims: {
      anyone_trusted: [
        [true],
        [false, { attribute_condition: 'assertion.repository_owner == "acme"' }],
        [false, { oidc: [{ issuer_uri: 'https://login.acme.example' }] }],
        [UNKNOWN, { attribute_condition: YET }],
      ],
    },
  },
  {
    kind: 'gcp.logging.sink',
    type: 'google_logging_project_sink',
    claims: { logging: flag('disabled', true, false) },
    others: each(['google_logging_folder_sink', 'google_logging_organization_sink'], {
      logging: [[true]],
    }),
  },
  {
    kind: 'gcp.logging.bucket',
    type: 'google_logging_project_bucket_config',
    claims: {
      ...encrypted('cmek_settings[0].kms_key_name'),
      stateful: ALWAYS,
      log_retention_days: [[30], ...echo('retention_days', 365)],
      deletion_protected: flag('locked', false),
    },
  },
  {
    kind: 'gcp.project',
    type: 'google_project',
    claims: {
      stateful: ALWAYS,
      deletion_protected: word('deletion_policy', 'PREVENT', 'DELETE', true),
    },
  },
  { kind: 'gcp.folder', type: 'google_folder', claims: guarded(true) },
  {
    kind: 'gcp.vertexai.endpoint',
    type: 'google_vertex_ai_endpoint',
    claims: {
      ...encrypted('encryption_spec[0].kms_key_name'),
      public: [
        [true],
        [false, { network: 'projects/1/global/networks/n' }],
        [UNKNOWN, { network: YET }],
      ],
      network_isolated: [
        ...block('private_service_connect_config', [{ enable_private_service_connect: true }]),
        [
          true,
          { network: YET },
          [planned('google_compute_network', {})],
          { refers: { network: 'google_compute_network.this' } },
        ],
      ],
    },
  },
  {
    kind: 'gcp.vertexai.index_endpoint',
    type: 'google_vertex_ai_index_endpoint',
    claims: {
      ...encrypted('encryption_spec[0].kms_key_name'),
      public: flag('public_endpoint_enabled', false),
    },
  },
  {
    kind: 'gcp.vertexai.store',
    type: 'google_vertex_ai_dataset',
    claims: { ...encrypted('encryption_spec[0].kms_key_name'), stateful: ALWAYS },
    others: each(['google_vertex_ai_featurestore', 'google_vertex_ai_tensorboard'], {
      stateful: [[true]],
    }),
  },
  {
    kind: 'gcp.workbench.instance',
    type: 'google_workbench_instance',
    claims: {
      ...encrypted('gce_setup[0].boot_disk[0].kms_key'),
      stateful: ALWAYS,
      public_ip: flag('gce_setup[0].disable_public_ip', true, false),
      network_isolated: flag('gce_setup[0].disable_public_ip', false),
      disk_gb: [
        [100, nest('gce_setup[0].data_disks[0].disk_size_gb', '100')],
        [UNKNOWN, { gce_setup: YET }],
      ],
      size: echo('gce_setup[0].machine_type', 'e2-standard-4'),
      gpu: [
        [false, nest('gce_setup[0].machine_type', 'e2-standard-4')],
        [
          true,
          nest('gce_setup[0].accelerator_configs', [{ type: 'NVIDIA_TESLA_T4', core_count: 1 }]),
        ],
        [UNKNOWN, { gce_setup: YET }],
      ],
    },
  },
  {
    kind: 'gcp.notebooks.instance',
    type: 'google_notebooks_instance',
    claims: {
      ...encrypted('kms_key'),
      stateful: ALWAYS,
      public_ip: flag('no_public_ip', true, false),
      network_isolated: flag('no_public_ip', false),
      disk_gb: echo('data_disk_size_gb', 100),
      size: echo('machine_type', 'e2-standard-4'),
      gpu: [
        [false, { machine_type: 'e2-standard-4' }],
        [true, { machine_type: 'a3-highgpu-8g' }],
        [UNKNOWN, { machine_type: YET }],
      ],
    },
  },
];
