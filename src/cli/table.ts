import { printable } from '../report/printable.ts';

/** Rows under a head, in columns as wide as their content; the last column is cut at the width of the terminal. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number,
): string {
  const cells = [head, ...rows].map((row) => row.map(printable));
  const widths = head.map((_, column) =>
    Math.max(...cells.map((row) => (row[column] ?? '').length)),
  );
  const lines = cells.map((row) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.map((line) => (line.length > columns ? `${line.slice(0, columns - 1)}…` : line)).join('\n')}\n`;
}
