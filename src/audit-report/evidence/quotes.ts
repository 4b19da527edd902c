import type { AuditReport, Table } from '../report.ts';

/** One less than the ledger proves at once: the record of the report itself is proved with them. */
export const MOST_QUOTES = 9_999;

/** The records that a report quotes, as its rows and items go by. */
export interface Quotes {
  /** In the order of the log; `cut` counts rows that quote records beyond the bound. */
  readonly told: () => { readonly positions: readonly number[]; readonly cut: number };
  readonly rows: () => number;
  readonly watched: AuditReport;
}

/**
 * The same report, that tells what it quotes while it is written.
 *
 * @param onRow told of every so many rows.
 */
export function watchQuotes(report: AuditReport, onRow: (rows: number) => void): Quotes {
  const positions = new Set<number>();
  let [rows, cut] = [0, 0];
  const note = (quotes: number | undefined): void => {
    rows += 1;
    if (rows % EVERY === 0) onRow(rows);
    if (quotes === undefined || positions.has(quotes)) return;
    if (positions.size < MOST_QUOTES) positions.add(quotes);
    else cut += 1;
  };
  async function* noted<T extends { readonly quotes?: number }>(all: AsyncIterable<T>) {
    for await (const one of all) {
      note(one.quotes);
      yield one;
    }
  }
  const watched = (table: Table): Table => ({ ...table, rows: () => noted(table.rows()) });
  const { items } = report;
  return {
    told: () => ({ positions: [...positions].sort((one, other) => one - other), cut }),
    rows: () => rows,
    watched: {
      ...report,
      tables: report.tables.map(watched),
      ...(items === undefined ? {} : { items: () => noted(items()) }),
    },
  };
}

/** Often enough to see it move. */
const EVERY = 1000;
