// Reports: a million decisions that are made up, through every format that streams, to see what it holds on to; and decisions of a real
// ledger through the command line, in every format. Each measurement is a process of its own.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';

import { load, measure } from '../process.mjs';
import { gateSettings, ROOT } from '../targets.mjs';

const STREAMED = ['csv', 'xlsx', 'ndjson', 'json', 'html', 'markdown'];
const KEPT = ['csv', 'ndjson', 'html', 'xlsx', 'pdf', 'sarif'];

/** @param sizes decisions: those that are made up, and those that stand in a ledger. */
export async function reports({ work }, { made, kept }) {
  const streamed = STREAMED.map((format) => streamedOf(format, made));
  const env = seeded(work, { name: 'reports', count: kept, resources: 1 });
  const whole = [];
  for (const format of KEPT) whole.push(await wholeOf(format, kept, { work, env }));
  return { streamed, whole };
}

/** A ledger with so many decisions; its environment. */
export function seeded(work, { name, count, resources, more = {} }) {
  const env = gateSettings({ work, name, rules: path.join(ROOT, 'rules'), more });
  const script = path.join(ROOT, 'bench/seed-ledger.mjs');
  printedBy([script, String(count), String(resources)], { cwd: work, env });
  return env;
}

function streamedOf(format, decisions) {
  const script = path.join(ROOT, 'bench/report-process.mjs');
  const result = printedBy([script, format, String(decisions)], { cwd: ROOT });
  return { ...result, perSecond: (result.rows / result.wallMs) * 1000, load: load() };
}

function printedBy(parameters, options) {
  const { status, stdout } = spawnSync(process.execPath, parameters, {
    ...options,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${parameters.join(' ')} ended with ${status}`);
  return JSON.parse(stdout);
}

async function wholeOf(format, decisions, { work, env }) {
  const file = path.join(work, `decisions.${format}`);
  const taken = await measure(
    [
      process.execPath,
      path.join(ROOT, 'dist/bin.js'),
      ...['report', 'decisions', '--format', format, '-o', file],
    ],
    { cwd: work, env, expected: [0] },
  );
  const perSecond = (decisions / taken.wallMs) * 1000;
  return { format, decisions, bytes: statSync(file).size, ...taken, perSecond, load: load() };
}
