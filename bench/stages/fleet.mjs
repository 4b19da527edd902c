// What exists, swept and mended: each measurement in a process of its own, with the default rules and a store of its own.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

import { load } from '../process.mjs';
import { gateSettings, ROOT } from '../targets.mjs';

const SCRIPT = path.join(ROOT, 'bench/fleet-process.mjs');

/** @param sizes resources: those judged, those swept, smallest first, and those that repairs are planned for. */
export function fleet({ work }, { judged, swept, planned }) {
  return {
    judged: judged.map((size) => measured(work, 'judge', size)),
    swept: swept.map((size) => measured(work, 'sweep', size)),
    planned: measured(work, 'plan', planned),
  };
}

function measured(work, what, size) {
  const { status, stdout } = spawnSync(process.execPath, [SCRIPT, what, String(size)], {
    cwd: work,
    env: gateSettings({
      work,
      name: `fleet-${what}-${size}`,
      rules: path.join(ROOT, 'rules'),
    }),
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${what} of ${size} resources ended with ${status}`);
  const result = JSON.parse(stdout);
  const { wallMs, cpuMs, generating = 0 } = result;
  return {
    ...result,
    perSecond: (size / wallMs) * 1000,
    cpuMsEach: cpuMs / size - generating,
    load: load(),
  };
}
