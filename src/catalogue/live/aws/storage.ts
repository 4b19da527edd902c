import { at, flag, number, objects, orNone, text, texts } from '../read.ts';
import type { LiveItem, Restatement } from '../restatement.ts';
import { awsItem, named, policyOf, resolvedKey } from './item.ts';
import type { Item, Words } from './item.ts';

/** By the CloudFormation schema. The policy is not in AWS Config's own, so where it is missing it is unknown. */
function fileSystem(item: Item): Words {
  const { own } = item;
  const status = text(own, 'BackupPolicy.Status');
  const policy = policyOf(at(own, 'FileSystemPolicy'));
  return {
    attributes: {
      encrypted: flag(own, 'Encrypted'),
      kms_key_id: resolvedKey(text(own, 'KmsKeyId'), item),
      availability_zone_name: orNone(text(own, 'AvailabilityZoneName')),
      lifecycle_policy: (objects(own, 'LifecyclePolicies') ?? []).map((one) => ({
        transition_to_ia: text(one, 'TransitionToIA'),
      })),
    },
    companions: [
      ...(status === undefined
        ? []
        : [{ type: 'aws_efs_backup_policy', attributes: { backup_policy: [{ status }] } }]),
      ...(policy ? [{ type: 'aws_efs_file_system_policy', attributes: { policy } }] : []),
    ],
    tells: [
      ...(status === undefined ? [] : ['aws_efs_backup_policy']),
      ...(policy === undefined ? [] : ['aws_efs_file_system_policy']),
    ],
  };
}

/** By the CloudFormation schema. Neither a missing lock nor a missing policy is said, so both are unknown then. */
function vault(item: Item): Words {
  const { own } = item;
  const policy = policyOf(at(own, 'AccessPolicy'));
  const lock = at(own, 'LockConfiguration');
  return {
    attributes: {
      name: text(own, 'BackupVaultName'),
      kms_key_arn: resolvedKey(text(own, 'EncryptionKeyArn'), item),
    },
    companions: [
      ...(lock ? [{ type: 'aws_backup_vault_lock_configuration', attributes: {} }] : []),
      ...(policy ? [{ type: 'aws_backup_vault_policy', attributes: { policy } }] : []),
    ],
    tells: [
      ...(lock === undefined ? [] : ['aws_backup_vault_lock_configuration']),
      ...(policy === undefined ? [] : ['aws_backup_vault_policy']),
    ],
  };
}

const FSX: Readonly<Record<string, string>> = {
  WINDOWS: 'aws_fsx_windows_file_system',
  LUSTRE: 'aws_fsx_lustre_file_system',
  ONTAP: 'aws_fsx_ontap_file_system',
  OPENZFS: 'aws_fsx_openzfs_file_system',
};

function fsxType(item: LiveItem): string {
  const type = text(item, 'configuration.FileSystemType') ?? '';
  return (Object.hasOwn(FSX, type) ? FSX[type] : undefined) ?? 'aws_fsx_lustre_file_system';
}

/** Not recorded by AWS Config; by its CloudFormation schema. */
function fsx(item: Item): Words {
  const kinds = ['Windows', 'Lustre', 'Ontap', 'OpenZFS'];
  const own = kinds.map((kind) => at(item.own, `${kind}Configuration`)).find(Boolean);
  return {
    attributes: {
      kms_key_id: resolvedKey(text(item.own, 'KmsKeyId'), item),
      automatic_backup_retention_days: number(own, 'AutomaticBackupRetentionDays'),
      deployment_type: text(own, 'DeploymentType'),
      storage_capacity: number(item.own, 'StorageCapacity'),
    },
  };
}

/** By the CloudFormation schema. */
function transferServer({ own }: Item): Words {
  return {
    attributes: {
      endpoint_type: text(own, 'EndpointType'),
      logging_role: orNone(text(own, 'LoggingRole')),
      structured_log_destinations: texts(own, 'StructuredLogDestinations') ?? null,
      protocols: texts(own, 'Protocols'),
      identity_provider_type: text(own, 'IdentityProviderType'),
    },
  };
}

export const STORAGE_RESTATEMENTS: readonly Restatement[] = [
  awsItem('AWS::EFS::FileSystem', 'aws_efs_file_system', fileSystem),
  awsItem('AWS::EFS::AccessPoint', 'aws_efs_access_point'),
  awsItem('AWS::FSx::FileSystem', fsxType, fsx),
  awsItem('AWS::Backup::BackupVault', 'aws_backup_vault', vault),
  awsItem('AWS::Backup::BackupPlan', 'aws_backup_plan', named),
  awsItem('AWS::Transfer::Server', 'aws_transfer_server', transferServer),
];
