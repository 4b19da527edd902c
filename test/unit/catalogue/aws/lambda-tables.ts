import type { raw } from '../../../builders.ts';
import type { FactTable } from '../../../builders.ts';
import { U, loose, says, table, tied, toCome } from './table.ts';

const group = table(
  'aws.autoscaling.group',
  'aws_autoscaling_group',
  says(
    'bare',
    { max_size: 3, availability_zones: ['a'] },
    { taggable: true, instance_count: 3, multi_zone: false, monitoring: false },
  ),
  says(
    'spread',
    { vpc_zone_identifier: ['a', 'b'], enabled_metrics: ['GroupMaxSize'] },
    { multi_zone: true, monitoring: true },
  ),
  toCome(['max_size', 'vpc_zone_identifier', 'enabled_metrics'], {
    instance_count: U,
    multi_zone: U,
    monitoring: U,
  }),
);

const permission = (attributes: Record<string, unknown>): ReturnType<typeof raw> =>
  tied('aws_lambda_permission', 'function_name', 'aws_lambda_function', attributes);

const lambda = table(
  'aws.lambda.function',
  'aws_lambda_function',
  says(
    'bare',
    { function_name: 'f', runtime: 'nodejs22.x' },
    {
      name: 'f',
      encrypted_at_rest: true,
      customer_key: false,
      engine_version: 'nodejs22.x',
      secret_in_environment: false,
      monitoring: false,
      dead_letter: false,
      network_isolated: false,
      anyone_trusted: false,
      public: false,
    },
  ),
  says(
    'furnished',
    {
      kms_key_arn: 'k',
      environment: [{ variables: { DB_PASSWORD: 'hunter22' } }],
      tracing_config: [{ mode: 'Active' }],
      dead_letter_config: [{ target_arn: 'q' }],
      vpc_config: [{ subnet_ids: ['s'] }],
    },
    {
      customer_key: true,
      secret_in_environment: true,
      monitoring: true,
      dead_letter: true,
      network_isolated: true,
    },
  ),
  says(
    'invoked by anyone',
    {},
    { anyone_trusted: true, public: true },
    { with: [permission({ principal: '*' })] },
  ),
  says(
    'invoked by one account',
    {},
    { anyone_trusted: false, public: false },
    { with: [permission({ principal: '*', source_account: '1' })] },
  ),
  says(
    'behind an open URL',
    {},
    { anyone_trusted: false, public: true },
    {
      with: [
        tied('aws_lambda_function_url', 'function_name', 'aws_lambda_function', {
          authorization_type: 'NONE',
        }),
      ],
    },
  ),
  says(
    'with the address of something to come',
    { environment: [{ variables: {} }] },
    { secret_in_environment: false },
    { details: { unknown: ['environment[0].variables.TABLE'] } },
  ),
  says(
    'with a password to come',
    { environment: [{ variables: {} }] },
    { secret_in_environment: U },
    { details: { unknown: ['environment[0].variables.DB_PASSWORD'] } },
  ),
  toCome(
    ['kms_key_arn', 'runtime', 'environment', 'tracing_config', 'dead_letter_config', 'vpc_config'],
    {
      customer_key: U,
      engine_version: U,
      secret_in_environment: U,
      monitoring: U,
      dead_letter: U,
      network_isolated: U,
      anyone_trusted: U,
      public: U,
    },
    { with: [loose('aws_lambda_permission', 'function_name')] },
  ),
);

export const LAMBDA_TABLES: readonly FactTable[] = [
  lambda,
  group,
  table(
    'aws.lambda.function_url',
    'aws_lambda_function_url',
    says('open', { authorization_type: 'NONE' }, { public: true }),
    says('closed', { authorization_type: 'AWS_IAM' }, { public: false }),
    toCome(['authorization_type'], { public: U }),
  ),
  table(
    'aws.lambda.permission',
    'aws_lambda_permission',
    says('for anyone', { principal: '*' }, { anyone_trusted: true }),
    says('for a service', { principal: 's3.amazonaws.com' }, { anyone_trusted: false }),
    says(
      'for an organisation',
      { principal: '*', principal_org_id: 'o-1' },
      { anyone_trusted: false },
    ),
    toCome(['principal'], { anyone_trusted: U }),
  ),
];
