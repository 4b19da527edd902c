import { flag, list, number, object, objects, orNone, text } from '../read.ts';
import type { Restated, Restatement } from '../restatement.ts';
import { asset, block, each, keyBlock, one } from './asset.ts';
import type { Data, Told } from './asset.ts';
import { accelerators } from './compute.ts';

/** Whether tables go with their dataset is a wish of Terraform's. */
function dataset(data: Data): Told {
  return {
    default_encryption_configuration: keyBlock(data, 'defaultEncryptionConfiguration'),
    default_table_expiration_ms: orNone(text(data, 'defaultTableExpirationMs')),
    access: objects(data, 'access')?.map((entry) => ({
      special_group: text(entry, 'specialGroup'),
      iam_member: text(entry, 'iamMember'),
    })),
  };
}

/** Roles on a dataset are entries of its access list, whichever of the three ways of Terraform wrote them. */
function grants(data: Data): Omit<Restated, 'attributes'> {
  if (list(data, 'access') === undefined) return {};
  return {
    tells: [
      'google_bigquery_dataset_access',
      'google_bigquery_dataset_iam_member',
      'google_bigquery_dataset_iam_binding',
      'google_bigquery_dataset_iam_policy',
    ],
  };
}

function redis(data: Data): Told {
  return {
    customer_managed_key: orNone(text(data, 'customerManagedKey')),
    transit_encryption_mode: orNone(text(data, 'transitEncryptionMode')),
    auth_enabled: flag(data, 'authEnabled') ?? false,
    persistence_config: [{ persistence_mode: text(data, 'persistenceConfig.persistenceMode') }],
    tier: text(data, 'tier'),
    redis_version: text(data, 'redisVersion'),
  };
}

/** Memorystore instances, and clusters of Redis, which have no version. */
function memorystore(data: Data): Told {
  return {
    kms_key: orNone(text(data, 'kmsKey')),
    transit_encryption_mode: orNone(text(data, 'transitEncryptionMode')),
    automated_backup_config: block(
      text(data, 'automatedBackupConfig.automatedBackupMode') === 'ENABLED',
    ),
    deletion_protection_enabled: flag(data, 'deletionProtectionEnabled') ?? false,
    zone_distribution_config: [{ mode: text(data, 'zoneDistributionConfig.mode') }],
    shard_count: number(data, 'shardCount'),
    node_type: text(data, 'nodeType'),
    engine_version: orNone(text(data, 'engineVersion')),
  };
}

/** One on machines of its own; a virtual one, on Kubernetes, has no `config`. */
function dataproc(data: Data): Told {
  const config = object(data, 'config');
  if (config === undefined) return {};
  return {
    cluster_config: [
      {
        gce_cluster_config: [{ internal_ip_only: flag(config, 'gceClusterConfig.internalIpOnly') }],
        encryption_config: [
          { kms_key_name: orNone(text(config, 'encryptionConfig.gcePdKmsKeyName')) },
        ],
        worker_config: one(object(config, 'workerConfig'), (worker) => ({
          machine_type: text(worker, 'machineTypeUri'),
          num_instances: number(worker, 'numInstances'),
          accelerators: accelerators(worker, 'accelerators'),
        })),
      },
    ],
  };
}

const PRIVATE = 'privateEnvironmentConfig';

function composer(data: Data): Told {
  const config = object(data, 'config');
  if (config === undefined) return {};
  return {
    config: [
      {
        enable_private_environment: flag(config, `${PRIVATE}.enablePrivateEnvironment`),
        private_environment_config: [
          {
            enable_private_endpoint: flag(
              config,
              `${PRIVATE}.privateClusterConfig.enablePrivateEndpoint`,
            ),
          },
        ],
        encryption_config: keyBlock(config, 'encryptionConfig'),
        resilience_mode: text(config, 'resilienceMode'),
        environment_size: text(config, 'environmentSize'),
        software_config: [{ image_version: text(config, 'softwareConfig.imageVersion') }],
      },
    ],
  };
}

function encrypted(data: Data): Told {
  return { encryption_spec: keyBlock(data, 'encryptionSpec') };
}

function endpoint(data: Data): Told {
  return {
    ...encrypted(data),
    network: orNone(text(data, 'network')),
    private_service_connect_config: block(
      flag(data, 'privateServiceConnectConfig.enablePrivateServiceConnect') === true,
    ),
  };
}

/** Workbench instances describe their machine under `gceSetup`, user-managed notebooks beside everything else. */
function notebookType({ data }: Readonly<Record<string, unknown>>): string {
  return object(data, 'gceSetup') === undefined
    ? 'google_notebooks_instance'
    : 'google_workbench_instance';
}

function notebook(data: Data): Told {
  return {
    gce_setup: one(object(data, 'gceSetup'), workbench),
    no_public_ip: flag(data, 'noPublicIp') ?? false,
    machine_type: text(data, 'machineType'),
    kms_key: orNone(text(data, 'kmsKey')),
    data_disk_size_gb: number(data, 'dataDiskSizeGb'),
    accelerator_config: one(object(data, 'acceleratorConfig'), cores),
  };
}

function workbench(setup: Data): Told {
  return {
    disable_public_ip: flag(setup, 'disablePublicIp') ?? false,
    machine_type: text(setup, 'machineType'),
    boot_disk: [{ kms_key: text(setup, 'bootDisk.kmsKey') }],
    data_disks: each(setup, 'dataDisks', (disk) => ({
      kms_key: text(disk, 'kmsKey'),
      disk_size_gb: number(disk, 'diskSizeGb'),
    })),
    accelerator_configs: each(setup, 'acceleratorConfigs', cores),
  };
}

function cores(accelerator: unknown): Told {
  return { core_count: number(accelerator, 'coreCount') };
}

const STORES = {
  Dataset: 'google_vertex_ai_dataset',
  Featurestore: 'google_vertex_ai_featurestore',
  Tensorboard: 'google_vertex_ai_tensorboard',
};

export const DATA: readonly Restatement[] = [
  asset({
    type: 'bigquery.googleapis.com/Dataset',
    as: 'google_bigquery_dataset',
    named: false,
    attributes: dataset,
    companions: grants,
  }),
  asset({
    type: 'bigquery.googleapis.com/Table',
    as: 'google_bigquery_table',
    named: false,
    attributes: (data) => ({
      encryption_configuration: keyBlock(data, 'encryptionConfiguration'),
      expiration_time: orNone(text(data, 'expirationTime')),
    }),
  }),
  asset({
    type: 'pubsub.googleapis.com/Topic',
    as: 'google_pubsub_topic',
    attributes: (data) => ({ kms_key_name: orNone(text(data, 'kmsKeyName')) }),
  }),
  asset({
    type: 'pubsub.googleapis.com/Subscription',
    as: 'google_pubsub_subscription',
    attributes: (data) => ({
      dead_letter_policy: block(text(data, 'deadLetterPolicy.deadLetterTopic') !== undefined),
    }),
  }),
  asset({
    type: 'redis.googleapis.com/Instance',
    as: 'google_redis_instance',
    attributes: redis,
  }),
  asset({
    type: 'redis.googleapis.com/Cluster',
    as: 'google_redis_cluster',
    attributes: memorystore,
  }),
  asset({
    type: 'memorystore.googleapis.com/Instance',
    as: 'google_memorystore_instance',
    named: false,
    attributes: memorystore,
  }),
  asset({
    type: 'dataproc.googleapis.com/Cluster',
    as: 'google_dataproc_cluster',
    attributes: dataproc,
  }),
  asset({
    type: 'composer.googleapis.com/Environment',
    as: 'google_composer_environment',
    attributes: composer,
    sensitive: ['data.config.softwareConfig.envVariables'],
  }),
  asset({
    type: 'aiplatform.googleapis.com/Endpoint',
    as: 'google_vertex_ai_endpoint',
    attributes: endpoint,
  }),
  asset({
    type: 'aiplatform.googleapis.com/IndexEndpoint',
    as: 'google_vertex_ai_index_endpoint',
    named: false,
    attributes: (data) => ({
      ...encrypted(data),
      public_endpoint_enabled: flag(data, 'publicEndpointEnabled') ?? false,
    }),
  }),
  ...Object.entries(STORES).map(([type, as]) =>
    asset({ type: `aiplatform.googleapis.com/${type}`, as, named: false, attributes: encrypted }),
  ),
  asset({
    type: 'notebooks.googleapis.com/Instance',
    as: notebookType,
    attributes: notebook,
    sensitive: ['data.metadata', 'data.gceSetup.metadata'],
  }),
];
