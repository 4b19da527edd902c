import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { policyReport } from '../../../src/audit-report/formats/policyreport/index.ts';
import { hostileReport, item, reportOn, SAMPLE, written } from '../../reports-sample.ts';
import { makeCertificate, startCluster } from './cluster.ts';
import type { Cluster } from './cluster.ts';
import { findPeers } from './peers.ts';

const peers = findPeers();
const Stored = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      summary: z.record(z.string(), z.number()),
      results: z.array(z.object({ policy: z.string(), result: z.string() })),
    }),
  ),
});

/** The schema is the one that the working group publishes, and whoever reads reports in a cluster relies on. */
describe.skipIf(peers === undefined)('PolicyReports in a real API server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-policy-report-'));
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await startCluster(peers!, folder, await makeCertificate(folder));
    await cluster.must(['apply', '-f', peers!.policyReports]);
    await cluster.must([
      ...['wait', '--for=condition=established', '--timeout=30s'],
      'crd/clusterpolicyreports.wgpolicyk8s.io',
    ]);
  });

  afterAll(async () => {
    // A setup that failed half-way left it undefined.
    await (cluster as Cluster | undefined)?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const many = Array.from({ length: 250 }, (_, at) => item({ reference: `f-${at}` }));

  it.each([
    ['findings of every verdict', () => reportOn(SAMPLE), [SAMPLE.length]],
    ['no findings', () => reportOn([]), [0]],
    ['hostile text', hostileReport, undefined],
    ['more than one object holds', () => reportOn(many), [100, 100, 50]],
  ] as const)('are taken as they are: %s', async (_, report, counts) => {
    // Strict: what the schema does not know is refused, and not dropped.
    const text = await written(policyReport, report());
    await cluster.must(['create', '--validate=strict', '-f', '-'], text);
    const kept = Stored.parse(
      JSON.parse(await cluster.must(['get', 'clusterpolicyreports', '-o', 'json'])),
    );
    if (counts !== undefined)
      expect(kept.items.map(({ results }) => results.length)).toEqual(counts);
    for (const { summary, results } of kept.items) {
      const sum = Object.values(summary).reduce((total, count) => total + count, 0);
      expect(sum).toBe(results.length);
    }
    await cluster.must(['delete', 'clusterpolicyreports', '--all']);
  });

  it('the schema refuses a result that there is not', async () => {
    const text = await written(policyReport, reportOn(SAMPLE));
    const { code, stderr } = await cluster.kubectl(
      'admin',
      ['create', '--validate=strict', '-f', '-'],
      text.replace('"result":"fail"', '"result":"denied"'),
    );
    expect(code).not.toBe(0);
    expect(stderr).toContain('Unsupported value: "denied"');
  });
});
