import type { Facts } from '../facts.ts';
import { anyOf, equals, not, orElse, present } from '../values.ts';
import type { Truth } from '../values.ts';
import type { View } from '../view.ts';
import { policyAt, trustsAnyone } from './policy-document.ts';
import { awsKind, companion, customerKey, flag } from './service.ts';

const QUEUE_NAMES = ['id', 'url', 'arn', 'name'];

/** Page aws_sqs_queue: SQS's own encryption is on for new queues unless a key of KMS is used, or it is switched off. */
function queue(view: View): Facts {
  const key = present(view.read('kms_master_key_id'));
  return {
    encrypted_at_rest: anyOf(key, not(equals(view.boolean('sqs_managed_sse_enabled'), false))),
    customer_key: customerKey(view, 'kms_master_key_id'),
    dead_letter: anyOf(
      present(view.read('redrive_policy')),
      companion(view, ['aws_sqs_queue_redrive_policy'], 'queue_url', undefined, QUEUE_NAMES),
    ),
    anyone_trusted: trusts(view, 'aws_sqs_queue_policy', 'queue_url', QUEUE_NAMES),
  };
}

function trusts(view: View, type: string, attribute: string, names?: readonly string[]): Truth {
  return anyOf(
    trustsAnyone(policyAt(view, 'policy')),
    companion(view, [type], attribute, (one) => trustsAnyone(policyAt(one, 'policy')), names),
  );
}

/** Page aws_sns_topic: server-side encryption is off unless a key is given. */
function topic(view: View): Facts {
  return {
    encrypted_at_rest: present(view.read('kms_master_key_id')),
    customer_key: customerKey(view, 'kms_master_key_id'),
    anyone_trusted: trusts(view, 'aws_sns_topic_policy', 'arn'),
    monitoring: equals(orElse(view.string('tracing_config'), 'PassThrough'), 'Active'),
  };
}

export const MESSAGING_KINDS = [
  awsKind({ kind: 'aws.sqs.queue', title: 'SQS queue', types: ['aws_sqs_queue'], facts: queue }),
  awsKind({ kind: 'aws.sns.topic', title: 'SNS topic', types: ['aws_sns_topic'], facts: topic }),
  awsKind({
    kind: 'aws.sns.subscription',
    title: 'SNS subscription',
    types: ['aws_sns_topic_subscription'],
    tags: { shape: 'none' },
    facts: (view) => ({
      dead_letter: present(view.read('redrive_policy')),
      encrypted_in_transit: not(equals(view.string('protocol'), 'http')),
    }),
  }),
  awsKind({
    kind: 'aws.mq.broker',
    title: 'Amazon MQ broker',
    types: ['aws_mq_broker'],
    facts: (view) => ({
      name: view.string('broker_name'),
      stateful: true,
      encrypted_at_rest: true,
      customer_key: customerKey(view, 'encryption_options[0].kms_key_id'),
      public: flag(view, 'publicly_accessible', false),
      logging: anyOf(flag(view, 'logs[0].general', false), flag(view, 'logs[0].audit', false)),
      auto_upgrade: flag(view, 'auto_minor_version_upgrade', false),
      size: view.string('host_instance_type'),
      multi_zone: not(
        equals(orElse(view.string('deployment_mode'), 'SINGLE_INSTANCE'), 'SINGLE_INSTANCE'),
      ),
      engine_version: view.string('engine_version'),
    }),
  }),
  awsKind({
    kind: 'aws.eventbridge.bus',
    title: 'EventBridge bus',
    types: ['aws_cloudwatch_event_bus'],
    facts: (view) => ({
      customer_key: customerKey(view, 'kms_key_identifier'),
      anyone_trusted: companion(
        view,
        ['aws_cloudwatch_event_bus_policy'],
        'event_bus_name',
        (one) => trustsAnyone(policyAt(one, 'policy')),
      ),
    }),
  }),
];
