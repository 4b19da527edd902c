import { createHash } from 'node:crypto';

import { figureValue, number } from '../../charts/scale.ts';
import { markup, NOTHING } from '../../markup.ts';
import type { Markup } from '../../markup.ts';
import { leftSaid, narrowed } from '../../narrow.ts';
import type { NarrowTable } from '../../narrow.ts';
import { REPORT_KINDS } from '../../report.ts';
import type { AuditReport, Figure, Table, Tone } from '../../report.ts';
import { COMPARE_KEY, VERIFY_INSIDE } from '../../verify-words.ts';
import { chartFigure } from './chart.ts';
import { styleOf } from './style.ts';
import { tableRows } from './table.ts';
import { moment } from './time.ts';

/** The whole page in pieces: all that is small at once, then each table row by row. */
export async function* page(report: AuditReport): AsyncGenerator<string> {
  const tables = report.tables.map(narrowed);
  yield head({ ...report, tables }).written;
  for (const [index, table] of tables.entries()) yield* section(table, index);
  yield foot(report).written;
}

function head(report: AuditReport): Markup {
  const style = styleOf(report.tables);
  return markup`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(style)}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Portcullis ${report.version}">
<title>${report.title}</title>
<style>${{ written: style }}</style>
</head>
<body>
<header>
<p class="brand">${MARK}<span>Portcullis</span><span class="kind">${REPORT_KINDS[report.kind]}</span></p>
<h1><bdi>${report.title}</bdi></h1>
<p class="lead"><bdi>${report.summary}</bdi></p>
${facts(report)}
</header>
<main>
${figures(report.figures)}${notes(report.notes)}${charts(report)}${contents(report.tables)}`;
}

/** Nothing is loaded and nothing is run; the one style sheet is known by its digest. */
function policyOf(style: string): string {
  const digest = createHash('sha256').update(style).digest('base64');
  return `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`;
}

/** A gate with its bars half way down. */
const MARK = markup`<svg class="mark" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"><path d="M3 21V11a9 9 0 0 1 18 0v10M8 3.5V15M12 2.5V17M16 3.5V15M3 11h18" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"/></svg>`;

function facts({ madeAt, period, selection, version }: AuditReport): Markup {
  const { since, until } = period;
  const rows = [
    fact('Made', moment(madeAt)),
    since === undefined && until === undefined
      ? fact('Shows', markup`the state at that moment`)
      : fact('Period', markup`${bound(since, 'the beginning')} to ${bound(until, 'that moment')}`),
    fact('Covers', selection.length === 0 ? markup`everything` : listed(selection)),
    fact('Made by', markup`Portcullis ${version}`),
  ];
  return markup`<dl class="facts">${rows}</dl>`;
}

function bound(time: string | undefined, without: string): Markup {
  return time === undefined ? markup`${without}` : moment(time);
}

function listed(words: readonly string[]): Markup {
  return markup`${words.map((word, index) => markup`${index === 0 ? '' : ', '}<bdi>${word}</bdi>`)}`;
}

function fact(name: string, value: Markup): Markup {
  return markup`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

const SIGNS = {
  plain: { sign: '', said: '' },
  good: { sign: '✓', said: 'good' },
  warning: { sign: '!', said: 'needs attention' },
  bad: { sign: '✕', said: 'bad' },
} as const satisfies Record<Tone, { sign: string; said: string }>;

function figures(list: readonly Figure[]): Markup {
  if (list.length === 0) return NOTHING;
  return markup`<section aria-label="Figures"><ul class="figures">${list.map(card)}</ul></section>
`;
}

function card({ label, value, tone, detail }: Figure): Markup {
  const { sign, said } = SIGNS[tone];
  const sign_ =
    sign === ''
      ? NOTHING
      : markup`<span class="sign" aria-hidden="true">${sign}</span><span class="unseen"> (${said})</span>`;
  const below = detail === undefined ? NOTHING : markup`<p class="detail"><bdi>${detail}</bdi></p>`;
  return markup`<li class="${tone}"><p class="label"><bdi>${label}</bdi>${sign_}</p><p class="value"><bdi>${figureValue(value)}</bdi></p>${below}</li>`;
}

function notes(list: readonly string[]): Markup {
  if (list.length === 0) return NOTHING;
  return markup`<aside class="notes" aria-label="What to know"><h2>What to know when reading this</h2><ul>${list.map(
    (note) => markup`<li><bdi>${note}</bdi></li>`,
  )}</ul></aside>
`;
}

function charts({ charts: list }: AuditReport): Markup {
  if (list.length === 0) return NOTHING;
  return markup`<section class="charts" aria-label="Charts">${list.map(chartFigure)}</section>
`;
}

/** Worth a line only where there is something to choose from. */
function contents(tables: readonly Table[]): Markup {
  if (tables.length < 2) return NOTHING;
  return markup`<nav aria-label="Tables"><ul>${tables.map(
    ({ title }, index) => markup`<li><a href="#t${index}"><bdi>${title}</bdi></a></li>`,
  )}</ul></nav>
`;
}

async function* section(table: NarrowTable, index: number): AsyncGenerator<string> {
  yield markup`<section class="table" id="t${index}" aria-labelledby="h${index}"><h2 id="h${index}"><bdi>${table.title}</bdi></h2>
`.written;
  const rows = yield* tableRows(table, index);
  const said = rows === 1 ? '1 row' : `${number(rows)} rows`;
  yield rows === 0
    ? markup`<p class="empty"><bdi>${table.empty}</bdi></p></section>
`.written
    : markup`<p class="count">${said}.${leftSaid(table)}</p></section>
`.written;
}

function foot({ title, madeAt, log }: AuditReport): Markup {
  return markup`${evidence(log)}</main>
<footer><p><bdi>${title}</bdi>, made ${moment(madeAt)}.</p></footer>
</body>
</html>
`;
}

/** What a reader needs who does not want to take our word for it. */
function evidence(log: AuditReport['log']): Markup {
  const known =
    log === undefined
      ? NOTHING
      : markup`<dl><div><dt>Log</dt><dd><code>${log.origin}</code></dd></div>${log.verifierKeys.map(
          (key) => markup`<div><dt>Verifier key</dt><dd><code>${key}</code></dd></div>`,
        )}</dl><p>${COMPARE_KEY}</p>`;
  return markup`<section class="evidence" aria-labelledby="evidence"><h2 id="evidence">How to verify this report</h2><p>${VERIFY_INSIDE}</p>${known}</section>
`;
}
