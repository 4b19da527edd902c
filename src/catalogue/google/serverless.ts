import { secretInMap, secretInPairs } from '../environment.ts';
import type { Facts } from '../facts.ts';
import type { Kind } from '../kind.ts';
import { firstOf, hasBlock } from '../terraform.ts';
import { allOf, anyOf, equals, orElse, someOf } from '../values.ts';
import type { Truth } from '../values.ts';
import type { View } from '../view.ts';
import { encrypted, googleKind, guarded, openToAnyone, runsAs } from './service.ts';

/**
 * Pages google_cloudfunctions_function and google_cloudfunctions2_function: traffic from everywhere is let in unless
 * told, but nobody may call until a role is granted. Functions of the second generation are Cloud Run services.
 */
function cloudFunction(view: View): Facts {
  const at = view.resource.type === 'google_cloudfunctions2_function' ? 'service_config[0].' : '';
  const ingress = orElse(view.string(`${at}ingress_settings`), 'ALLOW_ALL');
  return {
    ...encrypted(view, 'kms_key_name'),
    public: allOf(equals(ingress, 'ALLOW_ALL'), callable(view)),
    ...httpsOnly(view),
    managed_identity: runsAs(view, `${at}service_account_email`),
    secret_in_environment: secretInMap(view, `${at}environment_variables`),
    instance_count: firstOf(view.number(`${at}max_instance_count`), view.number('max_instances')),
    engine_version: firstOf(view.string('runtime'), view.string('build_config[0].runtime')),
  };
}

function callable(view: View): Truth {
  if (view.resource.type === 'google_cloudfunctions_function') {
    return openToAnyone(view, 'google_cloudfunctions_function', 'cloud_function');
  }
  return anyOf(
    openToAnyone(view, 'google_cloudfunctions2_function', 'cloud_function'),
    openToAnyone(view, 'google_cloud_run_service', 'service'),
    openToAnyone(view, 'google_cloud_run_v2_service', 'name'),
  );
}

/** Only HTTP triggers of the first generation can answer without TLS: unless told, both are accepted. */
function httpsOnly(view: View): Facts {
  if (view.boolean('trigger_http') !== true) return {};
  return {
    encrypted_in_transit: equals(view.string('https_trigger_security_level'), 'SECURE_ALWAYS'),
  };
}

/** Page google_cloud_run_v2_service: open to all traffic unless told, and to callers only by a role or without any check. */
function service(view: View): Facts {
  const ingress = orElse(view.string('ingress'), 'INGRESS_TRAFFIC_ALL');
  const unchecked = orElse(view.boolean('invoker_iam_disabled'), false);
  return {
    ...encrypted(view, 'template[0].encryption_key'),
    public: allOf(
      equals(ingress, 'INGRESS_TRAFFIC_ALL'),
      anyOf(unchecked, openToAnyone(view, 'google_cloud_run_v2_service', 'name')),
    ),
    encrypted_in_transit: true,
    deletion_protected: guarded(view, true),
    managed_identity: runsAs(view, 'template[0].service_account'),
    secret_in_environment: someOf(view.list('template[0].containers'), (one) =>
      secretInPairs(one.list('env')),
    ),
    instance_count: view.number('template[0].scaling[0].max_instance_count'),
    gpu: hasBlock(view, 'template[0].node_selector'),
  };
}

/** Page google_cloud_run_service: settings of the service are annotations of its metadata. */
function knative(view: View): Facts {
  const ingress = view.string('metadata[0].annotations["run.googleapis.com/ingress"]');
  return {
    ...encrypted(view, 'template[0].metadata[0].annotations["run.googleapis.com/encryption-key"]'),
    public: allOf(
      equals(orElse(ingress, 'all'), 'all'),
      openToAnyone(view, 'google_cloud_run_service', 'service'),
    ),
    encrypted_in_transit: true,
    managed_identity: runsAs(view, 'template[0].spec[0].service_account_name'),
    secret_in_environment: someOf(view.list('template[0].spec[0].containers'), (one) =>
      secretInPairs(one.list('env')),
    ),
    instance_count: view.number(
      'template[0].metadata[0].annotations["autoscaling.knative.dev/maxScale"]',
    ),
  };
}

function job(view: View): Facts {
  const at = 'template[0].template[0].';
  return {
    ...encrypted(view, `${at}encryption_key`),
    deletion_protected: guarded(view, true),
    managed_identity: runsAs(view, `${at}service_account`),
    secret_in_environment: someOf(view.list(`${at}containers`), (one) =>
      secretInPairs(one.list('env')),
    ),
  };
}

export const SERVERLESS: readonly Kind[] = [
  googleKind({
    kind: 'gcp.functions.function',
    title: 'Cloud Run function',
    types: ['google_cloudfunctions_function', 'google_cloudfunctions2_function'],
    facts: cloudFunction,
  }),
  googleKind({
    kind: 'gcp.run.service',
    title: 'Cloud Run service',
    types: ['google_cloud_run_v2_service'],
    facts: service,
  }),
  googleKind({
    kind: 'gcp.run.knative_service',
    title: 'Cloud Run service, in Knative’s form',
    types: ['google_cloud_run_service'],
    tags: { shape: 'map', path: 'metadata[0].labels', all: 'metadata[0].effective_labels' },
    facts: knative,
  }),
  googleKind({
    kind: 'gcp.run.job',
    title: 'Cloud Run job',
    types: ['google_cloud_run_v2_job'],
    facts: job,
  }),
];
