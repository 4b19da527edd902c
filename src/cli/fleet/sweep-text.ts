import type { SweepView } from '../../fleet/views.ts';
import { counted } from '../../report/counted.ts';
import { printable } from '../../report/printable.ts';

/** Gaps that are shown one by one; the rest is counted. */
const SHOWN_GAPS = 20;

/** A sweep, for people. */
export function sweepText(sweep: SweepView): string {
  const { coverage, verdicts, findings, notes } = sweep;
  const lines = [
    `${sweep.state.toUpperCase()}${sweep.cancelling ? ', to be ended' : ''}  ${printable(sweep.name)}  ${sweep.id}${took(sweep)}`,
    `  ${printable(sweep.reason)}`,
    `  resources  ${count(coverage.resources.read)} read, ${count(coverage.resources.judged)} judged, ${count(coverage.resources.unjudged)} that no rule looks at`,
    `  verdicts   ${counted(verdicts.violations, 'violation')}, ${count(verdicts.unknown)} unknown, ${count(verdicts.failed)} failed`,
    `  findings   ${count(findings.opened)} opened, ${count(findings.resolved)} resolved, ${count(findings.reopened)} reopened`,
    ...gapLines(coverage.gaps),
    ...notes.map((note) => `  note       ${printable(note)}`),
  ];
  return `${lines.join('\n')}\n`;
}

function took({ startedAt, finishedAt }: SweepView): string {
  if (finishedAt === undefined) return '';
  const seconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
  return `  in ${seconds.toFixed(1)} s`;
}

function gapLines(gaps: SweepView['coverage']['gaps']): string[] {
  if (gaps.length === 0) return [];
  const shown = gaps.slice(0, SHOWN_GAPS).map(({ inventory, account, type, code, message }) => {
    const where = [inventory, account, type].filter((part) => part !== undefined && part !== '');
    return `    ${printable(where.join(' '))}  ${code}  ${printable(message)}`;
  });
  const more = gaps.length - shown.length;
  return [
    `  not read   ${count(gaps.length)} ${gaps.length === 1 ? 'part' : 'parts'}; nothing in there counts as compliant`,
    ...shown,
    ...(more > 0 ? [`    and ${count(more)} more: --output json has them all`] : []),
  ];
}

/** One line that says how far a sweep is. */
export function progressText({ name, progress }: SweepView): string {
  const { accounts, partitions, resources, rate, secondsLeft } = progress;
  const of = resources.expected === undefined ? '' : ` of ${count(resources.expected)}`;
  const left = secondsLeft === undefined ? '' : `, ${duration(secondsLeft)} left`;
  return (
    `${printable(name)}: ${accounts.done} of ${accounts.of} accounts, ${partitions.done} of ${partitions.of} parts, ` +
    `${count(resources.done)}${of} resources, ${count(Math.round(rate))} a second${left}`
  );
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return `${Math.ceil(seconds / 60)} min`;
}

export function count(value: number): string {
  return value.toLocaleString('en-US');
}
