import { z } from 'zod';

import type { StoredEvent } from '../../ledger/ledger.ts';
import { ReportError } from '../errors.ts';
import type { Quotes } from './quotes.ts';

const Count = z.int().min(0);

/** The body of a record `report.issued`: what a report is, so that any other bytes are not it. */
const IssuedBody = z.object({
  kind: z.string(),
  format: z.string(),
  period: z.object({ since: z.string().optional(), until: z.string().optional() }),
  selection: z.array(z.string()),
  version: z.string(),
  madeAt: z.string(),
  content: z.object({ digest: z.string(), bytes: Count }),
  /** Rows of all tables. */
  rows: Count,
  /** What stands before and after the evidence in the file; null where it is a file of its own. */
  around: z.tuple([z.string(), z.string()]).nullable(),
  /** Positions of the records that the report quotes, as ranges with both ends; `cut` are more that are not proved. */
  quoted: z.object({ ranges: z.array(z.tuple([Count, Count])), cut: Count }),
});
export type IssuedBody = z.infer<typeof IssuedBody>;

export const ISSUED = 'report.issued';

/** Reads the body of such a record. @throws ReportError REPORT_UNPROVEN when it is of a version that this one does not know. */
export function issuedBody({ body, subject }: StoredEvent): IssuedBody {
  const parsed = IssuedBody.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ReportError('REPORT_UNPROVEN', `The record of the report ${subject} cannot be read.`, {
    cause: parsed.error,
  });
}

/** The positions that are to be proved. */
export function positionsOf({ quoted: { ranges } }: IssuedBody): number[] {
  return ranges.flatMap(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, at) => from + at),
  );
}

export function rangesOf({ positions, cut }: ReturnType<Quotes['told']>): IssuedBody['quoted'] {
  const ranges: [number, number][] = [];
  for (const position of positions) {
    const last = ranges.at(-1);
    if (last?.[1] === position - 1) last[1] = position;
    else ranges.push([position, position]);
  }
  return { ranges, cut };
}
