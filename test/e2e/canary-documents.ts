import { createHash } from 'node:crypto';

/** One canary for each place. Those of a form are known anywhere; the others are known because the document marks them. */
export const canary = (at: string): string =>
  `Cn${createHash('sha256').update(at).digest('hex').slice(0, 30)}Q`;
export const token = (at: string): string => `ghp_${canary(at)}12345`;

export const PLACES = [
  'variable',
  'default',
  'output',
  'change-of-output',
  'provider',
  'attribute',
  'block',
  'list',
  'before',
  'number',
  'tag',
  'tag-elsewhere',
  'name-elsewhere',
  'address',
  'module-address',
  'base64',
  'url-encoded',
  'json-escaped',
  'deposed',
  'module-source',
  'module-call',
  'named-variable',
  'provider-url',
  'connection-string',
  'env-var',
  'document-name',
  'actor',
  'run',
  'label',
  'key',
  'query',
  'path',
  'header',
] as const;
/** What callers say besides the document: it knows nothing of these. */
const SAID_BESIDES: ReadonlySet<string> = new Set(
  'number document-name actor run label key query path header'.split(' '),
);
const C = Object.fromEntries(PLACES.map((at) => [at, canary(at)]));
export const of = (at: (typeof PLACES)[number]): string => C[at] ?? '';

/** A plan with a canary in each place that a plan has, and every canary in clear text somewhere else. */
export function planWithCanaries(): string {
  const marked = {
    password: of('attribute'),
    settings: { deep: { secret: of('block') } },
    items: ['a', of('list')],
    spelt: [of('base64'), of('url-encoded'), of('json-escaped')],
    tagged: of('tag-elsewhere'),
    named: of('name-elsewhere'),
    addressed: [of('address'), of('module-address'), of('deposed')],
    pin: 918_273_645,
  };
  const all = Object.fromEntries(Object.keys(marked).map((key) => [key, true]));
  const everything = PLACES.filter((at) => !SAID_BESIDES.has(at))
    .map(of)
    .join(' ');
  const tags = {
    note: `${everything} 918273645`,
    [`k-${of('tag-elsewhere')}`]: encodeURIComponent(of('url-encoded')),
    packed: Buffer.from(`x${of('base64')}y`).toString('base64'),
    secret: of('tag'),
    source: `git::https://u:${of('module-source')}@host/m.git`,
    dsn: `Server=x;Password=${of('connection-string')};`,
    DB_PASSWORD: of('env-var'),
    // What is known only because another part of the document tells what it is.
    again: `${of('module-call')} ${of('named-variable')} ${of('provider-url')}`,
  };
  const resource = (address: string, type: string) => ({
    address,
    mode: 'managed',
    type,
    name: 'q',
    provider_name: 'registry.terraform.io/hashicorp/aws',
    change: {
      actions: ['update'],
      before: { password: of('before') },
      after: { name: `n-${of('name-elsewhere')}`, tags, tags_all: tags, ...marked },
      after_unknown: {},
      before_sensitive: { password: true },
      after_sensitive: { ...all, tags: { secret: true }, tags_all: { secret: true } },
    },
  });
  return JSON.stringify({
    format_version: '1.2',
    variables: { v: { value: of('variable') }, db_password: { value: of('named-variable') } },
    planned_values: { outputs: { o: { sensitive: true, value: of('output') } } },
    output_changes: {
      o: { actions: ['create'], after: of('change-of-output'), after_sensitive: true },
    },
    resource_changes: [
      resource(`aws_sqs_queue.q["${of('address')}"]`, 'aws_sqs_queue'),
      resource(`module.m["${of('module-address')}"].x_thing.q`, 'x_thing'),
      { ...resource('aws_sqs_queue.q', 'aws_sqs_queue'), deposed: of('deposed') },
    ],
    configuration: {
      provider_config: {
        aws: { name: 'aws', expressions: { secret_key: { constant_value: of('provider') } } },
        pg: {
          name: 'pg',
          expressions: { host: { constant_value: `postgres://u:${of('provider-url')}@db/x` } },
        },
      },
      root_module: {
        module_calls: { m: { source: `git::https://u:${of('module-call')}@host/m.git` } },
        variables: { v: { sensitive: true }, d: { sensitive: true, default: of('default') } },
      },
    },
  });
}

/** Every spelling that a reader could take a canary from. */
function spellings(value: string): string[] {
  return [
    value,
    Buffer.from(value).toString('base64').slice(0, -4),
    Buffer.from(`x${value}`).toString('base64').slice(4, -4),
  ];
}

/** Canaries that stand in a text, by their names. */
export function found(text: string, names: readonly string[] = PLACES): string[] {
  return [
    ...names.filter((at) => spellings(canary(at)).some((spelt) => text.includes(spelt))),
    ...(text.includes('918273645') ? ['number'] : []),
    ...(text.includes(ACCESS_KEY) ? ['access-key'] : []),
  ];
}

const SECRET_PLACES = [
  'secret-data',
  'secret-short-lines',
  'secret-file',
  'secret-env-file',
  'secret-registry',
  'secret-registry-pair',
  'secret-string',
  'secret-applied',
  'secret-before',
  'secret-url',
] as const;
/** What an update did away with is in the old object alone. */
const IN_SECRET = SECRET_PLACES.filter((at) => at !== 'secret-before');
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** What a Secret holds in every way that people fill one, and the same values where they do not belong. */
function secretWithCanaries(): object {
  const everything = IN_SECRET.map(canary).join(' ');
  const registry = {
    auths: {
      'registry.example.com': {
        auth: base64(`robot:${canary('secret-registry-pair')}`),
        password: canary('secret-registry'),
      },
    },
  };
  const applied = { kind: 'Secret', stringData: { old: canary('secret-applied') } };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'db',
      namespace: 'shop',
      labels: { note: canary('secret-data') },
      annotations: {
        'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(applied),
        note: everything,
        packed: base64(`x${canary('secret-data')}y`),
        quoted: encodeURIComponent(JSON.stringify({ said: everything })),
      },
    },
    data: {
      password: base64(canary('secret-data')),
      wrapped: base64(canary('secret-short-lines')).replace(/(.{20})/g, '$1\n'),
      'config.yaml': base64(`db:\n  user: shop\n  password: ${canary('secret-file')}\n`),
      '.env': base64(`A=1\nexport DB_PASSWORD="${canary('secret-env-file')}"\n`),
      '.dockerconfigjson': base64(JSON.stringify(registry, undefined, 2)),
      dsn: base64(`postgres://shop:${canary('secret-url')}@db/shop`),
    },
    stringData: { token: canary('secret-string') },
  };
}

const REVIEWS = {
  CREATE: [true, false],
  UPDATE: [true, true],
  DELETE: [false, true],
} as const;
export type ReviewedOperation = keyof typeof REVIEWS;
export const REVIEWED = ['CREATE', 'UPDATE', 'DELETE'] as const satisfies ReviewedOperation[];

/** A review of a Secret, asked for by somebody whose name holds what it holds. */
export function reviewOfSecret(operation: ReviewedOperation): string {
  const [object, oldObject] = REVIEWS[operation];
  const secret = secretWithCanaries();
  const before = { ...secret, data: { was: base64(canary('secret-before')) } };
  return JSON.stringify({
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    request: {
      uid: `705ab4f5-6393-11e8-b7cc-42010a80000${operation.length}`,
      kind: { group: '', version: 'v1', kind: 'Secret' },
      resource: { group: '', version: 'v1', resource: 'secrets' },
      name: 'db',
      namespace: 'shop',
      operation,
      userInfo: { username: `ada ${token('user-info')}` },
      object: object ? secret : null,
      oldObject: oldObject ? (object ? before : secret) : null,
    },
  });
}

/** A Secret, and beside it what makes no secret of it. */
export function manifestsWithCanaries(): string {
  const everything = IN_SECRET.map(canary).join(' ');
  const config = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings', labels: { note: canary('secret-string') } },
    data: {
      everything,
      key: PRIVATE_KEY,
      aws: `[default]\naws_access_key_id=${ACCESS_KEY}\naws_secret_access_key = ${AWS_SECRET}\n`,
      token: `uses ${token('config-token')}`,
    },
  };
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', annotations: { note: `reads ${canary('pod-variable')}` } },
    spec: {
      containers: [
        {
          name: 'web',
          image: 'web:1',
          args: [`--password=${canary('pod-argument')}`],
          env: [{ name: 'DB_PASSWORD', value: canary('pod-variable') }],
        },
      ],
    },
  };
  return [secretWithCanaries(), config, pod].map((one) => `---\n${JSON.stringify(one)}\n`).join('');
}

const KEY_BODY = `MIIEpAIBAAKCAQEA${canary('private-key')}`;
const PRIVATE_KEY = `-----BEGIN RSA PRIVATE KEY-----\n${KEY_BODY}\n-----END RSA PRIVATE KEY-----\n`;
export const ACCESS_KEY = 'AKIAQ7CANARY7CANARY7';
const AWS_SECRET = `${canary('aws-secret')}/abcdefg`.slice(0, 40);

/** A stack that keeps its parameter to itself, in a format that nobody here judges. */
export function templateWithCanary(): string {
  return JSON.stringify({
    AWSTemplateFormatVersion: '2010-09-09',
    Parameters: { P: { Type: 'String', NoEcho: true, Default: canary('no-echo') } },
    Resources: { Q: { Type: 'AWS::SQS::Queue', Properties: { Note: canary('no-echo') } } },
  });
}

/** Every canary that any document here holds, and those that callers and clouds say. */
export const ALL_CANARIES: readonly string[] = [
  ...PLACES,
  ...SECRET_PLACES,
  'user-info',
  'config-token',
  'pod-variable',
  'pod-argument',
  'private-key',
  'aws-secret',
  'no-echo',
  'cloud-error',
  'cloud-tag',
  'inventory-line',
  'exemption',
  'candidate',
  'crash',
];
