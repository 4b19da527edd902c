import { describe, expect, it } from 'vitest';

import { gateFeed } from '../../../src/fleet/gate-feed.ts';
import type { GateEntry } from '../../../src/sweep/gate-index.ts';
import { createRedactor, PLAIN } from '../../../src/redact/redactor.ts';
import { decision } from '../../decisions.ts';
import { resource } from '../../rules.ts';

const bucket = resource({
  address: 'aws_s3_bucket.logs',
  facts: { name: 'logs' },
  action: 'create',
});

function feeding(note: (entries: readonly GateEntry[]) => Promise<void>) {
  const warnings: string[] = [];
  return { feed: gateFeed({ note }, (message) => void warnings.push(message)), warnings };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('what the gate said', () => {
  it('is noted of what will stand, under what names it', async () => {
    const noted: GateEntry[] = [];
    const { feed } = feeding((entries) => Promise.resolve(void noted.push(...entries)));
    feed(
      decision({ id: 'd1', decision: 'deny' }),
      [bucket, { ...bucket, action: 'delete' }],
      PLAIN,
    );
    await turn();
    expect(noted).toMatchObject([
      { decision: 'd1', verdict: 'deny', address: 'aws_s3_bucket.logs' },
    ]);
    expect(noted[0]?.identities).toContain('aws.s3.bucket|||logs');
  });

  it('is kept under no name that holds a secret of its document, however it is spelt', async () => {
    const noted: GateEntry[] = [];
    const { feed } = feeding((entries) => Promise.resolve(void noted.push(...entries)));
    const config = {
      arn: 'arn:aws:s3:::logs-Zk81vBq7Lm',
      bucket: 'logs-Zk81vBq7Lm',
      id: 'arn:logs',
    };
    const told = { ...bucket, address: 'aws_s3_bucket.logs["Zk81vBq7Lm"]', config };
    feed(decision(), [told], createRedactor(['Zk81vBq7Lm']));
    await turn();
    expect(noted[0]?.identities).toContain('arn:logs');
    expect(noted[0]?.address).toBe('aws_s3_bucket.logs["(sensitive)"]');
    expect(JSON.stringify(noted).toLowerCase()).not.toContain('zk81vbq7lm');
  });

  it.each([
    ['a rehearsal', { dryRun: true }],
    ['a sweep', { point: 'sweep' }],
  ] as const)('in %s is not noted', async (_, given) => {
    const noted: unknown[] = [];
    const { feed } = feeding((entries) => Promise.resolve(void noted.push(entries)));
    feed(decision(given), [bucket], PLAIN);
    await turn();
    expect(noted).toEqual([]);
  });

  it('and cannot be noted is warned about, and stops nothing', async () => {
    let calls = 0;
    const { feed, warnings } = feeding(() => {
      calls += 1;
      return calls === 1 ? Promise.reject(new Error('disk full')) : Promise.resolve();
    });
    feed(decision(), [bucket], PLAIN);
    feed(decision(), [bucket], PLAIN);
    await turn();
    expect(calls).toBe(2);
    expect(warnings).toHaveLength(1);
  });

  it('does not pile up behind a store that hangs', () => {
    const { feed, warnings } = feeding(() => new Promise(() => undefined));
    for (let n = 0; n < 150; n++) feed(decision(), [bucket], PLAIN);
    expect(warnings).toHaveLength(50);
  });
});
