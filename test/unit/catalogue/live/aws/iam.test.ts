import { EVERYONE, U, itemsOf, says, statements } from './item.ts';

const encoded = (document: string): string => encodeURIComponent(document);

const ADMIN = statements({ Effect: 'Allow', Action: '*', Resource: '*' });

const NARROW = statements({
  Effect: 'Allow',
  Action: ['s3:GetObject'],
  Resource: ['arn:aws:s3:::b/*'],
});

const SERVICE = statements({
  Effect: 'Allow',
  Principal: { Service: 'ec2.amazonaws.com' },
  Action: 'sts:AssumeRole',
});

const administrator = [
  { policyName: 'AdministratorAccess', policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
];

itemsOf(
  'AWS::IAM::Role',
  'aws.iam.role',
  says(
    'narrow',
    {
      roleName: 'r',
      assumeRolePolicyDocument: encoded(SERVICE),
      rolePolicyList: [{ policyName: 'p', policyDocument: encoded(NARROW) }],
      attachedManagedPolicies: [],
    },
    {
      name: 'r',
      anyone_trusted: false,
      wildcard_actions: false,
      wildcard_resources: false,
      admin_access: false,
    },
  ),
  says(
    'trusts anyone',
    {
      assumeRolePolicyDocument: encoded(EVERYONE),
      rolePolicyList: [],
      attachedManagedPolicies: [],
    },
    { anyone_trusted: true, admin_access: false },
  ),
  says(
    'may everything, inline',
    {
      rolePolicyList: [{ policyName: 'p', policyDocument: encoded(ADMIN) }],
      attachedManagedPolicies: [],
    },
    { wildcard_actions: true, wildcard_resources: true, admin_access: true },
  ),
  says(
    'may everything, attached',
    { rolePolicyList: [], attachedManagedPolicies: administrator },
    { wildcard_actions: false, admin_access: true },
  ),
  says(
    'documents that are parsed already',
    {
      assumeRolePolicyDocument: JSON.parse(EVERYONE) as unknown,
      rolePolicyList: [],
      attachedManagedPolicies: [],
    },
    { anyone_trusted: true },
  ),
  says(
    'an inline policy whose document was left out may grant anything',
    {
      assumeRolePolicyDocument: encoded(SERVICE),
      rolePolicyList: [{ policyName: 'p' }],
      attachedManagedPolicies: [],
    },
    { wildcard_actions: U, admin_access: U },
  ),
  says('a trust that cannot be read', { assumeRolePolicyDocument: '%7B' }, { anyone_trusted: U }),
  says(
    'without a word',
    { roleName: 'r' },
    { anyone_trusted: U, wildcard_actions: U, wildcard_resources: U, admin_access: U },
  ),
);

itemsOf(
  'AWS::IAM::User',
  'aws.iam.user',
  says(
    'narrow',
    { userName: 'u', userPolicyList: [], attachedManagedPolicies: [] },
    { name: 'u', wildcard_actions: false, admin_access: false, long_lived_key: U, local_auth: U },
  ),
  says(
    'may everything',
    { userPolicyList: [{ policyDocument: encoded(ADMIN) }], attachedManagedPolicies: [] },
    { wildcard_actions: true, admin_access: true },
  ),
  says('without a word', { userName: 'u' }, { wildcard_actions: U, admin_access: U }),
);

itemsOf(
  'AWS::IAM::Group',
  'aws.iam.group',
  says(
    'may everything',
    { groupName: 'g', groupPolicyList: [], attachedManagedPolicies: administrator },
    { name: 'g', admin_access: true, wildcard_actions: false },
  ),
  says('without a word', { groupName: 'g' }, { admin_access: U }),
);

itemsOf(
  'AWS::IAM::Policy',
  'aws.iam.policy',
  says(
    'the version in force',
    {
      policyName: 'p',
      policyVersionList: [
        { isDefaultVersion: false, document: encoded(NARROW) },
        { isDefaultVersion: true, document: encoded(ADMIN) },
      ],
    },
    { name: 'p', admin_access: true, wildcard_actions: true, wildcard_resources: true },
  ),
  says(
    'an older version that grants more',
    {
      policyVersionList: [
        { isDefaultVersion: true, document: encoded(NARROW) },
        { isDefaultVersion: false, document: encoded(ADMIN) },
      ],
    },
    { admin_access: false, wildcard_actions: false },
  ),
  says(
    'without its versions',
    { policyName: 'p' },
    { admin_access: U, wildcard_actions: U, wildcard_resources: U },
  ),
);
