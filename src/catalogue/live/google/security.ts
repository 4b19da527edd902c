import { flag, number, object, orNone, text, texts } from '../read.ts';
import type { LiveItem, Restatement } from '../restatement.ts';
import { asset, block, each, isFilled, isUnder, keyBlock, one, orNative } from './asset.ts';
import type { Data, Told } from './asset.ts';

/** Keys live in a place even where that is everywhere. */
function placed(item: LiveItem): Told {
  return { location: orNone(text(item, 'location')) };
}

function cryptoKey(data: Data, item: LiveItem): Told {
  return {
    ...placed(item),
    purpose: orNone(text(data, 'purpose')),
    rotation_period: orNone(text(data, 'rotationPeriod')),
    version_template: [{ protection_level: text(data, 'versionTemplate.protectionLevel') }],
  };
}

/** The provider says `auto` where the API says `automatic`. */
function secret(data: Data): Told {
  return {
    replication: [
      {
        auto: one(object(data, 'replication.automatic'), encrypted),
        user_managed: one(object(data, 'replication.userManaged'), (managed) => ({
          replicas: each(managed, 'replicas', encrypted),
        })),
      },
    ],
    rotation: block(isFilled(data, 'rotation')),
  };
}

function encrypted(replica: unknown): Told {
  return { customer_managed_encryption: keyBlock(replica, 'customerManagedEncryption') };
}

/** Google keeps keys of its own for every account and replaces them by itself: only what users made is a long-lived key. */
function keyType(item: LiveItem): string {
  const theirs = text(item, 'data.keyType') === 'USER_MANAGED';
  return orNative(item, theirs ? 'google_service_account_key' : undefined);
}

function roleType(item: LiveItem): string {
  return isUnder(item, 'organizations')
    ? 'google_organization_iam_custom_role'
    : 'google_project_iam_custom_role';
}

function workloadIdentity(data: Data): Told {
  return {
    oidc: one(object(data, 'oidc'), (oidc) => ({ issuer_uri: text(oidc, 'issuerUri') })),
    attribute_condition: orNone(text(data, 'attributeCondition')),
  };
}

function sinkType(item: LiveItem): string {
  if (isUnder(item, 'organizations')) return 'google_logging_organization_sink';
  return isUnder(item, 'folders') ? 'google_logging_folder_sink' : 'google_logging_project_sink';
}

function logBucket(data: Data, item: LiveItem): Told {
  return {
    ...placed(item),
    cmek_settings: keyBlock(data, 'cmekSettings'),
    retention_days: orNone(number(data, 'retentionDays')),
    locked: flag(data, 'locked') ?? false,
  };
}

export const SECURITY: readonly Restatement[] = [
  asset({
    type: 'cloudkms.googleapis.com/KeyRing',
    as: 'google_kms_key_ring',
    attributes: (_, item) => placed(item),
  }),
  asset({
    type: 'cloudkms.googleapis.com/CryptoKey',
    as: 'google_kms_crypto_key',
    attributes: cryptoKey,
  }),
  asset({
    type: 'secretmanager.googleapis.com/Secret',
    as: 'google_secret_manager_secret',
    named: false,
    attributes: secret,
  }),
  asset({
    type: 'iam.googleapis.com/ServiceAccount',
    as: 'google_service_account',
    named: false,
  }),
  asset({ type: 'iam.googleapis.com/ServiceAccountKey', as: keyType, named: false }),
  asset({
    type: 'iam.googleapis.com/Role',
    as: roleType,
    named: false,
    attributes: (data) => ({ permissions: orNone(texts(data, 'includedPermissions')) }),
  }),
  asset({
    type: 'iam.googleapis.com/WorkloadIdentityPoolProvider',
    as: 'google_iam_workload_identity_pool_provider',
    named: false,
    attributes: workloadIdentity,
  }),
  asset({
    type: 'logging.googleapis.com/LogSink',
    as: sinkType,
    attributes: (data) => ({ disabled: flag(data, 'disabled') ?? false }),
  }),
  asset({
    type: 'logging.googleapis.com/LogBucket',
    as: 'google_logging_project_bucket_config',
    named: false,
    attributes: logBucket,
  }),
  // Guards against deletion are Terraform's own; liens are resources of their own.
  asset({
    type: 'cloudresourcemanager.googleapis.com/Project',
    as: 'google_project',
    named: false,
    attributes: (data) => ({ name: text(data, 'displayName') ?? text(data, 'name') }),
  }),
  asset({ type: 'cloudresourcemanager.googleapis.com/Folder', as: 'google_folder', named: false }),
];
