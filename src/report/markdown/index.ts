import type { Decision, ReportedViolation } from '../../model/decision.ts';
import { counted } from '../counted.ts';
import { printable, printableValue } from '../printable.ts';
import type { Checked, Report } from '../report.ts';

/** A pull request comment holds 65,536 characters; a table of this many rows stays under it. */
const MOST_ROWS = 100;

/** For a comment on a pull request or a step summary. */
export const markdown = {
  id: 'markdown',
  title: 'Markdown, for pull requests and step summaries',
  render: (outcome) => `${outcome.checked.map(section).join('\n\n')}\n`,
} satisfies Report;

function section(entry: Checked): string {
  if ('problem' in entry) {
    const { code, message, help } = entry.problem;
    return [
      `### ⛔ Not judged: ${escape(entry.name)}`,
      '',
      `${escape(message)} (${escape(code)})`,
      '',
      escape(help ?? ''),
    ]
      .join('\n')
      .trimEnd();
  }
  const { decision } = entry;
  const badge = decision.decision === 'deny' ? '❌ Denied' : '✅ Allowed';
  return [
    `### ${badge}: ${escape(entry.name)}`,
    '',
    escape(decision.reason),
    ...decision.document.notes.map(({ message }) => `\n> ${escape(message)}`),
    ...table('Denied', decision.violations),
    ...unknowns(decision),
    ...failures(decision),
    ...table('Warnings', decision.warnings),
    ...exempt(decision),
    '',
    footer(decision),
  ].join('\n');
}

function table(title: string, violations: readonly ReportedViolation[]): string[] {
  if (violations.length === 0) return [];
  const rows = violations
    .slice(0, MOST_ROWS)
    .map((entry) =>
      row([
        entry.severity,
        code(entry.address),
        escape(entry.message),
        escape(entry.fix),
        code(entry.policy),
      ]),
    );
  const rest = violations.length - rows.length;
  return [
    '',
    `**${title}**`,
    '',
    row(['Severity', 'Resource', 'What is wrong', 'Fix', 'Policy']),
    row(['---', '---', '---', '---', '---']),
    ...rows,
    ...(rest > 0 ? ['', `and ${rest} more.`] : []),
  ];
}

function unknowns({ unknown }: Decision): string[] {
  if (unknown.length === 0) return [];
  const rows = unknown
    .slice(0, MOST_ROWS)
    .map((entry) =>
      row([
        code(entry.address),
        entry.paths.map(code).join(' '),
        code(entry.policy),
        entry.enforcement,
      ]),
    );
  return [
    '',
    '**Not known until apply**',
    '',
    row(['Resource', 'Hangs on', 'Policy', 'Leads to']),
    row(['---', '---', '---', '---']),
    ...rows,
  ];
}

function exempt({ exempt: borne }: Decision): string[] {
  if (borne.length === 0) return [];
  const rows = borne
    .slice(0, MOST_ROWS)
    .map(({ address, message, exemption = '', exemptedBy }) =>
      row([
        code(address),
        escape(message),
        code(exemption),
        escape(exemptedBy?.until ?? ''),
        escape(exemptedBy?.owner ?? ''),
        escape([exemptedBy?.ticket, exemptedBy?.reason].filter(Boolean).join(': ')),
      ]),
    );
  const rest = borne.length - rows.length;
  return [
    '',
    '**Exempt for now**',
    '',
    row(['Resource', 'What is wrong', 'Exemption', 'Until', 'Owner', 'Why']),
    row(['---', '---', '---', '---', '---', '---']),
    ...rows,
    ...(rest > 0 ? ['', `and ${rest} more.`] : []),
  ];
}

function failures({ failed }: Decision): string[] {
  if (failed.length === 0) return [];
  const rows = failed
    .slice(0, MOST_ROWS)
    .map((entry) => row([code(entry.address), escape(entry.reason), code(entry.policy)]));
  return [
    '',
    '**Could not be evaluated**',
    '',
    row(['Resource', 'Why', 'Policy']),
    row(['---', '---', '---']),
    ...rows,
  ];
}

function footer({ id, coverage, rules, policies }: Decision): string {
  const total = coverage.judged + coverage.unjudged.length;
  return `<sub>${coverage.judged} of ${counted(total, 'resource')} judged by ${counted(rules.count, 'rule')} over ${counted(policies.count, 'policy', 'policies')} · decision ${id}</sub>`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Everything that Markdown or HTML could read as markup is text here; a mention must not call anybody. */
function escape(text: string): string {
  return printable(text).replace(
    /[\\`*_{}[\]<>()#+!|~@&]/g,
    (character) => `&#${character.charCodeAt(0)};`,
  );
}

function code(text: string): string {
  return `<code>${escape(printableValue(text))}</code>`;
}
