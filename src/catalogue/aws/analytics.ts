import type { Facts } from '../facts.ts';
import { anyOf, equals, holds, map, not, oneOf, orElse, present, when } from '../values.ts';
import type { View } from '../view.ts';
import {
  alwaysEncrypted,
  awsKind,
  backups,
  companion,
  customerKey,
  encryptedBy,
  flag,
  sized,
} from './service.ts';

/**
 * Page aws_redshift_cluster: a day of snapshots and upgrades by default; encryption and public access changed their
 * defaults between major versions, so that the plan's own value decides, and silence counts as the unsafe one.
 */
function redshift(view: View): Facts {
  return {
    name: view.string('cluster_identifier'),
    stateful: true,
    ...encryptedBy(view, 'encrypted', 'kms_key_id'),
    public: flag(view, 'publicly_accessible', true),
    logging: anyOf(
      flag(view, 'logging[0].enable', false),
      companion(view, ['aws_redshift_logging'], 'cluster_identifier', undefined, [
        'id',
        'cluster_identifier',
      ]),
    ),
    ...backups(view, 'automated_snapshot_retention_period', 1),
    auto_upgrade: flag(view, 'allow_version_upgrade', true),
    multi_zone: flag(view, 'multi_az', false),
    size: view.string('node_type'),
    instance_count: orElse(view.number('number_of_nodes'), 1),
  };
}

/** Page aws_kinesis_stream: `encryption_type` is NONE unless told. */
function stream(view: View): Facts {
  const encrypted = equals(orElse(view.string('encryption_type'), 'NONE'), 'KMS');
  return {
    stateful: true,
    encrypted_at_rest: encrypted,
    customer_key: when(encrypted, customerKey(view, 'kms_key_id'), false),
    multi_zone: true,
  };
}

function firehose(view: View): Facts {
  return {
    ...encryptedBy(view, 'server_side_encryption[0].enabled', 'server_side_encryption[0].key_arn'),
    logging: anyOf(
      ...['extended_s3', 'redshift', 'opensearch', 'elasticsearch', 'splunk', 'http_endpoint'].map(
        (target) =>
          flag(view, `${target}_configuration[0].cloudwatch_logging_options[0].enabled`, false),
      ),
    ),
  };
}

/** Page aws_msk_cluster: TLS only between clients and brokers unless told; disks always encrypted. */
function kafka(view: View): Facts {
  const info = 'broker_node_group_info[0]';
  const logs = 'logging_info[0].broker_logs[0]';
  return {
    name: view.string('cluster_name'),
    stateful: true,
    ...alwaysEncrypted(view, 'encryption_info[0].encryption_at_rest_kms_key_arn'),
    encrypted_in_transit: equals(
      orElse(view.string('encryption_info[0].encryption_in_transit[0].client_broker'), 'TLS'),
      'TLS',
    ),
    public: equals(
      orElse(view.string(`${info}.connectivity_info[0].public_access[0].type`), 'DISABLED'),
      'SERVICE_PROVIDED_EIPS',
    ),
    logging: anyOf(
      ...['cloudwatch_logs', 'firehose', 's3'].map((target) =>
        flag(view, `${logs}.${target}[0].enabled`, false),
      ),
    ),
    monitoring: not(equals(orElse(view.string('enhanced_monitoring'), 'DEFAULT'), 'DEFAULT')),
    size: view.string(`${info}.instance_type`),
    instance_count: view.number('number_of_broker_nodes'),
    disk_gb: view.number(`${info}.storage_info[0].ebs_storage_info[0].volume_size`),
    multi_zone: holds(view.list(`${info}.client_subnets`), (subnets) => subnets.length > 1),
    local_auth: flag(view, 'client_authentication[0].sasl[0].scram', false),
    engine_version: view.string('kafka_version'),
  };
}

/** Results are written to S3, which encrypts them; what the workgroup asks for is more than that. */
function workgroup(view: View): Facts {
  const result = 'configuration[0].result_configuration[0].encryption_configuration[0]';
  return {
    encrypted_at_rest: present(view.read(`${result}.encryption_option`)),
    customer_key: customerKey(view, `${result}.kms_key_arn`),
    monitoring: flag(view, 'configuration[0].publish_cloudwatch_metrics_enabled', true),
  };
}

function glueJob(view: View): Facts {
  return {
    size: view.string('worker_type'),
    instance_count: view.number('number_of_workers'),
    engine_version: view.string('glue_version'),
    encrypted_at_rest: present(view.read('security_configuration')),
  };
}

function emr(view: View): Facts {
  return {
    ...sized(view.string('master_instance_group[0].instance_type')),
    instance_count: view.number('core_instance_group[0].instance_count'),
    encrypted_at_rest: present(view.read('security_configuration')),
    deletion_protected: flag(view, 'termination_protection', false),
    logging: present(view.read('log_uri')),
    engine_version: view.string('release_label'),
  };
}

/** A size is told only where the environment is held to one. */
function batch(view: View): Facts {
  return {
    spot: oneOf(view.string('compute_resources[0].type'), ['SPOT', 'FARGATE_SPOT']),
    size: map(view.list('compute_resources[0].instance_type'), ([first, ...others]) =>
      others.length === 0 ? first?.string('') : undefined,
    ),
  };
}

export const ANALYTICS_KINDS = [
  awsKind({
    kind: 'aws.redshift.cluster',
    title: 'Redshift cluster',
    types: ['aws_redshift_cluster'],
    facts: redshift,
  }),
  awsKind({
    kind: 'aws.kinesis.stream',
    title: 'Kinesis stream',
    types: ['aws_kinesis_stream'],
    facts: stream,
  }),
  awsKind({
    kind: 'aws.firehose.stream',
    title: 'Firehose delivery stream',
    types: ['aws_kinesis_firehose_delivery_stream'],
    facts: firehose,
  }),
  awsKind({
    kind: 'aws.msk.cluster',
    title: 'MSK cluster',
    types: ['aws_msk_cluster'],
    facts: kafka,
  }),
  awsKind({
    kind: 'aws.athena.workgroup',
    title: 'Athena workgroup',
    types: ['aws_athena_workgroup'],
    facts: workgroup,
  }),
  awsKind({ kind: 'aws.glue.job', title: 'Glue job', types: ['aws_glue_job'], facts: glueJob }),
  awsKind({
    kind: 'aws.emr.cluster',
    title: 'EMR cluster',
    types: ['aws_emr_cluster'],
    facts: emr,
  }),
  awsKind({
    kind: 'aws.batch.compute_environment',
    title: 'Batch compute environment',
    types: ['aws_batch_compute_environment'],
    facts: batch,
  }),
];
