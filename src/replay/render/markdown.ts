import { counted } from '../../report/counted.ts';
import { printable } from '../../report/printable.ts';
import type { Counts, Impact } from '../impact/model.ts';
import { GROUP_COLUMNS, groupCells, headlines, resourcesText } from './words.ts';

/** A comment on a pull request holds 65,536 characters. */
const MOST_FLIPS = 30;
const MOST_ROWS = 30;
const NAMED = 3;
const LONGEST_CELL = 200;

/** A summary for a pull request that changes policies or rules. */
export function impactMarkdown(impact: Impact): string {
  const { decisions, candidate } = impact;
  const lines = [
    `### ${badge(impact)}`,
    '',
    ...headlines(impact).map((line) => `- ${escape(line)}`),
    ...groups('By rule', 'Rule', impact.rules, ({ rule, policy }) => `${rule} (${policy})`),
    ...groups('By team', 'Team', impact.teams, ({ name }) => name),
    ...groups('By account', 'Account', impact.accounts, ({ name }) => name),
    ...flips(impact),
    ...untold(impact),
    ...notReplayed(impact),
    '',
    `<sub>${counted(candidate.rules.count, 'rule')} over ${counted(candidate.policies.count, 'policy', 'policies')} · ${counted(decisions.distinct, 'input')} judged · policies ${code(candidate.policies.digest)} · rules ${code(candidate.rules.digest)}</sub>`,
  ];
  return `${lines.join('\n')}\n`;
}

function badge({ decisions }: Impact): string {
  const { replayed, toDeny, toUnknown, toAllow, newWarnings } = decisions;
  if (replayed === 0) return '⛔ No decision could be replayed';
  if (toDeny > 0) return `❌ ${toDeny} of ${replayed} decisions would be denied`;
  if (toUnknown > 0) return `❔ ${toUnknown} of ${replayed} decisions cannot be told`;
  if (toAllow > 0) return `⚠️ ${toAllow} of ${replayed} decisions would be allowed`;
  if (newWarnings > 0) return `⚠️ ${newWarnings} of ${replayed} decisions would warn`;
  return `✅ None of ${replayed} decisions would be another`;
}

type Named = Counts & { readonly resources: readonly string[]; readonly moreResources: number };

function groups<T extends Named>(
  title: string,
  head: string,
  all: readonly T[],
  nameOf: (group: T) => string,
): string[] {
  if (all.length === 0) return [];
  const rows = all
    .slice(0, MOST_ROWS)
    .map((group) => row([code(nameOf(group)), ...groupCells(group, NAMED).map(cell)]));
  return section(title, [head, ...GROUP_COLUMNS], rows, all.length);
}

function flips({ flips: all, moreFlips }: Impact): string[] {
  if (all.length === 0) return [];
  const rows = all.slice(0, MOST_FLIPS).map(({ id, time, from, to, source, name, changes }) =>
    row([
      code(id),
      cell(time),
      cell(`${from} → ${to}`),
      cell(name ?? source),
      cell(
        changes
          .slice(0, NAMED)
          .map(({ rule, address }) => `${rule}: ${address}`)
          .join(', '),
      ),
    ]),
  );
  const head = ['Decision', 'Time', 'Becomes', 'Document', 'Why'];
  return section('Decisions', head, rows, all.length + moreFlips);
}

function untold({ untold: all }: Impact): string[] {
  if (all.length === 0) return [];
  const rows = all
    .slice(0, MOST_ROWS)
    .map((one) =>
      row([
        code(one.rule),
        String(one.verdicts),
        cell(one.paths.join(', ')),
        cell(resourcesText(one, NAMED)),
      ]),
    );
  const head = ['Rule', 'Verdicts', 'Hang on', 'Resources'];
  return section('Not told: they read what was redacted', head, rows, all.length);
}

function notReplayed({ notReplayed: all }: Impact): string[] {
  if (all.length === 0) return [];
  return [
    '',
    '**Not replayed**',
    '',
    ...all.map(
      ({ decisions, says, examples }) =>
        `- ${decisions}: ${escape(says)} (${examples.map(code).join(', ')})`,
    ),
  ];
}

function section(
  title: string,
  head: readonly string[],
  rows: readonly string[],
  total: number,
): string[] {
  const rest = total - rows.length;
  return [
    '',
    `**${title}**`,
    '',
    row(head),
    row(head.map(() => '---')),
    ...rows,
    ...(rest > 0 ? ['', `and ${rest} more.`] : []),
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function cell(text: string): string {
  return escape(text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL - 1)}…` : text);
}

/** Everything that Markdown or HTML could read as markup is text here; a mention must not call anybody. */
function escape(text: string): string {
  return printable(text).replace(
    /[\\`*_{}[\]<>()#+!|~@&]/g,
    (character) => `&#${character.charCodeAt(0)};`,
  );
}

function code(text: string): string {
  return `<code>${cell(text)}</code>`;
}
