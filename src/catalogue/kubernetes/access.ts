import type { Facts } from '../facts.ts';
import { allOf, equals, includesAny, oneOf, someOf } from '../values.ts';
import type { Truth } from '../values.ts';
import type { View } from '../view.ts';
import { bothNames, kubernetesKind } from './shape.ts';
import type { Spell } from './shape.ts';

const ROLES = 'rbac.authorization.k8s.io';

export const ACCESS_KINDS = [
  kubernetesKind({
    kind: 'kubernetes.serviceaccount',
    title: 'ServiceAccount',
    types: ['ServiceAccount'],
    terraform: bothNames('kubernetes_service_account'),
  }),
  kubernetesKind({
    kind: 'kubernetes.role',
    title: 'Role',
    types: [`${ROLES}/Role`],
    terraform: bothNames('kubernetes_role'),
    facts: roleFacts,
  }),
  kubernetesKind({
    kind: 'kubernetes.clusterrole',
    title: 'ClusterRole',
    types: [`${ROLES}/ClusterRole`],
    terraform: bothNames('kubernetes_cluster_role'),
    facts: roleFacts,
  }),
  kubernetesKind({
    kind: 'kubernetes.rolebinding',
    title: 'RoleBinding',
    types: [`${ROLES}/RoleBinding`],
    terraform: bothNames('kubernetes_role_binding'),
    facts: (view, spell) => bindingFacts(view, spell, ['cluster-admin']),
  }),
  kubernetesKind({
    kind: 'kubernetes.clusterrolebinding',
    title: 'ClusterRoleBinding',
    types: [`${ROLES}/ClusterRoleBinding`],
    terraform: bothNames('kubernetes_cluster_role_binding'),
    // `admin` is meant for one namespace; bound to the cluster it reads every Secret there is.
    facts: (view, spell) => bindingFacts(view, spell, ['cluster-admin', 'admin']),
  }),
];

/** An aggregated role has no rules of its own: what it grants stands in the roles that are added to it. */
function roleFacts(view: View, spell: Spell): Facts {
  const rules = view.list(spell('rules'));
  const star = (rule: View, field: string): Truth => includesAny(rule, spell(field), ['*']);
  return {
    wildcard_actions: someOf(rules, (rule) => star(rule, 'verbs')),
    wildcard_resources: someOf(rules, (rule) => star(rule, 'resources')),
    admin_access: someOf(rules, (rule) =>
      allOf(star(rule, 'verbs'), star(rule, 'resources'), star(rule, 'apiGroups')),
    ),
  };
}

/** The user and the group of every request without credentials. */
const ANYONE = ['system:anonymous', 'system:unauthenticated'];

function bindingFacts(view: View, spell: Spell, administrators: readonly string[]): Facts {
  return {
    admin_access: allOf(
      equals(view.string(spell('roleRef.kind')), 'ClusterRole'),
      oneOf(view.string(spell('roleRef.name')), administrators),
    ),
    anyone_trusted: someOf(view.list(spell('subjects')), (subject) =>
      allOf(
        oneOf(subject.string('kind'), ['User', 'Group']),
        oneOf(subject.string('name'), ANYONE),
      ),
    ),
  };
}
