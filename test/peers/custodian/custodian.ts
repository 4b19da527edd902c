import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { z } from 'zod';

import { start } from '../kubernetes/process.ts';
import { REGION } from './moto.ts';
import type { Peers } from './peers.ts';

/** Of the first hang alone botocore waits a minute. */
const LONGEST_MS = 170_000;

/** One policy a service, with the member of its resources by which they are told apart. */
const POLICIES = [
  { name: 'instances', resource: 'aws.ec2', id: 'InstanceId' },
  { name: 'volumes', resource: 'aws.ebs', id: 'VolumeId' },
  { name: 'buckets', resource: 'aws.s3', id: 'Name' },
  { name: 'databases', resource: 'aws.rds', id: 'DBInstanceIdentifier' },
  { name: 'topics', resource: 'aws.sns', id: 'TopicArn' },
] as const;

export interface CustodianRun {
  /** Ids and names of what it found, as the services call them. */
  readonly found: readonly string[];
  /** How it ended, in its own words. */
  readonly said: string;
}

/** A run of `custodian run`: finds what has no tag `owner`, and where it is told to, tags it. */
export async function runCustodian(
  { custodian }: Peers,
  endpoint: string,
  mend: boolean,
): Promise<CustodianRun> {
  const folder = mkdtempSync(path.join(tmpdir(), 'portcullis-custodian-'));
  try {
    const policies = path.join(folder, 'policies.json');
    writeFileSync(policies, JSON.stringify({ policies: POLICIES.map(policyOf(mend)) }));
    const output = path.join(folder, 'out');
    // Its cache would tell of the resources of the run before.
    const args = ['run', '--cache-period', '0', '-s', output, policies];
    const { code, log } = await ended(custodian, args, endpoint, folder);
    return { found: POLICIES.flatMap((one) => foundBy(one, output)), said: saying(code, log) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function policyOf(mend: boolean) {
  return ({ name, resource }: (typeof POLICIES)[number]) => ({
    name,
    resource,
    filters: [{ 'tag:owner': 'absent' }],
    ...(mend ? { actions: [{ type: 'tag', tags: { owner: 'platform' } }] } : {}),
  });
}

async function ended(
  custodian: string,
  args: readonly string[],
  endpoint: string,
  home: string,
): Promise<{ code: number; log: string }> {
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'custodian',
    AWS_SECRET_ACCESS_KEY: 'custodian',
    AWS_DEFAULT_REGION: REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const running = start('custodian', custodian, args, env);
  const { child } = running;
  const timer = setTimeout(() => void running.stop(), LONGEST_MS);
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (ended) => resolve(ended ?? -1));
  });
  clearTimeout(timer);
  return { code, log: running.output() };
}

function foundBy({ name, id }: (typeof POLICIES)[number], output: string): string[] {
  const file = path.join(output, name, 'resources.json');
  if (!existsSync(file)) return [];
  const resources: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return z
    .array(z.record(z.string(), z.unknown()))
    .parse(resources)
    .map((one) => String(one[id]));
}

/** The policies that it names at its end; what it logs as an error and gets over is told as well. */
function saying(code: number, log: string): string {
  const [, failed = ''] = /policies had errors while executing\n((?: - .*\n?)+)/.exec(log) ?? [];
  const names = [...failed.matchAll(/ - (\S+)/g)].map(([, name]) => name);
  const errors = [...log.matchAll(/^\S+ \S+ (custodian\.\S+):ERROR/gm)].length;
  const logged = errors === 0 ? 'no error logged' : `${errors} errors logged`;
  return names.length === 0
    ? `exit ${code}, ${logged}`
    : `exit ${code}, ${logged}, failed: ${names.join(', ')}`;
}
