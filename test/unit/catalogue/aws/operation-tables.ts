import type { FactTable } from '../../../builders.ts';
import { EVERYONE, U, loose, says, table, tied, toCome } from './table.ts';

export const OPERATION_TABLES: readonly FactTable[] = [
  table(
    'aws.logs.group',
    'aws_cloudwatch_log_group',
    says(
      'bare',
      { name: 'l' },
      {
        stateful: true,
        encrypted_at_rest: true,
        customer_key: false,
        log_retention_days: 0,
        deletion_protected: false,
      },
    ),
    says(
      'well kept',
      { kms_key_id: 'k', retention_in_days: 365, deletion_protection_enabled: true },
      { customer_key: true, log_retention_days: 365, deletion_protected: true },
    ),
    toCome(['kms_key_id', 'retention_in_days', 'deletion_protection_enabled'], {
      customer_key: U,
      log_retention_days: U,
      deletion_protected: U,
    }),
  ),
  table(
    'aws.cloudtrail.trail',
    'aws_cloudtrail',
    says('bare', {}, { logging: true, encrypted_at_rest: true, customer_key: false }),
    says(
      'switched off',
      { enable_logging: false, kms_key_id: 'k' },
      { logging: false, customer_key: true },
    ),
    toCome(['enable_logging', 'kms_key_id'], { logging: U, customer_key: U }),
  ),
  table(
    'aws.cloudwatch.alarm',
    'aws_cloudwatch_metric_alarm',
    says('can be tagged', {}, { taggable: true }),
  ),
  table(
    'aws.eventbridge.rule',
    'aws_cloudwatch_event_rule',
    says('can be tagged', {}, { taggable: true }),
  ),
  table(
    'aws.stepfunctions.state_machine',
    'aws_sfn_state_machine',
    says(
      'bare',
      {},
      { logging: false, monitoring: false, encrypted_at_rest: true, customer_key: false },
    ),
    says(
      'watched',
      {
        logging_configuration: [{ level: 'ERROR' }],
        tracing_configuration: [{ enabled: true }],
        encryption_configuration: [{ kms_key_id: 'k' }],
      },
      { logging: true, monitoring: true, customer_key: true },
    ),
    toCome(['logging_configuration', 'tracing_configuration', 'encryption_configuration'], {
      logging: U,
      monitoring: U,
      customer_key: U,
    }),
  ),
  table(
    'aws.codebuild.project',
    'aws_codebuild_project',
    says(
      'bare',
      {},
      {
        encrypted_at_rest: true,
        customer_key: false,
        logging: true,
        secret_in_environment: false,
        network_isolated: false,
      },
    ),
    says(
      'with a secret and without logs',
      {
        encryption_key: 'k',
        logs_config: [{ cloudwatch_logs: [{ status: 'DISABLED' }] }],
        vpc_config: [{ vpc_id: 'v' }],
        environment: [{ environment_variable: [{ name: 'API_TOKEN', value: 'abcd1234' }] }],
      },
      { customer_key: true, logging: false, secret_in_environment: true, network_isolated: true },
    ),
    says(
      'with the name of a secret',
      {
        environment: [
          {
            environment_variable: [
              { name: 'API_TOKEN', value: 'prod-token', type: 'SECRETS_MANAGER' },
            ],
          },
        ],
      },
      { secret_in_environment: false },
    ),
    toCome(['encryption_key', 'logs_config', 'vpc_config', 'environment'], {
      customer_key: U,
      logging: U,
      secret_in_environment: U,
      network_isolated: U,
    }),
  ),
  table(
    'aws.guardduty.detector',
    'aws_guardduty_detector',
    says('bare', {}, { monitoring: true }),
    says('switched off', { enable: false }, { monitoring: false }),
    toCome(['enable'], { monitoring: U }),
  ),
  table(
    'aws.cognito.user_pool',
    'aws_cognito_user_pool',
    says('bare', {}, { stateful: true, deletion_protected: false }),
    says('protected', { deletion_protection: 'ACTIVE' }, { deletion_protected: true }),
    toCome(['deletion_protection'], { deletion_protected: U }),
  ),
  table(
    'aws.sqs.queue',
    'aws_sqs_queue',
    says(
      'bare',
      { name: 'q' },
      { encrypted_at_rest: true, customer_key: false, dead_letter: false, anyone_trusted: false },
      { details: { computed: ['policy', 'redrive_policy', 'sqs_managed_sse_enabled'] } },
    ),
    says('in clear text', { sqs_managed_sse_enabled: false }, { encrypted_at_rest: false }),
    says(
      'under the customer’s key',
      { kms_master_key_id: 'k', redrive_policy: '{"maxReceiveCount":4}', policy: EVERYONE },
      { encrypted_at_rest: true, customer_key: true, dead_letter: true, anyone_trusted: true },
    ),
    says(
      'with its settings as resources of their own',
      {},
      { dead_letter: true, anyone_trusted: true },
      {
        with: [
          tied('aws_sqs_queue_redrive_policy', 'queue_url', 'aws_sqs_queue'),
          tied('aws_sqs_queue_policy', 'queue_url', 'aws_sqs_queue', { policy: EVERYONE }),
        ],
      },
    ),
    toCome(['sqs_managed_sse_enabled', 'kms_master_key_id', 'redrive_policy', 'policy'], {
      encrypted_at_rest: U,
      customer_key: U,
      dead_letter: U,
      anyone_trusted: U,
    }),
  ),
  table(
    'aws.sns.topic',
    'aws_sns_topic',
    says(
      'bare',
      { name: 't' },
      { encrypted_at_rest: false, customer_key: false, anyone_trusted: false, monitoring: false },
    ),
    says(
      'under AWS’s key',
      { kms_master_key_id: 'alias/aws/sns' },
      { encrypted_at_rest: true, customer_key: false },
    ),
    says(
      'well kept, but open',
      { kms_master_key_id: 'k', tracing_config: 'Active' },
      { customer_key: true, monitoring: true, anyone_trusted: true },
      { with: [tied('aws_sns_topic_policy', 'arn', 'aws_sns_topic', { policy: EVERYONE })] },
    ),
    toCome(['kms_master_key_id', 'tracing_config', 'policy'], {
      encrypted_at_rest: U,
      customer_key: U,
      monitoring: U,
      anyone_trusted: U,
    }),
  ),
  table(
    'aws.sns.subscription',
    'aws_sns_topic_subscription',
    says(
      'clear',
      { protocol: 'http' },
      { dead_letter: false, encrypted_in_transit: false, taggable: undefined },
    ),
    says(
      'well kept',
      { protocol: 'https', redrive_policy: '{}' },
      { dead_letter: true, encrypted_in_transit: true },
    ),
    toCome(['protocol', 'redrive_policy'], { dead_letter: U, encrypted_in_transit: U }),
  ),
  table(
    'aws.mq.broker',
    'aws_mq_broker',
    says(
      'bare',
      { broker_name: 'b', host_instance_type: 'mq.t3.micro' },
      {
        name: 'b',
        stateful: true,
        encrypted_at_rest: true,
        customer_key: false,
        public: false,
        logging: false,
        auto_upgrade: false,
        size: 'mq.t3.micro',
        multi_zone: false,
        engine_version: undefined,
      },
    ),
    says(
      'well kept, but public',
      {
        encryption_options: [{ kms_key_id: 'k' }],
        publicly_accessible: true,
        logs: [{ general: true }],
        auto_minor_version_upgrade: true,
        deployment_mode: 'ACTIVE_STANDBY_MULTI_AZ',
        engine_version: '5.18',
      },
      {
        customer_key: true,
        public: true,
        logging: true,
        auto_upgrade: true,
        multi_zone: true,
        engine_version: '5.18',
      },
    ),
    toCome(
      [
        'encryption_options',
        'publicly_accessible',
        'logs',
        'auto_minor_version_upgrade',
        'host_instance_type',
        'deployment_mode',
        'engine_version',
      ],
      {
        customer_key: U,
        public: U,
        logging: U,
        auto_upgrade: U,
        size: U,
        multi_zone: U,
        engine_version: U,
      },
    ),
  ),
  table(
    'aws.eventbridge.bus',
    'aws_cloudwatch_event_bus',
    says('bare', { name: 'b' }, { customer_key: false, anyone_trusted: false }),
    says(
      'open',
      { name: 'b', kms_key_identifier: 'k' },
      { customer_key: true, anyone_trusted: true },
      {
        with: [
          tied('aws_cloudwatch_event_bus_policy', 'event_bus_name', 'aws_cloudwatch_event_bus', {
            policy: EVERYONE,
          }),
        ],
      },
    ),
    toCome(
      ['kms_key_identifier'],
      { customer_key: U, anyone_trusted: U },
      { with: [loose('aws_cloudwatch_event_bus_policy', 'event_bus_name')] },
    ),
  ),
];
