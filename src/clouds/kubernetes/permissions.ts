import { KUBERNETES_KINDS } from '../../catalogue/kubernetes/index.ts';
import type { Permission } from '../adapter.ts';

/**
 * Kinds that are read and never written. RBAC knows no right to change labels alone: who may patch these could grant rights,
 * switch off admission, or put a secret of their own in place of another.
 */
const NEVER_WRITTEN = new Set([
  'kubernetes.secret',
  'kubernetes.serviceaccount',
  'kubernetes.role',
  'kubernetes.rolebinding',
  'kubernetes.clusterrole',
  'kubernetes.clusterrolebinding',
  'kubernetes.validatingwebhookconfiguration',
  'kubernetes.mutatingwebhookconfiguration',
  'kubernetes.customresourcedefinition',
]);

interface Listed {
  readonly kind: string;
  readonly title: string;
  /** `apps/deployments`; `pods` in the core group. */
  readonly resource: string;
}

/** Every type of the catalogue that can be listed; what is only answered (a Scale, a session) has no labels. */
const LISTED: readonly Listed[] = KUBERNETES_KINDS.flatMap(({ kind, title, shapes }) => {
  const shape = shapes.kubernetes;
  if (shape === undefined || shape.tags.shape === 'none') return [];
  return shape.types
    .filter((type) => !type.startsWith('extensions/'))
    .map((type) => ({ kind, title, resource: resourceOf(type) }));
});

/** As `kubectl auth can-i` spells them. */
export const KUBERNETES_PERMISSIONS: {
  readonly read: readonly Permission[];
  readonly write: readonly Permission[];
} = {
  read: [
    { action: 'get /api/*', why: 'to find which kinds the cluster serves; every user may' },
    { action: 'get /apis', why: 'to find which groups the cluster serves; every user may' },
    { action: 'get /apis/*', why: 'to find which kinds a group serves; every user may' },
    ...LISTED.map(({ title, resource }) => ({
      action: `list ${resource}`,
      why: `to judge what exists: ${title}`,
    })),
  ],
  write: LISTED.filter(({ kind }) => !NEVER_WRITTEN.has(kind)).flatMap(({ title, resource }) => [
    {
      action: `get ${resource}`,
      why: `to read labels again just before they are written: ${title}`,
    },
    { action: `patch ${resource}`, why: `to set and remove labels: ${title}` },
  ]),
};

/** `apps/Deployment` is served as `apps/deployments`. */
function resourceOf(type: string): string {
  const slash = type.lastIndexOf('/');
  return `${type.slice(0, slash + 1)}${plural(type.slice(slash + 1).toLowerCase())}`;
}

function plural(kind: string): string {
  if (kind.endsWith('s')) return `${kind}es`;
  return /[^aeiou]y$/.test(kind) ? `${kind.slice(0, -1)}ies` : `${kind}s`;
}
