import { bytesOf } from '../../chunks.ts';
import { KINDS_WITH_ITEMS, worstOf } from '../../items.ts';
import type { ReportFormat } from '../../report.ts';
import { documentText } from './document.ts';

/** Readers of OSCAL hold the whole document, and follow its references. */
const MOST_OBSERVATIONS = 25_000;

/** Assessment results for governance tools: what was observed, of which resource, and which controls it speaks against. */
export const oscal = {
  id: 'oscal',
  title: 'OSCAL assessment results (JSON)',
  mediaType: 'application/oscal+json; charset=utf-8',
  extension: 'oscal.json',
  kinds: KINDS_WITH_ITEMS,
  evidence: 'beside',
  write: (report, onCut) =>
    bytesOf(
      (async function* () {
        yield* documentText(report, await worstOf(report, MOST_OBSERVATIONS), onCut);
      })(),
    ),
} as const satisfies ReportFormat;
