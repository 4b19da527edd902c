import type { Severity } from '../model/point.ts';
import type { AuditReport, Item, OnCut, ReportKind } from './report.ts';

/** The kinds of report that hold violations, resource by resource. */
export const KINDS_WITH_ITEMS = [
  'posture',
  'decisions',
  'exemptions',
  'certificate',
] as const satisfies readonly ReportKind[];

/** The worst items of a report, and how many more there were. */
export interface Worst {
  readonly items: readonly Item[];
  readonly all: number;
}

const RANKS = { critical: 0, high: 1, medium: 2, low: 3 } as const satisfies Record<
  Severity,
  number
>;

/**
 * The items of a report with the most serious first, at most so many: formats that are read whole by their readers have a
 * limit, and what is cut should matter least. No more than that many are ever held.
 */
export async function worstOf({ items }: AuditReport, most: number): Promise<Worst> {
  const ranks: Item[][] = [[], [], [], []];
  let held = 0;
  let all = 0;
  for await (const item of items?.() ?? []) {
    all += 1;
    held += 1;
    ranks[RANKS[item.severity]]?.push(item);
    if (held <= most) continue;
    ranks.findLast((rank) => rank.length > 0)?.pop();
    held -= 1;
  }
  return { items: ranks.flat(), all };
}

/** `The worst 5 of 12 are written down: …`, for the report, and for whoever asked for it; nothing where all are. */
export function cutSaid({ items, all }: Worst, why: string, onCut: OnCut): string | undefined {
  if (items.length === all) return undefined;
  const cut = `The ${items.length} most serious of ${all} findings are written down: ${why}. The whole list is in the XLSX, JSON or NDJSON form of this report.`;
  onCut(cut);
  return cut;
}
