// Makes the files of deploy/ that grant permissions, from what the adapters declare: generate.mjs writes them.
import { readFileSync } from 'node:fs';

import { stringify } from 'yaml';

const root = new URL('..', import.meta.url);

/** Where `deploy/<cloud>/readme.md` takes its tables from the declarations. */
const TABLES = /(<!-- (read|write) permissions, generated -->\n)[\s\S]*?(<!-- end -->)/g;

/** A managed policy of IAM holds so many characters, blanks not counted. */
const IAM_POLICY_CHARACTERS = 6144;

/** Asked for with the credentials of the gate itself, before it stands in another account. */
const OF_THE_GATE = new Set(['sts:AssumeRole', 'organizations:ListAccounts']);
/** Tells of everything that anybody did in an account: granted only where creators are to be looked up. */
const OF_CREATORS = new Set(['cloudtrail:LookupEvents']);
const ROLE_NAME = 'portcullis';

/** Files and the functions that make their texts. */
export const PERMISSION_FILES = [
  { file: 'deploy/aws/portcullis-read.policy.json', make: async () => json(await awsRead()) },
  { file: 'deploy/aws/portcullis-repair.policy.json', make: async () => json(await awsRepair()) },
  {
    file: 'deploy/aws/portcullis-creators.policy.json',
    make: async () => json(await awsCreators()),
  },
  { file: 'deploy/aws/portcullis-gate.policy.json', make: async () => json(await awsGate()) },
  {
    file: 'deploy/aws/trust.policy.json',
    make: () => json(trust('arn:aws:iam::GATE_ACCOUNT:role/GATE_ROLE', 'EXTERNAL_ID')),
  },
  { file: 'deploy/aws/member-account.yaml', make: makeMemberAccount },
  { file: 'deploy/azure/portcullis-read.role.json', make: () => makeAzureRole('read') },
  { file: 'deploy/azure/portcullis-repair.role.json', make: () => makeAzureRole('write') },
  { file: 'deploy/google/portcullis-read.role.yaml', make: () => makeGoogleRole('read') },
  { file: 'deploy/google/portcullis-repair.role.yaml', make: () => makeGoogleRole('write') },
  ...['aws', 'azure', 'google'].map((cloud) => ({
    file: `deploy/${cloud}/readme.md`,
    make: () => makeReadme(cloud),
  })),
];

async function permissionsOf(cloud) {
  const { CLOUD_ADAPTERS } = await import(new URL('dist/clouds/registry.js', root).href);
  return (await CLOUD_ADAPTERS[cloud]()).permissions;
}

const json = (value) => JSON.stringify(value, null, 2);
const sorted = (texts) => [...new Set(texts)].sort();

async function awsRead() {
  const { read } = await permissionsOf('aws');
  return policy(
    'Read',
    read.filter(({ action }) => !OF_THE_GATE.has(action) && !OF_CREATORS.has(action)),
  );
}

async function awsCreators() {
  const { read } = await permissionsOf('aws');
  return policy(
    'Creators',
    read.filter(({ action }) => OF_CREATORS.has(action)),
  );
}

async function awsRepair() {
  return policy('Repair', (await permissionsOf('aws')).write);
}

async function awsGate() {
  const { read } = await permissionsOf('aws');
  const on = { 'sts:AssumeRole': `arn:aws:iam::*:role/${ROLE_NAME}` };
  return policy(
    'Gate',
    read
      .filter(({ action }) => OF_THE_GATE.has(action))
      .map((one) => ({ on: on[one.action], ...one })),
  );
}

/** One statement for each service, and for what its actions are narrowed to. */
function policy(purpose, permissions) {
  const statements = new Map();
  for (const { action, on = '*' } of permissions) {
    const [service] = action.split(':');
    const sid = `${purpose}${service[0].toUpperCase()}${service.slice(1).replaceAll('-', '')}`;
    const before = statements.get(sid);
    if (before !== undefined && before.Resource !== on)
      throw new Error(`${action} is on ${on}, others of ${service} on ${before.Resource}`);
    const actions = sorted([...(before?.Action ?? []), action]);
    statements.set(sid, { Sid: sid, Effect: 'Allow', Action: actions, Resource: on });
  }
  const document = {
    Version: '2012-10-17',
    Statement: sorted(statements.keys()).map((sid) => statements.get(sid)),
  };
  const size = JSON.stringify(document).length;
  if (size > IAM_POLICY_CHARACTERS)
    throw new Error(`${purpose}: ${size} characters, IAM takes ${IAM_POLICY_CHARACTERS}: split it`);
  return document;
}

function trust(principal, externalId) {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'PortcullisAlone',
        Effect: 'Allow',
        Principal: { AWS: principal },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': externalId } },
      },
    ],
  };
}

/** The role of one account, as a stack or as the instances of a stack set. */
async function makeMemberAccount() {
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description:
      'The role by which Portcullis reads this account and, only if it is let, mends tags in it.',
    Parameters: {
      TrustedPrincipal: {
        Type: 'String',
        Description: 'ARN of the role or user that Portcullis runs as.',
        AllowedPattern: String.raw`^arn:aws[\w-]*:iam::\d{12}:(role|user)/.+$`,
      },
      ExternalId: {
        Type: 'String',
        Description: 'What Portcullis says when it assumes the role: externalId of its inventory.',
        NoEcho: true,
        MinLength: 16,
        MaxLength: 1224,
      },
      AllowRepairs: {
        Type: 'String',
        Description: 'yes adds the right to set and remove tags.',
        AllowedValues: ['no', 'yes'],
        Default: 'no',
      },
      AllowCreators: {
        Type: 'String',
        Description: 'yes adds the right to look up in CloudTrail who made a resource.',
        AllowedValues: ['no', 'yes'],
        Default: 'no',
      },
      RoleName: { Type: 'String', Default: ROLE_NAME },
    },
    Conditions: {
      Repairs: { 'Fn::Equals': [{ Ref: 'AllowRepairs' }, 'yes'] },
      Creators: { 'Fn::Equals': [{ Ref: 'AllowCreators' }, 'yes'] },
    },
    Resources: {
      ReadPolicy: managedPolicy('What Portcullis reads.', await awsRead()),
      RepairPolicy: {
        ...managedPolicy('How Portcullis mends tags.', await awsRepair()),
        Condition: 'Repairs',
      },
      CreatorsPolicy: {
        ...managedPolicy('How Portcullis finds out who made a resource.', await awsCreators()),
        Condition: 'Creators',
      },
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: { Ref: 'RoleName' },
          Description: 'Assumed by Portcullis for sweeps and repairs.',
          MaxSessionDuration: 3600,
          AssumeRolePolicyDocument: trust({ Ref: 'TrustedPrincipal' }, { Ref: 'ExternalId' }),
          ManagedPolicyArns: [
            { Ref: 'ReadPolicy' },
            { 'Fn::If': ['Repairs', { Ref: 'RepairPolicy' }, { Ref: 'AWS::NoValue' }] },
            { 'Fn::If': ['Creators', { Ref: 'CreatorsPolicy' }, { Ref: 'AWS::NoValue' }] },
          ],
        },
      },
    },
    Outputs: { RoleArn: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
  };
  return `${head('aws')}${stringify(template, { aliasDuplicateObjects: false, version: '1.1' })}`;
}

function managedPolicy(description, document) {
  return {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: { Description: description, PolicyDocument: document },
  };
}

async function makeAzureRole(side) {
  const { [side]: permissions } = await permissionsOf('azure');
  return json({
    Name: side === 'read' ? 'Portcullis read' : 'Portcullis repair',
    IsCustom: true,
    Description:
      side === 'read'
        ? 'What Portcullis reads in a sweep. It changes nothing.'
        : 'How Portcullis mends tags, in addition to what it reads.',
    Actions: sorted(permissions.map(({ action }) => action)),
    NotActions: [],
    DataActions: [],
    NotDataActions: [],
    AssignableScopes: ['/subscriptions/SUBSCRIPTION_ID'],
  });
}

async function makeGoogleRole(side) {
  const { [side]: permissions } = await permissionsOf('google');
  const role = {
    title: side === 'read' ? 'Portcullis read' : 'Portcullis repair',
    description:
      side === 'read'
        ? 'What Portcullis reads in a sweep. It changes nothing.'
        : 'How Portcullis mends labels, in addition to what it reads.',
    stage: 'GA',
    includedPermissions: sorted(permissions.map(({ action }) => action)),
  };
  return `${head('google')}${stringify(role)}`;
}

function head(cloud) {
  return `# Generated from what the adapter declares (src/clouds/${cloud}/permissions.ts): node scripts/generate.mjs\n`;
}

/** The readme as it is, with fresh tables. */
async function makeReadme(cloud) {
  const permissions = await permissionsOf(cloud);
  const text = readFileSync(new URL(`deploy/${cloud}/readme.md`, root), 'utf8');
  return text.replace(
    TABLES,
    (_, open, side, close) => `${open}\n${tableOf(permissions[side])}\n\n${close}`,
  );
}

function tableOf(permissions) {
  const rows = permissions.map(
    ({ action, why, on }) =>
      `| \`${action}\` | ${why}${on === undefined ? '' : `; on \`${on}\``} |`,
  );
  return ['| permission | what for |', '| --- | --- |', ...rows].join('\n');
}
