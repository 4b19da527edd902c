import type { ReportFile } from './file.ts';
import { parseLeaf } from './shape.ts';
import type { Quote } from './shape.ts';

/** Members of a leaf that a row may repeat under the same name. */
const SHARED = [
  'id',
  'time',
  'type',
  'decision',
  'point',
  'dryRun',
  'document',
  'policies',
  'rules',
];

/** Formats that have a row on each line, as JSON. */
const BY_LINE = ['json', 'ndjson'];

export interface Compared {
  /** False for formats whose rows are not taken apart: the digest covers them all the same. */
  readonly compared: boolean;
  readonly rows: number;
  /** What rows say otherwise than the records that they quote; the first ones. */
  readonly findings: readonly { readonly index: number; readonly message: string }[];
}

const MOST = 100;

/** Rows that quote a record -> whether they repeat it rightly. */
export function compareRows(
  file: ReportFile,
  format: string,
  quoted: readonly Quote[],
  unproven: number,
): Compared {
  if (!BY_LINE.includes(format)) return { compared: false, rows: 0, findings: [] };
  const leaves = new Map(quoted.map((quote) => [quote.index, quote.leaf]));
  const findings: { index: number; message: string }[] = [];
  let rows = 0;
  for (const line of file.lines()) {
    const row = rowOf(line);
    const index = row?.['sequence'];
    if (row === undefined || typeof index !== 'number') continue;
    const leaf = leaves.get(index);
    if (leaf !== undefined) rows += 1;
    const message = leaf === undefined ? missing(unproven) : difference(row, leaf);
    if (message !== undefined && findings.length < MOST) findings.push({ index, message });
  }
  return { compared: true, rows, findings };
}

function missing(unproven: number): string | undefined {
  return unproven > 0 ? undefined : 'a row quotes this record, and the evidence does not prove it';
}

function difference(row: Readonly<Record<string, unknown>>, text: string): string | undefined {
  const leaf = parseLeaf(text);
  const wrong = SHARED.find(
    (name) =>
      Object.hasOwn(row, name) &&
      Object.hasOwn(leaf, name) &&
      String(row[name]) !== String(leaf[name]),
  );
  return wrong === undefined ? undefined : `the row says another ${wrong} than the record`;
}

function rowOf(line: string): Readonly<Record<string, unknown>> | undefined {
  if (!line.startsWith('{"')) return undefined;
  try {
    const value: unknown = JSON.parse(line.endsWith(',') ? line.slice(0, -1) : line);
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value))
      : undefined;
  } catch {
    return undefined;
  }
}
