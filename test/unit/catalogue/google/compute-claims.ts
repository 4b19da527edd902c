import { UNKNOWN } from '../../../../src/catalogue/facts.ts';
import { ALWAYS, NEVER, YET, beside, block, echo, flag, planned, word } from '../claims.ts';
import type { ClaimTable, Claims } from '../claims.ts';
import { encrypted, granted, keyed, guarded } from './common.ts';

const BUCKET = 'google_storage_bucket';
const VM = 'google_compute_instance';
const DISK = 'google_compute_disk';
const SCRIPT = 'export DB_PASSWORD=Tr0ub4dor-and-3';
const toBucket = { refers: { bucket: `${BUCKET}.this` } };
const OPEN = { allow: [{ protocol: 'tcp', ports: ['22'] }], source_ranges: ['0.0.0.0/0'] };
const OUT = {
  direction: 'EGRESS',
  allow: [{ protocol: 'all' }],
  destination_ranges: ['0.0.0.0/0'],
};

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
    kind: 'gcp.compute.instance-template',
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
    kind: 'gcp.compute.instance-group',
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
  {
    kind: 'gcp.compute.network',
    type: 'google_compute_network',
    claims: { taggable: [[undefined]] },
  },
  {
    kind: 'gcp.compute.subnetwork',
    type: 'google_compute_subnetwork',
    claims: {
      logging: [
        ...block('log_config', [{ aggregation_interval: 'INTERVAL_5_SEC' }]),
        [true, { enable_flow_logs: true }],
        [undefined, { purpose: 'REGIONAL_MANAGED_PROXY' }],
      ],
    },
  },
  {
    kind: 'gcp.compute.firewall',
    type: 'google_compute_firewall',
    claims: {
      open_ingress: [
        [true, OPEN],
        [false, { ...OPEN, disabled: true }],
        [false, { ...OPEN, direction: 'EGRESS' }],
        [false, { ...OPEN, source_ranges: ['10.0.0.0/8'] }],
        [true, { ...OPEN, source_ranges: ['10.0.0.0/8', '::/0'] }],
        [true, { allow: OPEN.allow }],
        [false, { allow: OPEN.allow, source_tags: ['web'] }],
        [true, { ...OPEN, source_tags: ['web'] }],
        [false, { ...OPEN, allow: [{ protocol: 'tcp', ports: ['80', '443'] }] }],
        [true, { ...OPEN, allow: [{ protocol: 'tcp', ports: ['80-90'] }] }],
        [true, { ...OPEN, allow: [{ protocol: 'all' }] }],
        [true, { ...OPEN, allow: [{ protocol: 'TCP' }] }],
        [false, { ...OPEN, allow: [{ protocol: 'icmp' }] }],
        [false, { deny: [{ protocol: 'all' }], source_ranges: ['0.0.0.0/0'] }],
        [UNKNOWN, { ...OPEN, source_ranges: YET }],
        [UNKNOWN, { ...OPEN, allow: [{ protocol: 'tcp', ports: YET }] }],
        [false, { ...OPEN, source_ranges: YET, allow: [{ protocol: 'icmp' }] }],
        [true, { allow: OPEN.allow }, [], { computed: ['source_ranges'] }],
      ],
      open_admin_port: [
        [true, OPEN],
        [true, { ...OPEN, allow: [{ protocol: 'tcp', ports: ['3000-4000'] }] }],
        [true, { ...OPEN, allow: [{ protocol: 'all' }] }],
        [false, { ...OPEN, allow: [{ protocol: 'tcp', ports: ['8443'] }] }],
        [UNKNOWN, { ...OPEN, source_ranges: YET }],
      ],
      open_egress: [
        [true, OUT],
        [true, { ...OUT, destination_ranges: null }],
        [false, { ...OUT, destination_ranges: ['10.0.0.0/8'] }],
        [false, { ...OUT, allow: [{ protocol: 'tcp', ports: ['443'] }] }],
        [false, OPEN],
        [UNKNOWN, { ...OUT, destination_ranges: YET }],
      ],
      logging: [
        ...block('log_config', [{ metadata: 'INCLUDE_ALL_METADATA' }]),
        [true, { enable_logging: true }],
      ],
      taggable: [[undefined]],
    },
  },
  {
    kind: 'gcp.compute.address',
    type: 'google_compute_address',
    claims: { public_ip: word('address_type', 'EXTERNAL', 'INTERNAL', true) },
    others: { google_compute_global_address: { public_ip: [[true]] } },
  },
  {
    kind: 'gcp.compute.nat',
    type: 'google_compute_router_nat',
    claims: { logging: flag('log_config[0].enable', false) },
  },
  {
    kind: 'gcp.compute.forwarding-rule',
    type: 'google_compute_forwarding_rule',
    claims: {
      public: word('load_balancing_scheme', 'EXTERNAL_MANAGED', 'INTERNAL', true),
      public_ip: word('load_balancing_scheme', 'EXTERNAL', 'INTERNAL_MANAGED', true),
      encrypted_in_transit: [
        [true, { port_range: '443' }],
        [false, { port_range: '80-80' }],
        [
          true,
          { target: YET, port_range: '8443' },
          [planned('google_compute_target_https_proxy', {})],
          { refers: { target: 'google_compute_target_https_proxy.this' } },
        ],
        [
          false,
          { target: YET, port_range: '443' },
          [planned('google_compute_target_http_proxy', {})],
          { refers: { target: 'google_compute_target_http_proxy.this' } },
        ],
        [UNKNOWN, { port_range: YET }],
      ],
    },
    others: { google_compute_global_forwarding_rule: { public: [[true]] } },
  },
  {
    kind: 'gcp.compute.backend-service',
    type: 'google_compute_backend_service',
    claims: {
      public: word('load_balancing_scheme', 'EXTERNAL', 'INTERNAL_SELF_MANAGED', true),
      waf: [
        ...block('security_policy', 'armor'),
        [
          true,
          { security_policy: YET },
          [planned('google_compute_security_policy', {})],
          { refers: { security_policy: 'google_compute_security_policy.this' } },
        ],
      ],
      logging: flag('log_config[0].enable', false),
    },
    others: {
      google_compute_region_backend_service: {
        public: [[false, { load_balancing_scheme: 'INTERNAL' }]],
      },
    },
  },
  {
    kind: 'gcp.compute.target-proxy',
    type: 'google_compute_target_https_proxy',
    claims: {
      encrypted_in_transit: ALWAYS,
      tls_version: [
        ['1.0'],
        [
          '1.2',
          { ssl_policy: YET },
          [planned('google_compute_ssl_policy', { min_tls_version: 'TLS_1_2' })],
          { refers: { ssl_policy: 'google_compute_ssl_policy.this' } },
        ],
        [UNKNOWN, { ssl_policy: 'elsewhere' }],
      ],
    },
    others: {
      google_compute_region_target_https_proxy: { encrypted_in_transit: [[true]] },
      google_compute_target_ssl_proxy: { encrypted_in_transit: [[true]] },
      google_compute_target_http_proxy: {
        encrypted_in_transit: [[false]],
        tls_version: [[undefined]],
      },
      google_compute_region_target_http_proxy: { encrypted_in_transit: [[false]] },
    },
  },
  {
    kind: 'gcp.compute.ssl-policy',
    type: 'google_compute_ssl_policy',
    claims: {
      tls_version: [
        ['1.0'],
        ['1.2', { min_tls_version: 'TLS_1_2' }],
        [UNKNOWN, { min_tls_version: YET }],
      ],
    },
    others: { google_compute_region_ssl_policy: { tls_version: [['1.0']] } },
  },
  {
    kind: 'gcp.compute.security-policy',
    type: 'google_compute_security_policy',
    claims: { waf: ALWAYS },
    others: { google_compute_region_security_policy: { waf: [[true]] } },
  },
  {
    kind: 'gcp.dns.zone',
    type: 'google_dns_managed_zone',
    claims: { stateful: ALWAYS, logging: flag('cloud_logging_config[0].enable_logging', false) },
  },
];
