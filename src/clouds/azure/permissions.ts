import type { Permission } from '../adapter.ts';

/** For a role that looks only. */
export const READ_PERMISSIONS: readonly Permission[] = [
  {
    action: '*/read',
    why: 'Resource Graph answers for what the caller may read, and leaves out everything else without a word',
  },
  { action: 'Microsoft.ResourceGraph/resources/read', why: 'to ask Resource Graph what exists' },
  {
    action: 'Microsoft.Resources/subscriptions/read',
    why: 'to see the subscriptions, their state and their tags',
  },
  {
    action: 'Microsoft.Resources/subscriptions/resourceGroups/read',
    why: 'to see resource groups, whose tags resources take over',
  },
  {
    action: 'Microsoft.Management/managementGroups/read',
    why: 'to find the subscriptions of management groups',
  },
  {
    action: 'Microsoft.Resources/tags/read',
    why: 'to read the tags of a resource as they are now',
  },
  {
    action: 'Microsoft.Authorization/policyAssignments/read',
    why: 'to tell which of Azure’s own policies apply',
  },
  {
    action: 'Microsoft.Authorization/policyExemptions/read',
    why: 'to tell what is exempt from them, and until when',
  },
  {
    action: 'Microsoft.PolicyInsights/policyStates/queryResults/read',
    why: 'to compare with what Azure itself finds not to comply',
  },
];

/** For a role that repairs. With it any resource can be tagged, and nothing else of it be changed. */
export const WRITE_PERMISSIONS: readonly Permission[] = [
  {
    action: 'Microsoft.Resources/tags/write',
    why: 'to merge tags into a resource and to delete some',
  },
];
