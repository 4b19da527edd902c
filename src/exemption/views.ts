import { z } from 'zod';

import { ExemptionDocument } from '../bindings/exemption.ts';
import { Selector } from '../bindings/rule.ts';
import { Point } from '../model/point.ts';
import { REMARK_CODES, UNUSED_DAYS } from './review.ts';

/** What is asked of exemptions, and what is answered. Field names are stable: they grow, they are not renamed. */

/** Whether an exemption counts at this moment, and if not, why. */
export const VIEW_STATES = [
  'requested',
  'approved',
  'active',
  'expired',
  'rejected',
  'revoked',
] as const;

export const ExemptionAsk = ExemptionDocument.omit({ approvedBy: true })
  .extend({
    id: ExemptionDocument.shape.id
      .max(128)
      .optional()
      .describe('Without a word, one is made of what is asked: asked again, it is the same one.'),
  })
  .meta({ id: 'ExemptionRequest' });
export type ExemptionAsk = z.infer<typeof ExemptionAsk>;

export const ExemptionWhy = z
  .strictObject({ reason: z.string().trim().min(1).max(2000) })
  .meta({ id: 'ExemptionReason' });
export type ExemptionWhy = z.infer<typeof ExemptionWhy>;

export const ExemptionView = z
  .object({
    id: z.string(),
    state: z.enum(VIEW_STATES).describe('approved: it has not begun yet; active: it counts now.'),
    where: z.string().describe('The file and line, or the store.'),
    rules: z.array(z.string()).describe('Ids of the rules that it is for.'),
    match: Selector,
    points: z.array(Point),
    reason: z.string(),
    owner: z.string(),
    ticket: z.string().optional(),
    from: z.string().optional(),
    until: z.string(),
    requestedBy: z.string().optional(),
    requestedAt: z.string().optional(),
    approvedBy: z.array(z.string()),
    approvalsMissing: z.int().describe('How many different people must still say yes.'),
    history: z.array(
      z.object({
        what: z.enum(['requested', 'approved', 'rejected', 'revoked']),
        actor: z.string(),
        at: z.string(),
        note: z.string().optional(),
      }),
    ),
    uses: z.int().describe('Decisions and sweeps that it bore something of, as far as is known.'),
    lastUsed: z.string().optional(),
  })
  .meta({ id: 'Exemption' });
export type ExemptionView = z.infer<typeof ExemptionView>;

export const ExemptionList = z
  .object({ digest: z.string(), exemptions: z.array(ExemptionView) })
  .meta({ id: 'ExemptionList' });
export type ExemptionList = z.infer<typeof ExemptionList>;

export const ExemptionReview = z
  .object({
    remarks: z
      .array(
        z.object({
          code: z.enum(REMARK_CODES),
          id: z.string(),
          where: z.string(),
          owner: z.string(),
          until: z.string(),
          message: z.string(),
        }),
      )
      .describe('The most urgent first.'),
  })
  .meta({ id: 'ExemptionReview' });
export type ExemptionReview = z.infer<typeof ExemptionReview>;

/** Which exemptions. */
export const ExemptionQuery = z.strictObject({
  state: z.enum(VIEW_STATES).optional(),
  rule: z.string().max(256).optional().describe('Those for this rule.'),
  limit: z.coerce.number().int().min(1).max(1000).default(200).describe('Of the stored ones.'),
});
export type ExemptionQuery = z.infer<typeof ExemptionQuery>;

export const ReviewQuery = z.strictObject({
  unusedDays: z.coerce.number().int().min(1).max(3650).default(UNUSED_DAYS),
});
