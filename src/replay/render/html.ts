import { counted } from '../../report/counted.ts';
import { printable } from '../../report/printable.ts';
import type { Counts, Impact } from '../impact/model.ts';
import { changeText, GROUP_COLUMNS, groupCells, headlines, resourcesText } from './words.ts';

const NAMED = 20;

/** One file that needs nothing else: no script, no font, no picture from elsewhere. Every text of a stranger is escaped. */
export function impactHtml(impact: Impact): string {
  const { candidate, period, madeAt } = impact;
  const body = [
    '<h1>Impact of policies on recorded decisions</h1>',
    `<p class="about">Made ${text(madeAt)}${during(period)}. Candidate: ${counted(candidate.policies.count, 'policy', 'policies')} <code>${text(candidate.policies.digest)}</code>, ${counted(candidate.rules.count, 'rule')} <code>${text(candidate.rules.digest)}</code>.</p>`,
    figures(impact),
    `<ul>${headlines(impact)
      .map((line) => `<li>${text(line)}</li>`)
      .join('')}</ul>`,
    groups(
      'By rule',
      'Rule',
      impact.rules,
      ({ rule, policy, message }) =>
        `<strong>${text(rule)}</strong> ${text(policy)}<br><small>${text(message)}</small>`,
    ),
    groups('By team', 'Team', impact.teams, ({ name }) => text(name)),
    groups('By account', 'Account', impact.accounts, ({ name }) => text(name)),
    flips(impact),
    untold(impact),
    notReplayed(impact),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Impact of policies on recorded decisions</title>
<style>${STYLE}</style>
</head>
<body>
${body.filter((part) => part !== '').join('\n')}
</body>
</html>
`;
}

const STYLE = [
  'body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1b1f24}',
  'h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:2rem}',
  '.about,small{color:#57606a}code{font-size:.85em;word-break:break-all}',
  '.figures{display:flex;flex-wrap:wrap;gap:1rem;padding:0;list-style:none}',
  '.figures li{border:1px solid #d0d7de;border-radius:6px;padding:.5rem 1rem;min-width:7rem}',
  '.figures b{display:block;font-size:1.5rem}.bad b{color:#b42318}.good b{color:#1a7f37}.warning b{color:#9a6700}',
  'table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #d0d7de;overflow-wrap:anywhere}',
  'th{white-space:nowrap}tr{break-inside:avoid}@media print{body{margin:0;max-width:none}}',
].join('');

function during({ since, until }: Impact['period']): string {
  const from = since === undefined ? '' : ` from ${text(since)}`;
  return `${from}${until === undefined ? '' : ` until ${text(until)}`}`;
}

function figures({ decisions }: Impact): string {
  const all: readonly [string, number, string][] = [
    ['replayed', decisions.replayed, 'plain'],
    ['would be denied', decisions.toDeny, decisions.toDeny > 0 ? 'bad' : 'good'],
    ['would be allowed', decisions.toAllow, decisions.toAllow > 0 ? 'warning' : 'plain'],
    ['cannot be told', decisions.toUnknown, decisions.toUnknown > 0 ? 'warning' : 'plain'],
    ['with new warnings', decisions.newWarnings, decisions.newWarnings > 0 ? 'warning' : 'plain'],
    ['as before', decisions.unchanged, 'plain'],
  ];
  const items = all.map(
    ([label, count, tone]) => `<li class="${tone}"><b>${count}</b>${label}</li>`,
  );
  return `<ul class="figures">${items.join('')}</ul>`;
}

type Named = Counts & { readonly resources: readonly string[]; readonly moreResources: number };

/** @param nameOf HTML. */
function groups<T extends Named>(
  title: string,
  head: string,
  all: readonly T[],
  nameOf: (group: T) => string,
): string {
  const rows = all.map((group) => [nameOf(group), ...groupCells(group, NAMED).map(text)]);
  return table(title, [head, ...GROUP_COLUMNS], rows);
}

function flips({ flips: all, moreFlips }: Impact): string {
  const rows = all.map(({ id, time, from, to, source, name, actor, changes, moreChanges }) => [
    `<code>${text(id)}</code><br><small>${text(time)}</small>`,
    text(`${from} → ${to}`),
    `${text(name ?? source)}${actor === undefined ? '' : `<br><small>${text(actor)}</small>`}`,
    [
      ...changes.map((change) => text(changeText(change))),
      ...(moreChanges === 0 ? [] : [`and ${moreChanges} more`]),
    ].join('<br>'),
  ]);
  const more = moreFlips === 0 ? '' : `<p>and ${moreFlips} more.</p>`;
  return `${table('Decisions that would be others', ['Decision', 'Becomes', 'Document', 'Why'], rows)}${more}`;
}

function untold({ untold: all }: Impact): string {
  const rows = all.map((one) => [
    `${text(one.rule)} ${text(one.policy)}`,
    String(one.verdicts),
    text(one.paths.join(', ')),
    text(resourcesText(one, NAMED)),
  ]);
  const head = ['Rule', 'Verdicts', 'Hang on', 'Resources'];
  return table('Not told: they read what was redacted', head, rows);
}

function notReplayed({ notReplayed: all }: Impact): string {
  const rows = all.map(({ decisions, says, examples }) => [
    String(decisions),
    text(says),
    examples.map((id) => `<code>${text(id)}</code>`).join(' '),
  ]);
  return table('Not replayed', ['Decisions', 'Why', 'For example'], rows);
}

/** @param rows cells as HTML. */
function table(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  if (rows.length === 0) return '';
  const lines = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`);
  const heads = head.map((name) => `<th scope="col">${text(name)}</th>`).join('');
  return `<h2>${text(title)}</h2>\n<table><thead><tr>${heads}</tr></thead>\n<tbody>\n${lines.join('\n')}\n</tbody></table>`;
}

function text(given: string): string {
  return printable(given).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
