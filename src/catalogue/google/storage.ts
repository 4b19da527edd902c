import type { Facts } from '../facts.ts';
import type { Kind } from '../kind.ts';
import { companion, firstOf, hasBlock } from '../terraform.ts';
import { allOf, anyOf, equals, holds, not, oneOf, orElse, someOf, strings } from '../values.ts';
import type { Truth } from '../values.ts';
import type { View } from '../view.ts';
import { encrypted, googleKind, isAnyone, openToAnyone } from './service.ts';

/**
 * Page google_storage_bucket. Public only when somebody says so, by a role for everybody or by an access list, and
 * never while public access prevention is enforced.
 */
function bucket(view: View): Facts {
  return {
    ...encrypted(view, 'encryption[0].default_kms_key_name'),
    stateful: true,
    public: allOf(
      not(equals(view.string('public_access_prevention'), 'enforced')),
      anyOf(openToAnyone(view, 'google_storage_bucket', 'bucket'), listed(view)),
    ),
    versioned: orElse(view.boolean('versioning[0].enabled'), false),
    logging: hasBlock(view, 'logging'),
    lifecycle: hasBlock(view, 'lifecycle_rule'),
    multi_zone: true,
    size: orElse(view.string('storage_class'), 'STANDARD'),
  };
}

/** Access lists do not count where access is uniform; page google_storage_bucket, `uniform_bucket_level_access`. */
function listed(view: View): Truth {
  const uniform = orElse(
    firstOf(view.boolean('uniform_bucket_level_access'), view.boolean('bucket_policy_only')),
    false,
  );
  return allOf(
    not(uniform),
    anyOf(
      companion(view, ['google_storage_bucket_acl'], 'bucket', aclOpens),
      companion(
        view,
        ['google_storage_bucket_access_control', 'google_storage_default_object_access_control'],
        'bucket',
        (control) => holds(control.string('entity'), isAnyone),
      ),
    ),
  );
}

/** `READER:allUsers`, or one of the predefined lists with "public" in its name. */
function aclOpens(acl: View): Truth {
  return anyOf(
    holds(acl.string('predefined_acl'), (name) => /^(?:public|authenticated)/i.test(name)),
    someOf(strings(acl, 'role_entity'), (entry) =>
      holds(entry, (text) => isAnyone(text.slice(text.indexOf(':') + 1))),
    ),
  );
}

/** Page google_filestore_instance. Regional tiers live in several zones. */
function filestore(view: View): Facts {
  return {
    ...encrypted(view, 'kms_key_name'),
    stateful: true,
    deletion_protected: orElse(view.boolean('deletion_protection_enabled'), false),
    multi_zone: oneOf(view.string('tier'), ['ENTERPRISE', 'REGIONAL']),
    disk_gb: view.number('file_shares[0].capacity_gb'),
    size: view.string('tier'),
  };
}

export const STORAGE: readonly Kind[] = [
  googleKind({
    kind: 'gcp.storage.bucket',
    title: 'Cloud Storage bucket',
    types: ['google_storage_bucket'],
    facts: bucket,
  }),
  googleKind({
    kind: 'gcp.filestore.instance',
    title: 'Filestore instance',
    types: ['google_filestore_instance'],
    facts: filestore,
  }),
];
