import { flag, given, number, object, orNone, text } from '../read.ts';
import type { Restatement } from '../restatement.ts';
import { asset, block, each, isFilled } from './asset.ts';
import type { Data, Told } from './asset.ts';

/** A service or job in the words of Cloud Run's second API, whichever of its two APIs the inventory answers with. */
interface Workload {
  readonly ingress: string | null;
  readonly unchecked: boolean;
  readonly key: string | undefined;
  readonly most: number | undefined;
  /** What holds containers, service account and node selector. */
  readonly revision: Data;
  readonly account: string | undefined;
}

/** The first API is Knative's: settings of the service are annotations. */
const INGRESS: ReadonlyMap<string, string> = new Map([
  ['all', 'INGRESS_TRAFFIC_ALL'],
  ['internal', 'INGRESS_TRAFFIC_INTERNAL_ONLY'],
  ['internal-and-cloud-load-balancing', 'INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER'],
]);

function annotation(root: unknown, name: string): string | undefined {
  return text(root, `metadata.annotations["${name}"]`);
}

/** @param revision where Knative keeps the containers; a job has a task in between. */
function knative(data: Data, revision: string): Workload {
  const spec = object(data, revision) ?? {};
  const template = object(data, 'spec.template');
  return {
    ingress: orNone(
      given(annotation(data, 'run.googleapis.com/ingress'), (word) => INGRESS.get(word) ?? word),
    ),
    unchecked: annotation(data, 'run.googleapis.com/invoker-iam-disabled') === 'true',
    key: annotation(template, 'run.googleapis.com/encryption-key'),
    most: number(template, 'metadata.annotations["autoscaling.knative.dev/maxScale"]'),
    revision: spec,
    account: text(spec, 'serviceAccountName'),
  };
}

function second(data: Data, revision: string): Workload {
  const template = object(data, revision) ?? {};
  return {
    ingress: orNone(text(data, 'ingress')),
    unchecked: flag(data, 'invokerIamDisabled') ?? false,
    key: text(template, 'encryptionKey'),
    most: number(template, 'scaling.maxInstanceCount'),
    revision: template,
    account: text(template, 'serviceAccount'),
  };
}

function isKnative(data: Data): boolean {
  return object(data, 'spec') !== undefined;
}

function template({ key, account, most, revision }: Workload): Told {
  return {
    encryption_key: orNone(key),
    service_account: orNone(account),
    scaling: [{ max_instance_count: most }],
    node_selector: block(isFilled(revision, 'nodeSelector')),
    containers: each(revision, 'containers', (container) => ({
      env: each(container, 'env', (variable) => ({
        name: text(variable, 'name'),
        value: text(variable, 'value'),
      })),
    })),
  };
}

/** Terraform's guard against deletion is unknown to the service. */
function service(data: Data): Told {
  const told = isKnative(data) ? knative(data, 'spec.template.spec') : second(data, 'template');
  return {
    ingress: told.ingress,
    invoker_iam_disabled: told.unchecked,
    template: [template(told)],
  };
}

function job(data: Data): Told {
  const told = isKnative(data)
    ? knative(data, 'spec.template.spec.template.spec')
    : second(data, 'template.template');
  return { template: [{ template: [template(told)] }] };
}

/** The first generation keeps everything at the top, the second under the service and the build that it is made of. */
function firstFunction(data: Data): Told {
  return {
    kms_key_name: orNone(text(data, 'kmsKeyName')),
    ingress_settings: orNone(text(data, 'ingressSettings')),
    trigger_http: isFilled(data, 'httpsTrigger'),
    https_trigger_security_level: orNone(text(data, 'httpsTrigger.securityLevel')),
    service_account_email: orNone(text(data, 'serviceAccountEmail')),
    environment_variables: orNone(object(data, 'environmentVariables')),
    max_instances: orNone(number(data, 'maxInstances')),
    max_instance_count: null,
    runtime: text(data, 'runtime'),
  };
}

function secondFunction(data: Data): Told {
  return {
    kms_key_name: orNone(text(data, 'kmsKeyName')),
    trigger_http: null,
    service_config: given(object(data, 'serviceConfig'), (config) => [
      {
        ingress_settings: text(config, 'ingressSettings'),
        service_account_email: text(config, 'serviceAccountEmail'),
        environment_variables: object(config, 'environmentVariables'),
        max_instance_count: number(config, 'maxInstanceCount'),
      },
    ]),
    max_instances: null,
    runtime: null,
    build_config: [{ runtime: text(data, 'buildConfig.runtime') }],
  };
}

export const SERVERLESS: readonly Restatement[] = [
  asset({
    type: 'cloudfunctions.googleapis.com/CloudFunction',
    as: 'google_cloudfunctions_function',
    attributes: firstFunction,
    sensitive: ['data.environmentVariables', 'data.buildEnvironmentVariables'],
  }),
  asset({
    type: 'cloudfunctions.googleapis.com/Function',
    as: 'google_cloudfunctions2_function',
    attributes: secondFunction,
    sensitive: ['data.serviceConfig.environmentVariables', 'data.buildConfig.environmentVariables'],
  }),
  asset({
    type: 'run.googleapis.com/Service',
    as: 'google_cloud_run_v2_service',
    attributes: service,
    sensitive: ['data.template.containers', 'data.spec.template.spec.containers'],
  }),
  asset({
    type: 'run.googleapis.com/Job',
    as: 'google_cloud_run_v2_job',
    attributes: job,
    sensitive: [
      'data.template.template.containers',
      'data.spec.template.spec.template.spec.containers',
    ],
  }),
];
