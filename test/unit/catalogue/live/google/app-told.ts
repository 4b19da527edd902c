import { UNKNOWN } from '../../../../../src/catalogue/facts.ts';
import { repeats } from '../tables.ts';
import type { LiveTable } from '../tables.ts';
import { KEY, keyed } from './compute-told.ts';

const REVISION = 'data.template';
const KNATIVE = 'data.spec.template';
const SECRET = [{ env: [{ name: 'DB_PASSWORD', value: 'correct-horse' }] }];
const REFERENCE = [
  { env: [{ name: 'DB_PASSWORD', valueSource: { secretKeyRef: { secret: 'db' } } }] },
];

const STORES = ['Dataset', 'Featurestore', 'Tensorboard'].map((type): LiveTable => ({
  type: `aiplatform.googleapis.com/${type}`,
  kind: 'gcp.vertexai.store',
  facts: { customer_key: keyed('data.encryptionSpec.kmsKeyName') },
}));

export const APP_TOLD: readonly LiveTable[] = [
  {
    type: 'cloudfunctions.googleapis.com/CloudFunction',
    kind: 'gcp.functions.function',
    facts: {
      // Who may call it is no part of an asset.
      public: [[UNKNOWN], [false, { 'data.ingressSettings': 'ALLOW_INTERNAL_ONLY' }]],
      encrypted_in_transit: [
        [undefined],
        [false, { 'data.httpsTrigger': { securityLevel: 'SECURE_OPTIONAL' } }],
        [true, { 'data.httpsTrigger': { securityLevel: 'SECURE_ALWAYS' } }],
      ],
      managed_identity: [[false], [true, { 'data.serviceAccountEmail': 'a@p.iam' }]],
      secret_in_environment: [
        [false],
        [true, { 'data.environmentVariables': { DB_PASSWORD: 'correct-horse' } }],
      ],
      customer_key: keyed('data.kmsKeyName'),
      instance_count: [[10, { 'data.maxInstances': 10 }]],
      engine_version: repeats('data.runtime', 'nodejs22'),
    },
  },
  {
    type: 'cloudfunctions.googleapis.com/Function',
    kind: 'gcp.functions.function',
    facts: {
      public: [[UNKNOWN], [false, { 'data.serviceConfig.ingressSettings': 'ALLOW_INTERNAL_ONLY' }]],
      managed_identity: [
        [UNKNOWN],
        [true, { 'data.serviceConfig.serviceAccountEmail': 'a@p.iam' }],
      ],
      secret_in_environment: [
        [UNKNOWN],
        [
          true,
          { 'data.serviceConfig': { environmentVariables: { DB_PASSWORD: 'correct-horse' } } },
        ],
        [false, { 'data.serviceConfig': { environmentVariables: { STAGE: 'live' } } }],
      ],
      customer_key: keyed('data.kmsKeyName'),
      engine_version: [['nodejs22', { 'data.buildConfig.runtime': 'nodejs22' }]],
    },
  },
  {
    type: 'run.googleapis.com/Service',
    kind: 'gcp.run.service',
    facts: {
      public: [
        [UNKNOWN],
        [false, { 'data.ingress': 'INGRESS_TRAFFIC_INTERNAL_ONLY' }],
        [true, { 'data.ingress': 'INGRESS_TRAFFIC_ALL', 'data.invokerIamDisabled': true }],
        [
          false,
          {
            'data.spec': {},
            'data.metadata.annotations': { 'run.googleapis.com/ingress': 'internal' },
          },
        ],
        [
          true,
          {
            'data.spec': {},
            'data.metadata.annotations': {
              'run.googleapis.com/ingress': 'all',
              'run.googleapis.com/invoker-iam-disabled': 'true',
            },
          },
        ],
      ],
      customer_key: [
        ...keyed(`${REVISION}.encryptionKey`),
        [
          true,
          { [`${KNATIVE}.metadata.annotations`]: { 'run.googleapis.com/encryption-key': KEY } },
        ],
      ],
      managed_identity: [
        [false],
        [true, { [`${REVISION}.serviceAccount`]: 'a@p.iam' }],
        [true, { [`${KNATIVE}.spec.serviceAccountName`]: 'a@p.iam' }],
      ],
      secret_in_environment: [
        [false],
        [true, { [`${REVISION}.containers`]: SECRET }],
        [false, { [`${REVISION}.containers`]: REFERENCE }],
        [true, { [`${KNATIVE}.spec.containers`]: SECRET }],
      ],
      instance_count: [
        [5, { [`${REVISION}.scaling.maxInstanceCount`]: 5 }],
        [5, { [`${KNATIVE}.metadata.annotations`]: { 'autoscaling.knative.dev/maxScale': '5' } }],
      ],
      gpu: [
        [false],
        [true, { [`${REVISION}.nodeSelector`]: { accelerator: 'nvidia-l4' } }],
        [
          true,
          { [`${KNATIVE}.spec.nodeSelector`]: { 'run.googleapis.com/accelerator': 'nvidia-l4' } },
        ],
      ],
      deletion_protected: [[UNKNOWN]],
    },
  },
  {
    type: 'run.googleapis.com/Job',
    kind: 'gcp.run.job',
    facts: {
      secret_in_environment: [
        [false],
        [true, { [`${REVISION}.template.containers`]: SECRET }],
        [true, { [`${KNATIVE}.spec.template.spec.containers`]: SECRET }],
      ],
      managed_identity: [
        [false],
        [true, { [`${REVISION}.template.serviceAccount`]: 'a@p.iam' }],
        [true, { [`${KNATIVE}.spec.template.spec.serviceAccountName`]: 'a@p.iam' }],
      ],
      customer_key: keyed(`${REVISION}.template.encryptionKey`),
    },
  },
  {
    type: 'aiplatform.googleapis.com/Endpoint',
    kind: 'gcp.vertexai.endpoint',
    facts: {
      public: [
        [true],
        [false, { 'data.network': 'projects/1/global/networks/shop' }],
        [false, { 'data.privateServiceConnectConfig.enablePrivateServiceConnect': true }],
      ],
      customer_key: keyed('data.encryptionSpec.kmsKeyName'),
    },
  },
  {
    type: 'aiplatform.googleapis.com/IndexEndpoint',
    kind: 'gcp.vertexai.index_endpoint',
    facts: { public: [[false], [true, { 'data.publicEndpointEnabled': true }]] },
  },
  ...STORES,
  {
    type: 'notebooks.googleapis.com/Instance',
    kind: 'gcp.notebooks.instance',
    facts: {
      public_ip: [[true], [false, { 'data.noPublicIp': true }]],
      customer_key: keyed('data.kmsKey'),
      gpu: [[UNKNOWN], [true, { 'data.acceleratorConfig': { coreCount: '1' } }]],
      size: repeats('data.machineType', 'n1-standard-4'),
    },
  },
  {
    type: 'notebooks.googleapis.com/Instance',
    kind: 'gcp.workbench.instance',
    base: { 'data.gceSetup': { machineType: 'n1-standard-4' } },
    facts: {
      public_ip: [[true], [false, { 'data.gceSetup.disablePublicIp': true }]],
      customer_key: keyed('data.gceSetup.bootDisk.kmsKey'),
      size: [['n1-standard-4']],
      gpu: [[false], [true, { 'data.gceSetup.acceleratorConfigs': [{ coreCount: '1' }] }]],
    },
  },
];
