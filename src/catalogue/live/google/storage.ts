import { flag, number, object, objects, orNone, text } from '../read.ts';
import type { Restated, Restatement } from '../restatement.ts';
import { asset, block, each, one } from './asset.ts';
import type { Data, Told } from './asset.ts';

function bucket(data: Data): Told {
  return {
    public_access_prevention: orNone(text(data, 'iamConfiguration.publicAccessPrevention')),
    uniform_bucket_level_access:
      flag(data, 'iamConfiguration.uniformBucketLevelAccess.enabled') ??
      flag(data, 'iamConfiguration.bucketPolicyOnly.enabled') ??
      false,
    versioning: [{ enabled: flag(data, 'versioning.enabled') ?? false }],
    // An inventory answers with empty objects for what a bucket does not have.
    logging: block(text(data, 'logging.logBucket') !== undefined),
    lifecycle_rule: each(data, 'lifecycle.rule', () => ({})),
    encryption: one(object(data, 'encryption'), (encryption) => ({
      default_kms_key_name: orNone(text(encryption, 'defaultKmsKeyName')),
    })),
    storage_class: text(data, 'storageClass'),
  };
}

/** What the access list of the bucket grants, where it came along; lists of its objects never do, nor do roles. */
function accessList(data: Data): Omit<Restated, 'attributes'> {
  return {
    companions: (objects(data, 'acl') ?? []).map((entry) => ({
      type: 'google_storage_bucket_access_control',
      attributes: { entity: text(entry, 'entity') },
    })),
  };
}

function filestore(data: Data): Told {
  return {
    tier: text(data, 'tier'),
    kms_key_name: orNone(text(data, 'kmsKeyName')),
    deletion_protection_enabled: flag(data, 'deletionProtectionEnabled') ?? false,
    file_shares: each(data, 'fileShares', (share) => ({
      capacity_gb: number(share, 'capacityGb'),
    })),
  };
}

export const STORAGE: readonly Restatement[] = [
  asset({
    type: 'storage.googleapis.com/Bucket',
    as: 'google_storage_bucket',
    attributes: bucket,
    companions: accessList,
  }),
  asset({
    type: 'file.googleapis.com/Instance',
    as: 'google_filestore_instance',
    attributes: filestore,
  }),
];
