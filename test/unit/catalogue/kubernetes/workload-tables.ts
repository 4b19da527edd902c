import { UNKNOWN } from '../../../../src/catalogue/facts.ts';
import type { FactCase } from '../../../builders.ts';
import { both } from './dialects.ts';
import type { ApiTable } from './dialects.ts';

/** What holds of everything that keeps a pod's spec under a path. */
function podCases(nest: (pod: object) => Record<string, unknown>, path: string): FactCase[] {
  const withEnv = (...env: object[]): object => ({ containers: [{ name: 'web', env }] });
  const asking = (resources: object): object => ({ containers: [{ name: 'web', resources }] });
  return [
    {
      it: 'a container that asks for no accelerator runs on none',
      attributes: nest(asking({ limits: { cpu: '1' } })),
      facts: { gpu: false },
    },
    {
      it: 'a limit of an accelerator counts',
      attributes: nest(asking({ limits: { 'nvidia.com/gpu': 1 } })),
      facts: { gpu: true },
    },
    {
      it: 'so does a request by an initial container',
      attributes: nest({
        initContainers: [{ name: 'warm', resources: { requests: { 'gpu.intel.com/xe': 1 } } }],
      }),
      facts: { gpu: true },
    },
    {
      it: 'an annotation-like name is no accelerator',
      attributes: nest(asking({ limits: { 'example.com/gpuless': 1 } })),
      facts: { gpu: false },
    },
    {
      it: 'a password in clear text',
      attributes: nest(withEnv({ name: 'DB_PASSWORD', value: 'correct-horse-7' })),
      facts: { secret_in_environment: true },
    },
    {
      it: 'a password taken from a Secret, and a harmless value',
      attributes: nest(
        withEnv({ name: 'DB_PASSWORD', value: null }, { name: 'MODE', value: 'production' }),
      ),
      facts: { secret_in_environment: false },
    },
    {
      it: 'containers that are not known may ask for anything',
      attributes: nest({}),
      details: { unknown: [`${path}.containers`] },
      facts: { gpu: UNKNOWN, secret_in_environment: UNKNOWN },
    },
  ];
}

function replicaCases(): FactCase[] {
  return [
    { it: 'one replica by default', attributes: { spec: {} }, facts: { instance_count: 1 } },
    {
      it: 'as many replicas as written',
      attributes: { spec: { replicas: 5 } },
      facts: { instance_count: 5 },
    },
    {
      it: 'none when scaled down',
      attributes: { spec: { replicas: 0 } },
      facts: { instance_count: 0 },
    },
    {
      it: 'a count still to come',
      attributes: { spec: {} },
      details: { unknown: ['spec.replicas'] },
      facts: { instance_count: UNKNOWN },
    },
  ];
}

const TEMPLATE = 'spec.template.spec';
const inTemplate = (pod: object): Record<string, unknown> => ({
  spec: { template: { spec: pod } },
});
const inCronJob = (pod: object): Record<string, unknown> => ({
  spec: { jobTemplate: { spec: { template: { spec: pod } } } },
});

function replicated(kind: string, type: string, terraform?: readonly string[]): ApiTable {
  const cases = [...podCases(inTemplate, TEMPLATE), ...replicaCases()];
  return { kind, type, cases, ...(terraform === undefined ? {} : { terraform }) };
}

const parallelism = (
  cases: FactCase[],
  nest: (spec: object) => Record<string, unknown>,
): FactCase[] => [
  ...cases,
  { it: 'one pod at a time by default', attributes: nest({}), facts: { instance_count: 1 } },
  { it: 'as many as written', attributes: nest({ parallelism: 9 }), facts: { instance_count: 9 } },
];

export const WORKLOAD_TABLES: readonly ApiTable[] = [
  {
    kind: 'kubernetes.pod',
    type: 'v1/Pod',
    terraform: both('kubernetes_pod'),
    cases: podCases((pod) => ({ spec: pod }), 'spec'),
  },
  replicated('kubernetes.deployment', 'apps/v1/Deployment', both('kubernetes_deployment')),
  replicated('kubernetes.replicaset', 'apps/v1/ReplicaSet'),
  replicated(
    'kubernetes.replicationcontroller',
    'v1/ReplicationController',
    both('kubernetes_replication_controller'),
  ),
  {
    kind: 'kubernetes.statefulset',
    type: 'apps/v1/StatefulSet',
    terraform: both('kubernetes_stateful_set'),
    cases: [
      { it: 'holds data', facts: { stateful: true } },
      ...podCases(inTemplate, TEMPLATE),
      ...replicaCases(),
    ],
  },
  {
    kind: 'kubernetes.daemonset',
    type: 'apps/v1/DaemonSet',
    terraform: ['kubernetes_daemonset', 'kubernetes_daemon_set_v1'],
    cases: podCases(inTemplate, TEMPLATE),
  },
  {
    kind: 'kubernetes.job',
    type: 'batch/v1/Job',
    terraform: both('kubernetes_job'),
    cases: parallelism(podCases(inTemplate, TEMPLATE), (spec) => ({ spec })),
  },
  {
    kind: 'kubernetes.cronjob',
    type: 'batch/v1/CronJob',
    terraform: both('kubernetes_cron_job'),
    cases: parallelism(podCases(inCronJob, `spec.jobTemplate.${TEMPLATE}`), (spec) => ({
      spec: { jobTemplate: { spec } },
    })),
  },
  {
    kind: 'kubernetes.horizontalpodautoscaler',
    type: 'autoscaling/v2/HorizontalPodAutoscaler',
    terraform: [
      ...both('kubernetes_horizontal_pod_autoscaler'),
      'kubernetes_horizontal_pod_autoscaler_v2',
      'kubernetes_horizontal_pod_autoscaler_v2beta2',
    ],
    cases: [
      {
        it: 'runs as many as it may',
        attributes: { spec: { maxReplicas: 12 } },
        facts: { instance_count: 12 },
      },
    ],
  },
  {
    kind: 'kubernetes.scale',
    type: 'autoscaling/v1/Scale',
    cases: [
      { it: 'up', attributes: { spec: { replicas: 30 } }, facts: { instance_count: 30 } },
      { it: 'down to nought', attributes: { spec: {} }, facts: { instance_count: 0 } },
    ],
  },
];
