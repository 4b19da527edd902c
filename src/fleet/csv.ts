import { stringify } from 'csv-stringify/sync';

import { inertFormula } from '../audit-report/inert/formula.ts';
import { inertLine } from '../audit-report/inert/text.ts';
import type { FindingView } from './views.ts';

/** The columns, and what stands in each: short enough for a spreadsheet. */
const COLUMNS: readonly (readonly [string, (finding: FindingView) => string])[] = [
  ['id', ({ id }) => id],
  ['state', ({ state }) => state],
  ['severity', ({ severity }) => severity],
  ['rule', ({ rule }) => rule],
  ['policy', ({ policy }) => policy],
  ['message', ({ message }) => message],
  ['fix', ({ fix }) => fix],
  ['address', ({ address }) => address],
  ['kind', ({ kind }) => kind],
  ['path', ({ path }) => path],
  ['account', ({ account }) => account],
  ['region', ({ region }) => region],
  ['inventory', ({ inventory }) => inventory],
  ['owner', (finding) => tagOf(finding, 'owner')],
  ['cost_center', (finding) => tagOf(finding, 'cost-center')],
  ['environment', (finding) => tagOf(finding, 'environment')],
  ['created_by', ({ createdBy }) => createdBy?.name ?? ''],
  ['managed_by', ({ managedBy }) => (managedBy === undefined ? '' : managedBy.tool)],
  ['first_seen', ({ firstSeen }) => firstSeen],
  ['last_seen', ({ lastSeen }) => lastSeen],
  ['resolved_at', ({ resolvedAt }) => resolvedAt ?? ''],
  ['reopened', ({ reopened }) => String(reopened)],
  ['gate_decision', ({ gate }) => gate?.decision ?? ''],
];

export function csvHead(): string {
  return row(COLUMNS.map(([name]) => name));
}

export function csvLine(finding: FindingView): string {
  return row(COLUMNS.map(([, cell]) => cell(finding)));
}

/** Names and tags are text of strangers: no spreadsheet calculates with it, and no terminal obeys it. */
function row(cells: readonly string[]): string {
  const inert = cells.map((cell) => inertFormula(inertLine(cell)));
  return stringify([inert], { record_delimiter: 'windows' });
}

/** A tag that is there and could not be read is not the same as none. */
function tagOf({ tags }: FindingView, key: string): string {
  if (tags.state === 'unknown' || tags.unknown.includes(key)) return '(unknown)';
  return tags.values[key] ?? '';
}
