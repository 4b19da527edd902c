import { REPORTS } from '../../report/registry.ts';
import type { Report } from '../../report/report.ts';
import { oneOf } from '../options.ts';

/** One `--output`: a format, to standard output or into a file. */
export interface Output {
  readonly report: Report;
  readonly file?: string;
}

/** `sarif` or `sarif=report.sarif`, added to those before. @throws InvalidArgumentError */
export function outputs(value: string, before: readonly Output[] | undefined): readonly Output[] {
  const [format = '', ...rest] = value.split('=');
  const id = oneOf(
    REPORTS.map((report) => report.id),
    format,
    '--output',
  );
  const report = REPORTS.find((candidate) => candidate.id === id) ?? REPORTS[0];
  const file = rest.join('=');
  return [...(before ?? []), file === '' ? { report } : { report, file }];
}
