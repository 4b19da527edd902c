import { flag, list, number, objects, orNone, text, texts } from '../read.ts';
import type { LiveItem, Restatement } from '../restatement.ts';
import { awsItem, resolvedKey } from './item.ts';
import type { Item, Words } from './item.ts';

/** DocumentDB and Neptune are answered by the API of RDS, and recorded as types of RDS. */
function byEngine(item: LiveItem, types: Readonly<Record<string, string>>, others: string): string {
  const engine = text(item, 'configuration.engine') ?? '';
  return (Object.hasOwn(types, engine) ? types[engine] : undefined) ?? others;
}

function instanceType(item: LiveItem): string {
  const cluster = text(item, 'configuration.dBClusterIdentifier') ?? '';
  return byEngine(
    item,
    { docdb: 'aws_docdb_cluster_instance', neptune: 'aws_neptune_cluster_instance' },
    cluster === '' ? 'aws_db_instance' : 'aws_rds_cluster_instance',
  );
}

function clusterType(item: LiveItem): string {
  const types = { docdb: 'aws_docdb_cluster', neptune: 'aws_neptune_cluster' };
  return byEngine(item, types, 'aws_rds_cluster');
}

/** DescribeDBInstances. */
function instance(item: Item): Words {
  const { own } = item;
  const groups = parameterGroups(own);
  return {
    attributes: {
      identifier: text(own, 'dBInstanceIdentifier'),
      storage_encrypted: flag(own, 'storageEncrypted'),
      kms_key_id: resolvedKey(text(own, 'kmsKeyId'), item),
      backup_retention_period: number(own, 'backupRetentionPeriod'),
      instance_class: text(own, 'dBInstanceClass'),
      publicly_accessible: flag(own, 'publiclyAccessible'),
      deletion_protection: flag(own, 'deletionProtection'),
      multi_az: flag(own, 'multiAZ'),
      allocated_storage: number(own, 'allocatedStorage'),
      auto_minor_version_upgrade: flag(own, 'autoMinorVersionUpgrade'),
      enabled_cloudwatch_logs_exports: texts(own, 'enabledCloudwatchLogsExports') ?? null,
      performance_insights_enabled: flag(own, 'performanceInsightsEnabled'),
      monitoring_interval: orNone(number(own, 'monitoringInterval')),
      ...engine(own),
      iam_database_authentication_enabled: flag(own, 'iAMDatabaseAuthenticationEnabled'),
      parameter_group_name: orNone(groups[0]),
    },
    tells: areDefaults(groups) ? ['aws_db_parameter_group'] : [],
  };
}

function engine(own: LiveItem): LiveItem {
  return { engine: text(own, 'engine'), engine_version: text(own, 'engineVersion') };
}

function parameterGroups(own: LiveItem): readonly string[] {
  const groups = objects(own, 'dBParameterGroups') ?? [];
  return groups.map((group) => text(group, 'dBParameterGroupName') ?? '');
}

/** In AWS's own groups every parameter has the engine's default; what others hold is not told. */
function areDefaults(groups: readonly string[]): boolean {
  return groups.length > 0 && groups.every((name) => name.startsWith('default.'));
}

/** DescribeDBClusters. */
function cluster(item: Item): Words {
  const { own } = item;
  const group = text(own, 'dbclusterParameterGroup') ?? '';
  const key = resolvedKey(text(own, 'kmsKeyId'), item);
  const exports = texts(own, 'enabledCloudwatchLogsExports') ?? null;
  return {
    attributes: {
      cluster_identifier: text(own, 'dbclusterIdentifier'),
      storage_encrypted: flag(own, 'storageEncrypted'),
      kms_key_id: key,
      kms_key_arn: key,
      backup_retention_period: number(own, 'backupRetentionPeriod'),
      deletion_protection: flag(own, 'deletionProtection'),
      // Two names of Terraform, by the engine.
      enabled_cloudwatch_logs_exports: exports,
      enable_cloudwatch_logs_exports: exports,
      ...engine(own),
      iam_database_authentication_enabled: flag(own, 'iamdatabaseAuthenticationEnabled'),
      db_cluster_parameter_group_name: orNone(group),
    },
    ...members(own, areDefaults([group])),
  };
}

/** Of DocumentDB the default group refuses clear-text connections, which the engine's name alone does not say. */
const PARAMETER_GROUPS = ['aws_rds_cluster_parameter_group'];

function members(own: LiveItem, defaults: boolean): Pick<Words, 'companions' | 'tells'> {
  const found = list(own, 'dbclusterMembers');
  const types = ['aws_docdb_cluster_instance', 'aws_neptune_cluster_instance'];
  return {
    companions: (found ?? []).flatMap(() => types.map((type) => ({ type, attributes: {} }))),
    tells: [...(found === undefined ? [] : types), ...(defaults ? PARAMETER_GROUPS : [])],
  };
}

/** Whom a snapshot is shared with stands beside it: the attribute `restore` lists accounts, or `all`. */
function snapshot(attributes: string): (item: Item) => Words {
  return ({ more }) => {
    const found = objects(more, attributes);
    const restore = found?.find((one) => text(one, 'attributeName') === 'restore');
    const accounts = restore === undefined ? [] : (texts(restore, 'attributeValues') ?? []);
    return { attributes: { shared_accounts: found === undefined ? undefined : accounts } };
  };
}

const PENDING = { sensitive: ['configuration.pendingModifiedValues'] };

export const RDS_RESTATEMENTS: readonly Restatement[] = [
  awsItem('AWS::RDS::DBInstance', instanceType, instance, PENDING),
  awsItem('AWS::RDS::DBCluster', clusterType, cluster, PENDING),
  awsItem('AWS::RDS::DBSnapshot', 'aws_db_snapshot', snapshot('DBSnapshotAttributes')),
  awsItem(
    'AWS::RDS::DBClusterSnapshot',
    'aws_db_cluster_snapshot',
    snapshot('DBClusterSnapshotAttributes'),
  ),
  // Not recorded by AWS Config; by its CloudFormation schema.
  awsItem('AWS::RDS::DBProxy', 'aws_db_proxy', ({ own }) => ({
    attributes: {
      require_tls: flag(own, 'RequireTLS'),
      auth: objects(own, 'Auth')?.map((one) => ({ iam_auth: text(one, 'IAMAuth') })),
      vpc_subnet_ids: texts(own, 'VpcSubnetIds'),
    },
  })),
];
