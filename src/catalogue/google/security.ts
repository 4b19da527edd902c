import type { Facts } from '../facts.ts';
import type { Kind } from '../kind.ts';
import { hasBlock, names } from '../terraform.ts';
import { anyOf, orElse } from '../values.ts';
import type { View } from '../view.ts';
import { UNLABELLED, googleKind, guarded, openToAnyone, ownKey, ownKeyIn } from './service.ts';

/** Page google_kms_crypto_key. Only symmetric keys for encryption can be rotated by the platform; without a period they are not. */
function cryptoKey(view: View): Facts {
  const purpose = orElse(view.string('purpose'), 'ENCRYPT_DECRYPT');
  const rotation: Facts =
    purpose === 'ENCRYPT_DECRYPT' ? { key_rotation: names(view, 'rotation_period') } : {};
  return {
    ...rotation,
    stateful: true,
    anyone_trusted: openToAnyone(view, 'google_kms_crypto_key', 'crypto_key_id'),
    size: orElse(view.string('version_template[0].protection_level'), 'SOFTWARE'),
  };
}

/** Page google_secret_manager_secret; `automatic = true` up to version 4 of the provider has no key of its own. */
function secret(view: View): Facts {
  return {
    encrypted_at_rest: true,
    customer_key: anyOf(
      ownKey(view, 'replication[0].auto[0].customer_managed_encryption[0].kms_key_name'),
      ownKeyIn(
        view,
        'replication[0].user_managed[0].replicas',
        'customer_managed_encryption[0].kms_key_name',
      ),
    ),
    stateful: true,
    deletion_protected: guarded(view, false),
    key_rotation: hasBlock(view, 'rotation'),
    anyone_trusted: openToAnyone(view, 'google_secret_manager_secret', 'secret_id', [
      'id',
      'name',
      'secret_id',
    ]),
  };
}

export const SECURITY: readonly Kind[] = [
  googleKind({
    kind: 'gcp.kms.key_ring',
    title: 'Cloud KMS key ring',
    types: ['google_kms_key_ring'],
    tags: UNLABELLED,
    facts: (view) => ({ anyone_trusted: openToAnyone(view, 'google_kms_key_ring', 'key_ring_id') }),
  }),
  googleKind({
    kind: 'gcp.kms.crypto_key',
    title: 'Cloud KMS key',
    types: ['google_kms_crypto_key'],
    facts: cryptoKey,
  }),
  googleKind({
    kind: 'gcp.secretmanager.secret',
    title: 'Secret Manager secret',
    types: ['google_secret_manager_secret'],
    facts: secret,
  }),
];
