import { bytesOf } from '../../chunks.ts';
import { KINDS_WITH_ITEMS, worstOf } from '../../items.ts';
import type { ReportFormat } from '../../report.ts';
import { fitting, MOST_RESULTS } from './limits.ts';
import { logText } from './log.ts';

/** SARIF 2.1.0 within the limits of GitHub's code scanning, the most serious first. */
export const sarif = {
  id: 'sarif',
  title: 'SARIF 2.1.0, for code scanning',
  mediaType: 'application/sarif+json; charset=utf-8',
  extension: 'sarif',
  kinds: KINDS_WITH_ITEMS,
  evidence: 'beside',
  write: (report, onCut) =>
    bytesOf(
      (async function* () {
        yield* logText(report, await fitting(await worstOf(report, MOST_RESULTS)), onCut);
      })(),
    ),
} as const satisfies ReportFormat;
