import type { Permission } from '../adapter.ts';
import { LABEL_SERVICES } from './labels/registry.ts';

/** What the inventory asks for: the whole of it. */
const INVENTORY: readonly Permission[] = [
  {
    action: 'cloudasset.assets.searchAllResources',
    why: 'finds what there is, and its labels where the rest may not be read',
  },
  { action: 'cloudasset.assets.listResource', why: 'reads resources as they are configured' },
  {
    action: 'serviceusage.services.use',
    why: 'counts calls against the project that quotaProject names',
  },
];

/** To look at labels again just before and after they are changed. */
const LABELS_READ: readonly Permission[] = LABEL_SERVICES.map(({ type, permissions }) => ({
  action: permissions.read,
  why: `reads the labels of ${type}`,
}));

const LABELS_WRITE: readonly Permission[] = LABEL_SERVICES.flatMap(
  ({ type, permissions, operation }) => [
    { action: permissions.write, why: `changes the labels of ${type}` },
    ...(operation?.permission === undefined ? [] : [operation.permission]),
  ],
);

/** Looking at labels belongs to changing them: a deployment that only reads has enough of the inventory. */
export const GOOGLE_PERMISSIONS = {
  read: INVENTORY,
  write: once([...LABELS_READ, ...LABELS_WRITE]),
};

/** Two types can be reached by one permission. */
function once(permissions: readonly Permission[]): readonly Permission[] {
  return [
    ...new Map([...permissions].reverse().map((one) => [one.action, one])).values(),
  ].reverse();
}
