import type { Facts } from '../facts.ts';
import type { Kind } from '../kind.ts';
import { companion, hasBlock, names } from '../terraform.ts';
import { anyOf, equals, holds, not, oneOf, orElse, someOf } from '../values.ts';
import type { Truth } from '../values.ts';
import type { View } from '../view.ts';
import {
  accelerated,
  attached,
  encrypted,
  googleKind,
  guarded,
  isAnyone,
  openToAnyone,
} from './service.ts';

/** Page google_bigquery_dataset. Access stands in blocks of the dataset or in resources of their own. */
function dataset(view: View): Facts {
  const ids = ['id', 'dataset_id'];
  return {
    ...encrypted(view, 'default_encryption_configuration[0].kms_key_name'),
    stateful: true,
    public: anyOf(
      someOf(view.list('access'), accessOpens),
      companion(view, ['google_bigquery_dataset_access'], 'dataset_id', accessOpens, ids),
      openToAnyone(view, 'google_bigquery_dataset', 'dataset_id', ids),
    ),
    multi_zone: true,
    lifecycle: names(view, 'default_table_expiration_ms'),
    deletion_protected: not(orElse(view.boolean('delete_contents_on_destroy'), false)),
  };
}

function accessOpens(access: View): Truth {
  return anyOf(
    holds(access.string('special_group'), isAnyone),
    holds(access.string('iam_member'), isAnyone),
  );
}

/** Page google_bigquery_table. */
function table(view: View): Facts {
  return {
    ...encrypted(view, 'encryption_configuration[0].kms_key_name'),
    stateful: true,
    public: openToAnyone(view, 'google_bigquery_table', 'table_id', ['id', 'table_id']),
    deletion_protected: guarded(view, true),
    lifecycle: names(view, 'expiration_time'),
  };
}

/** Page google_pubsub_topic. */
function topic(view: View): Facts {
  return {
    ...encrypted(view, 'kms_key_name'),
    stateful: true,
    public: openToAnyone(view, 'google_pubsub_topic', 'topic'),
    multi_zone: true,
  };
}

function subscription(view: View): Facts {
  return {
    encrypted_at_rest: true,
    stateful: true,
    public: openToAnyone(view, 'google_pubsub_subscription', 'subscription'),
    dead_letter: hasBlock(view, 'dead_letter_policy'),
  };
}

/** Page google_redis_instance: no encryption of connections and no password unless told; STANDARD_HA lives in two zones. */
function redis(view: View): Facts {
  return {
    ...encrypted(view, 'customer_managed_key'),
    stateful: true,
    encrypted_in_transit: equals(view.string('transit_encryption_mode'), 'SERVER_AUTHENTICATION'),
    public: false,
    local_auth: orElse(view.boolean('auth_enabled'), false),
    backup: equals(view.string('persistence_config[0].persistence_mode'), 'RDB'),
    deletion_protected: guarded(view, false),
    multi_zone: equals(view.string('tier'), 'STANDARD_HA'),
    size: orElse(view.string('tier'), 'BASIC'),
    engine_version: view.string('redis_version'),
  };
}

/** Pages google_redis_cluster and google_memorystore_instance: both are protected from deletion and in several zones unless told. */
function memorystore(view: View): Facts {
  return {
    ...encrypted(view, 'kms_key'),
    stateful: true,
    encrypted_in_transit: oneOf(view.string('transit_encryption_mode'), [
      'TRANSIT_ENCRYPTION_MODE_SERVER_AUTHENTICATION',
      'SERVER_AUTHENTICATION',
    ]),
    public: false,
    backup: hasBlock(view, 'automated_backup_config'),
    deletion_protected: orElse(view.boolean('deletion_protection_enabled'), true),
    multi_zone: not(equals(view.string('zone_distribution_config[0].mode'), 'SINGLE_ZONE')),
    instance_count: view.number('shard_count'),
    size: view.string('node_type'),
    engine_version: view.string('engine_version'),
  };
}

/** Page google_dataproc_cluster: addresses of the internet unless told. */
function dataproc(view: View): Facts {
  const at = 'cluster_config[0].';
  const hidden = orElse(view.boolean(`${at}gce_cluster_config[0].internal_ip_only`), false);
  const size = view.string(`${at}worker_config[0].machine_type`);
  return {
    ...encrypted(view, `${at}encryption_config[0].kms_key_name`),
    public_ip: not(hidden),
    network_isolated: hidden,
    instance_count: view.number(`${at}worker_config[0].num_instances`),
    size,
    gpu: accelerated(size, attached(view, `${at}worker_config[0].accelerators`)),
  };
}

/** Page google_composer_environment: private_environment_config up to Composer 2, a switch since Composer 3. */
function composer(view: View): Facts {
  const hidden = anyOf(
    orElse(view.boolean('config[0].enable_private_environment'), false),
    orElse(view.boolean('config[0].private_environment_config[0].enable_private_endpoint'), false),
  );
  return {
    ...encrypted(view, 'config[0].encryption_config[0].kms_key_name'),
    stateful: true,
    network_isolated: hidden,
    multi_zone: equals(view.string('config[0].resilience_mode'), 'HIGH_RESILIENCE'),
    size: view.string('config[0].environment_size'),
    engine_version: view.string('config[0].software_config[0].image_version'),
  };
}

export const DATA: readonly Kind[] = [
  googleKind({
    kind: 'gcp.bigquery.dataset',
    title: 'BigQuery dataset',
    types: ['google_bigquery_dataset'],
    facts: dataset,
  }),
  googleKind({
    kind: 'gcp.bigquery.table',
    title: 'BigQuery table',
    types: ['google_bigquery_table'],
    facts: table,
  }),
  googleKind({
    kind: 'gcp.pubsub.topic',
    title: 'Pub/Sub topic',
    types: ['google_pubsub_topic'],
    facts: topic,
  }),
  googleKind({
    kind: 'gcp.pubsub.subscription',
    title: 'Pub/Sub subscription',
    types: ['google_pubsub_subscription'],
    facts: subscription,
  }),
  googleKind({
    kind: 'gcp.redis.instance',
    title: 'Memorystore for Redis instance',
    types: ['google_redis_instance'],
    facts: redis,
  }),
  googleKind({
    kind: 'gcp.memorystore.instance',
    title: 'Memorystore cluster',
    types: ['google_memorystore_instance', 'google_redis_cluster'],
    facts: memorystore,
  }),
  googleKind({
    kind: 'gcp.dataproc.cluster',
    title: 'Dataproc cluster',
    types: ['google_dataproc_cluster'],
    facts: dataproc,
  }),
  googleKind({
    kind: 'gcp.composer.environment',
    title: 'Cloud Composer environment',
    types: ['google_composer_environment'],
    facts: composer,
  }),
];
