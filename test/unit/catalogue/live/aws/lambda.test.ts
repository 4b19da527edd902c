import { EVERYONE, SOME_KEY, U, itemsOf, says, statements } from './item.ts';

const closed = statements({
  Effect: 'Allow',
  Principal: { Service: 's3.amazonaws.com' },
  Action: 'lambda:InvokeFunction',
  Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:s3:::b' } },
});

const open = (condition?: object): string =>
  statements({
    Effect: 'Allow',
    Principal: '*',
    Action: 'lambda:*',
    ...(condition && { Condition: condition }),
  });

itemsOf(
  'AWS::Lambda::Function',
  'aws.lambda.function',
  says(
    'closed and watched',
    {
      functionName: 'f',
      runtime: 'nodejs22.x',
      kmskeyArn: SOME_KEY,
      environment: { variables: { LEVEL: 'info' } },
      tracingConfig: { mode: 'Active' },
      deadLetterConfig: { targetArn: 'q' },
      vpcConfig: { subnetIds: ['s'] },
    },
    {
      name: 'f',
      engine_version: 'nodejs22.x',
      customer_key: true,
      secret_in_environment: false,
      monitoring: true,
      dead_letter: true,
      network_isolated: true,
      anyone_trusted: false,
      public: false,
    },
    { supplementary: { Policy: closed } },
  ),
  says(
    'a secret in its environment',
    {
      environment: { variables: { DB_PASSWORD: 'hunter2-hunter2' } },
      tracingConfig: { mode: 'PassThrough' },
      vpcConfig: { subnetIds: [] },
    },
    {
      secret_in_environment: true,
      customer_key: false,
      monitoring: false,
      dead_letter: false,
      network_isolated: false,
    },
    { supplementary: { Policy: null } },
  ),
  says(
    'no policy: nobody may',
    { functionName: 'f' },
    { anyone_trusted: false, public: false },
    { supplementary: { Policy: null } },
  ),
  says(
    'a policy that the item leaves out',
    { functionName: 'f' },
    { anyone_trusted: U, public: U, secret_in_environment: U },
  ),
  says(
    'a policy that cannot be read',
    { functionName: 'f' },
    { anyone_trusted: U, public: U },
    { supplementary: { Policy: '{' } },
  ),
  says(
    'anybody may',
    { functionName: 'f' },
    { anyone_trusted: true, public: true },
    { supplementary: { Policy: EVERYONE } },
  ),
  says(
    'anybody but some may',
    { functionName: 'f' },
    { anyone_trusted: true },
    {
      supplementary: {
        Policy: statements({ Effect: 'Allow', NotPrincipal: { AWS: '1' }, Action: '*' }),
      },
    },
  ),
  says(
    'anybody of one account may',
    { functionName: 'f' },
    { anyone_trusted: false, public: false },
    { supplementary: { Policy: open({ StringEquals: { 'AWS:SourceAccount': '1' } }) } },
  ),
  says(
    'anybody of an organisation may',
    { functionName: 'f' },
    { anyone_trusted: false },
    { supplementary: { Policy: open({ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }) } },
  ),
  says(
    'by a URL without authentication',
    { functionName: 'f' },
    { anyone_trusted: true, public: true },
    { supplementary: { Policy: open({ StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } }) } },
  ),
  says(
    'denied to all',
    { functionName: 'f' },
    { anyone_trusted: false, public: false },
    { supplementary: { Policy: statements({ Effect: 'Deny', Principal: '*', Action: '*' }) } },
  ),
);
