import { cutSaid } from '../../items.ts';
import type { Worst } from '../../items.ts';
import { inertJson } from '../../inert/text.ts';
import type { AuditReport, OnCut } from '../../report.ts';
import { uuidOf } from '../../uuid.ts';
import { findingsOf } from './findings.ts';
import { inventoryOf } from './inventory.ts';
import { observationId, observationText } from './observation.ts';
import { marked, plain, stampOf } from './words.ts';

const OSCAL_VERSION = '1.1.3';

/** The document in pieces, an observation on each line. */
export function* documentText(report: AuditReport, worst: Worst, onCut: OnCut): Generator<string> {
  const id = reportId(report);
  yield `{"assessment-results": {"uuid": ${inertJson(id)},\n`;
  yield `"metadata": ${inertJson(metadata(report))},\n`;
  yield `"import-ap": ${inertJson({ href: `#${planId(id)}`, remarks: PLAN })},\n`;
  yield `"results": [{${members(resultHead(report, worst, { id, onCut }))}`;
  yield* listText('observations', observations(worst, report));
  yield* listText('findings', findingTexts(worst));
  yield `}],\n"back-matter": ${inertJson(backMatter(id))}\n}}\n`;
}

const PLAN =
  'No assessment plan was written down: the rules that were in force are the plan, and the ledger has their digests.';

/** Two reports of one kind, selection and time are the same report. */
function reportId({ kind, madeAt, selection, period, title }: AuditReport): string {
  return uuidOf(
    'report',
    kind,
    madeAt,
    title,
    period.since ?? '',
    period.until ?? '',
    ...selection,
  );
}

function planId(report: string): string {
  return uuidOf('plan', report);
}

function metadata({ title, madeAt, version }: AuditReport) {
  return {
    title: marked(title),
    'last-modified': stampOf(madeAt, madeAt),
    version: plain(version),
    'oscal-version': OSCAL_VERSION,
    props: [{ name: 'tool', ns: NS, value: plain(`Portcullis ${version}`) }],
  };
}

/** Names of properties that are ours, not NIST's. */
const NS = 'https://portcullis.dev/ns/oscal';

function resultHead(
  report: AuditReport,
  worst: Worst,
  { id, onCut }: { readonly id: string; readonly onCut: OnCut },
) {
  const { title, summary, madeAt, period, notes } = report;
  const cut = cutSaid(worst, 'readers of OSCAL hold the whole document', onCut);
  const remarks = [...notes, ...(cut === undefined ? [] : [cut])].map(marked);
  const items = inventoryOf(worst.items);
  return {
    uuid: uuidOf('result', id),
    title: marked(title),
    description: marked(summary),
    start: stampOf(period.since ?? madeAt, madeAt),
    end: stampOf(period.until ?? madeAt, madeAt),
    ...(items.length === 0 ? {} : { 'local-definitions': { 'inventory-items': items } }),
    'reviewed-controls': { 'control-selections': [{ 'include-all': {} }] },
    ...(remarks.length === 0 ? {} : { remarks: remarks.join('\n\n') }),
  };
}

/** An object's members without its braces, to be followed by more. */
function members(value: Readonly<Record<string, unknown>>): string {
  return inertJson(value).slice(1, -1);
}

/** OSCAL knows no empty lists: a list without entries is left out. */
function* listText(name: string, entries: Iterable<string>): Generator<string> {
  let before = `,\n"${name}": [\n`;
  let any = false;
  for (const entry of entries) {
    yield before + entry;
    [before, any] = [',\n', true];
  }
  if (any) yield '\n]';
}

function* observations({ items }: Worst, report: AuditReport): Generator<string> {
  const seen = new Set<string>();
  for (const item of items) {
    const id = observationId(item);
    // A decision can say the same twice; an id stands for one thing.
    if (!seen.has(id)) yield observationText(item, report.madeAt);
    seen.add(id);
  }
}

function* findingTexts({ items }: Worst): Generator<string> {
  for (const finding of findingsOf(items)) yield inertJson(finding);
}

function backMatter(id: string) {
  return {
    resources: [{ uuid: planId(id), title: 'The rules in force', description: PLAN }],
  };
}
