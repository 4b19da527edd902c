import { z } from 'zod';

import { ExemptedBy } from './exemption.ts';
import { Enforcement, Point, Severity } from './point.ts';
import { Location } from './resource.ts';

/** A violation as the answer shows it: everything a person needs to act on it. */
export const ReportedViolation = z
  .object({
    rule: z.string(),
    policy: z.string(),
    severity: Severity,
    enforcement: Enforcement,
    address: z.string(),
    kind: z.string(),
    path: z.string(),
    message: z.string(),
    expected: z.unknown().nullable(),
    actual: z.unknown().nullable(),
    fix: z.string(),
    link: z.string(),
    location: Location.optional(),
    exemption: z.string().optional().describe('The id of the exemption that bears it.'),
    exemptedBy: ExemptedBy.optional(),
  })
  .meta({ id: 'Violation' });
export type ReportedViolation = z.infer<typeof ReportedViolation>;

export const ReportedUnknown = z
  .object({
    rule: z.string(),
    policy: z.string(),
    severity: Severity,
    enforcement: Enforcement,
    address: z.string(),
    kind: z.string(),
    title: z.string().describe('What the policy asks for.'),
    paths: z.array(z.string()).describe('What the verdict hangs on.'),
  })
  .meta({ id: 'UnknownVerdict' });
export type ReportedUnknown = z.infer<typeof ReportedUnknown>;

export const ReportedFailure = z
  .object({
    rule: z.string(),
    policy: z.string(),
    severity: Severity,
    address: z.string(),
    kind: z.string(),
    code: z.string(),
    reason: z.string(),
  })
  .meta({ id: 'FailedVerdict' });
export type ReportedFailure = z.infer<typeof ReportedFailure>;

/** What the reader of a decision must know about the document besides its resources: it was targeted, it drifted, … */
export const Note = z.object({ code: z.string(), message: z.string() }).meta({ id: 'Note' });
export type Note = z.infer<typeof Note>;

const Digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** Who asked, and about which run: free text from the caller, kept in the record. */
export const RequestContext = z
  .object({
    actor: z.string().max(256).optional(),
    run: z.record(z.string().max(64), z.string().max(1024)).optional(),
    labels: z.record(z.string().max(64), z.string().max(256)).optional(),
  })
  .meta({ id: 'RequestContext' });
export type RequestContext = z.infer<typeof RequestContext>;

/** The answer to one request. Field names are stable: they grow, they are not renamed. */
export const Decision = z
  .object({
    id: z.string().describe('ULID'),
    time: z.iso.datetime(),
    decision: z.enum(['allow', 'deny']),
    reason: z.string().describe('One sentence for a person.'),
    point: Point,
    dryRun: z.boolean(),
    document: z.object({
      source: z.string(),
      digest: Digest.describe('Of the bytes as received.'),
      bytes: z.int().min(0),
      resources: z.int().min(0),
      name: z.string().optional(),
      notes: z.array(Note),
    }),
    summary: z.object({
      violation: z.int(),
      unknown: z.int(),
      exempt: z.int(),
      failed: z.int(),
      compliant: z.int(),
      'not-applicable': z.int(),
    }),
    violations: z.array(ReportedViolation).describe('Violations under deny.'),
    warnings: z.array(ReportedViolation).describe('Violations under warn.'),
    recorded: z.array(ReportedViolation).describe('Violations under record.'),
    exempt: z.array(ReportedViolation),
    unknown: z.array(ReportedUnknown),
    failed: z.array(ReportedFailure),
    coverage: z.object({
      judged: z.int(),
      unjudged: z.array(z.object({ address: z.string(), kind: z.string() })),
    }),
    policies: z.object({ digest: Digest, count: z.int() }),
    rules: z.object({ digest: Digest, count: z.int() }),
    exemptions: z
      .object({ digest: Digest, count: z.int() })
      .optional()
      .describe('All that were there, in force or not; absent in records of older versions.'),
    override: z
      .object({ by: z.string(), reason: z.string() })
      .optional()
      .describe('Somebody asked to override what denies, for this decision alone.'),
    timings: z
      .object({
        normaliseMs: z.number(),
        evaluateMs: z.number(),
        decideMs: z.number(),
      })
      .describe('Wall-clock milliseconds of the steps before the record was written.'),
    context: RequestContext,
  })
  .meta({ id: 'Decision', title: 'Decision' });
export type Decision = z.infer<typeof Decision>;
