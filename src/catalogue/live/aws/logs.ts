import { flag, has, number, object, objects, orNone, text } from '../read.ts';
import type { LiveItem, Restatement } from '../restatement.ts';
import { awsItem, block, named } from './item.ts';
import type { Item, Words } from './item.ts';

/** DescribeTrails, which does not say whether the trail is switched on; the key is there only when it is the customer's. */
function trail({ own }: Item): Words {
  return {
    attributes: { name: text(own, 'name'), kms_key_id: orNone(text(own, 'kmsKeyId')) },
  };
}

/** Not recorded by AWS Config; by its CloudFormation schema. Without a retention, events are kept for ever. */
function logGroup({ own }: Item): Words {
  return {
    attributes: {
      name: text(own, 'LogGroupName'),
      kms_key_id: orNone(text(own, 'KmsKeyId')),
      retention_in_days: orNone(number(own, 'RetentionInDays')),
      deletion_protection_enabled: flag(own, 'DeletionProtectionEnabled'),
    },
  };
}

/** By the CloudFormation schema. A machine that neither logs nor traces says so, or nothing. */
function stateMachine({ own }: Item): Words {
  return {
    attributes: {
      name: text(own, 'StateMachineName'),
      logging_configuration: block(object(own, 'LoggingConfiguration'), (one) => ({
        level: text(one, 'Level'),
      })),
      tracing_configuration: block(object(own, 'TracingConfiguration'), (one) => ({
        enabled: flag(one, 'Enabled'),
      })),
      encryption_configuration: has(own, 'EncryptionConfiguration')
        ? block(object(own, 'EncryptionConfiguration'), (one) => ({
            kms_key_id: text(one, 'KmsKeyId'),
          }))
        : undefined,
    },
  };
}

/** BatchGetProjects. The key of a project without one is told by its alias, `alias/aws/s3`. */
function project({ own }: Item): Words {
  const status = (found: LiveItem): LiveItem => ({ status: text(found, 'status') });
  return {
    attributes: {
      name: text(own, 'name'),
      encryption_key: orNone(text(own, 'encryptionKey')),
      logs_config: block(object(own, 'logsConfig'), (logs) => ({
        cloudwatch_logs: block(object(logs, 'cloudWatchLogs'), status),
        s3_logs: block(object(logs, 's3Logs'), status),
      })),
      environment: block(object(own, 'environment'), (one) => ({
        environment_variable: (objects(one, 'environmentVariables') ?? []).map((variable) => ({
          name: text(variable, 'name'),
          type: text(variable, 'type'),
          value: text(variable, 'value'),
        })),
      })),
      vpc_config: block(vpcOf(own), (one) => ({ vpc_id: text(one, 'vpcId') })),
    },
  };
}

/** A project outside any VPC may say so by an empty object. */
function vpcOf(own: LiveItem): LiveItem | undefined {
  const found = object(own, 'vpcConfig');
  return text(found, 'vpcId') === undefined ? undefined : found;
}

export const LOG_RESTATEMENTS: readonly Restatement[] = [
  awsItem('AWS::Logs::LogGroup', 'aws_cloudwatch_log_group', logGroup),
  awsItem('AWS::CloudTrail::Trail', 'aws_cloudtrail', trail),
  awsItem('AWS::CloudWatch::Alarm', 'aws_cloudwatch_metric_alarm'),
  awsItem('AWS::Events::Rule', 'aws_cloudwatch_event_rule', named),
  awsItem('AWS::StepFunctions::StateMachine', 'aws_sfn_state_machine', stateMachine),
  awsItem('AWS::CodeBuild::Project', 'aws_codebuild_project', project, {
    sensitive: ['configuration.environment.environmentVariables'],
  }),
  awsItem('AWS::GuardDuty::Detector', 'aws_guardduty_detector', ({ own }) => ({
    attributes: { enable: flag(own, 'Enable') },
  })),
  awsItem('AWS::Cognito::UserPool', 'aws_cognito_user_pool', ({ own }) => ({
    attributes: {
      name: text(own, 'UserPoolName'),
      deletion_protection: text(own, 'DeletionProtection'),
    },
  })),
];
