import type { Decision } from '../../model/decision.ts';
import { exemptText } from '../exempt-text.ts';
import { decided, undecided } from '../report.ts';
import type { Outcome, Report } from '../report.ts';

/** GitHub shows 10 errors and 10 warnings a step; the last line says how many there were. */
const MOST_SHOWN = 10;

/** Workflow commands, which GitHub shows as annotations on the run and the files. */
export const github = {
  id: 'github',
  title: 'GitHub Actions annotations',
  render: (outcome) => `${lines(outcome).join('\n')}\n`,
} satisfies Report;

interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
  readonly file: string;
  readonly line: number | undefined;
}

function lines(outcome: Outcome): string[] {
  const annotations = [
    ...undecided(outcome).map(({ name, problem }): Annotation => ({
      level: 'error',
      title: problem.code,
      message: `${problem.message} ${problem.help ?? ''}`.trim(),
      file: name,
      line: undefined,
    })),
    ...decided(outcome).flatMap(({ name, decision }) => annotationsOf(name, decision)),
  ];
  return (['error', 'warning', 'notice'] as const).flatMap((level) =>
    capped(annotations.filter((annotation) => annotation.level === level)).map(command),
  );
}

function annotationsOf(name: string, decision: Decision): Annotation[] {
  const violation = (level: Annotation['level']) => (entry: Decision['violations'][number]) => ({
    level,
    title: `${entry.policy} ${entry.severity}: ${entry.address}`,
    message: `${entry.message} ${entry.fix}`.trim(),
    file: entry.location?.file ?? name,
    line: entry.location?.line,
  });
  return [
    ...decision.failed.map((entry) => ({
      level: 'error' as const,
      title: `${entry.policy} could not judge ${entry.address}`,
      message: entry.reason,
      file: name,
      line: undefined,
    })),
    ...decision.violations.map(violation('error')),
    ...decision.warnings.map(violation('warning')),
    ...decision.unknown.map((entry) => ({
      level: entry.enforcement === 'deny' ? ('error' as const) : ('warning' as const),
      title: `${entry.policy} ${entry.severity}: ${entry.address}`,
      message: `Not known until apply: ${entry.paths.join(', ')}`,
      file: name,
      line: undefined,
    })),
    { level: 'notice', title: 'Portcullis', message: decision.reason, file: name, line: undefined },
    ...decision.exempt.map((entry) => ({
      ...violation('notice')(entry),
      message: `${entry.message} Exempt ${exemptText(entry)}`,
    })),
  ];
}

function capped(annotations: readonly Annotation[]): Annotation[] {
  if (annotations.length <= MOST_SHOWN) return [...annotations];
  const shown = annotations.slice(0, MOST_SHOWN - 1);
  const rest = annotations.length - shown.length;
  const [first] = annotations;
  return first === undefined
    ? []
    : [
        ...shown,
        {
          ...first,
          title: 'Portcullis',
          message: `and ${rest} more; see the log of this step`,
          line: undefined,
        },
      ];
}

/** https://docs.github.com/actions (workflow commands): %, CR and LF are escaped; in properties also : and , */
function command({ level, title, message, file, line }: Annotation): string {
  const properties = [
    `file=${escapeProperty(file)}`,
    ...(line === undefined ? [] : [`line=${line}`]),
    `title=${escapeProperty(title)}`,
  ];
  return `::${level} ${properties.join(',')}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
