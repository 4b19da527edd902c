import { flag, number, object, objects, orNone, text, texts } from '../read.ts';
import type { LiveItem, Restatement } from '../restatement.ts';
import { awsItem, block, resolvedKey } from './item.ts';
import type { Item, Words } from './item.ts';

/** DescribeClusters; where it logs to stands beside it. */
function redshift(item: Item): Words {
  const { own, more } = item;
  return {
    attributes: {
      cluster_identifier: text(own, 'clusterIdentifier'),
      encrypted: flag(own, 'encrypted'),
      kms_key_id: resolvedKey(text(own, 'kmsKeyId'), item),
      publicly_accessible: flag(own, 'publiclyAccessible'),
      logging: object(more, 'LoggingStatus') && [
        { enable: flag(more, 'LoggingStatus.loggingEnabled') },
      ],
      automated_snapshot_retention_period: number(own, 'automatedSnapshotRetentionPeriod'),
      allow_version_upgrade: flag(own, 'allowVersionUpgrade'),
      multi_az: multiZone(own),
      node_type: text(own, 'nodeType'),
      number_of_nodes: number(own, 'numberOfNodes'),
    },
    tells: object(more, 'LoggingStatus') ? ['aws_redshift_logging'] : [],
  };
}

/** `Enabled` or `Disabled`; older items do not say. */
function multiZone(own: LiveItem): boolean | undefined {
  const said = text(own, 'multiAZ')?.toLowerCase();
  return said === undefined ? undefined : said === 'enabled' || said === 'true';
}

/** By the CloudFormation schema, which leaves `StreamEncryption` out of a stream in the clear. The key is as it was given. */
function stream({ own }: Item): Words {
  return {
    attributes: {
      name: text(own, 'Name'),
      encryption_type: orNone(text(own, 'StreamEncryption.EncryptionType')),
      kms_key_id: orNone(text(own, 'StreamEncryption.KeyId')),
    },
  };
}

const FIREHOSE_TARGETS: Readonly<Record<string, string>> = {
  ExtendedS3DestinationConfiguration: 'extended_s3_configuration',
  RedshiftDestinationConfiguration: 'redshift_configuration',
  AmazonopensearchserviceDestinationConfiguration: 'opensearch_configuration',
  ElasticsearchDestinationConfiguration: 'elasticsearch_configuration',
  SplunkDestinationConfiguration: 'splunk_configuration',
  HttpEndpointDestinationConfiguration: 'http_endpoint_configuration',
};

/** By the CloudFormation schema. One target is there, or none that its handler answers: then nothing is known of its logs. */
function firehose({ own }: Item): Words {
  const encryption = object(own, 'DeliveryStreamEncryptionConfigurationInput');
  return {
    attributes: {
      name: text(own, 'DeliveryStreamName'),
      server_side_encryption: encryption && [
        { enabled: true, key_arn: text(encryption, 'KeyARN') },
      ],
      ...firehoseTargets(own),
    },
  };
}

function firehoseTargets(own: LiveItem): LiveItem {
  const found = Object.entries(FIREHOSE_TARGETS).map(
    ([name, words]) => [words, block(object(own, name), firehoseLogs)] as const,
  );
  return found.some(([, target]) => target !== null) ? Object.fromEntries(found) : {};
}

function firehoseLogs(target: LiveItem): LiveItem {
  return {
    cloudwatch_logging_options: block(object(target, 'CloudWatchLoggingOptions'), (one) => ({
      enabled: flag(one, 'Enabled'),
    })),
  };
}

/** By the CloudFormation schema. */
function kafka(item: Item): Words {
  const { own } = item;
  const encryption = object(own, 'EncryptionInfo');
  const key = resolvedKey(text(encryption, 'EncryptionAtRest.DataVolumeKMSKeyId'), item);
  return {
    attributes: {
      cluster_name: text(own, 'ClusterName'),
      encryption_info: encryption && [
        {
          encryption_at_rest_kms_key_arn: key,
          encryption_in_transit: block(object(encryption, 'EncryptionInTransit'), (one) => ({
            client_broker: text(one, 'ClientBroker'),
          })),
        },
      ],
      broker_node_group_info: objects(own, 'BrokerNodeGroupInfo')?.map(brokers),
      logging_info: block(object(own, 'LoggingInfo.BrokerLogs'), (logs) => ({
        broker_logs: [
          {
            cloudwatch_logs: block(object(logs, 'CloudWatchLogs'), enabled),
            firehose: block(object(logs, 'Firehose'), enabled),
            s3: block(object(logs, 'S3'), enabled),
          },
        ],
      })),
      enhanced_monitoring: text(own, 'EnhancedMonitoring'),
      number_of_broker_nodes: number(own, 'NumberOfBrokerNodes'),
      client_authentication: block(object(own, 'ClientAuthentication.Sasl'), (sasl) => ({
        sasl: [{ scram: flag(sasl, 'Scram.Enabled') ?? false }],
      })),
      kafka_version: text(own, 'KafkaVersion'),
    },
    unknown: key === undefined ? ['encryption_info[0].encryption_at_rest_kms_key_arn'] : [],
  };
}

function enabled(found: LiveItem): LiveItem {
  return { enabled: flag(found, 'Enabled') };
}

function brokers(found: LiveItem): LiveItem {
  return {
    instance_type: text(found, 'InstanceType'),
    client_subnets: texts(found, 'ClientSubnets') ?? null,
    connectivity_info: block(object(found, 'ConnectivityInfo.PublicAccess'), (one) => ({
      public_access: [{ type: text(one, 'Type') }],
    })),
    storage_info: block(object(found, 'StorageInfo.EBSStorageInfo'), (one) => ({
      ebs_storage_info: [{ volume_size: number(one, 'VolumeSize') }],
    })),
  };
}

/** By the CloudFormation schema. */
function workgroup({ own }: Item): Words {
  return {
    attributes: {
      name: text(own, 'Name'),
      configuration: objects(own, 'WorkGroupConfiguration')?.map((one) => ({
        publish_cloudwatch_metrics_enabled: flag(one, 'PublishCloudWatchMetricsEnabled'),
        result_configuration: block(object(one, 'ResultConfiguration'), (result) => ({
          encryption_configuration: block(object(result, 'EncryptionConfiguration'), (with_) => ({
            encryption_option: text(with_, 'EncryptionOption'),
            kms_key_arn: text(with_, 'KmsKey'),
          })),
        })),
      })),
    },
  };
}

/** By the CloudFormation schema. */
function glueJob({ own }: Item): Words {
  return {
    attributes: {
      name: text(own, 'Name'),
      worker_type: orNone(text(own, 'WorkerType')),
      number_of_workers: orNone(number(own, 'NumberOfWorkers')),
      glue_version: orNone(text(own, 'GlueVersion')),
      security_configuration: orNone(text(own, 'SecurityConfiguration')),
    },
  };
}

/** By the CloudFormation schema. */
function batch({ own }: Item): Words {
  return {
    attributes: {
      name: text(own, 'ComputeEnvironmentName'),
      compute_resources: block(object(own, 'ComputeResources'), (one) => ({
        type: text(one, 'Type'),
        instance_type: texts(one, 'InstanceTypes') ?? null,
      })),
    },
  };
}

/** Not recorded by AWS Config; by its CloudFormation schema. */
function emr({ own }: Item): Words {
  const group = (name: string): LiveItem | undefined => object(own, `Instances.${name}`);
  return {
    attributes: {
      name: text(own, 'Name'),
      master_instance_group: block(group('MasterInstanceGroup'), (one) => ({
        instance_type: text(one, 'InstanceType'),
      })),
      core_instance_group: block(group('CoreInstanceGroup'), (one) => ({
        instance_count: number(one, 'InstanceCount'),
      })),
      security_configuration: orNone(text(own, 'SecurityConfiguration')),
      termination_protection: flag(own, 'Instances.TerminationProtected'),
      log_uri: orNone(text(own, 'LogUri')),
      release_label: text(own, 'ReleaseLabel'),
    },
  };
}

export const ANALYTICS_RESTATEMENTS: readonly Restatement[] = [
  awsItem('AWS::Redshift::Cluster', 'aws_redshift_cluster', redshift, {
    sensitive: ['configuration.pendingModifiedValues'],
  }),
  awsItem('AWS::Kinesis::Stream', 'aws_kinesis_stream', stream),
  awsItem(
    'AWS::KinesisFirehose::DeliveryStream',
    'aws_kinesis_firehose_delivery_stream',
    firehose,
    {
      // Passwords of Redshift, tokens of Splunk, keys of HTTP endpoints.
      sensitive: [
        'configuration.RedshiftDestinationConfiguration',
        'configuration.SplunkDestinationConfiguration',
        'configuration.HttpEndpointDestinationConfiguration',
      ],
    },
  ),
  awsItem('AWS::MSK::Cluster', 'aws_msk_cluster', kafka),
  awsItem('AWS::Athena::WorkGroup', 'aws_athena_workgroup', workgroup),
  awsItem('AWS::Glue::Job', 'aws_glue_job', glueJob, {
    sensitive: ['configuration.DefaultArguments'],
  }),
  awsItem('AWS::EMR::Cluster', 'aws_emr_cluster', emr),
  awsItem('AWS::Batch::ComputeEnvironment', 'aws_batch_compute_environment', batch),
];
