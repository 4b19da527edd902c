// npm run bench: the gate beside `opa run --server`, `opa eval` and `conftest test` on the same machine in the same run.
//   node bench/run.mjs                  all of it, some twenty-five minutes
//   node bench/run.mjs --quick          fewer and shorter rounds, some two minutes: shows that it works, proves nothing
//   node bench/run.mjs --only plans     one stage: plans, reviews, durable, runaway, memory, cold, fleet, ledger, reports, replay
// Raw numbers go to bench/results/<time>.json. Not reaching a goal is no failure of the run; an answer that is wrong is.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { setUp } from '../scripts/setup.mjs';
import { load } from './process.mjs';
import {
  goals,
  printCold,
  printDurable,
  printFleet,
  printMemory,
  printPlans,
  printReviews,
  printRunaway,
} from './report.mjs';
import { evidenceGoals, printReplay, printReports } from './report-evidence.mjs';
import { printLedger } from './report-ledger.mjs';
import { ROOT } from './targets.mjs';

const JUDGING = ['plans', 'reviews', 'durable', 'runaway', 'memory', 'cold'];
/** Those have no peer that judges, so none is built for them. */
const ALONE = ['fleet', 'ledger', 'reports', 'replay'];
const STAGES = [...JUDGING, ...ALONE];
const { quick, only } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string', multiple: true } },
}).values;
const chosen = only ?? STAGES;
const stray = chosen.find((stage) => !STAGES.includes(stage));
if (stray !== undefined)
  throw new Error(`there is no stage ${stray}; there are ${STAGES.join(', ')}`);

setUp();
// What is measured is the build: it is there only now.
const { prepare, prepareAlone, PLAN_RULES, REVIEW_RULES } = await import('./setting.mjs');
const { durable, plans, reviews } = await import('./stages/throughput.mjs');
const { cold } = await import('./stages/cold.mjs');
const { memory } = await import('./stages/memory.mjs');
const { runaway } = await import('./stages/runaway.mjs');
const { floor } = await import('./stages/floor.mjs');
const { fleet } = await import('./stages/fleet.mjs');
const { ledger } = await import('./stages/ledger.mjs');
const { reports } = await import('./stages/reports.mjs');
const { replay } = await import('./stages/replay.mjs');

const began = new Date();
const setting = chosen.every((stage) => ALONE.includes(stage)) ? prepareAlone() : await prepare();
const results = {
  time: began.toISOString(),
  quick,
  machine: {
    cpus: cpus().length,
    model: cpus()[0]?.model,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  },
  load: [load()],
  documents: setting.from,
  rules: {
    plans: PLAN_RULES,
    reviews: REVIEW_RULES,
    reviewsFromDefaults: setting.defaultReviewRules,
  },
};
console.log(
  `${results.machine.cpus} x ${results.machine.model}, Node ${process.version}, load ${results.load[0]}; plans: ${setting.from}`,
);

const run = {
  plans: async () => {
    results.floor = floor(setting, quick ? { runs: 1, seconds: 1 } : { runs: 5, seconds: 1.5 });
    results.plans = await plans(setting, planSchedule);
    printPlans(results);
  },
  reviews: async () => {
    results.reviews = await reviews(setting, reviewSchedule());
    printReviews(results);
  },
  durable: async () => {
    results.durable = await durable(setting, quick ? 2 : 8);
    printDurable(results);
  },
  cold: async () => {
    results.cold = await cold(setting, quick ? { 100: 2, 10000: 1 } : { 100: 5, 10000: 2 });
    printCold(results);
  },
  memory: async () => {
    results.memory = await memory(setting);
    printMemory(results);
  },
  runaway: async () => {
    results.runaway = await runaway(setting, quick ? 3 : 20);
    printRunaway(results);
  },
  fleet: async () => {
    results.fleet = fleet(
      setting,
      quick
        ? { judged: [2000], swept: [1000, 2000], planned: 2000 }
        : { judged: [10_000, 100_000], swept: [1000, 10_000, 100_000], planned: 40_000 },
    );
    printFleet(results);
  },
  ledger: async () => {
    results.ledger = await ledger(
      setting,
      quick
        ? { rounds: 1, seconds: 2, proved: 5000, verified: 100_000 }
        : { rounds: 5, seconds: 5, proved: 50_000, verified: 1_000_000 },
    );
    printLedger(results);
  },
  reports: async () => {
    const sizes = quick ? { made: 50_000, kept: 2000 } : { made: 1_000_000, kept: 50_000 };
    results.reports = await reports(setting, sizes);
    printReports(results);
  },
  replay: async () => {
    results.replay = await replay(setting, quick ? 300 : 10_000);
    printReplay(results);
  },
};
const file = path.join(ROOT, 'bench/results', `${began.toISOString().replaceAll(':', '-')}.json`);
mkdirSync(path.dirname(file), { recursive: true });
try {
  for (const stage of STAGES.filter((name) => chosen.includes(name))) {
    await run[stage]();
    results.load.push(load());
    // What was measured stays, whatever becomes of the next stage.
    save();
  }
} finally {
  setting.remove();
}
results.goals = [...goals(results), ...evidenceGoals(results)];
console.log('\nWhere it stands');
for (const { what, measured, goal, held } of results.goals)
  console.log(`  ${held ? 'held   ' : 'not yet'}  ${what}: ${measured} (goal: ${goal})`);
save();
console.log(
  `\nload ${results.load.join(', ')}; ${Math.round((Date.now() - began.getTime()) / 1000)} s; raw numbers: ${path.relative(process.cwd(), file)}`,
);

function save() {
  writeFileSync(file, `${JSON.stringify(results, null, 1)}\n`);
}

function planSchedule(size) {
  if (size >= 10_000) return { connections: 1, rounds: quick ? 1 : 3, seconds: 0, least: 1 };
  return quick
    ? { connections: 4, rounds: 2, seconds: 1, least: 1 }
    : {
        connections: 4,
        rounds: 5,
        seconds: size >= 1000 ? 3 : 1.5,
        least: 1,
        warm: { seconds: 2 },
      };
}

function reviewSchedule() {
  return quick
    ? { connections: 8, rounds: 2, seconds: 1, least: 1, warm: { seconds: 1 } }
    : { connections: 8, rounds: 7, seconds: 2, least: 1, warm: { seconds: 3 } };
}
