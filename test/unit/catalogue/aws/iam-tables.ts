import { raw } from '../../../builders.ts';
import type { FactTable } from '../../../builders.ts';
import { ADMIN, HARMLESS, U, loose, says, table, tied, toCome } from './table.ts';
import type { Claims } from './table.ts';

const document = (...statements: object[]): string => JSON.stringify({ Statement: statements });
const allow = (rest: object): string => document({ Effect: 'Allow', ...rest });
const none: Claims = { wildcard_actions: false, wildcard_resources: false, admin_access: false };
const everything: Claims = { wildcard_actions: true, wildcard_resources: true, admin_access: true };
const notKnown: Claims = { wildcard_actions: U, wildcard_resources: U, admin_access: U };
const fromData = (statement: object[], unknown: string[] = []): Parameters<typeof says>[3] => ({
  details: { unknown: ['policy'], refers: { policy: 'data.aws_iam_policy_document.this' } },
  with: [
    raw(
      'aws_iam_policy_document',
      { statement },
      { address: 'data.aws_iam_policy_document.this', action: 'read', unknown },
    ),
  ],
});

const GITHUB = { Federated: 'arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com' };
const github = (conditions: object): string =>
  allow({
    Principal: GITHUB,
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringLike: conditions },
  });

const policy = table(
  'aws.iam.policy',
  'aws_iam_policy',
  says('narrow', { policy: HARMLESS }, none),
  says('of an administrator', { policy: ADMIN }, everything),
  says(
    'of every action of a service',
    { policy: allow({ Action: ['s3:*'], Resource: 'arn:x' }) },
    { wildcard_actions: true, wildcard_resources: false, admin_access: false },
  ),
  says(
    'of something on every resource',
    { policy: allow({ Action: 's3:GetObject', Resource: '*' }) },
    { wildcard_actions: false, wildcard_resources: true, admin_access: false },
  ),
  says(
    'of all but some actions',
    { policy: allow({ NotAction: 'iam:*', Resource: 'arn:x' }) },
    { wildcard_actions: true },
  ),
  says(
    'of a prefix, which is no wildcard of a service',
    { policy: allow({ Action: 's3:Get*', Resource: 'arn:x' }) },
    none,
  ),
  says(
    'that denies everything',
    { policy: document({ Effect: 'Deny', Action: '*', Resource: '*' }) },
    none,
  ),
  says(
    'with one statement in place of a list',
    { policy: JSON.stringify({ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }) },
    everything,
  ),
  says('that cannot be read', { policy: '{"Statement": [' }, notKnown),
  says('that is no policy', { policy: '"*"' }, notKnown),
  says('longer than AWS takes', { policy: `${' '.repeat(300_000)}${HARMLESS}` }, notKnown),
  says(
    'read from the data source that makes it',
    {},
    everything,
    fromData([{ actions: ['*'], resources: ['*'] }]),
  ),
  says(
    'read from a data source with a resource to come',
    {},
    { wildcard_actions: false, wildcard_resources: U, admin_access: false },
    fromData([{ actions: ['s3:GetObject'], resources: [null] }], ['statement[0].resources[0]']),
  ),
  says(
    'merged from documents to come',
    {},
    notKnown,
    fromData([{ actions: ['s3:GetObject'], resources: ['x'] }], ['source_policy_documents']),
  ),
  toCome(['policy'], notKnown),
);

const role = table(
  'aws.iam.role',
  'aws_iam_role',
  says(
    'for a service',
    {
      assume_role_policy: allow({
        Principal: { Service: 'ec2.amazonaws.com' },
        Action: 'sts:AssumeRole',
      }),
    },
    { ...none, anyone_trusted: false },
  ),
  says(
    'for anyone',
    { assume_role_policy: allow({ Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }) },
    { anyone_trusted: true },
  ),
  says(
    'for anyone with an external id',
    {
      assume_role_policy: allow({
        Principal: '*',
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': 'x' } },
      }),
    },
    { anyone_trusted: false },
  ),
  says(
    'for all but one',
    { assume_role_policy: allow({ NotPrincipal: { AWS: 'arn:1' }, Action: 'sts:AssumeRole' }) },
    { anyone_trusted: true },
  ),
  says(
    'for every repository of GitHub',
    {
      assume_role_policy: github({
        'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
      }),
    },
    { anyone_trusted: true },
  ),
  says(
    'for a repository pattern that is everything',
    { assume_role_policy: github({ 'token.actions.githubusercontent.com:sub': 'repo:*' }) },
    { anyone_trusted: true },
  ),
  says(
    'for one repository of GitHub',
    {
      assume_role_policy: github({ 'token.actions.githubusercontent.com:sub': 'repo:acme/app:*' }),
    },
    { anyone_trusted: false },
  ),
  says('with an inline policy', { inline_policy: [{ name: 'a', policy: ADMIN }] }, everything),
  says('with an inline policy of its own', { name: 'r' }, everything, {
    with: [raw('aws_iam_role_policy', { role: 'r', policy: ADMIN })],
  }),
  says(
    'with the managed policy of administrators',
    { managed_policy_arns: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
    { ...none, admin_access: true },
  ),
  says(
    'with that policy attached',
    { name: 'r' },
    { admin_access: true },
    {
      with: [
        raw('aws_iam_role_policy_attachment', {
          role: 'r',
          policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess',
        }),
      ],
    },
  ),
  toCome(['assume_role_policy', 'inline_policy'], { anyone_trusted: U, ...notKnown }),
);

const inUser = (type: string, attributes: Record<string, unknown> = {}): ReturnType<typeof raw> =>
  tied(type, 'user', 'aws_iam_user', attributes);

const identities: FactTable[] = [
  table(
    'aws.iam.inline_policy',
    'aws_iam_role_policy',
    says('narrow', { policy: HARMLESS }, none),
    says('of a user', { policy: ADMIN }, everything, { type: 'aws_iam_user_policy' }),
    toCome(['policy'], notKnown, { type: 'aws_iam_group_policy' }),
  ),
  table(
    'aws.iam.policy_attachment',
    'aws_iam_role_policy_attachment',
    says(
      'of administrators',
      { policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
      { admin_access: true, taggable: undefined },
    ),
    says(
      'of readers',
      { policy_arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
      { admin_access: false },
      { type: 'aws_iam_user_policy_attachment' },
    ),
    says(
      'of keepers of identities',
      { policy_arn: 'arn:aws:iam::aws:policy/IAMFullAccess' },
      { admin_access: true },
      { type: 'aws_iam_group_policy_attachment' },
    ),
    toCome(['policy_arn'], { admin_access: U }, { type: 'aws_iam_policy_attachment' }),
  ),
  table(
    'aws.iam.user',
    'aws_iam_user',
    says('bare', { name: 'u' }, { ...none, long_lived_key: false, local_auth: false }),
    says(
      'with a key, a password and an administrator’s policy',
      { name: 'u' },
      { ...everything, long_lived_key: true, local_auth: true },
      {
        with: [
          inUser('aws_iam_access_key'),
          inUser('aws_iam_user_login_profile'),
          inUser('aws_iam_user_policy', { policy: ADMIN }),
        ],
      },
    ),
    says(
      'with what may be its own',
      { name: 'u' },
      { ...notKnown, long_lived_key: U, local_auth: U },
      {
        with: ['aws_iam_access_key', 'aws_iam_user_login_profile', 'aws_iam_user_policy'].map(
          (type) => loose(type, 'user'),
        ),
      },
    ),
  ),
  table(
    'aws.iam.group',
    'aws_iam_group',
    says('bare', { name: 'g' }, { ...none, taggable: undefined }),
    says('of administrators', { name: 'g' }, everything, {
      with: [raw('aws_iam_group_policy', { group: 'g', policy: ADMIN })],
    }),
    says('with a policy to come', { name: 'g' }, notKnown, {
      with: [raw('aws_iam_group_policy', { group: 'g' }, { unknown: ['policy'] })],
    }),
  ),
  table(
    'aws.iam.access_key',
    'aws_iam_access_key',
    says('lives until somebody ends it', {}, { long_lived_key: true }),
  ),
  table(
    'aws.iam.login_profile',
    'aws_iam_user_login_profile',
    says('is a password', {}, { local_auth: true }),
  ),
  table(
    'aws.iam.instance_profile',
    'aws_iam_instance_profile',
    says('can be tagged', {}, { taggable: true }),
  ),
  table(
    'aws.iam.identity_provider',
    'aws_iam_openid_connect_provider',
    says('can be tagged', {}, { taggable: true }),
    says('of SAML', {}, { taggable: true }, { type: 'aws_iam_saml_provider' }),
  ),
];

export const IAM_TABLES: readonly FactTable[] = [policy, role, ...identities];
