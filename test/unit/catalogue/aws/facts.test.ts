import { describe, expect, it } from 'vitest';

import { AWS_KINDS } from '../../../../src/catalogue/aws/index.ts';
import { FACTS, UNKNOWN } from '../../../../src/catalogue/facts.ts';
import type { FactName } from '../../../../src/catalogue/facts.ts';
import { factOf, gapsIn, resolveCase } from '../../../builders.ts';
import { ANALYTICS_TABLES } from './analytics-tables.ts';
import { CACHE_TABLES } from './cache-tables.ts';
import { CLUSTER_TABLES } from './cluster-tables.ts';
import { COMPUTE_TABLES } from './compute-tables.ts';
import { CONTAINER_TABLES } from './container-tables.ts';
import { DATABASE_TABLES } from './database-tables.ts';
import { EDGE_TABLES } from './edge-tables.ts';
import { FILE_TABLES } from './file-tables.ts';
import { FIREWALL_TABLES } from './firewall-tables.ts';
import { IAM_TABLES } from './iam-tables.ts';
import { KEY_TABLES } from './key-tables.ts';
import { LAMBDA_TABLES } from './lambda-tables.ts';
import { NETWORK_TABLES } from './network-tables.ts';
import { OPERATION_TABLES } from './operation-tables.ts';
import { S3_TABLES } from './s3-tables.ts';
import { SAGEMAKER_TABLES } from './sagemaker-tables.ts';
import { STORAGE_TABLES } from './storage-tables.ts';
import { STREAM_TABLES } from './stream-tables.ts';

const TABLES = [
  ...ANALYTICS_TABLES,
  ...CACHE_TABLES,
  ...CLUSTER_TABLES,
  ...COMPUTE_TABLES,
  ...CONTAINER_TABLES,
  ...DATABASE_TABLES,
  ...EDGE_TABLES,
  ...FILE_TABLES,
  ...FIREWALL_TABLES,
  ...IAM_TABLES,
  ...KEY_TABLES,
  ...LAMBDA_TABLES,
  ...NETWORK_TABLES,
  ...OPERATION_TABLES,
  ...S3_TABLES,
  ...SAGEMAKER_TABLES,
  ...STORAGE_TABLES,
  ...STREAM_TABLES,
];

describe.each(TABLES)('$kind', (table) => {
  it.each(table.cases)('$it', (one) => {
    const resource = resolveCase(table, one);
    expect(resource.kind).toBe(table.kind);
    for (const [name, expected] of Object.entries(one.facts)) {
      expect(`${name}: ${String(factOf(resource, name as FactName))}`).toBe(
        `${name}: ${String(expected)}`,
      );
    }
  });
});

describe('the tables of AWS', () => {
  it('claim every fact of every kind, in every type', () => {
    expect(gapsIn(TABLES, AWS_KINDS)).toEqual([]);
  });

  it('claim of each fact that it holds, that it does not, and that it is not known, unless it is always so', () => {
    const claims = new Map<string, Set<unknown>>();
    for (const { kind, cases } of TABLES) {
      for (const [name, value] of cases.flatMap((one) => Object.entries(one.facts))) {
        const key = `${name} ${kind}`;
        claims.set(key, (claims.get(key) ?? new Set()).add(value));
      }
    }
    const onesided = [...claims].filter(([key, values]) => isOnesided(key, values));
    expect(onesided.map(([key]) => key).sort()).toEqual(ALWAYS);
  });
});

/** What these are for every kind that has them: the kind says so by being what it is. */
const BY_NATURE = new Set(['stateful', 'taggable', 'name']);

function isOnesided(key: string, values: ReadonlySet<unknown>): boolean {
  const [name = ''] = key.split(' ');
  if (BY_NATURE.has(name)) return false;
  const wanted = FACTS[name as FactName].type === 'boolean' ? [true, false, UNKNOWN] : [UNKNOWN];
  return wanted.some((value) => !values.has(value));
}

/** Facts that hold for every resource of a kind: by the service's own doing, or because that is what it is for. */
const ALWAYS = Object.entries({
  encrypted_at_rest: [
    'backup.vault',
    'cloudtrail.trail',
    'codebuild.project',
    'dynamodb.table',
    'ecr.repository',
    'eks.cluster',
    'fsx.file_system',
    'lambda.function',
    'logs.group',
    'memorydb.cluster',
    'mq.broker',
    'msk.cluster',
    's3.bucket',
    's3.object',
    'secretsmanager.secret',
    'stepfunctions.state_machine',
  ],
  local_auth: ['iam.login_profile'],
  long_lived_key: ['iam.access_key'],
  multi_zone: ['dynamodb.table', 'kinesis.stream', 'rds.cluster'],
  public: ['cloudfront.distribution', 'ecr.public_repository', 'globalaccelerator.accelerator'],
  public_ip: ['ec2.elastic_ip'],
})
  .flatMap(([fact, kinds]) => kinds.map((kind) => `${fact} aws.${kind}`))
  .sort();
