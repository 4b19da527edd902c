import { hasBlock } from '../terraform.ts';
import { anyOf, equals, not, orElse, someOf } from '../values.ts';
import type { Truth } from '../values.ts';
import type { View } from '../view.ts';
import { secretAmong } from './environment.ts';
import { alwaysEncrypted, awsKind, customerKey, flag } from './service.ts';

/** Variables of type PLAINTEXT, the default; the other types name where the secret is kept. */
function buildSecrets(view: View): Truth {
  return someOf(view.list('environment[0].environment_variable'), (variable) => {
    const name = variable.string('name');
    if (
      variable.string('type') === 'PARAMETER_STORE' ||
      variable.string('type') === 'SECRETS_MANAGER'
    )
      return false;
    return typeof name === 'string' && secretAmong([[name, variable.string('value')]]);
  });
}

export const LOG_KINDS = [
  awsKind({
    kind: 'aws.logs.group',
    title: 'CloudWatch log group',
    types: ['aws_cloudwatch_log_group'],
    // Page aws_cloudwatch_log_group: 0, the default, keeps events for ever.
    facts: (view) => ({
      stateful: true,
      ...alwaysEncrypted(view, 'kms_key_id'),
      log_retention_days: orElse(view.number('retention_in_days'), 0),
      deletion_protected: flag(view, 'deletion_protection_enabled', false),
    }),
  }),
  awsKind({
    kind: 'aws.cloudtrail.trail',
    title: 'CloudTrail trail',
    types: ['aws_cloudtrail'],
    facts: (view) => ({
      logging: flag(view, 'enable_logging', true),
      ...alwaysEncrypted(view, 'kms_key_id'),
    }),
  }),
  awsKind({
    kind: 'aws.cloudwatch.alarm',
    title: 'CloudWatch alarm',
    types: ['aws_cloudwatch_metric_alarm'],
  }),
  awsKind({
    kind: 'aws.eventbridge.rule',
    title: 'EventBridge rule',
    types: ['aws_cloudwatch_event_rule'],
  }),
  awsKind({
    kind: 'aws.stepfunctions.state_machine',
    title: 'Step Functions state machine',
    types: ['aws_sfn_state_machine'],
    facts: (view) => ({
      logging: not(equals(orElse(view.string('logging_configuration[0].level'), 'OFF'), 'OFF')),
      monitoring: flag(view, 'tracing_configuration[0].enabled', false),
      encrypted_at_rest: true,
      customer_key: customerKey(view, 'encryption_configuration[0].kms_key_id'),
    }),
  }),
  awsKind({
    kind: 'aws.codebuild.project',
    title: 'CodeBuild project',
    types: ['aws_codebuild_project'],
    facts: (view) => ({
      ...alwaysEncrypted(view, 'encryption_key'),
      logging: anyOf(
        not(
          equals(
            orElse(view.string('logs_config[0].cloudwatch_logs[0].status'), 'ENABLED'),
            'DISABLED',
          ),
        ),
        equals(view.string('logs_config[0].s3_logs[0].status'), 'ENABLED'),
      ),
      secret_in_environment: buildSecrets(view),
      network_isolated: hasBlock(view, 'vpc_config'),
    }),
  }),
  awsKind({
    kind: 'aws.guardduty.detector',
    title: 'GuardDuty detector',
    types: ['aws_guardduty_detector'],
    facts: (view) => ({ monitoring: flag(view, 'enable', true) }),
  }),
  awsKind({
    kind: 'aws.cognito.user_pool',
    title: 'Cognito user pool',
    types: ['aws_cognito_user_pool'],
    facts: (view) => ({
      stateful: true,
      deletion_protected: equals(orElse(view.string('deletion_protection'), 'INACTIVE'), 'ACTIVE'),
    }),
  }),
];
