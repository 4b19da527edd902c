import type { Facts } from '../facts.ts';
import { allOf, anyOf, equals, holds, map, not, orElse, present } from '../values.ts';
import type { Truth } from '../values.ts';
import type { View } from '../view.ts';
import { policyAt, trustsAnyone } from './policy-document.ts';
import {
  alwaysEncrypted,
  awsKind,
  backups,
  companion,
  customerKey,
  encryptedBy,
  flag,
} from './service.ts';

/** Page aws_elasticache_replication_group: Redis OSS is clear at rest and in transit unless told, Valkey encrypted. */
function replicationGroup(view: View): Facts {
  const valkey = view.string('engine') === 'valkey';
  const encrypted = flag(view, 'at_rest_encryption_enabled', valkey);
  return {
    name: view.string('replication_group_id'),
    stateful: true,
    encrypted_at_rest: encrypted,
    customer_key: customerKey(view, 'kms_key_id'),
    encrypted_in_transit: flag(view, 'transit_encryption_enabled', valkey),
    ...backups(view, 'snapshot_retention_limit', 0),
    multi_zone: flag(view, 'multi_az_enabled', false),
    auto_upgrade: flag(view, 'auto_minor_version_upgrade', true),
    size: view.string('node_type'),
    instance_count: orElse(view.number('num_cache_clusters'), view.number('number_cache_clusters')),
    logging: present(view.read('log_delivery_configuration')),
    engine_version: view.string('engine_version'),
  };
}

/** A cluster of Memcached, or a member of a replication group that decides the rest. */
function cacheCluster(view: View): Facts {
  return {
    name: view.string('cluster_id'),
    encrypted_in_transit: flag(view, 'transit_encryption_enabled', false),
    ...backups(view, 'snapshot_retention_limit', 0),
    size: view.string('node_type'),
    instance_count: view.number('num_cache_nodes'),
    multi_zone: equals(orElse(view.string('az_mode'), 'single-az'), 'cross-az'),
    engine_version: view.string('engine_version'),
  };
}

/** Page aws_memorydb_cluster: always encrypted at rest, and in transit unless switched off. */
function memoryDb(view: View): Facts {
  return {
    stateful: true,
    ...alwaysEncrypted(view, 'kms_key_arn'),
    encrypted_in_transit: flag(view, 'tls_enabled', true),
    ...backups(view, 'snapshot_retention_limit', 0),
    auto_upgrade: flag(view, 'auto_minor_version_upgrade', true),
    size: view.string('node_type'),
    multi_zone: holds(orElse(view.number('num_replicas_per_shard'), 1), (replicas) => replicas > 0),
  };
}

/** Pages aws_opensearch_domain, aws_elasticsearch_domain: every protection is off unless told. */
function searchDomain(view: View): Facts {
  return {
    name: view.string('domain_name'),
    stateful: true,
    ...encryptedBy(view, 'encrypt_at_rest[0].enabled', 'encrypt_at_rest[0].kms_key_id'),
    encrypted_in_transit: flag(view, 'domain_endpoint_options[0].enforce_https', false),
    tls_version: searchTls(view),
    public: not(present(view.read('vpc_options'))),
    logging: present(view.read('log_publishing_options')),
    multi_zone: flag(view, 'cluster_config[0].zone_awareness_enabled', false),
    size: view.string('cluster_config[0].instance_type'),
    instance_count: orElse(view.number('cluster_config[0].instance_count'), 1),
    disk_gb: view.number('ebs_options[0].volume_size'),
    auto_upgrade: flag(view, 'software_update_options[0].auto_software_update_enabled', false),
    engine_version: orElse(view.string('engine_version'), view.string('elasticsearch_version')),
    anyone_trusted: searchTrust(view),
  };
}

function searchTls(view: View): Facts['tls_version'] {
  const policy = view.string('domain_endpoint_options[0].tls_security_policy');
  return map(policy, (name) => (name.includes('TLS-1-2') ? '1.2' : '1.0'));
}

/** A policy for everyone on a domain inside a VPC is AWS's own advice: the network is the gate there. */
function searchTrust(view: View): Truth {
  const open = anyOf(
    trustsAnyone(policyAt(view, 'access_policies')),
    companion(
      view,
      ['aws_opensearch_domain_policy', 'aws_elasticsearch_domain_policy'],
      'domain_name',
      (one) => trustsAnyone(policyAt(one, 'access_policies')),
      ['id', 'arn', 'domain_name'],
    ),
  );
  return allOf(open, not(present(view.read('vpc_options'))));
}

export const CACHE_KINDS = [
  awsKind({
    kind: 'aws.elasticache.replication_group',
    title: 'ElastiCache replication group',
    types: ['aws_elasticache_replication_group'],
    facts: replicationGroup,
  }),
  awsKind({
    kind: 'aws.elasticache.cluster',
    title: 'ElastiCache cluster',
    types: ['aws_elasticache_cluster'],
    facts: cacheCluster,
  }),
  awsKind({
    kind: 'aws.memorydb.cluster',
    title: 'MemoryDB cluster',
    types: ['aws_memorydb_cluster'],
    facts: memoryDb,
  }),
  awsKind({
    kind: 'aws.opensearch.domain',
    title: 'OpenSearch or Elasticsearch domain',
    types: ['aws_opensearch_domain', 'aws_elasticsearch_domain'],
    facts: searchDomain,
  }),
];
