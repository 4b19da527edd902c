import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { oscal } from '../../../src/audit-report/formats/oscal/index.ts';
import { controlId } from '../../../src/audit-report/formats/oscal/words.ts';
import { policyReport } from '../../../src/audit-report/formats/policyreport/index.ts';
import type { AuditReport } from '../../../src/audit-report/report.ts';
import { item, reportOn, SAMPLE, written } from '../../reports-sample.ts';

const Reports = z.object({
  items: z.array(
    z.object({
      apiVersion: z.literal('wgpolicyk8s.io/v1alpha2'),
      kind: z.literal('ClusterPolicyReport'),
      metadata: z.object({ name: z.string().regex(/^[a-z0-9-]{1,63}$/) }),
      summary: z.strictObject({
        pass: z.int(),
        fail: z.int(),
        warn: z.int(),
        error: z.int(),
        skip: z.int(),
      }),
      results: z.array(
        z.object({
          policy: z.string(),
          result: z.enum(['pass', 'fail', 'warn', 'error', 'skip']),
          severity: z.enum(['critical', 'high', 'medium', 'low', 'info']),
          timestamp: z.strictObject({ seconds: z.int(), nanos: z.int() }),
          properties: z.record(z.string(), z.string()),
          resources: z.tuple([
            z.object({ kind: z.string(), name: z.string(), namespace: z.string().optional() }),
          ]),
        }),
      ),
    }),
  ),
});

describe('a report as PolicyReports', () => {
  it('never passes what nobody could tell', async () => {
    const { items } = Reports.parse(JSON.parse(await written(policyReport, reportOn(SAMPLE))));
    expect(items).toHaveLength(1);
    expect(items[0]?.summary).toEqual({ pass: 0, fail: 1, warn: 1, error: 1, skip: 1 });
    expect(items[0]?.results[3]?.resources).toEqual([
      { kind: 'Deployment', name: 'web', namespace: 'default' },
    ]);
    expect(items[0]?.results[2]?.resources).toEqual([
      { kind: 'aws.s3.bucket', name: 'arn:aws:s3:::worst' },
    ]);
  });

  it('has objects that a cluster can hold, however long texts are', async () => {
    const long = '\u6f22'.repeat(100_000);
    const many = Array.from({ length: 250 }, () =>
      item({
        message: long,
        address: long,
        policy: long,
        rule: long,
        path: long,
        title: long,
        reference: long,
      }),
    );
    const { items } = Reports.parse(JSON.parse(await written(policyReport, reportOn(many))));
    expect(items.map(({ results }) => results.length)).toEqual([100, 100, 50]);
    expect(new Set(items.map(({ metadata }) => metadata.name)).size).toBe(3);
    for (const object of items)
      expect(Buffer.byteLength(JSON.stringify(object))).toBeLessThan(1_500_000);
  });
});

const Uuid = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
const Oscal = z.object({
  'assessment-results': z.object({
    uuid: Uuid,
    results: z.tuple([
      z.object({
        remarks: z.string().optional(),
        'local-definitions': z
          .object({ 'inventory-items': z.array(z.object({ uuid: Uuid })) })
          .optional(),
        observations: z
          .array(
            z.object({
              uuid: Uuid,
              description: z.string(),
              subjects: z.tuple([z.object({ 'subject-uuid': Uuid })]),
            }),
          )
          .optional(),
        findings: z
          .array(
            z.object({
              target: z.object({ 'target-id': z.string() }),
              'related-observations': z.array(z.object({ 'observation-uuid': Uuid })),
            }),
          )
          .optional(),
      }),
    ]),
  }),
});

async function oscalOf(given: AuditReport) {
  const text = await written(oscal, given);
  return Oscal.parse(JSON.parse(text))['assessment-results'].results[0];
}

describe('a report as OSCAL', () => {
  it('speaks against a control with what was violated alone', async () => {
    const {
      observations = [],
      findings = [],
      'local-definitions': local,
    } = await oscalOf(reportOn(SAMPLE));
    expect(observations).toHaveLength(4);
    expect(findings).toMatchObject([{ target: { 'target-id': 'cm-8' } }]);
    expect(findings[0]?.['related-observations'].map((one) => one['observation-uuid'])).toEqual([
      observations[0]?.uuid,
      observations[3]?.uuid,
    ]);
    const known = new Set(local?.['inventory-items'].map(({ uuid }) => uuid));
    for (const { subjects } of observations) expect(known).toContain(subjects[0]['subject-uuid']);
  });

  it('is the same document when it is written again, and has no id twice', async () => {
    const twice = reportOn([...SAMPLE, ...SAMPLE]);
    const first = await written(oscal, twice);
    expect(await written(oscal, twice)).toBe(first);
    const { observations = [] } = await oscalOf(twice);
    expect(observations).toHaveLength(4);
  });

  it('has no lists without entries, which its schema forbids', async () => {
    expect(await oscalOf(reportOn([]))).toEqual({});
  });

  it('escapes what would be Markdown', async () => {
    const { observations = [] } = await oscalOf(
      reportOn([item({ address: 'aws_s3_bucket.a', message: '<b> [x](y) **z** `c`', fix: '' })]),
    );
    expect(observations[0]?.description).toBe(
      'aws_s3_bucket.a: \\<b\\> \\[x\\](y) \\*\\*z\\*\\* \\`c\\`',
    );
  });

  it.each([
    ['CM-8', 'cm-8'],
    ['AC-2(1)', 'ac-2.1'],
    ['1.2.3', 'control-1.2.3'],
    ['A.8.24 Use of cryptography', 'a.8.24-use-of-cryptography'],
    ['', 'control-unnamed'],
  ])('spells the control %j as %s', (control, id) => {
    expect(controlId(control)).toBe(id);
  });
});
