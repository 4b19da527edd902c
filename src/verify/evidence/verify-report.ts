import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';

import { VerifyError } from '../finding.ts';
import { openCheckpoint, parseKeys } from '../note.ts';
import type { Checkpoint, VerifierKey } from '../note.ts';
import { leafHash } from '../tree.ts';
import { withReportFile } from './file.ts';
import type { Inside, ReportFile } from './file.ts';
import { isIncluded } from './inclusion.ts';
import { compareRows } from './rows.ts';
import type { Compared } from './rows.ts';
import { Malformed, parseEvidence, parseIssued, parseLeaf } from './shape.ts';
import type { Evidence, Issued, Quote } from './shape.ts';

/** What can be wrong with a report, told apart. */
export type ReportFindingKind =
  'changed-report' | 'changed-evidence' | 'changed-row' | 'not-in-log' | 'signature' | 'malformed';

export interface ReportFinding {
  readonly kind: ReportFindingKind;
  readonly index?: number;
  readonly message: string;
}

export interface VerifyReportOptions {
  readonly file: string;
  /** The file with the evidence, where it is not in the report; without a word, the one beside it. */
  readonly evidence?: string;
  /** Keys that are trusted; with none, those in the report are taken, which proves nothing of whose it is. */
  readonly keys: readonly VerifierKey[];
}

export interface VerifiedReport {
  readonly issued: Issued | undefined;
  readonly checkpoint: Checkpoint | undefined;
  readonly signers: readonly string[];
  readonly keyGiven: boolean;
  /** Records that the report quotes and that were proved. */
  readonly quoted: number;
  readonly unproven: number;
  readonly rows: Compared;
  readonly findings: readonly ReportFinding[];
}

/**
 * Verifies a report offline, from its bytes, its evidence and the key.
 *
 * @throws VerifyError when it cannot be read, or has no evidence.
 */
export function verifyReport(options: VerifyReportOptions): VerifiedReport {
  return withReportFile(options.file, (file) => {
    const { file: name, evidence = `${name}.evidence.json` } = options;
    // A file that has its evidence beside it may hold text of strangers that looks like some.
    const beside = existsSync(evidence) || options.evidence !== undefined;
    const inside = beside ? undefined : file.inside();
    const text = inside?.text ?? (beside ? readBeside(evidence) : undefined);
    if (text === undefined)
      throw new VerifyError(`${name} has no evidence in it, and there is no ${evidence}`);
    try {
      return verified(file, inside, parseEvidence(text), options.keys);
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      const finding = { kind: 'malformed', message: `the evidence: ${error.message}` } as const;
      return { ...NOTHING, keyGiven: options.keys.length > 0, findings: [finding] };
    }
  });
}

const NOTHING = {
  issued: undefined,
  checkpoint: undefined,
  signers: [],
  quoted: 0,
  unproven: 0,
  rows: { compared: false, rows: 0, findings: [] },
} as const;

function readBeside(evidence: string): string {
  return withReportFile(evidence, (beside) => beside.text());
}

function verified(
  file: ReportFile,
  inside: Inside | undefined,
  evidence: Evidence,
  given: readonly VerifierKey[],
): VerifiedReport {
  const { checkpoint: note, issued: record, quoted, unproven } = evidence;
  const own = ownKeys(evidence);
  const keys = given.length > 0 ? given : own;
  const opened = openCheckpoint(Buffer.from(note), keys);
  const checkpoint = opened.ok ? opened.checkpoint : undefined;
  const issued = parseIssued(record.body);
  const rows = compareRows(file, issued.format, quoted, unproven);
  const findings: ReportFinding[] = [
    ...(opened.ok ? [] : [{ kind: opened.kind, message: opened.message }]),
    ...contentFindings(file, inside, issued),
    ...(opened.ok ? signerFindings(opened.signers, own) : []),
    ...recordFindings(evidence, issued, checkpoint),
    ...(checkpoint === undefined ? [] : inclusionFindings([record, ...quoted], checkpoint)),
    ...rows.findings.map((finding) => ({ kind: 'changed-row' as const, ...finding })),
  ];
  const signers = opened.ok ? opened.signers.map(({ name, id }) => `${name}+${id}`) : [];
  const keyGiven = given.length > 0;
  const all = { issued, checkpoint, signers, keyGiven, rows, findings };
  return { ...all, quoted: quoted.length, unproven };
}

/** The keys that the evidence names. @throws Malformed */
function ownKeys({ verifierKeys }: Evidence): readonly VerifierKey[] {
  try {
    return parseKeys(verifierKeys.join('\n'), 'its list of keys');
  } catch (error) {
    throw error instanceof VerifyError ? new Malformed(error.message) : error;
  }
}

/** No signature covers the keys that the evidence names: others must not stand in the place of the one that signed. */
function signerFindings(
  signers: readonly VerifierKey[],
  own: readonly VerifierKey[],
): ReportFinding[] {
  if (signers.some(({ key }) => own.some((named) => named.key.equals(key)))) return [];
  const message = 'the evidence names other verifier keys than the one that signed';
  return [{ kind: 'changed-evidence', message }];
}

/** The report without its evidence is what was recorded. */
function contentFindings(
  file: ReportFile,
  inside: Inside | undefined,
  issued: Issued,
): ReportFinding[] {
  const block = blockOf(file, inside, issued);
  if (typeof block === 'string') return [{ kind: 'changed-report', message: block }];
  const { from, to } = block;
  const size = file.size - (to - from);
  if (size !== issued.bytes) {
    const message = `the report has ${size} bytes, and the one that was recorded ${issued.bytes}`;
    return [{ kind: 'changed-report', message }];
  }
  if (file.digestWithout(from, to) === issued.digest) return [];
  const message = 'the report is not the one that was recorded: something in it was changed';
  return [{ kind: 'changed-report', message }];
}

/** The part of the file that is evidence; or why it is not where the record says, with nothing around it. */
function blockOf(file: ReportFile, inside: Inside | undefined, { around }: Issued) {
  if (inside === undefined && around === undefined) return { from: 0, to: 0 };
  if (inside === undefined || around === undefined)
    return 'the evidence does not stand where the record of the report says';
  const [before, after] = [Buffer.from(around[0]), Buffer.from(around[1])];
  const from = inside.from - before.length;
  const framed =
    from >= 0 &&
    before.equals(file.slice(from, before.length)) &&
    after.equals(file.slice(inside.to, after.length));
  if (!framed) return 'what stands around the evidence was changed';
  return { from, to: inside.to + after.length };
}

/** The body is the one whose digest stands in the leaf, and the evidence says of the report what the record says. */
function recordFindings(
  { report, origin, issued: { leaf, body }, quoted, unproven }: Evidence,
  issued: Issued,
  checkpoint: Checkpoint | undefined,
): ReportFinding[] {
  const header = parseLeaf(leaf);
  const changed = (message: string): ReportFinding => ({ kind: 'changed-evidence', message });
  const same =
    report.id === issued.id &&
    report.kind === issued.kind &&
    report.format === issued.format &&
    report.digest === issued.digest;
  return [
    ...(header['type'] === 'report.issued' ? [] : [changed('the record is not that of a report')]),
    ...(header['body'] === digestOf(body) ? [] : [changed('the record has another body')]),
    ...(same ? [] : [changed('the evidence names another report than the record')]),
    ...(unproven === issued.cut && sameQuotes(quoted, issued)
      ? []
      : [changed('the evidence proves other records than the report quotes')]),
    ...(checkpoint === undefined || checkpoint.origin === origin
      ? []
      : [changed('the evidence names another log than the checkpoint')]),
  ];
}

function sameQuotes(quoted: readonly Quote[], { quoted: ranges }: Issued): boolean {
  let at = 0;
  for (const [from, to] of ranges)
    for (let index = from; index <= to; index += 1, at += 1)
      if (quoted[at]?.index !== index) return false;
  return at === quoted.length;
}

const MOST = 100;

function inclusionFindings(quotes: readonly Quote[], { size, root }: Checkpoint): ReportFinding[] {
  const missing = quotes.filter(
    ({ index, leaf, proof }) =>
      !isIncluded({ index, size, leaf: leafHash(Buffer.from(leaf)), root, proof }),
  );
  return missing.slice(0, MOST).map(({ index }) => ({
    kind: 'not-in-log',
    index,
    message: 'the proof does not lead from this record to what was signed',
  }));
}

function digestOf(text: string): string {
  return `sha256:${hash('sha256', text, 'hex')}`;
}
