import type { Finding, FindingKind } from './finding.ts';
import type { Checkpoint } from './note.ts';
import type { Verified } from './verify.ts';

/** What a finding means, and what to do about it. */
const MEANINGS: Readonly<Record<FindingKind, string>> = {
  signature:
    'No trusted key stands behind this text. Check that the key is the right one; if it is, the checkpoint is not the log’s.',
  truncated:
    'The end of the log, or of a file, was cut off. Get the log again from where it is kept; if it is short there too, entries are lost.',
  'changed-entry':
    'The record was altered after it was logged. Compare it with another copy of the log.',
  'deleted-or-inserted':
    'A record was removed or added after the log was signed. Compare with another copy of the log.',
  swapped:
    'Records were put in another order after the log was signed. Compare with another copy of the log.',
  'changed-tile':
    'A hash was altered. The entries may be untouched, but proofs from this copy fail: get the tiles again.',
  rewritten:
    'The log tells another history than the one that was signed. Keep both checkpoints: together they are the evidence.',
  'missing-file': 'The copy is not whole. Export or copy the log again.',
  malformed:
    'The file is not in the form of the log: it was damaged, or did not come from it. Export or copy the log again.',
};

const SHOWN = 20;

/** The outcome for a person. */
export function verifiedText(verified: Verified): string {
  const { checkpoint, findings } = verified;
  if (findings.length > 0 || checkpoint === undefined) return foundText(verified);
  const lines = [
    headline(checkpoint),
    `  root       ${checkpoint.root.toString('base64')}`,
    `  signed by  ${verified.signers.map(clean).join(', ')}`,
    ...(verified.lastTime === undefined ? [] : [`  last entry ${verified.lastTime}`]),
    ...(verified.since === undefined
      ? []
      : [`  begins with the ${entriesText(verified.since.size)} of the checkpoint that was kept`]),
  ];
  return `${lines.join('\n')}\n`;
}

/** That an empty log is whole must not read like good news. */
function headline({ size, origin }: Checkpoint): string {
  return size === 0
    ? `nothing to verify: ${clean(origin)} is signed, and has no entry yet`
    : `verified: ${entriesText(size)} of ${clean(origin)}`;
}

/** `1 entry`, `2 entries`. */
export function entriesText(size: number): string {
  return size === 1 ? '1 entry' : `${size} entries`;
}

function foundText({ findings, total }: Verified): string {
  const shown = findings.slice(0, SHOWN);
  const lines = shown.map(
    ({ kind, file, index, message }) =>
      `  ${kind}  ${clean(file)}${index === undefined ? '' : `, entry ${index}`}: ${clean(message)}`,
  );
  const kinds = [...new Set(shown.map(({ kind }) => kind))];
  const more = total > shown.length ? [`  and ${total - shown.length} more`] : [];
  return `${['NOT verified', ...lines, ...more, '', ...kinds.map((kind) => `${kind}: ${MEANINGS[kind]}`)].join('\n')}\n`;
}

/** The outcome for a program. */
export function verifiedJson(verified: Verified): string {
  const { checkpoint, since, findings, total, signers, lastTime } = verified;
  const value = {
    verified: findings.length === 0,
    origin: checkpoint?.origin,
    size: checkpoint?.size,
    root: checkpoint?.root.toString('base64'),
    signers,
    lastTime,
    sinceSize: since?.size,
    total,
    findings: findings.map((finding: Finding) => ({ ...finding, means: MEANINGS[finding.kind] })),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Names of files and logs are the writer's: none of them may move a cursor. */
function clean(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '?');
}
