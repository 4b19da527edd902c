// The documents: plans of any size, cut from or made of a real one of 1,000 resources, and an AdmissionReview of 5 KB.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { NUMBER } from './numbered.mjs';
import { random } from './numbers.mjs';

const SAMPLE = fileURLToPath(
  new URL('../../shared/samples/terraform-plan/own__large-1000.plan.json', import.meta.url),
);
const PROVIDER = 'registry.terraform.io/hashicorp/aws';
const SEED = 20261122;

/** Where the plans come from: a real one where it lies beside the repository, otherwise our own of the same shape. */
export function basePlan() {
  if (existsSync(SAMPLE))
    return {
      from: 'the real 1,000-resource plan of the samples',
      plan: JSON.parse(readFileSync(SAMPLE, 'utf8')),
    };
  return { from: 'a generated 1,000-resource plan', plan: ownPlan(250) };
}

/**
 * A plan of exactly `count` resources. Instances up to those of the base are its own; further ones are copies of instances that a
 * seeded generator picks, under an index and names of their own.
 */
export function planOf(base, count) {
  const groups = groupByIndex(base.resource_changes);
  const planned = groupByIndex(base.planned_values.root_module.resources);
  const next = random(SEED);
  const [changes, values] = [[], []];
  for (let index = 0; changes.length < count; index++) {
    const from = index < groups.length ? index : Math.floor(next() * groups.length);
    changes.push(...renumber(groups[from], from, index));
    values.push(...renumber(planned[from], from, index));
  }
  const kept = new Set(changes.slice(0, count).map(({ address }) => address));
  return {
    ...base,
    variables: { n: { value: String(Math.ceil(count / 4)) } },
    planned_values: {
      root_module: { resources: values.filter(({ address }) => kept.has(address)) },
    },
    resource_changes: changes.slice(0, count),
  };
}

function groupByIndex(resources) {
  const groups = [];
  for (const resource of resources) (groups[resource.index] ??= []).push(resource);
  return groups;
}

/** Names end in the index: bucket-7, bucket_7, [7]. */
function renumber(resources, from, to) {
  if (from === to) return resources;
  const names = new RegExp(`([a-z][-_]|\\[)${from}(?=["\\]])`, 'g');
  return resources.map((resource) => ({
    ...JSON.parse(JSON.stringify(resource).replace(names, `$1${to}`)),
    index: to,
  }));
}

/** Buckets with their companions and a security group, as many as `instances`; made without looking at anybody's plan. */
function ownPlan(instances) {
  const changes = Array.from({ length: instances }, (_, i) => ownInstance(i)).flat();
  return {
    format_version: '1.2',
    terraform_version: '1.11.4',
    variables: { n: { value: String(instances) } },
    planned_values: {
      root_module: {
        resources: changes.map(({ change, ...resource }) => ({
          ...resource,
          schema_version: 0,
          values: change.after,
          sensitive_values: change.after_sensitive,
        })),
      },
    },
    resource_changes: changes,
    configuration: {
      provider_config: { aws: { name: 'aws', full_name: PROVIDER } },
      root_module: { resources: OWN_BLOCKS, variables: { n: {} } },
    },
  };
}

const OWN_BLOCKS = [
  ['aws_s3_bucket', 'b', {}],
  [
    'aws_s3_bucket_public_access_block',
    'b',
    { bucket: { references: ['aws_s3_bucket.b', 'count.index'] } },
  ],
  [
    'aws_s3_bucket_server_side_encryption_configuration',
    'b',
    { bucket: { references: ['aws_s3_bucket.b', 'count.index'] } },
  ],
  ['aws_security_group', 'g', {}],
].map(([type, name, expressions]) => ({
  address: `${type}.${name}`,
  mode: 'managed',
  type,
  name,
  provider_config_key: 'aws',
  expressions,
  schema_version: 0,
  count_expression: { references: ['var.n'] },
}));

function ownInstance(i) {
  const tags = i % 3 === 0 ? null : { env: i % 2 === 0 ? 'prod' : 'dev', owner: `team-${i % 7}` };
  const tagged = tags === null ? {} : { tags_all: tags };
  const computed = Object.fromEntries(COMPUTED.map((name) => [name, true]));
  return [
    ownChange(
      'aws_s3_bucket',
      'b',
      i,
      { bucket: `bucket-${i}`, force_destroy: false, tags, ...tagged },
      computed,
    ),
    ownChange(
      'aws_s3_bucket_public_access_block',
      'b',
      i,
      {
        block_public_acls: i % 5 !== 0,
        block_public_policy: true,
        ignore_public_acls: null,
        restrict_public_buckets: null,
      },
      { bucket: true, id: true },
    ),
    ownChange(
      'aws_s3_bucket_server_side_encryption_configuration',
      'b',
      i,
      {
        rule: [
          {
            apply_server_side_encryption_by_default: [
              { sse_algorithm: i % 4 === 0 ? 'AES256' : 'aws:kms', kms_master_key_id: '' },
            ],
          },
        ],
      },
      { bucket: true, id: true, rule: [{ apply_server_side_encryption_by_default: [{}] }] },
    ),
    ownChange(
      'aws_security_group',
      'g',
      i,
      {
        name: `group-${i}`,
        ingress: [
          {
            cidr_blocks: [i % 13 === 0 ? '0.0.0.0/0' : '10.0.0.0/8'],
            from_port: 22,
            to_port: 22,
            protocol: 'tcp',
            self: false,
          },
        ],
        tags: null,
      },
      computed,
    ),
  ];
}

const COMPUTED = [
  'arn',
  'id',
  'region',
  'owner_id',
  'vpc_id',
  'policy',
  'hosted_zone_id',
  'website_endpoint',
  'versioning',
];

function ownChange(type, name, index, after, unknown) {
  return {
    address: `${type}.${name}[${index}]`,
    mode: 'managed',
    type,
    name,
    index,
    provider_name: PROVIDER,
    change: {
      actions: ['create'],
      before: null,
      after,
      after_unknown: unknown,
      before_sensitive: false,
      after_sensitive: {},
    },
  };
}

/** A request to create a pod of three containers, of 5 KB, with some things that rules find. */
export function admissionReview() {
  const object = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `checkout-${NUMBER}`,
      namespace: 'shop',
      labels: {
        app: 'checkout',
        owner: `team-${NUMBER}`,
        environment: 'production',
        'app.kubernetes.io/name': 'checkout',
      },
      annotations: {
        description: 'Takes orders and hands them to the payment provider. '.repeat(8),
      },
    },
    spec: {
      serviceAccountName: 'checkout',
      restartPolicy: 'Always',
      containers: ['web', 'worker', 'proxy'].map(container),
      volumes: [{ name: 'tmp', emptyDir: {} }],
    },
  };
  return {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    request: {
      uid: `705ab4f5-6393-11e8-b7cc-42010${NUMBER}`,
      kind: { group: '', version: 'v1', kind: 'Pod' },
      resource: { group: '', version: 'v1', resource: 'pods' },
      name: object.metadata.name,
      namespace: 'shop',
      operation: 'CREATE',
      userInfo: { username: 'system:serviceaccount:ci:deployer', groups: ['system:authenticated'] },
      object,
      oldObject: null,
      dryRun: false,
      options: { apiVersion: 'meta.k8s.io/v1', kind: 'CreateOptions' },
    },
  };
}

function container(name, i) {
  return {
    name,
    image:
      i === 2
        ? 'registry.example.com/proxy:latest'
        : `registry.example.com/shop/${name}:1.${NUMBER}.${i}`,
    ports: [{ name: 'http', containerPort: 8080 + i, protocol: 'TCP' }],
    env: Array.from({ length: 16 }, (_, n) => ({
      name: `SETTING_${n}`,
      value: `value-${name}-${n}`,
    })),
    resources: {
      requests: { cpu: '100m', memory: '128Mi' },
      limits: { cpu: '500m', memory: '256Mi' },
    },
    securityContext: {
      allowPrivilegeEscalation: i === 1,
      readOnlyRootFilesystem: true,
      runAsNonRoot: i !== 2,
      capabilities: { drop: ['ALL'] },
    },
    readinessProbe: { httpGet: { path: '/ready', port: 'http' }, periodSeconds: 10 },
    volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
  };
}
