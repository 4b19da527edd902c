import { z } from 'zod';

import { messageOf } from '../kit/errors.ts';
import { isTimezone, requireSchedule } from './cron.ts';

const Globs = z.array(z.string().min(1)).min(1).max(1000);

/** One entry of `sweeps:`. */
const Sweep = z
  .strictObject({
    name: z
      .string()
      .regex(
        /^[a-z0-9][a-z0-9._-]{0,62}$/,
        'small letters, digits, dot, dash and underscore, at most 63',
      )
      .refine((name) => name !== 'ad-hoc', 'ad-hoc is what a sweep without a name is called'),
    inventories: z
      .union([z.literal('all'), z.array(z.string().min(1)).min(1).max(1000)])
      .default('all')
      .describe('Names of inventories.'),
    schedule: z
      .string()
      .max(256)
      .optional()
      .describe('Cron, five fields: 30 2 * * 1-5. Without it, it runs when somebody says so.'),
    timezone: z
      .string()
      .max(64)
      .refine(isTimezone, 'there is no such time zone; it looks like Europe/Berlin or UTC')
      .default('UTC')
      .describe('Europe/Berlin'),
    accounts: Globs.optional().describe('Globs; without a word, all that the inventories name.'),
    regions: Globs.optional().describe('Globs.'),
    kinds: Globs.optional().describe('Globs; without a word, all that some rule looks at.'),
    coverage: z
      .number()
      .min(0)
      .max(100)
      .default(100)
      .describe('Percent of the accounts that must have been read; below, the sweep has failed.'),
    concurrency: z.int().min(1).max(64).default(4).describe('Parts of inventories read at a time.'),
    noOverlap: z
      .boolean()
      .default(true)
      .describe(
        'What becomes of a fire while the same inventories are being swept: skipped, or else run as soon as they are free.',
      ),
  })
  .superRefine(({ schedule }, context) => {
    try {
      if (schedule !== undefined) requireSchedule(schedule);
    } catch (error) {
      context.addIssue({ code: 'custom', path: ['schedule'], message: messageOf(error) });
    }
  });

/** What `sweeps:` of portcullis.yaml takes. */
export const SweepSettings = z
  .array(Sweep)
  .max(1000)
  .superRefine((sweeps, context) => {
    const names = sweeps.map(({ name }) => name);
    for (const [index, name] of names.entries()) {
      if (names.indexOf(name) === index) continue;
      const message = `there is another sweep with the name ${name}`;
      context.addIssue({ code: 'custom', path: [index, 'name'], message });
    }
  });

export type SweepSetting = z.output<typeof Sweep>;
