import { isRecord } from '../../../kit/record.ts';
import { at, flag, number, object, orNone, text, texts } from '../read.ts';
import type { LiveItem, Restatement } from '../restatement.ts';
import { awsItem, block, policyOf, resolvedKey } from './item.ts';
import type { Item, Words } from './item.ts';

/** DescribeDomain and DescribeElasticsearchDomain: one shape, but for two names. */
function searchDomain(item: Item): Words {
  const { own } = item;
  const cluster = object(own, 'ClusterConfig') ?? object(own, 'elasticsearchClusterConfig');
  const encryption = object(own, 'EncryptionAtRestOptions');
  const key = resolvedKey(text(encryption, 'KmsKeyId'), item);
  const policy = policyOf(at(own, 'AccessPolicies'));
  return {
    attributes: {
      domain_name: text(own, 'DomainName'),
      encrypt_at_rest: encryption && [{ enabled: flag(encryption, 'Enabled'), kms_key_id: key }],
      domain_endpoint_options: object(own, 'DomainEndpointOptions') && [endpoint(own)],
      vpc_options: block(vpcOf(own), (one) => ({ subnet_ids: texts(one, 'SubnetIds') })),
      log_publishing_options: publishesLogs(own) ? [{ enabled: true }] : null,
      cluster_config: cluster && [
        {
          zone_awareness_enabled: flag(cluster, 'ZoneAwarenessEnabled'),
          instance_type: text(cluster, 'InstanceType'),
          instance_count: number(cluster, 'InstanceCount'),
        },
      ],
      ebs_options: block(object(own, 'EBSOptions'), (one) => ({
        volume_size: number(one, 'VolumeSize'),
      })),
      software_update_options: object(own, 'SoftwareUpdateOptions') && [
        {
          auto_software_update_enabled: flag(
            own,
            'SoftwareUpdateOptions.AutoSoftwareUpdateEnabled',
          ),
        },
      ],
      engine_version: orNone(text(own, 'EngineVersion')),
      elasticsearch_version: orNone(text(own, 'elasticsearchVersion')),
      access_policies: policy,
    },
    unknown: key === undefined ? ['encrypt_at_rest[0].kms_key_id'] : [],
    tells:
      policy === undefined
        ? []
        : ['aws_opensearch_domain_policy', 'aws_elasticsearch_domain_policy'],
  };
}

function endpoint(own: LiveItem): LiveItem {
  return {
    enforce_https: flag(own, 'DomainEndpointOptions.EnforceHTTPS'),
    tls_security_policy: text(own, 'DomainEndpointOptions.TLSSecurityPolicy'),
  };
}

/** A domain outside any VPC may say so by an object without subnets. */
function vpcOf(own: LiveItem): LiveItem | undefined {
  const found = object(own, 'VPCOptions');
  return (texts(found, 'SubnetIds') ?? []).length > 0 ? found : undefined;
}

/** By the kind of log, each on or off. */
function publishesLogs(own: LiveItem): boolean {
  const options = Object.values(object(own, 'LogPublishingOptions') ?? {});
  return options.some((one) => isRecord(one) && flag(one, 'Enabled') === true);
}

/*
 * ElastiCache and MemoryDB clusters are not recorded by AWS Config; by their CloudFormation schemas.
 */

function replicationGroup({ own }: Item): Words {
  return {
    attributes: {
      replication_group_id: text(own, 'ReplicationGroupId'),
      engine: text(own, 'Engine'),
      at_rest_encryption_enabled: flag(own, 'AtRestEncryptionEnabled'),
      kms_key_id: orNone(text(own, 'KmsKeyId')),
      transit_encryption_enabled: flag(own, 'TransitEncryptionEnabled'),
      snapshot_retention_limit: number(own, 'SnapshotRetentionLimit'),
      multi_az_enabled: flag(own, 'MultiAZEnabled'),
      auto_minor_version_upgrade: flag(own, 'AutoMinorVersionUpgrade'),
      node_type: text(own, 'CacheNodeType'),
      num_cache_clusters: number(own, 'NumCacheClusters'),
      engine_version: text(own, 'EngineVersion'),
    },
  };
}

function cacheCluster({ own }: Item): Words {
  return {
    attributes: {
      cluster_id: text(own, 'ClusterName'),
      transit_encryption_enabled: flag(own, 'TransitEncryptionEnabled'),
      snapshot_retention_limit: number(own, 'SnapshotRetentionLimit'),
      node_type: text(own, 'CacheNodeType'),
      num_cache_nodes: number(own, 'NumCacheNodes'),
      az_mode: text(own, 'AZMode'),
      engine_version: text(own, 'EngineVersion'),
    },
  };
}

function memoryDb({ own }: Item): Words {
  return {
    attributes: {
      name: text(own, 'ClusterName'),
      kms_key_arn: orNone(text(own, 'KmsKeyId')),
      tls_enabled: flag(own, 'TLSEnabled'),
      snapshot_retention_limit: number(own, 'SnapshotRetentionLimit'),
      auto_minor_version_upgrade: flag(own, 'AutoMinorVersionUpgrade'),
      node_type: text(own, 'NodeType'),
      num_replicas_per_shard: number(own, 'NumReplicasPerShard'),
    },
  };
}

export const CACHE_RESTATEMENTS: readonly Restatement[] = [
  awsItem('AWS::OpenSearch::Domain', 'aws_opensearch_domain', searchDomain),
  // The CloudFormation name of the same type.
  awsItem('AWS::OpenSearchService::Domain', 'aws_opensearch_domain', searchDomain),
  awsItem('AWS::Elasticsearch::Domain', 'aws_elasticsearch_domain', searchDomain),
  awsItem(
    'AWS::ElastiCache::ReplicationGroup',
    'aws_elasticache_replication_group',
    replicationGroup,
  ),
  awsItem('AWS::ElastiCache::CacheCluster', 'aws_elasticache_cluster', cacheCluster),
  awsItem('AWS::MemoryDB::Cluster', 'aws_memorydb_cluster', memoryDb),
];
