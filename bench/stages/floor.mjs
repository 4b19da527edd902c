// CPU of one JSON.parse of the 1,000-resource plan, each time in a fresh process.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { median } from '../numbers.mjs';

const PROGRAM = fileURLToPath(new URL('../floor.mjs', import.meta.url));

/** @returns milliseconds of CPU, of each run and in the middle */
export function floor({ documents }, { runs, seconds }) {
  const each = Array.from({ length: runs }, () =>
    Number(execFileSync(process.execPath, [PROGRAM, documents[1000].file, String(seconds)])),
  );
  return { cpuMs: median(each), each };
}
