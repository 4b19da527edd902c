import { UNKNOWN } from '../facts.ts';
import type { Facts } from '../facts.ts';
import { isSecretVariable } from '../secrets.ts';
import { anyOf, holds, map, orElse, someOf } from '../values.ts';
import type { Truth } from '../values.ts';
import type { View } from '../view.ts';
import { bothNames, kubernetesKind } from './shape.ts';
import type { Spell } from './shape.ts';

/** Where each workload keeps its pod's spec. */
const POD = 'spec';
const TEMPLATE = 'spec.template.spec';
const JOB_TEMPLATE = 'spec.jobTemplate.spec.template.spec';

export const WORKLOAD_KINDS = [
  kubernetesKind({
    kind: 'kubernetes.pod',
    title: 'Pod',
    types: ['Pod'],
    terraform: bothNames('kubernetes_pod'),
    facts: (view, spell) => podFacts(view, spell, POD),
  }),
  kubernetesKind({
    kind: 'kubernetes.deployment',
    title: 'Deployment',
    types: ['apps/Deployment', 'extensions/Deployment'],
    terraform: bothNames('kubernetes_deployment'),
    facts: replicatedFacts,
  }),
  kubernetesKind({
    kind: 'kubernetes.statefulset',
    title: 'StatefulSet',
    types: ['apps/StatefulSet'],
    terraform: bothNames('kubernetes_stateful_set'),
    facts: (view, spell) => ({ ...replicatedFacts(view, spell), stateful: true }),
  }),
  kubernetesKind({
    kind: 'kubernetes.daemonset',
    title: 'DaemonSet',
    types: ['apps/DaemonSet', 'extensions/DaemonSet'],
    terraform: ['kubernetes_daemonset', 'kubernetes_daemon_set_v1'],
    facts: (view, spell) => podFacts(view, spell, TEMPLATE),
  }),
  kubernetesKind({
    kind: 'kubernetes.replicaset',
    title: 'ReplicaSet',
    types: ['apps/ReplicaSet', 'extensions/ReplicaSet'],
    facts: replicatedFacts,
  }),
  kubernetesKind({
    kind: 'kubernetes.replicationcontroller',
    title: 'ReplicationController',
    types: ['ReplicationController'],
    terraform: bothNames('kubernetes_replication_controller'),
    facts: replicatedFacts,
  }),
  kubernetesKind({
    kind: 'kubernetes.job',
    title: 'Job',
    types: ['batch/Job'],
    terraform: bothNames('kubernetes_job'),
    facts: (view, spell) => ({
      ...podFacts(view, spell, TEMPLATE),
      instance_count: orElse(view.number(spell('spec.parallelism')), 1),
    }),
  }),
  kubernetesKind({
    kind: 'kubernetes.cronjob',
    title: 'CronJob',
    types: ['batch/CronJob'],
    terraform: bothNames('kubernetes_cron_job'),
    facts: (view, spell) => ({
      ...podFacts(view, spell, JOB_TEMPLATE),
      instance_count: orElse(view.number(spell('spec.jobTemplate.spec.parallelism')), 1),
    }),
  }),
  kubernetesKind({
    kind: 'kubernetes.horizontalpodautoscaler',
    title: 'HorizontalPodAutoscaler',
    types: ['autoscaling/HorizontalPodAutoscaler'],
    terraform: [
      ...bothNames('kubernetes_horizontal_pod_autoscaler'),
      'kubernetes_horizontal_pod_autoscaler_v2',
      'kubernetes_horizontal_pod_autoscaler_v2beta2',
    ],
    facts: (view, spell) => ({ instance_count: view.number(spell('spec.maxReplicas')) }),
  }),
  kubernetesKind({
    kind: 'kubernetes.poddisruptionbudget',
    title: 'PodDisruptionBudget',
    types: ['policy/PodDisruptionBudget'],
    terraform: bothNames('kubernetes_pod_disruption_budget'),
  }),
];

/** One replica where nothing is written: the API server's default. */
function replicatedFacts(view: View, spell: Spell): Facts {
  return {
    ...podFacts(view, spell, TEMPLATE),
    instance_count: orElse(view.number(spell('spec.replicas')), 1),
  };
}

function podFacts(view: View, spell: Spell, pod: string): Facts {
  return {
    gpu: anyContainer(view, spell, pod, (container) => wantsGpu(container, spell)),
    secret_in_environment: anyContainer(view, spell, pod, (container) =>
      someOf(container.list('env'), holdsSecret),
    ),
  };
}

/** A literal value; one taken from a Secret (`valueFrom`) has none. */
function holdsSecret(variable: View): Truth {
  const name = variable.string('name');
  const value = variable.string('value');
  if (value === undefined) return false;
  if (name === UNKNOWN || value === UNKNOWN) return UNKNOWN;
  return isSecretVariable(name ?? '', value);
}

function anyContainer(
  view: View,
  spell: Spell,
  pod: string,
  test: (container: View) => Truth,
): Truth {
  const lists = ['initContainers', 'containers', 'ephemeralContainers'];
  return anyOf(...lists.map((list) => someOf(view.list(spell(`${pod}.${list}`)), test)));
}

/** Device plugins offer accelerators under names like nvidia.com/gpu, amd.com/gpu, gpu.intel.com/xe. */
const ACCELERATOR =
  /(?:^|\/)gpu(?:\.|$)|^nvidia\.com\/mig-|^google\.com\/tpu$|^aws\.amazon\.com\/neuron/;

function wantsGpu(container: View, spell: Spell): Truth {
  const lists = [spell('resources.limits'), spell('resources.requests')];
  return anyOf(
    ...lists.map((list) =>
      holds(map(container.read(list), namesOf), (names) =>
        names.some((name) => ACCELERATOR.test(name)),
      ),
    ),
  );
}

function namesOf(quantities: unknown): readonly string[] {
  return typeof quantities === 'object' && quantities !== null ? Object.keys(quantities) : [];
}
