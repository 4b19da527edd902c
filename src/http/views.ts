import { z } from 'zod';

import type { Rule } from '../bindings/rule.ts';
import { RuleDocument, Selector } from '../bindings/rule.ts';
import { compact } from '../kit/compact.ts';
import type { GoneRecord as Gone, RecordPage, StoredRecord } from '../ledger/ledger.ts';
import { Decision } from '../model/decision.ts';
import { Enforcement, Point } from '../model/point.ts';
import { PolicyMetadata } from '../model/policy.ts';
import type { Policy } from '../model/policy.ts';

/** The query of GET /v1/decisions. */
export const ListQuery = z.strictObject({
  decision: z.enum(['allow', 'deny']).optional(),
  point: Point.optional(),
  source: z.string().max(64).optional(),
  actor: z.string().max(256).optional(),
  rule: z
    .string()
    .max(256)
    .optional()
    .describe('Decisions in which this rule had something to say.'),
  since: z.iso.datetime({ offset: true }).optional().describe('Not before this time.'),
  until: z.iso.datetime({ offset: true }).optional().describe('Before this time.'),
  before: z.coerce.number().int().min(0).optional().describe('`next` of the page before.'),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

/** One line of the list: enough to find the record that is meant. */
export const RecordSummary = z
  .object({
    sequence: z.int(),
    ...Decision.pick({
      id: true,
      time: true,
      decision: true,
      reason: true,
      point: true,
      dryRun: true,
      summary: true,
    }).shape,
    source: z.string(),
    digest: z.string(),
    resources: z.int(),
    name: z.string().optional(),
    actor: z.string().optional(),
  })
  .meta({ id: 'RecordSummary' });

const GoneRecord = z
  .object({ sequence: z.int(), id: z.string(), time: z.string(), gone: z.literal(true) })
  .meta({
    id: 'GoneRecord',
    description: 'A decision that aged out or was erased: that there was one, and when.',
  });

export const RecordList = z
  .object({
    records: z.array(z.union([RecordSummary, GoneRecord])).describe('Newest first.'),
    next: z
      .int()
      .optional()
      .describe('Pass as `before` for the next page; absent on the last one.'),
  })
  .meta({ id: 'RecordList' });

/** A page in the order of the log. */
export function toSummaries({
  records,
  gone = [],
}: RecordPage): z.infer<typeof RecordList>['records'] {
  return [...records, ...gone].sort((a, b) => b.sequence - a.sequence).map(toSummary);
}

function toSummary({
  sequence,
  id,
  time,
  decision,
}: StoredRecord | Gone): z.infer<typeof RecordSummary> | z.infer<typeof GoneRecord> {
  if (decision === undefined) return { sequence, id, time, gone: true };
  const { reason, point, dryRun, summary, document, context } = decision;
  return {
    sequence,
    id,
    time,
    decision: decision.decision,
    reason,
    point,
    dryRun,
    summary,
    source: document.source,
    digest: document.digest,
    resources: document.resources,
    ...(document.name === undefined ? {} : { name: document.name }),
    ...(context.actor === undefined ? {} : { actor: context.actor }),
  };
}

/** The query of GET /v1/events. */
export const EventQuery = z.strictObject({
  type: z
    .string()
    .max(64)
    .optional()
    .describe('sweep.finished; or a family: sweep, findings, repair, inventory.'),
  subject: z.string().max(256).optional().describe('The id of a sweep, of a plan, of a run.'),
  ...ListQuery.pick({ since: true, until: true, before: true, limit: true }).shape,
});

export const EventList = z
  .object({
    events: z
      .array(
        z.object({
          sequence: z.int(),
          id: z.string(),
          time: z.string(),
          type: z.string(),
          subject: z.string(),
          actor: z.string().optional(),
          body: z.record(z.string(), z.unknown()),
        }),
      )
      .describe('Newest first.'),
    gone: z
      .array(z.object({ sequence: z.int(), id: z.string(), time: z.string(), type: z.string() }))
      .optional()
      .describe('Those of this page that were erased: that they happened, and when.'),
    next: z.int().optional().describe('Pass as `before` for the next page.'),
  })
  .meta({ id: 'EventList' });

export const PolicyView = z
  .object({
    ...PolicyMetadata.shape,
    title: z.string(),
    description: z.string(),
    package: z.string(),
  })
  .meta({ id: 'Policy' });
export const PolicyList = z
  .object({ digest: z.string(), policies: z.array(PolicyView) })
  .meta({ id: 'PolicyList' });

export function toPolicyView(policy: Policy): z.input<typeof PolicyView> {
  const { entrypoint: _entrypoint, folder: _folder, ...shown } = policy;
  return shown;
}

const PerPoint = z.object({ 'pre-apply': Enforcement, admission: Enforcement, sweep: Enforcement });

export const RuleView = z
  .object({
    ...RuleDocument.pick({ id: true, policy: true, parameters: true }).shape,
    ...RuleDocument.pick({ protected: true, overridable: true }).shape,
    description: z.string(),
    match: Selector,
    exclude: Selector.optional(),
    enforce: PerPoint,
    unknown: PerPoint,
    link: z.string(),
  })
  .meta({ id: 'Rule' });
export const RuleList = z
  .object({ digest: z.string(), rules: z.array(RuleView) })
  .meta({ id: 'RuleList' });

export function toRuleView(rule: Rule): z.input<typeof RuleView> {
  const { id, policy, parameters, description, match, exclude, enforce, unknown, link } = rule;
  return {
    id,
    policy: policy.id,
    parameters: { ...parameters },
    description,
    match,
    ...(exclude === undefined ? {} : { exclude }),
    enforce,
    unknown,
    link,
    ...compact({ protected: rule.protected, overridable: rule.overridable }),
  };
}
