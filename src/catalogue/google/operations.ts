import type { Facts } from '../facts.ts';
import type { Kind } from '../kind.ts';
import { equals, not, orElse } from '../values.ts';
import type { View } from '../view.ts';
import { UNLABELLED, encrypted, googleKind, guarded } from './service.ts';

/** Page google_logging_project_sink. */
function sink(view: View): Facts {
  return { logging: not(orElse(view.boolean('disabled'), false)) };
}

/** Page google_logging_project_bucket_config: 30 days unless told; a lock cannot be undone. */
function logBucket(view: View): Facts {
  return {
    ...encrypted(view, 'cmek_settings[0].kms_key_name'),
    stateful: true,
    log_retention_days: orElse(view.number('retention_days'), 30),
    deletion_protected: orElse(view.boolean('locked'), false),
  };
}

/** Page google_project: deleting it deletes all that is in it; the provider refuses to, unless told, since version 6. */
function project(view: View): Facts {
  const policy = orElse(view.string('deletion_policy'), 'PREVENT');
  return { stateful: true, deletion_protected: equals(policy, 'PREVENT') };
}

/** Page google_folder. */
function folder(view: View): Facts {
  return { deletion_protected: guarded(view, true) };
}

export const OPERATIONS: readonly Kind[] = [
  googleKind({
    kind: 'gcp.logging.sink',
    title: 'Cloud Logging sink',
    types: [
      'google_logging_project_sink',
      'google_logging_folder_sink',
      'google_logging_organization_sink',
    ],
    tags: UNLABELLED,
    facts: sink,
  }),
  googleKind({
    kind: 'gcp.logging.bucket',
    title: 'Cloud Logging bucket',
    types: ['google_logging_project_bucket_config'],
    tags: UNLABELLED,
    facts: logBucket,
  }),
  googleKind({
    kind: 'gcp.project',
    title: 'Google Cloud project',
    types: ['google_project'],
    facts: project,
  }),
  googleKind({
    kind: 'gcp.folder',
    title: 'Google Cloud folder',
    types: ['google_folder'],
    tags: UNLABELLED,
    facts: folder,
  }),
];
