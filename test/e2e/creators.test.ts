import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { z } from 'zod';

import { RepairPlanView } from '../../src/fleet/repair-views.ts';
import { FindingPageView, SweepView } from '../../src/fleet/views.ts';
import { FAKE_KEYS, startFakeAws } from '../../src/clouds/fakes/aws/index.ts';
import type { FakeAws, TrailEvent } from '../../src/clouds/fakes/aws/index.ts';
import { bucket, creation, HOME, REGION } from '../unit/clouds/aws/estates.ts';
import { portcullis } from './cli.ts';
import { makePlace } from './gate.ts';
import type { Place } from './gate.ts';

// Every command is a process that opens the records: few of them, in the order of a day's work.

const RULE = `rules:
  - id: owner
    policy: PC-TAG-001
    enforce: deny
    parameters: {keys: [owner]}
    repair:
      mode: approve
      values: [{creator: name}, {ask: the platform team}]
      caps: {percent: unlimited}
`;

const DAY = 24 * 3_600_000;
const daysAgo = (days: number): string => new Date(Date.now() - days * DAY).toISOString();
const made = (name: string, days: number) => bucket(name, { resourceCreationTime: daysAgo(days) });

function byWhom(number: number, name: string, userIdentity: TrailEvent['userIdentity']) {
  const eventTime = daysAgo(2);
  return creation(number, ['AWS::S3::Bucket', name], { eventTime, userIdentity });
}

let place: Place;
let aws: FakeAws;
beforeAll(async () => {
  place = makePlace();
  writeFileSync(path.join(place.folder, 'rules/owner.yaml'), RULE);
  const items = [made('logs', 2), made('stack', 2), made('old', 400)];
  const events = [
    byWhom(1, 'logs', {
      type: 'AssumedRole',
      arn: `arn:aws:sts::${HOME}:assumed-role/Developer/ada@example.com`,
      sessionContext: { sessionIssuer: { userName: 'Developer' } },
    }),
    byWhom(2, 'stack', { type: 'AWSService', invokedBy: 'autoscaling.amazonaws.com' }),
  ];
  aws = await startFakeAws({
    estate: { accounts: [{ id: HOME, regions: [{ name: REGION, items, events }] }] },
    clock: () => new Date(),
  });
});
beforeEach(() => aws.clearFaults());
afterAll(async () => {
  await aws.close();
  place.dispose();
});

/** What a command printed for programs. */
async function json<T>(line: string, schema: z.ZodType<T>, settings: object): Promise<T> {
  const { stdout, stderr } = await run(`${line} --output json`, settings);
  try {
    return schema.parse(JSON.parse(stdout));
  } catch (cause) {
    throw new Error(`${line}: ${stdout.slice(0, 500)} ${stderr.slice(0, 500)}`, { cause });
  }
}

async function run(line: string, settings: object) {
  const { url } = aws;
  const endpoints = { config: url, tagging: url, sts: url, cloudtrail: url };
  const inventory = { type: 'aws', name: 'aws', regions: [REGION], endpoints, ...settings };
  return await portcullis(line.split(' '), {
    cwd: place.folder,
    env: {
      ...place.env,
      AWS_ACCESS_KEY_ID: FAKE_KEYS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: FAKE_KEYS.secretAccessKey,
      PORTCULLIS_INVENTORIES: JSON.stringify([inventory]),
    },
  });
}

const lookups = () => aws.calls.filter(({ operation }) => operation === 'LookupEvents').length;

/** Name of a bucket -> who made it, or why nobody can say. */
async function creators(settings: object): Promise<unknown> {
  const { findings } = await json('findings list', FindingPageView, settings);
  return Object.fromEntries(
    findings.map(({ address, createdBy, creatorUnknown }) => [
      address.slice('arn:aws:s3:::'.length),
      createdBy ?? creatorUnknown?.why,
    ]),
  );
}

const ASKED = { creators: 'cloudtrail' };

describe('who made what breaks a rule on AWS', () => {
  it('is not looked up unless the inventory says so', async () => {
    const { state } = await json('sweep run --inventory aws', SweepView, {});
    expect(state).toBe('completed');
    expect(lookups()).toBe(0);
    expect(await creators({})).toEqual({ logs: undefined, stack: undefined, old: undefined });
  });

  it('stays unknown where that may not be read, and the sweep says so', async () => {
    aws.addFault({ kind: 'denied', operation: 'LookupEvents' });
    const { state, notes } = await json('sweep run --inventory aws', SweepView, ASKED);
    expect(state).toBe('completed');
    expect(notes).toEqual([
      expect.stringMatching(
        /^Who made what breaks a rule in 111111111111 could not be read: cloudtrail did not answer LookupEvents .* AccessDeniedException/,
      ),
    ]);
    expect(await creators(ASKED)).toEqual({ logs: 'unread', stack: 'unread', old: 'no-record' });
  });

  it('stands in its finding, and is proposed as the owner where it is a person', async () => {
    const { state, notes } = await json('sweep run --inventory aws', SweepView, ASKED);
    expect([state, notes]).toEqual(['completed', []]);
    expect(await creators(ASKED)).toEqual({
      logs: { name: 'ada@example.com', role: 'Developer', event: 'CreateBucket, event-1' },
      stack: { name: 'autoscaling.amazonaws.com', event: 'CreateBucket, event-2' },
      old: 'no-record',
    });
    const { plan } = await json('repair plan', RepairPlanView, ASKED);
    expect(plan.changes).toMatchObject([
      {
        address: 'arn:aws:s3:::logs',
        set: {
          owner: {
            before: null,
            after: 'ada@example.com',
            source: { kind: 'creator', from: 'ada@example.com (CreateBucket, event-1)' },
          },
        },
      },
    ]);
    expect(plan.refusals.map(({ address, code }) => [address, code]).sort()).toEqual([
      ['arn:aws:s3:::old', 'no-value'],
      ['arn:aws:s3:::stack', 'no-value'],
    ]);
  });

  it('is told in words, and not asked for again', async () => {
    const before = lookups();
    await run('sweep run --inventory aws', ASKED);
    expect(lookups()).toBe(before);
    const { findings } = await json('findings list', FindingPageView, ASKED);
    const texts: string[] = [];
    for (const { id } of findings) texts.push((await run(`findings show ${id}`, ASKED)).stdout);
    const all = texts.join('\n');
    expect(all).toContain('by ada@example.com in the role Developer (CreateBucket, event-1)');
    expect(all).toContain('by whom is not known: it was made before');
  });
});
