import { z } from 'zod';

import { parseSize } from '../../config/units.ts';

/** The paths of an inventory that reads files. */
export const Paths = z
  .array(z.string().min(1).max(4096))
  .min(1)
  .max(1000)
  .describe('Files, folders, or globs in which * is any run of characters.');

/** How an inventory is called; part of addresses, so it holds nothing that separates their parts. */
export const InventoryName = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/,
    'letters, digits, dot, dash and underscore, at most 63',
  );

/** Bytes, written as `64MiB` or as a plain number. */
export function bytes(fallback: string) {
  return z
    .union([z.int().min(1), z.string()], 'a size such as 64MiB, or a number of bytes')
    .default(fallback)
    .transform((value, context) => {
      const size = typeof value === 'number' ? value : parseSize(value);
      if (size !== undefined && size > 0) return size;
      context.addIssue({ code: 'custom', message: `not a size such as 10MB or 64MiB` });
      return z.NEVER;
    });
}
