import { given, list, text, texts } from '../read.ts';
import type { Restatement } from '../restatement.ts';
import { arm } from './arm.ts';

export const IDENTITY: readonly Restatement[] = [
  arm({
    type: 'Microsoft.Authorization/roleAssignments',
    as: 'azurerm_role_assignment',
    attributes: (properties) => ({
      role_definition_name: null,
      role_definition_id: text(properties, 'roleDefinitionId'),
      scope: text(properties, 'scope'),
    }),
  }),
  arm({
    type: 'Microsoft.Authorization/roleDefinitions',
    as: 'azurerm_role_definition',
    attributes: (properties) => ({
      name: text(properties, 'roleName'),
      permissions: given(list(properties, 'permissions'), (permissions) =>
        permissions.map((permission) => ({
          actions: texts(permission, 'actions'),
          data_actions: texts(permission, 'dataActions'),
        })),
      ),
    }),
  }),
  arm({
    type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
    as: 'azurerm_user_assigned_identity',
  }),
];
