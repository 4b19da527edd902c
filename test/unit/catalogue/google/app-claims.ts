import type { RawResource } from '../../../../src/sources/source.ts';
import { UNKNOWN } from '../../../../src/catalogue/facts.ts';
import { ALWAYS, YET, block, echo, flag, nest, planned, word } from '../claims.ts';
import type { Claim, ClaimTable } from '../claims.ts';
import { encrypted, KEY, granted, keyed, guarded } from './common.ts';

const SECRET = 'Tr0ub4dor-and-3';
const GEN1 = 'google_cloudfunctions_function';
const GEN2 = 'google_cloudfunctions2_function';
const RUN = 'google_cloud_run_v2_service';
const KNATIVE = 'google_cloud_run_service';
const GKE = 'google_container_cluster';
const POOL = 'google_container_node_pool';
const REPOSITORY = 'google_artifact_registry_repository';
const INGRESS = 'run.googleapis.com/ingress';

/** A service account that is named, none, one that the same plan makes, and one that nobody can tell. */
function runsAs(path: string): Claim[] {
  const attribute = path.slice(0, path.search(/[.[]|$/));
  return [
    ...block(path, 'app@p.iam.gserviceaccount.com'),
    [
      true,
      nest(path, YET),
      [planned('google_service_account', {})],
      { refers: { [attribute]: 'google_service_account.this' } },
    ],
  ];
}

function environment(path: string): Claim[] {
  return [
    [false, nest(path, [{ env: [{ name: 'MODE', value: 'fast' }] }])],
    [true, nest(path, [{ env: [{ name: 'API_KEY', value: SECRET }] }])],
    [UNKNOWN, nest(path, [{ env: [{ name: 'API_KEY', value: YET }] }])],
  ];
}

function callable(type: string, attribute: string, prefix = type): RawResource[] {
  return [
    planned(
      `${prefix}_iam_member`,
      { member: 'allUsers' },
      { refers: { [attribute]: `${type}.this` } },
    ),
  ];
}

function switched(what: string): Claim[] {
  return [
    ...word(`${what}_service`, `${what}.googleapis.com/kubernetes`, 'none', true),
    [false, nest(`${what}_config[0].enable_components`, [])],
    [true, nest(`${what}_config[0].enable_components`, ['SYSTEM_COMPONENTS'])],
  ];
}

export const APP_CLAIMS: readonly ClaimTable[] = [
  {
    kind: 'gcp.functions.function',
    type: GEN1,
    claims: {
      ...encrypted('kms_key_name'),
      public: [
        ...granted(GEN1, 'cloud_function'),
        [false, { ingress_settings: 'ALLOW_INTERNAL_ONLY' }, callable(GEN1, 'cloud_function')],
      ],
      encrypted_in_transit: [
        [undefined],
        [false, { trigger_http: true }],
        [true, { trigger_http: true, https_trigger_security_level: 'SECURE_ALWAYS' }],
        [UNKNOWN, { trigger_http: true, https_trigger_security_level: YET }],
      ],
      managed_identity: runsAs('service_account_email'),
      secret_in_environment: [
        [false, { environment_variables: { MODE: 'fast' } }],
        [true, { environment_variables: { API_KEY: SECRET } }],
        [UNKNOWN, { environment_variables: YET }],
        [UNKNOWN, { environment_variables: { API_KEY: YET } }],
      ],
      instance_count: echo('max_instances', 10),
      engine_version: echo('runtime', 'nodejs22'),
    },
    others: {
      [GEN2]: {
        public: [
          ...granted(GEN2, 'cloud_function'),
          [true, {}, callable(GEN2, 'service', KNATIVE)],
          [true, {}, callable(GEN2, 'name', RUN)],
          [
            false,
            nest('service_config[0].ingress_settings', 'ALLOW_INTERNAL_ONLY'),
            callable(GEN2, 'cloud_function'),
          ],
        ],
        secret_in_environment: [
          [true, nest('service_config[0].environment_variables', { API_KEY: SECRET })],
          [UNKNOWN, nest('service_config[0].environment_variables', { API_KEY: YET })],
        ],
        instance_count: [[5, nest('service_config[0].max_instance_count', 5)]],
        engine_version: [['python312', nest('build_config[0].runtime', 'python312')]],
      },
    },
  },
  {
    kind: 'gcp.run.service',
    type: RUN,
    claims: {
      ...encrypted('template[0].encryption_key'),
      ...guarded(true),
      public: [
        ...granted(RUN, 'name'),
        [true, { invoker_iam_disabled: true }],
        [false, { invoker_iam_disabled: true, ingress: 'INGRESS_TRAFFIC_INTERNAL_ONLY' }],
      ],
      encrypted_in_transit: ALWAYS,
      managed_identity: runsAs('template[0].service_account'),
      secret_in_environment: environment('template[0].containers'),
      instance_count: echo('template[0].scaling[0].max_instance_count', 5),
      gpu: block('template[0].node_selector', [{ accelerator: 'nvidia-l4' }]),
    },
  },
  {
    kind: 'gcp.run.knative_service',
    type: KNATIVE,
    claims: {
      encrypted_at_rest: ALWAYS,
      customer_key: [
        [false],
        [
          true,
          {
            template: [
              { metadata: [{ annotations: { 'run.googleapis.com/encryption-key': KEY } }] },
            ],
          },
        ],
        [UNKNOWN, { template: [{ metadata: [{ annotations: YET }] }] }],
      ],
      public: [
        ...granted(KNATIVE, 'service'),
        [
          false,
          { metadata: [{ annotations: { [INGRESS]: 'internal' } }] },
          callable(KNATIVE, 'service'),
        ],
        [true, { metadata: [{ annotations: { [INGRESS]: 'all' } }] }, callable(KNATIVE, 'service')],
      ],
      encrypted_in_transit: ALWAYS,
      managed_identity: runsAs('template[0].spec[0].service_account_name'),
      secret_in_environment: environment('template[0].spec[0].containers'),
      instance_count: [
        [
          7,
          {
            template: [
              { metadata: [{ annotations: { 'autoscaling.knative.dev/maxScale': '7' } }] },
            ],
          },
        ],
        [UNKNOWN, { template: YET }],
      ],
      taggable: [[true]],
    },
  },
  {
    kind: 'gcp.run.job',
    type: 'google_cloud_run_v2_job',
    claims: {
      ...encrypted('template[0].template[0].encryption_key'),
      ...guarded(true),
      managed_identity: runsAs('template[0].template[0].service_account'),
      secret_in_environment: environment('template[0].template[0].containers'),
    },
  },
  {
    kind: 'gcp.kubernetes.cluster',
    type: GKE,
    claims: {
      ...guarded(true),
      encrypted_at_rest: ALWAYS,
      customer_key: keyed('database_encryption[0].key_name'),
      public: [
        ...flag('private_cluster_config[0].enable_private_endpoint', true, false),
        [false, nest('control_plane_endpoints_config[0].ip_endpoints_config[0].enabled', false)],
        [
          false,
          {
            master_authorized_networks_config: [
              { cidr_blocks: [{ cidr_block: '203.0.113.0/24' }] },
            ],
          },
        ],
        [false, { master_authorized_networks_config: [{ cidr_blocks: [] }] }],
        [
          true,
          { master_authorized_networks_config: [{ cidr_blocks: [{ cidr_block: '0.0.0.0/0' }] }] },
        ],
      ],
      public_ip: flag('private_cluster_config[0].enable_private_nodes', true, false),
      network_isolated: flag('private_cluster_config[0].enable_private_nodes', false),
      logging: switched('logging'),
      monitoring: switched('monitoring'),
      auto_upgrade: word('release_channel[0].channel', 'REGULAR', 'UNSPECIFIED', true),
      local_auth: [
        ...flag('master_auth[0].client_certificate_config[0].issue_client_certificate', false),
        [true, { master_auth: [{ username: 'admin' }] }],
        [false, { master_auth: [{ username: '' }] }],
      ],
      managed_identity: [
        ...block('workload_identity_config', [{ workload_pool: 'p.svc.id.goog' }]),
        [true, { enable_autopilot: true }],
      ],
      multi_zone: [
        ...word('location', 'us-central1', 'us-central1-a'),
        [true, { location: 'us-central1-a', node_locations: ['us-central1-b', 'us-central1-c'] }],
        [true, { region: 'us-central1' }],
        [false, { zone: 'us-central1-a' }],
      ],
      engine_version: echo('min_master_version', '1.33'),
      instance_count: echo('initial_node_count', 1),
      size: echo('node_config[0].machine_type', 'e2-medium'),
      gpu: [
        [false, nest('node_config[0].machine_type', 'e2-medium')],
        [true, nest('node_config[0].machine_type', 'g2-standard-4')],
        [UNKNOWN, nest('node_config[0].machine_type', YET)],
      ],
      taggable: [[true]],
    },
  },
  {
    kind: 'gcp.kubernetes.node_pool',
    type: POOL,
    claims: {
      ...encrypted('node_config[0].boot_disk_kms_key'),
      public_ip: [
        [undefined],
        [false, nest('network_config[0].enable_private_nodes', true)],
        [true, nest('network_config[0].enable_private_nodes', false)],
        [UNKNOWN, nest('network_config[0].enable_private_nodes', YET)],
      ],
      auto_upgrade: flag('management[0].auto_upgrade', true),
      spot: [
        ...flag('node_config[0].preemptible', false),
        [true, nest('node_config[0].spot', true)],
      ],
      multi_zone: word('location', 'europe-west1', 'europe-west1-b'),
      engine_version: echo('version', '1.33'),
      instance_count: [
        ...echo('node_count', 3),
        [5, { node_count: 3, autoscaling: [{ max_node_count: 5 }] }],
        [9, { autoscaling: [{ total_max_node_count: 9 }] }],
      ],
      disk_gb: echo('node_config[0].disk_size_gb', 100),
      size: [['e2-medium'], ...echo('node_config[0].machine_type', 'n2-standard-8')],
      gpu: [
        [false],
        [true, nest('node_config[0].guest_accelerator', [{ type: 'nvidia-l4', count: 1 }])],
        [UNKNOWN, nest('node_config[0].guest_accelerator', YET)],
      ],
    },
  },
  {
    kind: 'gcp.artifactregistry.repository',
    type: REPOSITORY,
    claims: {
      ...encrypted('kms_key_name'),
      stateful: ALWAYS,
      multi_zone: ALWAYS,
      public: granted(REPOSITORY, 'repository'),
      lifecycle: [
        ...block('cleanup_policies', [{ id: 'old' }]),
        [false, { cleanup_policies: [{ id: 'old' }], cleanup_policy_dry_run: true }],
      ],
      image_scanning: [
        [undefined, { format: 'NPM' }],
        [false, { format: 'DOCKER' }],
        [
          true,
          { format: 'DOCKER', vulnerability_scanning_config: [{ enablement_config: 'INHERITED' }] },
        ],
        [
          false,
          { format: 'DOCKER', vulnerability_scanning_config: [{ enablement_config: 'DISABLED' }] },
        ],
        [UNKNOWN, { format: 'DOCKER', vulnerability_scanning_config: YET }],
      ],
      immutable_tags: [
        [undefined, { format: 'MAVEN' }],
        [false, { format: 'DOCKER' }],
        [true, { format: 'DOCKER', docker_config: [{ immutable_tags: true }] }],
        [UNKNOWN, { format: 'DOCKER', docker_config: YET }],
      ],
    },
  },
];
