import { UNKNOWN } from '../facts.ts';
import type { Facts } from '../facts.ts';
import { anyOf, holds, someOf, strings } from '../values.ts';
import type { Truth } from '../values.ts';
import type { View } from '../view.ts';
import { grants, policyAt, trustsAnyone } from './policy-document.ts';
import { UNTAGGED, awsKind, companion } from './service.ts';

/** Managed policies that grant everything, or the right to grant oneself everything. */
const ADMIN = /:policy\/(?:AdministratorAccess|IAMFullAccess)$/;

const isAdmin = (arn: string): boolean => ADMIN.test(arn);

/** Inline policies, in blocks of the identity or as resources of their own. */
function inlineGrants(view: View, type: string, attribute: string): Facts {
  const some = (fact: 'wildcard_actions' | 'wildcard_resources' | 'admin_access'): Truth => {
    const granted = (one: View): Truth => toTruth(grants(policyAt(one, 'policy'))[fact]);
    return anyOf(
      someOf(view.list('inline_policy'), granted),
      companion(view, [type], attribute, granted, NAMES),
    );
  };
  return {
    wildcard_actions: some('wildcard_actions'),
    wildcard_resources: some('wildcard_resources'),
    admin_access: some('admin_access'),
  };
}

function toTruth(value: unknown): Truth {
  return value === UNKNOWN ? UNKNOWN : value === true;
}

const NAMES = ['id', 'name', 'arn'];

function attachedAdmin(view: View, type: string, attribute: string): Truth {
  return companion(
    view,
    [type],
    attribute,
    (one) => holds(one.string('policy_arn'), isAdmin),
    NAMES,
  );
}

function role(view: View): Facts {
  const inline = inlineGrants(view, 'aws_iam_role_policy', 'role');
  return {
    ...inline,
    anyone_trusted: trustsAnyone(policyAt(view, 'assume_role_policy')),
    admin_access: anyOf(
      toTruth(inline.admin_access),
      someOf(strings(view, 'managed_policy_arns'), (arn) => holds(arn, isAdmin)),
      attachedAdmin(view, 'aws_iam_role_policy_attachment', 'role'),
    ),
  };
}

function member(view: View, noun: 'user' | 'group'): Facts {
  const inline = inlineGrants(view, `aws_iam_${noun}_policy`, noun);
  const admin = attachedAdmin(view, `aws_iam_${noun}_policy_attachment`, noun);
  return { ...inline, admin_access: anyOf(toTruth(inline.admin_access), admin) };
}

function user(view: View): Facts {
  return {
    ...member(view, 'user'),
    long_lived_key: companion(view, ['aws_iam_access_key'], 'user', undefined, NAMES),
    local_auth: companion(view, ['aws_iam_user_login_profile'], 'user', undefined, NAMES),
  };
}

export const IAM_KINDS = [
  awsKind({ kind: 'aws.iam.role', title: 'IAM role', types: ['aws_iam_role'], facts: role }),
  awsKind({
    kind: 'aws.iam.policy',
    title: 'IAM policy',
    types: ['aws_iam_policy'],
    facts: (view) => grants(policyAt(view, 'policy')),
  }),
  awsKind({
    kind: 'aws.iam.inline_policy',
    title: 'Inline policy of a role, user or group',
    types: ['aws_iam_role_policy', 'aws_iam_user_policy', 'aws_iam_group_policy'],
    tags: UNTAGGED,
    facts: (view) => grants(policyAt(view, 'policy')),
  }),
  awsKind({
    kind: 'aws.iam.policy_attachment',
    title: 'Attachment of a managed policy',
    types: [
      'aws_iam_role_policy_attachment',
      'aws_iam_user_policy_attachment',
      'aws_iam_group_policy_attachment',
      'aws_iam_policy_attachment',
    ],
    tags: UNTAGGED,
    facts: (view) => ({ admin_access: holds(view.string('policy_arn'), isAdmin) }),
  }),
  awsKind({ kind: 'aws.iam.user', title: 'IAM user', types: ['aws_iam_user'], facts: user }),
  awsKind({
    kind: 'aws.iam.group',
    title: 'IAM group',
    types: ['aws_iam_group'],
    tags: UNTAGGED,
    facts: (view) => member(view, 'group'),
  }),
  awsKind({
    kind: 'aws.iam.access_key',
    title: 'IAM access key',
    types: ['aws_iam_access_key'],
    tags: UNTAGGED,
    facts: () => ({ long_lived_key: true }),
  }),
  awsKind({
    kind: 'aws.iam.login_profile',
    title: 'Console password of an IAM user',
    types: ['aws_iam_user_login_profile'],
    tags: UNTAGGED,
    facts: () => ({ local_auth: true }),
  }),
  awsKind({
    kind: 'aws.iam.instance_profile',
    title: 'Instance profile',
    types: ['aws_iam_instance_profile'],
  }),
  awsKind({
    kind: 'aws.iam.identity_provider',
    title: 'Identity provider',
    types: ['aws_iam_openid_connect_provider', 'aws_iam_saml_provider'],
  }),
];
