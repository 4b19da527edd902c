import { statSync } from 'node:fs';
import path from 'node:path';

import { verifiedReportJson, verifiedReportText, verifyReport } from '../../verify/index.ts';
import type { VerifyReportOptions } from '../../verify/index.ts';
import type { Io } from '../io.ts';

/** True of what can only be a report: a log is a folder. */
export function isReport(io: Io, what: string): boolean {
  return statSync(path.resolve(io.cwd, what), { throwIfNoEntry: false })?.isFile() === true;
}

/** Exit code 0: it is as it was issued, by the key that was named; 1: it is not; 2: nobody said by which key. */
export function verifyReportFile(
  io: Io,
  file: string,
  { keys, output }: Pick<VerifyReportOptions, 'keys'> & { readonly output: 'text' | 'json' },
): void {
  const verified = verifyReport({ file: path.resolve(io.cwd, file), keys });
  io.stdout.write(output === 'json' ? verifiedReportJson(verified) : verifiedReportText(verified));
  if (verified.findings.length > 0) io.setExitCode(1);
  else io.setExitCode(verified.keyGiven ? 0 : 2);
}
