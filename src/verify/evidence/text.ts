import { entriesText } from '../report.ts';
import type { ReportFindingKind, VerifiedReport } from './verify-report.ts';

const MEANINGS: Readonly<Record<ReportFindingKind, string>> = {
  'changed-report':
    'The file was altered after it was issued, or is not whole. Get the report again.',
  'changed-evidence':
    'The evidence does not belong together: it was put together by hand, or damaged.',
  'changed-row': 'What the report says of a record is not what the log holds. Do not rely on it.',
  'not-in-log': 'The signed log does not hold this record as it is quoted. Do not rely on it.',
  signature: 'None of the keys stands behind it. Check that the key is the right one.',
  malformed: 'The evidence is not in its form: it was damaged, or did not come from a gate.',
};

const OWN_KEY =
  'No key was given, so the one in the report was taken: it agrees with itself, but this does not prove who made it.\n' +
  'Get the key from the owner of the log by another way, and name it with --key.';

const SHOWN = 20;

/** The outcome for a person. */
export function verifiedReportText(verified: VerifiedReport): string {
  const { issued, checkpoint, findings } = verified;
  if (findings.length > 0 || issued === undefined || checkpoint === undefined)
    return foundText(findings);
  const { id, kind, format, madeAt, digest } = issued;
  const lines = [
    `${verified.keyGiven ? 'verified' : 'consistent, and NOT proven'}: report ${clean(id)}, ${clean(kind)} as ${clean(format)}, made at ${clean(madeAt)}`,
    `  content    ${clean(digest)}`,
    `  log        ${clean(checkpoint.origin)}, ${entriesText(checkpoint.size)}`,
    `  signed by  ${verified.signers.map(clean).join(', ')}`,
    `  records    ${quotedText(verified)}`,
    ...(verified.keyGiven ? [] : ['', OWN_KEY]),
  ];
  return `${lines.join('\n')}\n`;
}

function quotedText({ quoted, unproven, rows }: VerifiedReport): string {
  return [
    `${quoted} quoted and proven`,
    ...(unproven > 0 ? [`${unproven} rows quote others, which the evidence leaves out`] : []),
    ...(rows.compared ? [`${rows.rows} rows compared with them`] : []),
  ].join(', ');
}

function foundText(findings: VerifiedReport['findings']): string {
  const lines = findings
    .slice(0, SHOWN)
    .map(
      ({ kind, index, message }) =>
        `  ${kind}${index === undefined ? '' : `  record ${index}`}  ${clean(message)}`,
    );
  const kinds = [...new Set(findings.map(({ kind }) => kind))];
  const more = findings.length > SHOWN ? [`  and ${findings.length - SHOWN} more`] : [];
  const meant = kinds.map((kind) => `${kind}: ${MEANINGS[kind]}`);
  return `${['NOT verified', ...lines, ...more, '', ...meant].join('\n')}\n`;
}

/** The outcome for a program. */
export function verifiedReportJson(verified: VerifiedReport): string {
  const { issued, checkpoint, signers, keyGiven, quoted, unproven, rows, findings } = verified;
  const value = {
    verified: findings.length === 0 && keyGiven,
    consistent: findings.length === 0,
    key: keyGiven ? 'given' : 'from-the-report',
    report: issued && {
      id: issued.id,
      kind: issued.kind,
      format: issued.format,
      digest: issued.digest,
      madeAt: issued.madeAt,
    },
    origin: checkpoint?.origin,
    size: checkpoint?.size,
    root: checkpoint?.root.toString('base64'),
    signers,
    quoted,
    unproven,
    rowsCompared: rows.rows,
    findings: findings.map((finding) => ({ ...finding, means: MEANINGS[finding.kind] })),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Names are the writer's: none of them may move a cursor. */
function clean(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '?');
}
