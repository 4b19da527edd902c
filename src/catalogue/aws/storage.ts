import type { Facts } from '../facts.ts';
import { hasBlock } from '../terraform.ts';
import { anyOf, equals, holds, includesAny, not, orElse, present } from '../values.ts';
import type { View } from '../view.ts';
import { policyAt, trustsAnyone } from './policy-document.ts';
import { alwaysEncrypted, awsKind, backups, companion, encryptedBy } from './service.ts';

/** Page aws_efs_file_system: clear unless told; one zone only where a zone is named. */
function fileSystem(view: View): Facts {
  return {
    name: orElse(view.string('tags.Name'), view.string('creation_token')),
    stateful: true,
    ...encryptedBy(view, 'encrypted', 'kms_key_id'),
    backup: companion(view, ['aws_efs_backup_policy'], 'file_system_id', (one) =>
      equals(one.string('backup_policy[0].status'), 'ENABLED'),
    ),
    multi_zone: not(present(view.read('availability_zone_name'))),
    lifecycle: hasBlock(view, 'lifecycle_policy'),
    anyone_trusted: companion(view, ['aws_efs_file_system_policy'], 'file_system_id', (one) =>
      trustsAnyone(policyAt(one, 'policy')),
    ),
  };
}

/** Page aws_fsx_windows_file_system: backups are kept 7 days unless told; the Lustre, ONTAP and OpenZFS pages: none. */
function fsx(view: View): Facts {
  const windows = view.resource.type === 'aws_fsx_windows_file_system';
  return {
    stateful: true,
    ...alwaysEncrypted(view, 'kms_key_id'),
    ...backups(view, 'automatic_backup_retention_days', windows ? 7 : 0),
    multi_zone: holds(view.string('deployment_type'), (type) => type.startsWith('MULTI_AZ')),
    disk_gb: view.number('storage_capacity'),
  };
}

function vault(view: View): Facts {
  const names = ['id', 'name', 'arn'];
  return {
    stateful: true,
    ...alwaysEncrypted(view, 'kms_key_arn'),
    deletion_protected: companion(
      view,
      ['aws_backup_vault_lock_configuration'],
      'backup_vault_name',
      undefined,
      names,
    ),
    anyone_trusted: companion(
      view,
      ['aws_backup_vault_policy'],
      'backup_vault_name',
      (one) => trustsAnyone(policyAt(one, 'policy')),
      names,
    ),
  };
}

export const STORAGE_KINDS = [
  awsKind({
    kind: 'aws.efs.file_system',
    title: 'EFS file system',
    types: ['aws_efs_file_system'],
    facts: fileSystem,
  }),
  awsKind({
    kind: 'aws.efs.access_point',
    title: 'EFS access point',
    types: ['aws_efs_access_point'],
  }),
  awsKind({
    kind: 'aws.fsx.file_system',
    title: 'FSx file system',
    types: [
      'aws_fsx_windows_file_system',
      'aws_fsx_lustre_file_system',
      'aws_fsx_ontap_file_system',
      'aws_fsx_openzfs_file_system',
    ],
    facts: fsx,
  }),
  awsKind({
    kind: 'aws.backup.vault',
    title: 'Backup vault',
    types: ['aws_backup_vault'],
    facts: vault,
  }),
  awsKind({ kind: 'aws.backup.plan', title: 'Backup plan', types: ['aws_backup_plan'] }),
  awsKind({
    kind: 'aws.transfer.server',
    title: 'Transfer Family server',
    types: ['aws_transfer_server'],
    facts: (view) => ({
      public: equals(orElse(view.string('endpoint_type'), 'PUBLIC'), 'PUBLIC'),
      logging: anyOf(
        present(view.read('logging_role')),
        present(view.read('structured_log_destinations')),
      ),
      // Page aws_transfer_server: SFTP alone unless told; FTP is the one protocol in clear text.
      encrypted_in_transit: not(includesAny(view, 'protocols', ['FTP'])),
      local_auth: equals(
        orElse(view.string('identity_provider_type'), 'SERVICE_MANAGED'),
        'SERVICE_MANAGED',
      ),
    }),
  }),
];
