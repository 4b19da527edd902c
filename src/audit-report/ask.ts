import { z } from 'zod';

import { compact } from '../kit/compact.ts';
import { ReportError } from './errors.ts';
import type { ReportKind } from './report.ts';

const Time = z.iso.datetime({ offset: true });

/** What a report is asked for; every report takes what makes sense for it. */
export const ReportAsk = z.strictObject({
  since: Time.optional().describe('From this time on; without a word, the last 30 days.'),
  until: Time.optional().describe('Before this time; without a word, now.'),
  account: z
    .string()
    .min(1)
    .max(256)
    .optional()
    .describe('Account, subscription, project or cluster.'),
  team: z
    .string()
    .min(1)
    .max(256)
    .optional()
    .describe(
      'By the tag `team` or `owner` of a resource, and by the label of that name of a request.',
    ),
  rule: z.string().min(1).max(256).optional().describe('The id of a rule.'),
  framework: z
    .string()
    .min(1)
    .max(256)
    .optional()
    .describe('Rules whose policies serve this framework: its name, or a part of it.'),
  decision: z.string().min(1).max(64).optional().describe('The decision of a certificate.'),
});
export type ReportAsk = z.infer<typeof ReportAsk>;

export interface Period {
  readonly since: string;
  readonly until: string;
}

/** By what each kind can be narrowed down: the rest is refused, for a report that says "team web" must be of that team. */
const NARROWED_BY = {
  posture: ['account', 'team', 'rule', 'framework'],
  decisions: ['account', 'team', 'rule', 'framework'],
  exemptions: ['rule', 'framework'],
  repairs: ['account', 'rule', 'framework'],
  certificate: ['decision'],
} as const satisfies Record<ReportKind, readonly (keyof ReportAsk)[]>;

/** @throws ReportError REPORT_INVALID for what a report of this kind knows nothing of. */
export function requireMeant(kind: ReportKind, ask: ReportAsk): void {
  const known: readonly string[] = NARROWED_BY[kind];
  const { since: _since, until: _until, ...rest } = ask;
  const stray = Object.keys(compact(rest)).find((word) => !known.includes(word));
  if (stray === undefined) return;
  throw new ReportError('REPORT_INVALID', `A report of ${kind} cannot be narrowed by ${stray}.`, {
    help: `It can be by: ${known.join(', ')}.`,
  });
}

const DAY_MS = 86_400_000;
const USUAL_DAYS = 30;

/** The period that is asked for, in UTC. @throws ReportError REPORT_INVALID when it ends before it begins. */
export function periodOf({ since, until }: ReportAsk, now: Date): Period {
  const end = until === undefined ? now : new Date(until);
  const begin =
    since === undefined ? new Date(end.getTime() - USUAL_DAYS * DAY_MS) : new Date(since);
  if (begin < end) return { since: begin.toISOString(), until: end.toISOString() };
  throw new ReportError('REPORT_INVALID', 'The period ends before it begins.', {
    help: `It would be from ${begin.toISOString()} to ${end.toISOString()}.`,
  });
}

/** What was asked for besides the period, in words. */
export function selectionOf({ account, team, rule, framework, decision }: ReportAsk): string[] {
  const asked = compact({ account, team, rule, framework, decision });
  return Object.entries(asked).map(([word, value]) => `${word} ${value}`);
}
