import { describe, expect, it } from 'vitest';

import { creatorIn } from '../../../../src/clouds/aws/identity.ts';
import type { Identity } from '../../../../src/clouds/aws/trail.ts';
import { seekValue } from '../../../../src/repair/plan/values.ts';
import { subject } from '../../repair/estate.ts';

/** A session of a role, as CloudTrail writes it. */
function session(name: string, more: Partial<Identity> = {}, role = 'Admin'): Identity {
  return {
    type: 'AssumedRole',
    principalId: `AROAEXAMPLE:${name}`,
    arn: `arn:aws:sts::111111111111:assumed-role/${role}/${name}`,
    sessionContext: {
      sessionIssuer: { arn: `arn:aws:iam::111111111111:role/${role}`, userName: role },
    },
    ...more,
  };
}

const LINKED = session(
  'AutoScaling',
  {
    invokedBy: 'autoscaling.amazonaws.com',
    sessionContext: {
      sessionIssuer: {
        arn: 'arn:aws:iam::111111111111:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
        userName: 'AWSServiceRoleForAutoScaling',
      },
    },
  },
  'AWSServiceRoleForAutoScaling',
);

const by = (userIdentity: Identity) =>
  creatorIn({ eventID: 'e-1', eventName: 'CreateBucket', userIdentity });
const event = 'CreateBucket, e-1';

/** What a rule would write as the owner. */
function proposed(identity: Identity): string | undefined {
  const createdBy = by(identity);
  const sought = seekValue(
    [{ kind: 'creator', take: 'name' }],
    'owner',
    subject('a', {}, createdBy === undefined ? {} : { createdBy }),
  );
  return sought.found === 'value' ? sought.value : undefined;
}

describe('who stands behind an event', () => {
  const PEOPLE: readonly (readonly [string, Identity, object])[] = [
    ['a user', { type: 'IAMUser', userName: 'ada' }, { name: 'ada', event }],
    [
      'somebody in a role',
      session('ada@example.com'),
      { name: 'ada@example.com', role: 'Admin', event },
    ],
    [
      'whom the identity provider vouches for, whatever the session is called',
      session('anything', {
        sessionContext: { sourceIdentity: 'ada', sessionIssuer: { userName: 'Admin' } },
      }),
      { name: 'ada', role: 'Admin', event },
    ],
    [
      'a federated user',
      { type: 'FederatedUser', arn: 'arn:aws:sts::111111111111:federated-user/ada' },
      { name: 'ada', event },
    ],
    [
      'a session without an ARN',
      { type: 'AssumedRole', principalId: 'AROAEXAMPLE:ada' },
      { name: 'ada', event },
    ],
    ['who came from a directory', { type: 'SAMLUser', userName: 'ada' }, { name: 'ada', event }],
    [
      'who had a service do it',
      session('ada', { invokedBy: 'cloudformation.amazonaws.com' }),
      {
        name: 'ada',
        role: 'Admin',
        event: 'CreateBucket by way of cloudformation.amazonaws.com, e-1',
      },
    ],
  ];

  it.each(PEOPLE)('is a person: %s', (_, identity, expected) => {
    expect(by(identity)).toEqual(expected);
    expect(proposed(identity)).toMatch(/^ada/);
  });

  const OTHERS: readonly (readonly [string, Identity, string])[] = [
    ['the root of the account', { type: 'Root', userName: 'my-account' }, 'root'],
    [
      'a service',
      { type: 'AWSService', invokedBy: 'autoscaling.amazonaws.com' },
      'autoscaling.amazonaws.com',
    ],
    ['a role that belongs to a service', LINKED, 'autoscaling.amazonaws.com'],
    [
      'a service in a role that it was lent',
      session('AWSCloudFormation', { invokedBy: 'cloudformation.amazonaws.com' }, 'Deploy'),
      'cloudformation.amazonaws.com',
    ],
    ['a machine', session('i-0123456789abcdef0'), 'i-0123456789abcdef0'],
    ['a build', session('AWSCodeBuild-1f2e3d4c'), 'AWSCodeBuild-1f2e3d4c'],
    ['a task', session('0123456789abcdef0123456789abcdef'), '0123456789abcdef0123456789abcdef'],
    ['another account', { type: 'AWSAccount', accountId: '222222222222' }, '222222222222'],
  ];

  it.each(OTHERS)('is named and never proposed as an owner: %s', (_, identity, name) => {
    expect(by(identity)?.name).toBe(name);
    expect(proposed(identity)).toBeUndefined();
  });

  it('is nobody where only a number is told', () => {
    expect(by({ type: 'IdentityCenterUser', accountId: '111111111111' })).toBeUndefined();
    expect(by({ type: 'IAMUser', userName: '' })).toBeUndefined();
    expect(by({})).toBeUndefined();
  });
});
