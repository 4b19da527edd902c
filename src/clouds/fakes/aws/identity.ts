import { AwsRefusal } from './refusal.ts';
import type { FakeCall, FakeWorld, Operation } from './call.ts';
import { page } from './pages.ts';

const SESSION_SECONDS = { least: 900, most: 43_200, otherwise: 3600 };
const TAGS_PAGE = 100;

/** STS: query in, XML out. */
export const STS_OPERATIONS: Readonly<Record<string, Operation>> = {
  GetCallerIdentity: ({ account, input }) => ({
    Account: account,
    Arn: text(input, 'callerArn'),
    UserId: 'AIDAFAKEFAKEFAKEFAKE',
  }),
  AssumeRole: assumeRole,
};

function assumeRole(call: FakeCall, world: FakeWorld): unknown {
  const arn = text(call.input, 'RoleArn');
  const session = text(call.input, 'RoleSessionName');
  const seconds = Number(call.input['DurationSeconds'] ?? SESSION_SECONDS.otherwise);
  if (!/^[\w+=,.@-]{2,64}$/.test(session)) throw validation('RoleSessionName');
  if (!(seconds >= SESSION_SECONDS.least && seconds <= SESSION_SECONDS.most))
    throw validation('DurationSeconds');
  const [, id, role] = /^arn:[\w-]+:iam::(\d{12}):role\/(.+)$/.exec(arn) ?? [];
  if (id === undefined || role === undefined) throw validation('RoleArn');
  const account = world.state.account(id);
  if (account === undefined || account.refuses === true)
    throw new AwsRefusal(
      'AccessDenied',
      `User: ${text(call.input, 'callerArn')} is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
      403,
    );
  const assumed = `arn:aws:sts::${id}:assumed-role/${role}/${session}`;
  const given = world.sessions.assume(id, assumed, seconds);
  return {
    Credentials: {
      AccessKeyId: given.accessKeyId,
      SecretAccessKey: given.secretAccessKey,
      SessionToken: given.sessionToken,
      Expiration: given.expires.toISOString(),
    },
    AssumedRoleUser: { Arn: assumed, AssumedRoleId: `AROAFAKE:${session}` },
  };
}

/** Tags of identities, which the Tagging API does not tell; each by its own name. */
export const IAM_OPERATIONS: Readonly<Record<string, Operation>> = {
  ListRoleTags: tagsBy('RoleName', 'AWS::IAM::Role'),
  ListUserTags: tagsBy('UserName', 'AWS::IAM::User'),
  ListPolicyTags: tagsBy('PolicyArn', 'AWS::IAM::Policy'),
  ListInstanceProfileTags: tagsBy('InstanceProfileName', 'AWS::IAM::InstanceProfile'),
};

function tagsBy(parameter: string, type: string): Operation {
  return (call, world) => {
    const wanted = text(call.input, parameter);
    const all = world.state.account(call.account)?.regions.flatMap(({ items }) => items) ?? [];
    const item = all.find(
      ({ resourceType, resourceName, arn }) =>
        resourceType === type && (resourceName === wanted || arn === wanted),
    );
    if (item === undefined) throw new AwsRefusal('NoSuchEntity', `${wanted} cannot be found.`, 404);
    const tags = Object.entries(item.tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
    const token = call.input['Marker'];
    const { items, next } = page(
      tags,
      {
        size: Number(call.input['MaxItems'] ?? TAGS_PAGE),
        token: typeof token === 'string' ? token : undefined,
        invalid: 'InvalidInput',
        expired: 'InvalidInput',
      },
      call,
      world,
    );
    return {
      Tags: items,
      IsTruncated: next !== undefined,
      ...(next === undefined ? {} : { Marker: next }),
    };
  };
}

/** Organizations: JSON 1.1; answers the management account alone. */
export const ORGANIZATIONS_OPERATIONS: Readonly<Record<string, Operation>> = {
  ListAccounts: (call, world) => {
    const { accounts, home = accounts[0]?.id } = world.estate;
    if (call.account !== home)
      throw new AwsRefusal('AccessDeniedException', 'You are not the management account.');
    const most = 20;
    const token = call.input['NextToken'];
    const { items, next } = page(
      accounts,
      {
        size: Math.min(most, Number(call.input['MaxResults'] ?? most)),
        token: typeof token === 'string' ? token : undefined,
        invalid: 'InvalidInputException',
        expired: 'InvalidInputException',
      },
      call,
      world,
    );
    return {
      Accounts: items.map(({ id, name = id, status = 'ACTIVE' }) => ({
        Id: id,
        Arn: `arn:aws:organizations::${home}:account/o-fake/${id}`,
        Name: name,
        Status: status,
        State: status,
      })),
      ...(next === undefined ? {} : { NextToken: next }),
    };
  },
};

function text(input: FakeCall['input'], name: string): string {
  const value = input[name];
  if (typeof value === 'string') return value;
  throw validation(name);
}

function validation(name: string): AwsRefusal {
  return new AwsRefusal(
    'ValidationError',
    `1 validation error detected: Value at '${name}' failed to satisfy constraint`,
  );
}
