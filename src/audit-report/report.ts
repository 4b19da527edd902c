import type { Enforcement, Severity } from '../model/point.ts';

/** What people download. One line a kind: its name in paths, and its title. */
export const REPORT_KINDS = {
  posture: 'Compliance posture',
  decisions: 'Decisions',
  exemptions: 'Exemptions',
  repairs: 'Repairs',
  certificate: 'Certificate of a decision',
} as const;
export type ReportKind = keyof typeof REPORT_KINDS;

export const REPORT_KIND_IDS = [
  'posture',
  'decisions',
  'exemptions',
  'repairs',
  'certificate',
] as const satisfies readonly ReportKind[];

/**
 * A report before it is written down in a format: all that is small is here, what may have a million rows comes as a
 * stream, once. Every text in it may be hostile: a format makes it inert.
 */
export interface AuditReport {
  readonly kind: ReportKind;
  readonly title: string;
  /** One or two sentences that tell the reader what this shows, and what it does not. */
  readonly summary: string;
  readonly madeAt: string;
  /** RFC 3339; both absent for a report of this moment. */
  readonly period: { readonly since?: string; readonly until?: string };
  /** What was asked for, in words: `account 111122223333`, `team payments`. */
  readonly selection: readonly string[];
  readonly version: string;
  readonly figures: readonly Figure[];
  readonly charts: readonly Chart[];
  /** Read one after the other, each once. */
  readonly tables: readonly Table[];
  /** What was violated, row by row, for formats that other tools read; a report without any has none of those formats. */
  readonly items?: () => AsyncIterable<Item>;
  /** What the reader must know: accounts that could not be read, bodies that aged out. */
  readonly notes: readonly string[];
  /** The log that proves it, for people who want to know by which key. */
  readonly log?: { readonly origin: string; readonly verifierKeys: readonly string[] };
}

export interface Figure {
  readonly label: string;
  readonly value: string;
  readonly tone: Tone;
  /** A word below it: `12 of 14 accounts`. */
  readonly detail?: string;
}

export type Tone = 'plain' | 'good' | 'warning' | 'bad';

export type Chart = BarChart | TimeChart;

/** Horizontal bars, the longest first, at most twenty. */
export interface BarChart {
  readonly type: 'bars';
  readonly title: string;
  readonly unit: string;
  /** Every bar is a pile of these, in their order. */
  readonly series: readonly Series[];
  readonly bars: readonly { readonly label: string; readonly values: readonly number[] }[];
}

/** Lines over days. */
export interface TimeChart {
  readonly type: 'time';
  readonly title: string;
  readonly unit: string;
  readonly series: readonly Series[];
  readonly points: readonly { readonly time: string; readonly values: readonly number[] }[];
}

export interface Series {
  readonly label: string;
  readonly tone: Tone;
}

export interface Table {
  /** A short name for files and sheets: `findings`. */
  readonly id: string;
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: () => AsyncIterable<Row>;
  /** Said in place of a table without rows. */
  readonly empty: string;
  /** The rows that the report is about, where other tables sum them up: a format that holds one table holds this one. */
  readonly main?: true;
}

export interface Column {
  /** The field's name in JSON, and the head of a column in CSV. */
  readonly id: string;
  readonly title: string;
  readonly type: 'text' | 'number' | 'time' | 'id';
  /** Share of the width on paper; 1 is usual. */
  readonly width?: number;
  /** Left out on pages that people read, which are not as wide as a table may be: programs and spreadsheets get it. */
  readonly detail?: true;
}

export type Cell = string | number | null;

export interface Row {
  readonly cells: readonly Cell[];
  /** Position in the ledger of the record that this row quotes: the evidence proves it. */
  readonly quotes?: number;
}

/** A violation, or a rule that a resource complies with, in the words that other tools have for it. */
export interface Item {
  readonly verdict: 'violation' | 'exempt' | 'unknown';
  readonly rule: string;
  readonly policy: string;
  readonly title: string;
  readonly severity: Severity;
  readonly enforcement: Enforcement;
  readonly address: string;
  readonly kind: string;
  readonly path: string;
  readonly message: string;
  readonly fix: string;
  readonly link: string;
  readonly scope: Readonly<Record<string, string>>;
  readonly time: string;
  readonly exemption?: string;
  /** `NIST 800-53 r5` -> `CM-8`. */
  readonly controls: readonly { readonly framework: string; readonly control: string }[];
  /** The decision that said so, or the finding's id. */
  readonly reference: string;
  /** As of a row: position in the ledger of the record that says so. */
  readonly quotes?: number;
}

/** One way to write a report down. Bytes come in pieces, so that a million rows need no memory. */
export interface ReportFormat {
  /** Its name in paths and options, and the end of file names: `csv`. */
  readonly id: string;
  readonly title: string;
  readonly mediaType: string;
  readonly extension: string;
  readonly kinds: readonly ReportKind[];
  /** How the evidence travels: in the file itself, or in a second one beside it. */
  readonly evidence: 'trailer' | 'member' | 'beside';
  /**
   * Of a trailer: what stands before and after the evidence, one line of ASCII without `-`, `<`, `>` and `&`. Without a word
   * `<!-- ` and ` -->`. What `write` gives must end with a line break then.
   */
  readonly around?: readonly [before: string, after: string];
  /** @param onCut told in a sentence when the format has no room for all; never after the first piece. */
  readonly write: (report: AuditReport, onCut: OnCut) => AsyncIterable<Uint8Array>;
}

export type OnCut = (what: string) => void;

/** The table that a report is about; its first one where none is marked. */
export function mainTable({ tables }: AuditReport): Table | undefined {
  return tables.find(({ main }) => main === true) ?? tables[0];
}

/** All of a report but its tables and items, as JSON holds it. */
export function headOf(report: AuditReport) {
  const { kind, title, summary, madeAt, period, selection, version, figures, charts, notes } =
    report;
  return { kind, title, summary, madeAt, period, selection, version, figures, charts, notes };
}

/** A row by the names of its columns. */
export function rowObject({ columns }: Table, { cells }: Row): Record<string, Cell> {
  return Object.fromEntries(columns.map(({ id }, at) => [id, cells[at] ?? null]));
}
