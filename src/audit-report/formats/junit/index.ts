import { bytesOf } from '../../chunks.ts';
import { cutSaid, KINDS_WITH_ITEMS, worstOf } from '../../items.ts';
import type { Worst } from '../../items.ts';
import { markup } from '../../markup.ts';
import type { Markup } from '../../markup.ts';
import type { AuditReport, Item, OnCut, ReportFormat } from '../../report.ts';

/** Readers of JUnit hold the whole file, and show a test a line. */
const MOST_CASES = 25_000;

/** A suite a policy, a case a resource that violates it. */
export const junit = {
  id: 'junit',
  title: 'JUnit XML, for test reports of CI systems',
  mediaType: 'application/xml; charset=utf-8',
  extension: 'xml',
  kinds: KINDS_WITH_ITEMS,
  evidence: 'trailer',
  write: (report, onCut) => bytesOf(document(report, onCut)),
} as const satisfies ReportFormat;

async function* document(report: AuditReport, onCut: OnCut): AsyncGenerator<string> {
  const worst = await worstOf(report, MOST_CASES);
  const cut = cutSaid(worst, `a test report of more than ${MOST_CASES} cases is not read`, onCut);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield markup`<testsuites name="${report.title}" tests="${worst.items.length + 1}">
<testsuite name="portcullis" tests="1" failures="0" errors="0" skipped="0" timestamp="${report.madeAt.slice(0, 19)}"><testcase classname="portcullis" name="report"><system-out>${head(report, cut)}</system-out></testcase></testsuite>
`.written;
  yield* suites(worst);
  yield '</testsuites>\n';
}

/** What the report says of itself, a line each. */
function head({ summary, notes }: AuditReport, cut: string | undefined): Markup {
  const lines = [summary, ...notes, ...(cut === undefined ? [] : [cut])];
  return markup`${lines.map((line) => markup`${line}\n`)}`;
}

function* suites({ items }: Worst): Generator<string> {
  for (const [policy, list] of byPolicy(items)) {
    const count = (tag: Outcome) => list.filter((item) => outcomeOf(item) === tag).length;
    yield markup`<testsuite name="${policy}" tests="${list.length}" failures="${count('failure')}" errors="0" skipped="${count('skipped')}">
`.written;
    for (const item of list) yield caseOf(item).written;
    yield '</testsuite>\n';
  }
}

function byPolicy(items: readonly Item[]): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(item.policy) ?? [];
    group.push(item);
    groups.set(item.policy, group);
  }
  return groups;
}

type Outcome = 'failure' | 'skipped' | 'passed';

/** What only warns or is recorded does not fail a build; what nobody could tell is shown as skipped, never as passed. */
function outcomeOf({ verdict, enforcement }: Item): Outcome {
  if (verdict !== 'violation') return 'skipped';
  return enforcement === 'deny' ? 'failure' : 'passed';
}

function caseOf(item: Item): Markup {
  return markup`<testcase classname="${item.policy}" name="${`${item.address} ${item.rule}`}">${inside(item)}</testcase>
`;
}

function inside(item: Item): Markup {
  switch (outcomeOf(item)) {
    case 'failure':
      return markup`<failure message="${item.message}">${details(item)}</failure>`;
    case 'skipped':
      return markup`<skipped message="${skippedBecause(item)}"/>`;
    case 'passed':
      return markup`<system-out>${details(item)}</system-out>`;
  }
}

function skippedBecause({ verdict, exemption, message }: Item): string {
  return verdict === 'exempt'
    ? `exempt${exemption === undefined ? '' : ` (${exemption})`}: ${message}`
    : `not known: ${message}`;
}

function details({ message, path, severity, time, fix, link, reference }: Item): Markup {
  const lines = { message, path, severity, seen: time, fix, link, reference };
  return markup`${Object.entries(lines).map(([name, value]) => markup`${name}: ${value}\n`)}`;
}
