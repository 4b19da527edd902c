import { UNKNOWN } from '../../../../src/catalogue/facts.ts';
import type { FactCase } from '../../../builders.ts';
import type { ApiTable } from './dialects.ts';

const both = (name: string): string[] => [name, `${name}_v1`];

/** What holds of everything that keeps a pod's spec under a path. */
function podCases(nest: (pod: object) => Record<string, unknown>, path: string): FactCase[] {
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
      it: 'containers that are not known may ask for anything',
      attributes: nest({}),
      details: { unknown: [`${path}.containers`] },
      facts: { gpu: UNKNOWN },
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

/** Kinds of which nothing is claimed but that they exist. */
function plain(kind: string, type: string, terraform?: readonly string[]): ApiTable {
  const cases = [{ it: 'is known', attributes: { metadata: { name: 'it' } }, facts: {} }];
  return { kind, type, cases, ...(terraform === undefined ? {} : { terraform }) };
}

const rules = (...list: object[]): Record<string, unknown> => ({ rules: list });
const ROLE_CASES: readonly FactCase[] = [
  {
    it: 'a role that reads pods grants no more than that',
    attributes: rules({ apiGroups: [''], resources: ['pods'], verbs: ['get'] }),
    facts: { wildcard_actions: false, wildcard_resources: false, admin_access: false },
  },
  {
    it: 'every verb',
    attributes: rules({ apiGroups: [''], resources: ['pods'], verbs: ['*'] }),
    facts: { wildcard_actions: true, wildcard_resources: false, admin_access: false },
  },
  {
    it: 'every resource',
    attributes: rules({ apiGroups: ['apps'], resources: ['*'], verbs: ['list'] }),
    facts: { wildcard_actions: false, wildcard_resources: true, admin_access: false },
  },
  {
    it: 'everything on everything, in a rule among others',
    attributes: rules(
      { apiGroups: [''], resources: ['pods'], verbs: ['get'] },
      { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
    ),
    facts: { wildcard_actions: true, wildcard_resources: true, admin_access: true },
  },
  {
    it: 'a role without rules grants nothing',
    attributes: { metadata: { name: 'empty' } },
    facts: { wildcard_actions: false, wildcard_resources: false, admin_access: false },
  },
  {
    it: 'rules still to come may grant anything',
    details: { unknown: ['rules'] },
    facts: { wildcard_actions: UNKNOWN, wildcard_resources: UNKNOWN, admin_access: UNKNOWN },
  },
];

function binding(
  role: string,
  subjects: readonly object[],
  kind = 'ClusterRole',
): FactCase['attributes'] {
  return { roleRef: { kind, name: role }, subjects };
}

function bindingCases(adminIsAdministrator: boolean): FactCase[] {
  const jane = { kind: 'User', name: 'jane' };
  return [
    {
      it: 'a view for one person',
      attributes: binding('view', [jane]),
      facts: { admin_access: false, anyone_trusted: false },
    },
    {
      it: 'cluster-admin',
      attributes: binding('cluster-admin', [jane]),
      facts: { admin_access: true, anyone_trusted: false },
    },
    {
      it: 'admin, which is meant for a namespace',
      attributes: binding('admin', [jane]),
      facts: { admin_access: adminIsAdministrator },
    },
    {
      it: 'a role of that name is not the cluster role',
      attributes: binding('cluster-admin', [jane], 'Role'),
      facts: { admin_access: false },
    },
    {
      it: 'everybody without credentials, as a user',
      attributes: binding('view', [jane, { kind: 'User', name: 'system:anonymous' }]),
      facts: { anyone_trusted: true },
    },
    {
      it: 'everybody without credentials, as a group',
      attributes: binding('view', [{ kind: 'Group', name: 'system:unauthenticated' }]),
      facts: { anyone_trusted: true },
    },
    {
      it: 'a service account of that name is nobody',
      attributes: binding('view', [{ kind: 'ServiceAccount', name: 'system:anonymous' }]),
      facts: { anyone_trusted: false },
    },
    {
      it: 'subjects and role still to come',
      attributes: { roleRef: { kind: 'ClusterRole' } },
      details: { unknown: ['subjects', 'roleRef.name'] },
      facts: { admin_access: UNKNOWN, anyone_trusted: UNKNOWN },
    },
  ];
}

const annotated = (annotations: object, spec: object): Record<string, unknown> => ({
  metadata: { name: 'web', annotations },
  spec,
});
const BALANCER = { type: 'LoadBalancer' };

const SERVICE: ApiTable = {
  kind: 'kubernetes.service',
  type: 'v1/Service',
  terraform: both('kubernetes_service'),
  cases: [
    { it: 'is for the cluster by default', attributes: { spec: {} }, facts: { public: false } },
    { it: 'a load balancer', attributes: { spec: BALANCER }, facts: { public: true } },
    { it: 'a node port', attributes: { spec: { type: 'NodePort' } }, facts: { public: true } },
    {
      it: 'external addresses, whatever the type',
      attributes: { spec: { type: 'ClusterIP', externalIPs: ['203.0.113.7'] } },
      facts: { public: true },
    },
    ...Object.entries({
      'service.beta.kubernetes.io/aws-load-balancer-internal': 'true',
      'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal',
      'service.beta.kubernetes.io/azure-load-balancer-internal': 'true',
      'networking.gke.io/load-balancer-type': 'Internal',
      'service.beta.kubernetes.io/oci-load-balancer-internal': 'true',
    }).map(([key, value]) => ({
      it: `a load balancer kept inside by ${key}`,
      attributes: annotated({ [key]: value }, BALANCER),
      facts: { public: false },
    })),
    {
      it: 'a load balancer explicitly not kept inside',
      attributes: annotated(
        { 'service.beta.kubernetes.io/aws-load-balancer-internal': 'false' },
        BALANCER,
      ),
      facts: { public: true },
    },
    {
      it: 'a load balancer for some addresses',
      attributes: { spec: { ...BALANCER, loadBalancerSourceRanges: ['198.51.100.0/24'] } },
      facts: { public: false },
    },
    {
      it: 'a load balancer for some addresses and all others',
      attributes: { spec: { ...BALANCER, loadBalancerSourceRanges: ['10.0.0.0/8', '0.0.0.0/0'] } },
      facts: { public: true },
    },
    {
      it: 'a type still to come',
      attributes: { spec: {} },
      details: { unknown: ['spec.type'] },
      facts: { public: UNKNOWN },
    },
  ],
};

const INGRESS: ApiTable = {
  kind: 'kubernetes.ingress',
  type: 'networking.k8s.io/v1/Ingress',
  terraform: both('kubernetes_ingress'),
  cases: [
    {
      it: 'is public, and takes plain HTTP without certificates',
      attributes: { spec: {} },
      facts: { public: true, encrypted_in_transit: false },
    },
    {
      it: 'with a certificate',
      attributes: { spec: { tls: [{ hosts: ['shop.example.com'] }] } },
      facts: { encrypted_in_transit: true },
    },
    {
      it: 'with a certificate that nobody is sent to',
      attributes: annotated(
        { 'nginx.ingress.kubernetes.io/ssl-redirect': 'false' },
        { tls: [{ hosts: ['shop.example.com'] }] },
      ),
      facts: { encrypted_in_transit: false },
    },
    {
      it: 'an internal one by class',
      attributes: { spec: { ingressClassName: 'gce-internal' } },
      facts: { public: false },
    },
    {
      it: 'an AWS one is internal by default',
      attributes: { spec: { ingressClassName: 'alb' } },
      facts: { public: false },
    },
    {
      it: 'an AWS one that faces the internet',
      attributes: annotated(
        { 'alb.ingress.kubernetes.io/scheme': 'internet-facing' },
        { ingressClassName: 'alb' },
      ),
      facts: { public: true },
    },
    {
      it: 'an internal one by annotation',
      attributes: annotated({ 'appgw.ingress.kubernetes.io/use-private-ip': 'true' }, {}),
      facts: { public: false },
    },
    {
      it: 'annotations and certificates still to come',
      attributes: { metadata: {}, spec: {} },
      details: { unknown: ['metadata.annotations', 'spec.tls'] },
      facts: { public: UNKNOWN, encrypted_in_transit: UNKNOWN },
    },
  ],
};

const listeners = (...protocols: string[]): Record<string, unknown> => ({
  spec: { listeners: protocols.map((protocol) => ({ protocol })) },
});

const GATEWAYS: readonly ApiTable[] = [
  {
    kind: 'kubernetes.gateway',
    type: 'gateway.networking.k8s.io/v1/Gateway',
    cases: [
      {
        it: 'TLS alone',
        attributes: listeners('HTTPS', 'TLS'),
        facts: { encrypted_in_transit: true },
      },
      {
        it: 'HTTP too',
        attributes: listeners('HTTPS', 'HTTP'),
        facts: { encrypted_in_transit: false },
      },
      {
        it: 'listeners still to come',
        details: { unknown: ['spec.listeners'] },
        facts: { encrypted_in_transit: UNKNOWN },
      },
    ],
  },
  {
    kind: 'kubernetes.gateway',
    type: 'networking.istio.io/v1/Gateway',
    cases: [
      {
        it: 'plain HTTP that is sent to TLS counts as TLS',
        attributes: {
          spec: {
            servers: [
              { port: { protocol: 'HTTP' }, tls: { httpsRedirect: true } },
              { port: { protocol: 'HTTPS' }, tls: { mode: 'SIMPLE' } },
            ],
          },
        },
        facts: { encrypted_in_transit: true },
      },
      {
        it: 'plain HTTP',
        attributes: { spec: { servers: [{ port: { protocol: 'HTTP' } }] } },
        facts: { encrypted_in_transit: false },
      },
    ],
  },
  {
    kind: 'istio.peerauthentication',
    type: 'security.istio.io/v1/PeerAuthentication',
    cases: [
      ...Object.entries({ STRICT: true, PERMISSIVE: false, DISABLE: false, UNSET: undefined }).map(
        ([mode, value]) => ({
          it: `mode ${mode}`,
          attributes: { spec: { mtls: { mode } } },
          facts: { encrypted_in_transit: value },
        }),
      ),
      { it: 'no mode', attributes: { spec: {} }, facts: { encrypted_in_transit: undefined } },
    ],
  },
];

const storage = (quantity: unknown): object => ({ storage: quantity });
const SIZES = {
  '20Gi': 20,
  '1Ti': 1024,
  '500G': 465.66,
  '1073741824': 1,
  '1.5e9': 1.4,
  '512Mi': 0.5,
};

const STORAGE: readonly ApiTable[] = [
  {
    kind: 'kubernetes.persistentvolumeclaim',
    type: 'v1/PersistentVolumeClaim',
    terraform: both('kubernetes_persistent_volume_claim'),
    cases: [
      ...Object.entries(SIZES).map(([quantity, gigabytes]) => ({
        it: `asks for ${quantity}`,
        attributes: { spec: { resources: { requests: storage(quantity) } } },
        facts: { stateful: true, disk_gb: gigabytes },
      })),
      {
        it: 'a quantity that is none',
        attributes: { spec: { resources: { requests: storage('plenty') } } },
        facts: { disk_gb: undefined },
      },
      {
        it: 'a size still to come',
        attributes: { spec: {} },
        details: { unknown: ['spec.resources'] },
        facts: { stateful: true, disk_gb: UNKNOWN },
      },
    ],
  },
  {
    kind: 'kubernetes.persistentvolume',
    type: 'v1/PersistentVolume',
    terraform: both('kubernetes_persistent_volume'),
    cases: [
      {
        it: 'holds data of a size',
        attributes: { spec: { capacity: storage('10Gi') } },
        facts: { stateful: true, disk_gb: 10 },
      },
    ],
  },
  {
    kind: 'kubernetes.storageclass',
    type: 'storage.k8s.io/v1/StorageClass',
    terraform: both('kubernetes_storage_class'),
    cases: [
      {
        it: 'EBS volumes are encrypted when the class says so',
        attributes: { provisioner: 'ebs.csi.aws.com', parameters: { encrypted: 'true' } },
        facts: { encrypted_at_rest: true },
      },
      {
        it: 'and are not when it does not',
        attributes: { provisioner: 'ebs.csi.aws.com' },
        facts: { encrypted_at_rest: false },
      },
      {
        it: 'Google encrypts every disk',
        attributes: { provisioner: 'pd.csi.storage.gke.io' },
        facts: { encrypted_at_rest: true },
      },
      {
        it: 'nothing is claimed of others',
        attributes: { provisioner: 'nfs.example.com' },
        facts: { encrypted_at_rest: undefined },
      },
      {
        it: 'a provisioner still to come',
        details: { unknown: ['provisioner'] },
        facts: { encrypted_at_rest: UNKNOWN },
      },
    ],
  },
  {
    kind: 'kubernetes.secret',
    type: 'v1/Secret',
    terraform: both('kubernetes_secret'),
    cases: [
      { it: 'one of ours', attributes: { type: 'Opaque' }, facts: { long_lived_key: false } },
      {
        it: 'a token of a service account never ends',
        attributes: { type: 'kubernetes.io/service-account-token' },
        facts: { long_lived_key: true },
      },
      {
        it: 'a type still to come',
        details: { unknown: ['type'] },
        facts: { long_lived_key: UNKNOWN },
      },
    ],
  },
];

const parallelism = (
  cases: FactCase[],
  nest: (spec: object) => Record<string, unknown>,
): FactCase[] => [
  ...cases,
  { it: 'one pod at a time by default', attributes: nest({}), facts: { instance_count: 1 } },
  { it: 'as many as written', attributes: nest({ parallelism: 9 }), facts: { instance_count: 9 } },
];

export const API_TABLES: readonly ApiTable[] = [
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
  SERVICE,
  INGRESS,
  ...GATEWAYS,
  {
    kind: 'kubernetes.role',
    type: 'rbac.authorization.k8s.io/v1/Role',
    terraform: both('kubernetes_role'),
    cases: ROLE_CASES,
  },
  {
    kind: 'kubernetes.clusterrole',
    type: 'rbac.authorization.k8s.io/v1/ClusterRole',
    terraform: both('kubernetes_cluster_role'),
    cases: ROLE_CASES,
  },
  {
    kind: 'kubernetes.rolebinding',
    type: 'rbac.authorization.k8s.io/v1/RoleBinding',
    terraform: both('kubernetes_role_binding'),
    cases: bindingCases(false),
  },
  {
    kind: 'kubernetes.clusterrolebinding',
    type: 'rbac.authorization.k8s.io/v1/ClusterRoleBinding',
    terraform: both('kubernetes_cluster_role_binding'),
    cases: bindingCases(true),
  },
  ...STORAGE,
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
