import { UNKNOWN } from '../facts.ts';
import type { Facts } from '../facts.ts';
import { anyOf, equals, everyOf, map, orElse, present, someOf } from '../values.ts';
import type { Truth } from '../values.ts';
import type { Read, View } from '../view.ts';
import { awsKind, backups, encryptedBy, flag, several } from './service.ts';

/** Page aws_db_instance: Aurora instances take encryption, backup and protection from their cluster. */
function instance(view: View): Facts {
  return {
    name: view.string('identifier'),
    stateful: true,
    ...encryptedBy(view, 'storage_encrypted', 'kms_key_id'),
    ...backups(view, 'backup_retention_period', 0),
    size: view.string('instance_class'),
    public: flag(view, 'publicly_accessible', false),
    deletion_protected: flag(view, 'deletion_protection', false),
    multi_zone: flag(view, 'multi_az', false),
    disk_gb: view.number('allocated_storage'),
    auto_upgrade: flag(view, 'auto_minor_version_upgrade', true),
    logging: present(view.read('enabled_cloudwatch_logs_exports')),
    monitoring: monitored(view),
    engine_version: engine(view),
    encrypted_in_transit: forcesTls(view, 'parameter_group_name', ['aws_db_parameter_group']),
    managed_identity: flag(view, 'iam_database_authentication_enabled', false),
  };
}

function monitored(view: View): Truth {
  return anyOf(
    flag(view, 'performance_insights_enabled', false),
    map(orElse(view.number('monitoring_interval'), 0), (seconds) => seconds > 0) ?? false,
  );
}

/** `postgres 16.3`: a version number means nothing without its engine. */
function engine(view: View): Read<string> {
  const name = view.string('engine');
  const version = view.string('engine_version');
  if (typeof name !== 'string') return version;
  return map(version, (number) => `${name} ${number}`);
}

const FORCED: Readonly<Record<string, string>> = {
  'rds.force_ssl': '1',
  require_secure_transport: '1',
  tls: 'enabled',
  require_ssl: 'true',
  neptune_enforce_ssl: '1',
};

/**
 * A parameter group of the same document refuses clear-text connections; one from elsewhere is not seen. Without a
 * group the engine's own default decides: PostgreSQL refuses since version 15, the others let both in
 * (docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html).
 */
function forcesTls(view: View, attribute: string, types: readonly string[]): Truth {
  const { views, certain } = view.targets(attribute, types);
  if (views.length > 0) return anyOf(...views.map(forces), certain ? false : UNKNOWN);
  return certain ? forcedByDefault(view) : UNKNOWN;
}

function forcedByDefault(view: View): Truth {
  if (!String(view.string('engine')).includes('postgres')) return false;
  return (
    map(view.string('engine_version'), (version) => Number.parseInt(version, 10) >= 15) ?? UNKNOWN
  );
}

function forces(group: View): Truth {
  return someOf(group.written.list('parameter'), (parameter) => {
    const name = parameter.string('name');
    const value = parameter.string('value');
    if (typeof name !== 'string') return name === undefined ? false : UNKNOWN;
    const wanted = FORCED[name];
    if (wanted === undefined) return false;
    return anyOf(
      equals(value, wanted),
      wanted === '1' ? anyOf(equals(value, 'ON'), equals(value, 'on')) : false,
    );
  });
}

/** Pages aws_rds_cluster, aws_docdb_cluster, aws_neptune_cluster: backups are kept one day unless told. */
function cluster(view: View): Facts {
  return {
    name: view.string('cluster_identifier'),
    stateful: true,
    ...encryptedBy(
      view,
      'storage_encrypted',
      view.resource.type === 'aws_neptune_cluster' ? 'kms_key_arn' : 'kms_key_id',
    ),
    ...backups(view, 'backup_retention_period', 1),
    deletion_protected: flag(view, 'deletion_protection', false),
    logging: anyOf(
      present(view.read('enabled_cloudwatch_logs_exports')),
      present(view.read('enable_cloudwatch_logs_exports')),
    ),
    engine_version: engine(view),
  };
}

function auroraCluster(view: View): Facts {
  return {
    ...cluster(view),
    // Aurora keeps six copies in three zones whatever the number of its instances.
    multi_zone: true,
    managed_identity: flag(view, 'iam_database_authentication_enabled', false),
    encrypted_in_transit: forcesTls(view, 'db_cluster_parameter_group_name', [
      'aws_rds_cluster_parameter_group',
    ]),
  };
}

function clusterInstance(view: View): Facts {
  return {
    name: view.string('identifier'),
    size: view.string('instance_class'),
    public: flag(view, 'publicly_accessible', false),
    auto_upgrade: flag(view, 'auto_minor_version_upgrade', true),
    monitoring: monitored(view),
  };
}

const AURORA = 'aws_rds_cluster_instance';

export const RDS_KINDS = [
  awsKind({
    kind: 'aws.rds.instance',
    title: 'RDS instance',
    types: ['aws_db_instance'],
    facts: instance,
  }),
  awsKind({
    kind: 'aws.rds.cluster',
    title: 'Aurora or RDS cluster',
    types: ['aws_rds_cluster'],
    facts: auroraCluster,
  }),
  awsKind({
    kind: 'aws.rds.cluster_instance',
    title: 'Instance of an Aurora cluster',
    types: [AURORA],
    facts: clusterInstance,
  }),
  awsKind({
    kind: 'aws.rds.snapshot',
    title: 'RDS snapshot',
    types: ['aws_db_snapshot', 'aws_db_cluster_snapshot'],
    facts: (view) => ({
      stateful: true,
      public: someOf(view.list('shared_accounts'), (account) => equals(account.string(''), 'all')),
    }),
  }),
  awsKind({
    kind: 'aws.rds.proxy',
    title: 'RDS proxy',
    types: ['aws_db_proxy'],
    facts: (view) => ({
      encrypted_in_transit: flag(view, 'require_tls', false),
      managed_identity: everyOf(view.list('auth'), (auth) =>
        equals(auth.string('iam_auth'), 'REQUIRED'),
      ),
      multi_zone: several(view, 'vpc_subnet_ids'),
    }),
  }),
  awsKind({
    kind: 'aws.docdb.cluster',
    title: 'DocumentDB cluster',
    types: ['aws_docdb_cluster'],
    facts: (view) => ({
      ...cluster(view),
      encrypted_in_transit: forcesTls(view, 'db_cluster_parameter_group_name', [
        'aws_docdb_cluster_parameter_group',
      ]),
      multi_zone: severalInstances(view, 'aws_docdb_cluster_instance'),
    }),
  }),
  awsKind({
    kind: 'aws.neptune.cluster',
    title: 'Neptune cluster',
    types: ['aws_neptune_cluster'],
    facts: (view) => ({
      ...cluster(view),
      managed_identity: flag(view, 'iam_database_authentication_enabled', false),
      multi_zone: severalInstances(view, 'aws_neptune_cluster_instance'),
    }),
  }),
  awsKind({
    kind: 'aws.docdb.instance',
    title: 'DocumentDB or Neptune instance',
    types: ['aws_docdb_cluster_instance', 'aws_neptune_cluster_instance'],
    facts: (view) => ({
      name: view.string('identifier'),
      size: view.string('instance_class'),
      auto_upgrade: flag(view, 'auto_minor_version_upgrade', true),
    }),
  }),
];

/** A second instance takes over when the first one's zone is lost. */
function severalInstances(view: View, type: string): Truth {
  const { views, certain } = view.companions([type], 'cluster_identifier', [
    'id',
    'cluster_identifier',
  ]);
  if (views.length > 1) return true;
  return certain ? false : UNKNOWN;
}
