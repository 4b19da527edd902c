import { orElse } from '../values.ts';
import { bothNames, kubernetesKind } from './shape.ts';

export const CLUSTER_KINDS = [
  kubernetesKind({
    kind: 'kubernetes.namespace',
    title: 'Namespace',
    types: ['Namespace'],
    terraform: bothNames('kubernetes_namespace'),
  }),
  kubernetesKind({
    kind: 'kubernetes.resourcequota',
    title: 'ResourceQuota',
    types: ['ResourceQuota'],
    terraform: bothNames('kubernetes_resource_quota'),
  }),
  kubernetesKind({
    kind: 'kubernetes.limitrange',
    title: 'LimitRange',
    types: ['LimitRange'],
    terraform: bothNames('kubernetes_limit_range'),
  }),
  kubernetesKind({
    kind: 'kubernetes.priorityclass',
    title: 'PriorityClass',
    types: ['scheduling.k8s.io/PriorityClass'],
    terraform: bothNames('kubernetes_priority_class'),
  }),
  kubernetesKind({
    kind: 'kubernetes.customresourcedefinition',
    title: 'CustomResourceDefinition',
    types: ['apiextensions.k8s.io/CustomResourceDefinition'],
  }),
  kubernetesKind({
    kind: 'kubernetes.validatingwebhookconfiguration',
    title: 'ValidatingWebhookConfiguration',
    types: ['admissionregistration.k8s.io/ValidatingWebhookConfiguration'],
    terraform: bothNames('kubernetes_validating_webhook_configuration'),
  }),
  kubernetesKind({
    kind: 'kubernetes.mutatingwebhookconfiguration',
    title: 'MutatingWebhookConfiguration',
    types: ['admissionregistration.k8s.io/MutatingWebhookConfiguration'],
    terraform: bothNames('kubernetes_mutating_webhook_configuration'),
  }),
];

/** What sub-resources carry: requests to do something with an object, which are answered and not kept. */
export const REQUEST_KINDS = [
  kubernetesKind({
    kind: 'kubernetes.scale',
    title: 'Scale (of a workload, by kubectl scale or an autoscaler)',
    types: ['autoscaling/Scale'],
    labelled: false,
    // The API leaves a count of nought out.
    facts: (view) => ({ instance_count: orElse(view.number('spec.replicas'), 0) }),
  }),
  kubernetesKind({
    kind: 'kubernetes.connection',
    title: 'Session into a pod, or through a service or node (exec, attach, port-forward, proxy)',
    types: [
      'PodExecOptions',
      'PodAttachOptions',
      'PodPortForwardOptions',
      'PodProxyOptions',
      'ServiceProxyOptions',
      'NodeProxyOptions',
    ],
    labelled: false,
  }),
  kubernetesKind({
    kind: 'kubernetes.eviction',
    title: 'Eviction (of a pod, by kubectl drain or an autoscaler)',
    types: ['policy/Eviction'],
    labelled: false,
  }),
  kubernetesKind({
    kind: 'kubernetes.binding',
    title: 'Binding (of a pod to a node, by the scheduler)',
    types: ['Binding'],
    labelled: false,
  }),
  kubernetesKind({
    kind: 'kubernetes.tokenrequest',
    title: 'TokenRequest (for a service account)',
    types: ['authentication.k8s.io/TokenRequest'],
    labelled: false,
  }),
];
