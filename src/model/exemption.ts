import { z } from 'zod';

/** Who bears a violation, as whoever reads the verdict is told. */
export const ExemptedBy = z
  .object({
    id: z.string(),
    until: z.string().describe('The first moment at which it counts no more.'),
    owner: z.string().describe('Who mends it before the end.'),
    reason: z.string(),
    ticket: z.string().optional(),
  })
  .meta({ id: 'ExemptedBy' });
export type ExemptedBy = z.infer<typeof ExemptedBy>;
