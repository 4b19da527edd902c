import { at, flag, object, orNone, text } from '../read.ts';
import type { Restatement } from '../restatement.ts';
import { awsItem, block, policyOf, resolvedKey } from './item.ts';
import type { Item, Words } from './item.ts';

/** By the CloudFormation schema; switches are texts. The key is as it was given. */
function queue({ own }: Item): Words {
  const policy = policyOf(at(own, 'Policy'));
  return {
    attributes: {
      name: text(own, 'QueueName'),
      kms_master_key_id: orNone(text(own, 'KmsMasterKeyId')),
      // Left out where a key of KMS is used.
      sqs_managed_sse_enabled: flag(own, 'SqsManagedSseEnabled') ?? null,
      redrive_policy: at(own, 'RedrivePolicy') ?? null,
      policy,
    },
    tells: [
      'aws_sqs_queue_redrive_policy',
      ...(policy === undefined ? [] : ['aws_sqs_queue_policy']),
    ],
  };
}

/** GetTopicAttributes, which leaves out a key that is not there. */
function topic({ own }: Item): Words {
  const policy = policyOf(at(own, 'Policy'));
  return {
    attributes: {
      name: topicName(own),
      kms_master_key_id: orNone(text(own, 'KmsMasterKeyId')),
      policy,
      tracing_config: orNone(text(own, 'TracingConfig')),
    },
    tells: policy === undefined ? [] : ['aws_sns_topic_policy'],
  };
}

function topicName(own: Item['own']): string | undefined {
  return text(own, 'TopicArn')?.split(':').at(-1);
}

/** DescribeBroker. */
function broker(item: Item): Words {
  const { own } = item;
  const encryption = object(own, 'EncryptionOptions');
  const owned = flag(encryption, 'UseAwsOwnedKey') === true;
  const key = owned ? null : resolvedKey(text(encryption, 'KmsKeyId'), item);
  return {
    attributes: {
      broker_name: text(own, 'BrokerName'),
      encryption_options: encryption === undefined ? undefined : [{ kms_key_id: key }],
      publicly_accessible: flag(own, 'PubliclyAccessible'),
      logs: block(object(own, 'Logs'), (one) => ({
        general: flag(one, 'General'),
        audit: flag(one, 'Audit'),
      })),
      auto_minor_version_upgrade: flag(own, 'AutoMinorVersionUpgrade'),
      host_instance_type: text(own, 'HostInstanceType'),
      deployment_mode: text(own, 'DeploymentMode'),
      engine_version: text(own, 'EngineVersion'),
    },
    unknown: key === undefined ? ['encryption_options[0].kms_key_id'] : [],
  };
}

/** By the CloudFormation schema. */
function bus({ own }: Item): Words {
  const policy = policyOf(at(own, 'Policy'));
  return {
    attributes: { name: text(own, 'Name'), kms_key_identifier: text(own, 'KmsKeyIdentifier') },
    companions: policy ? [{ type: 'aws_cloudwatch_event_bus_policy', attributes: { policy } }] : [],
    tells: policy === undefined ? [] : ['aws_cloudwatch_event_bus_policy'],
  };
}

export const MESSAGING_RESTATEMENTS: readonly Restatement[] = [
  awsItem('AWS::SQS::Queue', 'aws_sqs_queue', queue),
  awsItem('AWS::SNS::Topic', 'aws_sns_topic', topic),
  // Not recorded by AWS Config; by its CloudFormation schema.
  awsItem('AWS::SNS::Subscription', 'aws_sns_topic_subscription', ({ own }) => ({
    attributes: {
      protocol: text(own, 'Protocol'),
      redrive_policy: at(own, 'RedrivePolicy') ?? null,
    },
  })),
  awsItem('AWS::AmazonMQ::Broker', 'aws_mq_broker', broker),
  awsItem('AWS::Events::EventBus', 'aws_cloudwatch_event_bus', bus),
];
