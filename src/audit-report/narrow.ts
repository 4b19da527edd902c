import type { Row, Table } from './report.ts';

/** A table as people read it: without the columns that are for programs. */
export interface NarrowTable extends Table {
  /** How many columns were left out. */
  readonly left: number;
}

/** The same rows in fewer columns. What is left out stands in the forms that have room for it. */
export function narrowed(table: Table): NarrowTable {
  const shown = table.columns.flatMap(({ detail }, at) => (detail === true ? [] : [at]));
  const pick = <T>(list: readonly T[]): T[] => shown.flatMap((at) => list.slice(at, at + 1));
  return {
    ...table,
    columns: pick(table.columns),
    left: table.columns.length - shown.length,
    rows: async function* () {
      for await (const row of table.rows()) yield { ...row, cells: pick(row.cells) } satisfies Row;
    },
  };
}

/** Said below a table that has fewer columns than there are; nothing where all are there. */
export function leftSaid({ left }: NarrowTable): string {
  if (left === 0) return '';
  const columns = left === 1 ? '1 more column stands' : `${left} more columns stand`;
  return ` ${columns} in the XLSX, JSON and NDJSON forms.`;
}
