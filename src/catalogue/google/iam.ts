import { UNKNOWN } from '../facts.ts';
import type { Facts } from '../facts.ts';
import type { Kind } from '../kind.ts';
import { names } from '../terraform.ts';
import { allOf, anyOf, holds, not, oneOf, someOf, strings } from '../values.ts';
import type { Truth } from '../values.ts';
import type { View } from '../view.ts';
import {
  UNLABELLED,
  bindingsOf,
  googleKind,
  grantTypes,
  grantsAnyone,
  openToAnyone,
} from './service.ts';

/**
 * Roles that grant everything in a project, folder or organization, or the right to grant everything
 * (cloud.google.com, "IAM basic and predefined roles reference").
 */
const ADMINISTRATORS = [
  'roles/owner',
  'roles/editor',
  'roles/iam.securityAdmin',
  'roles/resourcemanager.organizationAdmin',
  'roles/resourcemanager.folderAdmin',
  'roles/resourcemanager.projectIamAdmin',
];

/** A grant on a project, folder or organization: everything below inherits it. */
function grant(view: View): Facts {
  return {
    admin_access: anyOf(
      oneOf(view.string('role'), ADMINISTRATORS),
      holds(view.string('policy_data'), grantsEverything),
    ),
    anyone_trusted: grantsAnyone(view),
  };
}

function grantsEverything(policy: string): Truth {
  const bindings = bindingsOf(policy);
  if (bindings === undefined) return UNKNOWN;
  return bindings.some(({ role }) => ADMINISTRATORS.includes(role));
}

/** What carries roles of its own below the project. */
const GRANTED = [
  'google_artifact_registry_repository',
  'google_bigquery_dataset',
  'google_bigquery_table',
  'google_cloud_run_service',
  'google_cloud_run_v2_service',
  'google_cloudfunctions_function',
  'google_cloudfunctions2_function',
  'google_kms_crypto_key',
  'google_kms_key_ring',
  'google_pubsub_subscription',
  'google_pubsub_topic',
  'google_secret_manager_secret',
  'google_service_account',
  'google_storage_bucket',
];

/** Permissions by which a role can make itself any other. */
const ESCALATING =
  /^(?:resourcemanager\.(?:projects|folders|organizations)\.setIamPolicy|iam\.roles\.update)$/;

function customRole(view: View): Facts {
  return {
    admin_access: someOf(strings(view, 'permissions'), (permission) =>
      holds(permission, (text) => ESCALATING.test(text)),
    ),
  };
}

/** Issuers that speak for every customer of theirs: without a condition, any repository or workspace in the world is trusted. */
const SHARED_ISSUERS =
  /token\.actions\.githubusercontent\.com|gitlab\.com|app\.terraform\.io|oidc\.circleci\.com/;

function workloadIdentity(view: View): Facts {
  const shared = holds(view.string('oidc[0].issuer_uri'), (uri) => SHARED_ISSUERS.test(uri));
  return { anyone_trusted: allOf(shared, not(names(view, 'attribute_condition'))) };
}

export const IAM: readonly Kind[] = [
  googleKind({
    kind: 'gcp.iam.grant',
    title: 'Role on a Google Cloud project, folder or organization',
    types: ['google_project', 'google_folder', 'google_organization'].flatMap(grantTypes),
    tags: UNLABELLED,
    facts: grant,
  }),
  googleKind({
    kind: 'gcp.iam.resource_grant',
    title: 'Role on a single Google Cloud resource',
    types: GRANTED.flatMap(grantTypes),
    tags: UNLABELLED,
    facts: (view) => ({ anyone_trusted: grantsAnyone(view) }),
  }),
  googleKind({
    kind: 'gcp.iam.custom_role',
    title: 'Custom role of Google Cloud',
    types: ['google_project_iam_custom_role', 'google_organization_iam_custom_role'],
    tags: UNLABELLED,
    facts: customRole,
  }),
  googleKind({
    kind: 'gcp.iam.service_account',
    title: 'Service account',
    types: ['google_service_account'],
    tags: UNLABELLED,
    facts: (view) => ({
      managed_identity: true,
      anyone_trusted: openToAnyone(view, 'google_service_account', 'service_account_id', [
        'id',
        'name',
      ]),
    }),
  }),
  googleKind({
    kind: 'gcp.iam.service_account_key',
    title: 'Key of a service account',
    types: ['google_service_account_key'],
    tags: UNLABELLED,
    facts: () => ({ long_lived_key: true }),
  }),
  googleKind({
    kind: 'gcp.iam.hmac_key',
    title: 'HMAC key of Cloud Storage',
    types: ['google_storage_hmac_key'],
    tags: UNLABELLED,
    facts: () => ({ long_lived_key: true }),
  }),
  googleKind({
    kind: 'gcp.iam.workload_identity_provider',
    title: 'Workload identity pool provider',
    types: ['google_iam_workload_identity_pool_provider'],
    tags: UNLABELLED,
    facts: workloadIdentity,
  }),
];
