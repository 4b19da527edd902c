import type { AuditReport } from '../../report.ts';
import { VERIFY_BESIDE } from '../../verify-words.ts';

/** What the first sheet says of the report, a row each. */
export function aboutRows(
  { summary, madeAt, period, selection, version, figures, notes, log }: AuditReport,
  further: readonly string[],
): string[][] {
  const pairs: [string, string | undefined][] = [
    ['Summary', summary],
    ['From', period.since],
    ['Until', period.until],
    ...selection.map((one): [string, string] => ['Only', one]),
    ['Made at', madeAt],
    ['By', `Portcullis ${version}`],
    ...further.map((said): [string, string] => ['Sheets', said]),
    ...figures.map(({ label, value }): [string, string] => [label, value]),
    ...notes.map((note): [string, string] => ['Note', note]),
    ['Log', log?.origin],
    ...(log?.verifierKeys ?? []).map((key): [string, string] => ['Verifier key', key]),
    ['To verify', log && VERIFY_BESIDE],
  ];
  return pairs.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
}
