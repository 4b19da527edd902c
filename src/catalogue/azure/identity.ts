import type { Facts } from '../facts.ts';
import type { Kind } from '../kind.ts';
import { names, orNames } from '../terraform.ts';
import { allOf, anyOf, holds, not, oneOf, someOf, strings } from '../values.ts';
import type { Truth } from '../values.ts';
import type { View } from '../view.ts';
import { UNTAGGED, azureKind } from './service.ts';

/**
 * Built-in roles that grant everything, or the right to grant everything (learn.microsoft.com, "Azure built-in roles").
 * A role is named, or referred to by its id, which is the same in every tenant.
 */
const ADMINISTRATORS: ReadonlyMap<string, string> = new Map([
  ['Owner', '8e3af657-a8ff-443c-a75c-2fe8c4bcb635'],
  ['Contributor', 'b24988ac-6180-42a0-ab88-20f7382dd24c'],
  ['User Access Administrator', '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9'],
  ['Role Based Access Control Administrator', 'f58310d9-a9f6-439a-9e8d-f62e7b41a168'],
]);
const NAMES = [...ADMINISTRATORS.keys()];
const IDS = [...ADMINISTRATORS.values()];

/** An administrator of one resource is no administrator of everything: only wide scopes count. */
function assignment(view: View): Facts {
  const role = anyOf(
    oneOf(view.string('role_definition_name'), NAMES),
    holds(view.string('role_definition_id'), (id) =>
      IDS.some((known) => id.toLowerCase().endsWith(known)),
    ),
  );
  const wide = orNames(holds(view.string('scope'), isWide), view, 'scope', WIDE);
  return { admin_access: allOf(role, wide) };
}

const WIDE = ['azurerm_resource_group', 'azurerm_subscription', 'azurerm_management_group'];

/** A management group, a subscription, or a resource group. */
function isWide(scope: string): boolean {
  return (
    scope === '/' ||
    /^\/subscriptions\/[^/]+(?:\/resourceGroups\/[^/]+)?\/?$/i.test(scope) ||
    isManagementGroup(scope)
  );
}

function isManagementGroup(scope: string): boolean {
  return /^\/providers\/Microsoft\.Management\/managementGroups\//i.test(scope);
}

function definition(view: View): Facts {
  const everything = someOf(view.list('permissions'), (permission) =>
    grants(permission, (action) => action === '*'),
  );
  return {
    wildcard_actions: someOf(view.list('permissions'), (permission) =>
      grants(permission, isWildcard),
    ),
    admin_access: everything,
  };
}

function grants(permission: View, test: (action: string) => boolean): Truth {
  const granted = (path: string): Truth =>
    someOf(strings(permission, path), (action) => holds(action, test));
  return anyOf(granted('actions'), granted('data_actions'));
}

/** `*` and `Microsoft.Storage/*`; an asterisk deeper down (`.../blobs/*`) is the ordinary way to name all of one thing. */
function isWildcard(action: string): boolean {
  return action === '*' || /^[^/]+\/\*$/.test(action);
}

export const IDENTITY: readonly Kind[] = [
  azureKind({
    kind: 'azure.iam.role_assignment',
    title: 'Azure role assignment',
    types: ['azurerm_role_assignment'],
    tags: UNTAGGED,
    facts: assignment,
  }),
  azureKind({
    kind: 'azure.iam.role_definition',
    title: 'Azure role definition',
    types: ['azurerm_role_definition'],
    tags: UNTAGGED,
    facts: definition,
  }),
  azureKind({
    kind: 'azure.iam.managed_identity',
    title: 'Azure user-assigned identity',
    types: ['azurerm_user_assigned_identity'],
    facts: () => ({ managed_identity: true }),
  }),
  azureKind({
    kind: 'azure.iam.client_secret',
    title: 'Password of an Entra application',
    types: ['azuread_application_password', 'azuread_service_principal_password'],
    tags: UNTAGGED,
    // Without a date the provider asks for one of the far future; pages azuread_application_password and its sibling.
    facts: (view) => ({ long_lived_key: not(names(view, 'end_date', 'end_date_relative')) }),
  }),
];
