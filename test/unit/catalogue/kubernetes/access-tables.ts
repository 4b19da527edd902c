import { UNKNOWN } from '../../../../src/catalogue/facts.ts';
import type { FactCase } from '../../../builders.ts';
import { both } from './dialects.ts';
import type { ApiTable } from './dialects.ts';

const rules = (...list: object[]): Record<string, unknown> => ({ rules: list });
const ROLE_CASES: readonly FactCase[] = [
  {
    it: 'a role that reads pods grants no more than that',
    attributes: rules({ apiGroups: [''], resources: ['pods'], verbs: ['get'] }),
    facts: { wildcard_actions: false, wildcard_resources: false, admin_access: false },
  },
  {
    it: 'every verb',
    attributes: rules({ apiGroups: [''], resources: ['pods'], verbs: ['*'] }),
    facts: { wildcard_actions: true, wildcard_resources: false, admin_access: false },
  },
  {
    it: 'every resource',
    attributes: rules({ apiGroups: ['apps'], resources: ['*'], verbs: ['list'] }),
    facts: { wildcard_actions: false, wildcard_resources: true, admin_access: false },
  },
  {
    it: 'everything on everything, in a rule among others',
    attributes: rules(
      { apiGroups: [''], resources: ['pods'], verbs: ['get'] },
      { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
    ),
    facts: { wildcard_actions: true, wildcard_resources: true, admin_access: true },
  },
  {
    it: 'a role without rules grants nothing',
    attributes: { metadata: { name: 'empty' } },
    facts: { wildcard_actions: false, wildcard_resources: false, admin_access: false },
  },
  {
    it: 'rules still to come may grant anything',
    details: { unknown: ['rules'] },
    facts: { wildcard_actions: UNKNOWN, wildcard_resources: UNKNOWN, admin_access: UNKNOWN },
  },
];

function binding(
  role: string,
  subjects: readonly object[],
  kind = 'ClusterRole',
): Record<string, unknown> {
  return { roleRef: { kind, name: role }, subjects };
}

function bindingCases(adminIsAdministrator: boolean): FactCase[] {
  const jane = { kind: 'User', name: 'jane' };
  return [
    {
      it: 'a view for one person',
      attributes: binding('view', [jane]),
      facts: { admin_access: false, anyone_trusted: false },
    },
    {
      it: 'cluster-admin',
      attributes: binding('cluster-admin', [jane]),
      facts: { admin_access: true, anyone_trusted: false },
    },
    {
      it: 'admin, which is meant for a namespace',
      attributes: binding('admin', [jane]),
      facts: { admin_access: adminIsAdministrator },
    },
    {
      it: 'a role of that name is not the cluster role',
      attributes: binding('cluster-admin', [jane], 'Role'),
      facts: { admin_access: false },
    },
    {
      it: 'everybody without credentials, as a user',
      attributes: binding('view', [jane, { kind: 'User', name: 'system:anonymous' }]),
      facts: { anyone_trusted: true },
    },
    {
      it: 'everybody without credentials, as a group',
      attributes: binding('view', [{ kind: 'Group', name: 'system:unauthenticated' }]),
      facts: { anyone_trusted: true },
    },
    {
      it: 'a service account of that name is nobody',
      attributes: binding('view', [{ kind: 'ServiceAccount', name: 'system:anonymous' }]),
      facts: { anyone_trusted: false },
    },
    {
      it: 'subjects and role still to come',
      attributes: { roleRef: { kind: 'ClusterRole' } },
      details: { unknown: ['subjects', 'roleRef.name'] },
      facts: { admin_access: UNKNOWN, anyone_trusted: UNKNOWN },
    },
  ];
}

export const ACCESS_TABLES: readonly ApiTable[] = [
  {
    kind: 'kubernetes.role',
    type: 'rbac.authorization.k8s.io/v1/Role',
    terraform: both('kubernetes_role'),
    cases: ROLE_CASES,
  },
  {
    kind: 'kubernetes.clusterrole',
    type: 'rbac.authorization.k8s.io/v1/ClusterRole',
    terraform: both('kubernetes_cluster_role'),
    cases: ROLE_CASES,
  },
  {
    kind: 'kubernetes.rolebinding',
    type: 'rbac.authorization.k8s.io/v1/RoleBinding',
    terraform: both('kubernetes_role_binding'),
    cases: bindingCases(false),
  },
  {
    kind: 'kubernetes.clusterrolebinding',
    type: 'rbac.authorization.k8s.io/v1/ClusterRoleBinding',
    terraform: both('kubernetes_cluster_role_binding'),
    cases: bindingCases(true),
  },
];
