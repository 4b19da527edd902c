// Replay: recorded plans, of which hardly two are the same, judged again by all default rules on the command line.
import path from 'node:path';

import { load, measure } from '../process.mjs';
import { ROOT } from '../targets.mjs';
import { seeded } from './reports.mjs';

const RESOURCES = 10;

/** @param plans recorded decisions; each is of 10, 20 or 30 resources. */
export async function replay({ work }, plans) {
  const more = { PORTCULLIS_LEDGER__INPUTS: 'redacted' };
  const env = seeded(work, { name: 'replay', count: plans, resources: RESOURCES, more });
  const run = async (limit) =>
    await measure(
      [
        process.execPath,
        path.join(ROOT, 'dist/bin.js'),
        ...['replay', '--rules', path.join(ROOT, 'rules'), '--limit', String(limit)],
        ...['--fail-on', 'none'],
      ],
      { cwd: work, env, expected: [0] },
    );
  // What it takes to start and to compile is no part of a plan.
  const start = await run(1);
  const taken = await run(plans);
  const perMinute = (plans / (taken.wallMs - start.wallMs)) * 60_000;
  const cpuMsEach = (taken.cpuMs - start.cpuMs) / plans;
  return { plans, startMs: start.wallMs, ...taken, perMinute, cpuMsEach, load: load() };
}
