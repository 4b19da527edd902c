import { assertNever } from '../../kit/assert-never.ts';
import type { ReportFormat } from '../report.ts';

/** Where the evidence goes: before the last `keep` bytes of the file, between two texts; null for a file of its own. */
export interface Place {
  readonly around: readonly [before: string, after: string] | null;
  readonly keep: number;
}

/** What ends a JSON object whose members stand on lines of their own. */
export const OBJECT_END = '\n}\n';

export function placeOf({ evidence, around = ['<!-- ', ' -->'] }: ReportFormat): Place {
  switch (evidence) {
    case 'beside':
      return { around: null, keep: 0 };
    case 'trailer':
      return { around: [around[0], `${around[1]}\n`], keep: 0 };
    case 'member':
      return { around: [',\n"evidence": ', ''], keep: OBJECT_END.length };
    default:
      return assertNever(evidence, 'evidence');
  }
}
