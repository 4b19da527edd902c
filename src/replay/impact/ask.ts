import { z } from 'zod';

import { Point } from '../../model/point.ts';

/** Decisions that one request may ask for: more is a job for the command line beside the ledger. */
export const MOST_ASKED = 5000;

const Files = z.record(z.string().min(1).max(512), z.string());

/** What is asked of a gate: a candidate, as files, and which decisions it is tried on. */
export const ImpactAsk = z
  .strictObject({
    policies: Files.optional().describe(
      'Sources by their place below a folder of policies: `tagging/required/required.rego`, `lib/tags.rego`. Without a word, those in force.',
    ),
    rules: Files.optional().describe(
      'Files of rules by name. Without a word, those in force; one of both must be given.',
    ),
    since: z.iso.datetime({ offset: true }).optional(),
    until: z.iso.datetime({ offset: true }).optional(),
    point: Point.optional(),
    limit: z.int().min(1).max(MOST_ASKED).default(1000).describe('The newest so many decisions.'),
    teamTags: z
      .array(z.string().min(1).max(128))
      .min(1)
      .max(10)
      .default(['owner', 'team'])
      .describe('Tags that name a team; the first that a resource has counts.'),
  })
  .refine(({ policies, rules }) => policies !== undefined || rules !== undefined, {
    message: 'policies or rules must be given',
  })
  .meta({ id: 'ImpactRequest' });
export type ImpactAsk = z.output<typeof ImpactAsk>;
