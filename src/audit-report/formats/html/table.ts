import { number } from '../../charts/scale.ts';
import { markup, NOTHING } from '../../markup.ts';
import type { Markup } from '../../markup.ts';
import type { Cell, Column, Row, Table } from '../../report.ts';
import { shortMoment } from './time.ts';
import { toneOfWord } from './words.ts';

/**
 * A table row by row; nothing at all for one without rows.
 *
 * @returns how many rows there were.
 */
export async function* tableRows(table: Table, index: number): AsyncGenerator<string, number> {
  let count = 0;
  let quotes = false;
  for await (const row of table.rows()) {
    if (count === 0) {
      // Tables quote the ledger in every row or in none; the first one decides about the column.
      quotes = row.quotes !== undefined;
      yield headOf(table, index, quotes).written;
    }
    count += 1;
    yield lineOf(table, row, quotes).written;
  }
  if (count > 0) yield '</tbody></table></div>\n';
  return count;
}

function headOf({ columns }: Table, index: number, quotes: boolean): Markup {
  const record = quotes
    ? markup`<th scope="col" class="number" title="The ledger's record that this row quotes">Record</th>`
    : NOTHING;
  return markup`<div class="scroll" tabindex="0" role="group" aria-labelledby="h${index}"><table aria-labelledby="h${index}"><colgroup>${columns.map(
    () => markup`<col>`,
  )}${quotes ? markup`<col class="record">` : NOTHING}</colgroup><thead><tr>${columns.map(
    headCell,
  )}${record}</tr></thead><tbody>
`;
}

function headCell({ title, type }: Column): Markup {
  const utc = type === 'time' ? markup` <small>UTC</small>` : NOTHING;
  return markup`<th scope="col" class="${type}"><bdi>${title}</bdi>${utc}</th>`;
}

function lineOf({ columns }: Table, { cells, quotes: at }: Row, quotes: boolean): Markup {
  const record = quotes
    ? markup`<td class="number">${at === undefined ? '' : `#${at}`}</td>`
    : NOTHING;
  return markup`<tr>${columns.map((column, index) => cellOf(column, cells[index] ?? null))}${record}</tr>
`;
}

function cellOf(column: Column, cell: Cell): Markup {
  return markup`<td class="${column.type}">${valueOf(column, cell)}</td>`;
}

function valueOf(column: Column, cell: Cell): Markup {
  if (cell === null || cell === '') return markup`<span class="none">–</span>`;
  if (typeof cell === 'number') return markup`${number(cell)}`;
  if (column.type === 'time') return shortMoment(cell);
  const tone = toneOfWord(column, cell);
  if (tone !== undefined) return markup`<span class="word ${tone}">${cell}</span>`;
  return markup`<bdi>${column.type === 'id' ? breakable(cell) : cell}</bdi>`;
}

/** Long names break where their parts end. */
function breakable(id: string): readonly Markup[] {
  return id
    .split(/(?<=[/:._])(?=[^/:._])/)
    .map((part, at) => markup`${at === 0 ? NOTHING : WBR}${part}`);
}

const WBR = markup`<wbr>`;
