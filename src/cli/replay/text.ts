import picocolors from 'picocolors';

import type { Impact } from '../../replay/impact/model.ts';
import {
  changeText,
  GROUP_COLUMNS,
  groupCells,
  headlines,
  resourcesText,
} from '../../replay/render/words.ts';
import { counted } from '../../report/counted.ts';
import { printable } from '../../report/printable.ts';
import { table } from '../table.ts';

/** Rows of a table, and decisions, that a terminal shows; JSON and HTML hold the rest. */
const MOST_ROWS = 20;
const NAMED = 3;

/** The impact for a person at a terminal. */
export function impactText(
  impact: Impact,
  { colour, columns }: { readonly colour: boolean; readonly columns: number },
): string {
  const { bold, dim } = picocolors.createColors(colour);
  const { candidate, decisions } = impact;
  const groups = (title: string, head: string, rows: readonly (readonly string[])[]): string[] =>
    rows.length === 0
      ? []
      : ['', bold(title), shown([head, ...GROUP_COLUMNS], rows, columns).trimEnd()];
  return [
    ...headlines(impact).map((line, index) => (index === 0 ? bold(line) : line)),
    dim(
      `${counted(decisions.distinct, 'input')} judged by ${counted(candidate.rules.count, 'rule')} over ${counted(candidate.policies.count, 'policy', 'policies')}`,
    ),
    ...groups(
      'By rule',
      'rule',
      impact.rules.map((one) => [one.rule, ...groupCells(one, NAMED)]),
    ),
    ...groups(
      'By team',
      'team',
      impact.teams.map((one) => [one.name, ...groupCells(one, NAMED)]),
    ),
    ...groups(
      'By account',
      'account',
      impact.accounts.map((one) => [one.name, ...groupCells(one, NAMED)]),
    ),
    ...flips(impact, bold),
    ...untold(impact, bold),
    ...impact.notReplayed.map(
      ({ decisions: count, says, examples }) =>
        `not replayed: ${count}, ${says} (${examples.join(', ')})`,
    ),
    '',
  ].join('\n');
}

function shown(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number,
): string {
  const upper = head.map((name) => name.toUpperCase());
  const rest = rows.length - MOST_ROWS;
  return `${table(upper, rows.slice(0, MOST_ROWS), columns)}${rest > 0 ? `and ${rest} more\n` : ''}`;
}

function flips({ flips: all, moreFlips }: Impact, bold: (text: string) => string): string[] {
  if (all.length === 0) return [];
  const rest = all.length - MOST_ROWS + moreFlips;
  return [
    '',
    bold('Decisions'),
    ...all
      .slice(0, MOST_ROWS)
      .flatMap(({ id, time, from, to, source, name, changes }) => [
        `${id}  ${time}  ${from} -> ${to}  ${printable(name ?? source)}`,
        ...changes.slice(0, NAMED).map((change) => `  ${printable(changeText(change))}`),
      ]),
    ...(rest > 0 ? [`and ${rest} more`] : []),
  ];
}

function untold({ untold: all }: Impact, bold: (text: string) => string): string[] {
  if (all.length === 0) return [];
  return [
    '',
    bold('Not told: they read what was redacted'),
    ...all.slice(0, MOST_ROWS).map((one) => {
      const paths = one.paths.join(', ');
      return printable(
        `${one.rule}  ${one.verdicts} verdicts hang on ${paths}: ${resourcesText(one, NAMED)}`,
      );
    }),
  ];
}
