import type { ExemptionReview, ExemptionView } from '../../exemption/views.ts';
import { counted } from '../../report/counted.ts';
import { printable } from '../../report/printable.ts';
import { table } from '../table.ts';

/** One exemption, for people. */
export function exemptionText(view: ExemptionView): string {
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['rules', view.rules.join(', ') || 'none that is in force'],
    ['resources', matchText(view)],
    ['points', view.points.join(', ')],
    ['reason', view.reason],
    ['ticket', view.ticket],
    ['owner', view.owner],
    ['from', view.from],
    ['until', view.until],
    ['stands in', view.where],
    ['uses', `${view.uses}${view.lastUsed === undefined ? '' : `, the last at ${view.lastUsed}`}`],
  ];
  const lines = facts.flatMap(([name, value]) =>
    value === undefined ? [] : [`  ${name.padEnd(10)} ${printable(value)}`],
  );
  const history = view.history.map(({ at, what, actor, note }) =>
    printable(`  ${at}  ${what} by ${actor}${note === undefined ? '' : `: ${note}`}`),
  );
  return `${[`${view.state.toUpperCase()}  ${view.id}`, ...lines, ...history, ...next(view)].join('\n')}\n`;
}

/** Nothing that is asked for is no narrowing: who approves it should read that. */
function matchText({ match }: ExemptionView): string {
  return Object.keys(match).length === 0
    ? 'EVERYTHING that these rules judge'
    : JSON.stringify(match);
}

function next({ state, id, approvalsMissing }: ExemptionView): string[] {
  if (state !== 'requested') return [];
  const who = approvalsMissing > 1 ? `${approvalsMissing} different people` : 'somebody else';
  return [
    `It bears nothing until ${who} approve${approvalsMissing > 1 ? '' : 's'} it: portcullis exempt approve ${id}`,
  ];
}

export function listText(views: readonly ExemptionView[], columns: number): string {
  if (views.length === 0) return 'no exemptions\n';
  const rows = views.map(({ id, state, until, owner, rules, where, reason }) => [
    ...[id, state, until, owner, rules.join(','), where, reason],
  ]);
  return table(['EXEMPTION', 'STATE', 'UNTIL', 'OWNER', 'RULES', 'WHERE', 'REASON'], rows, columns);
}

export function reviewText({ remarks }: ExemptionReview): string {
  if (remarks.length === 0) return 'nothing to tidy up\n';
  const lines = remarks.map(({ code, message, where }) =>
    printable(`${code.padEnd(15)} ${message} (${where})`),
  );
  return `${[...lines, counted(remarks.length, 'remark')].join('\n')}\n`;
}
