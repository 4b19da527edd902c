import { ACCESS_TABLES } from './access-tables.ts';
import { both } from './dialects.ts';
import type { ApiTable } from './dialects.ts';
import { NETWORK_TABLES } from './network-tables.ts';
import { STORAGE_TABLES } from './storage-tables.ts';
import { WORKLOAD_TABLES } from './workload-tables.ts';

/** Kinds of which nothing is claimed but that they exist. */
function plain(kind: string, type: string, terraform?: readonly string[]): ApiTable {
  const cases = [{ it: 'is known', attributes: { metadata: { name: 'it' } }, facts: {} }];
  return { kind, type, cases, ...(terraform === undefined ? {} : { terraform }) };
}

export const API_TABLES: readonly ApiTable[] = [
  ...WORKLOAD_TABLES,
  ...NETWORK_TABLES,
  ...ACCESS_TABLES,
  ...STORAGE_TABLES,
  plain('kubernetes.configmap', 'v1/ConfigMap', both('kubernetes_config_map')),
  plain('kubernetes.serviceaccount', 'v1/ServiceAccount', both('kubernetes_service_account')),
  plain('kubernetes.namespace', 'v1/Namespace', both('kubernetes_namespace')),
  plain('kubernetes.resourcequota', 'v1/ResourceQuota', both('kubernetes_resource_quota')),
  plain('kubernetes.limitrange', 'v1/LimitRange', both('kubernetes_limit_range')),
  plain(
    'kubernetes.priorityclass',
    'scheduling.k8s.io/v1/PriorityClass',
    both('kubernetes_priority_class'),
  ),
  plain(
    'kubernetes.poddisruptionbudget',
    'policy/v1/PodDisruptionBudget',
    both('kubernetes_pod_disruption_budget'),
  ),
  plain(
    'kubernetes.networkpolicy',
    'networking.k8s.io/v1/NetworkPolicy',
    both('kubernetes_network_policy'),
  ),
  plain(
    'kubernetes.ingressclass',
    'networking.k8s.io/v1/IngressClass',
    both('kubernetes_ingress_class'),
  ),
  plain('kubernetes.httproute', 'gateway.networking.k8s.io/v1/HTTPRoute'),
  plain('kubernetes.customresourcedefinition', 'apiextensions.k8s.io/v1/CustomResourceDefinition'),
  plain(
    'kubernetes.validatingwebhookconfiguration',
    'admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration',
    both('kubernetes_validating_webhook_configuration'),
  ),
  plain(
    'kubernetes.mutatingwebhookconfiguration',
    'admissionregistration.k8s.io/v1/MutatingWebhookConfiguration',
    both('kubernetes_mutating_webhook_configuration'),
  ),
  plain('istio.virtualservice', 'networking.istio.io/v1/VirtualService'),
  plain('istio.destinationrule', 'networking.istio.io/v1beta1/DestinationRule'),
  plain('istio.authorizationpolicy', 'security.istio.io/v1/AuthorizationPolicy'),
  plain('kubernetes.connection', 'v1/PodExecOptions'),
  plain('kubernetes.eviction', 'policy/v1/Eviction'),
  plain('kubernetes.binding', 'v1/Binding'),
  plain('kubernetes.tokenrequest', 'authentication.k8s.io/v1/TokenRequest'),
];
