import { at, objects, orNone, text } from '../read.ts';
import type { LiveItem, RestatedCompanion, Restatement } from '../restatement.ts';
import { awsItem, named, policyOf } from './item.ts';
import type { Item, Words } from './item.ts';

/*
 * GetAccountAuthorizationDetails. Documents are URL-encoded texts; the schema of AWS Config leaves them out, for no query can
 * read them.
 */

/** Inline policies and attached ones, as the resources of their own that Terraform makes of them. */
function grants(
  own: LiveItem,
  noun: 'role' | 'user' | 'group',
): Pick<Words, 'companions' | 'tells'> {
  const inline = objects(own, `${noun}PolicyList`);
  const attached = objects(own, 'attachedManagedPolicies');
  const [policy, attachment] = [`aws_iam_${noun}_policy`, `aws_iam_${noun}_policy_attachment`];
  const companions: RestatedCompanion[] = [
    ...(inline ?? []).map((one) => ({
      type: policy,
      attributes: { policy: policyOf(at(one, 'policyDocument') ?? UNTOLD) },
    })),
    ...(attached ?? []).map((one) => ({
      type: attachment,
      attributes: { policy_arn: orNone(text(one, 'policyArn')) },
    })),
  ];
  const tells = [...(inline ? [policy] : []), ...(attached ? [attachment] : [])];
  return { companions, tells };
}

/** A policy whose document the item leaves out may grant anything. */
const UNTOLD = 'not told';

function role({ own }: Item): Words {
  return {
    attributes: {
      name: text(own, 'roleName'),
      assume_role_policy: policyOf(at(own, 'assumeRolePolicyDocument')),
      inline_policy: null,
      managed_policy_arns: null,
    },
    ...grants(own, 'role'),
  };
}

/** Neither access keys nor passwords are in the item. */
function user({ own }: Item): Words {
  return {
    attributes: { name: text(own, 'userName'), inline_policy: null },
    ...grants(own, 'user'),
  };
}

function group({ own }: Item): Words {
  return {
    attributes: { name: text(own, 'groupName'), inline_policy: null },
    ...grants(own, 'group'),
  };
}

/** Only the version in force counts. */
function policy({ own }: Item): Words {
  const versions = objects(own, 'policyVersionList') ?? [];
  const inForce = versions.find((one) => at(one, 'isDefaultVersion') === true);
  return {
    attributes: { name: text(own, 'policyName'), policy: policyOf(at(inForce, 'document')) },
  };
}

export const IAM_RESTATEMENTS: readonly Restatement[] = [
  awsItem('AWS::IAM::Role', 'aws_iam_role', role),
  awsItem('AWS::IAM::User', 'aws_iam_user', user),
  awsItem('AWS::IAM::Group', 'aws_iam_group', group),
  awsItem('AWS::IAM::Policy', 'aws_iam_policy', policy),
  awsItem('AWS::IAM::InstanceProfile', 'aws_iam_instance_profile', named),
  awsItem('AWS::IAM::OIDCProvider', 'aws_iam_openid_connect_provider'),
  awsItem('AWS::IAM::SAMLProvider', 'aws_iam_saml_provider', named),
];
