// One process that does one thing with a made-up estate, and prints what it took as JSON.
//   node bench/fleet-process.mjs judge|sweep|plan RESOURCES    the configuration is taken from the environment
import { clearInterval, setInterval } from 'node:timers';
import { setTimeout as wait } from 'node:timers/promises';

import { toResources } from '../dist/catalogue/resolve.js';
import { compose } from '../dist/compose.js';
import { loadConfig } from '../dist/config/load.js';
import { estateOf } from '../dist/fleet/estate.js';
import { lastWholeRun } from '../dist/fleet/gaps.js';
import { sparingMemory } from '../dist/fleet/spare-memory.js';
import { createRepairs } from '../dist/repair/repairs.js';
import { slots } from '../dist/kit/slots.js';
import { openStore } from '../dist/store/index.js';
import { createSweeps } from '../dist/sweep/service.js';
import { makeEstate } from './estate.mjs';
import { peakMiB } from './process.mjs';

const [what, count] = process.argv.slice(2);
const size = Number(count);
const DEADLINE_MS = 600_000;
/** How many groups a sweep has in their normal form at a time. */
const GROUPS = 2;
/** Pages of the estate that are made before their judging is measured: making them is not the gate's work. */
const MADE_AT_ONCE = 20;

const outside = {
  clock: () => new Date(),
  env: {},
  sleep: (milliseconds, signal) => wait(milliseconds, undefined, { signal }),
  random: Math.random,
  sparing: sparingMemory(),
  warn: (message, facts) => console.error(message, facts),
  every: (milliseconds, work) => {
    const timer = setInterval(work, milliseconds).unref();
    return () => clearInterval(timer);
  },
};

const config = loadConfig({ env: process.env, cwd: process.cwd() });
const gateway = await compose(config, { record: true, workers: 1 });
const estate = makeEstate(size);
await warm();
const results = await { judge, sweep, plan }[what]();
console.log(JSON.stringify({ ...results, peakMiB: peakMiB(process.pid) }));
await gateway.close();

/** The first page pays for loading the policies: a sweep every night does not. */
async function warm() {
  for (let round = 0; round < 3; round++)
    await judged(
      makeEstate(600)
        .pages()
        .next()
        .value.map(({ resource }) => resource),
    );
}

async function judged(raw) {
  const resources = toResources(raw);
  const asked = { point: 'sweep', context: {}, now: new Date(), deadlineMs: DEADLINE_MS };
  // As a sweep asks: nothing is told of where all is well.
  return { resources, ...(await gateway.judge({ resources, ...asked, troubleOnly: true })) };
}

/** Normal form and verdicts alone: nothing is kept. Two groups at a time, as a sweep judges them; the resources are made before. */
async function judge() {
  const took = timer();
  const underway = slots(GROUPS);
  let verdicts = 0;
  const said = {};
  const judgeOne = async (page) => {
    const { verdicts: all } = await judged(page.map(({ resource }) => resource));
    for (const { verdict } of all) said[verdict] = (said[verdict] ?? 0) + 1;
    verdicts += all.length;
  };
  const pages = estate.pages();
  for (let made = batchOf(pages); made.length > 0; made = batchOf(pages))
    await took.of(() => Promise.all(made.map((page) => underway(() => judgeOne(page)))));
  return { resources: size, verdicts, said, ...took.sum() };
}

function batchOf(pages) {
  return Array.from({ length: MADE_AT_ONCE }, () => pages.next().value).filter(
    (page) => page !== undefined,
  );
}

/** The sweep as it runs every night, store and ledger and all. */
async function sweep() {
  const generating = generation();
  const store = await openFleet();
  const took = timer();
  const status = await took.of(() => sweepOnce(store));
  const { total } = await store.findings.totals({ state: 'open' });
  await store.close();
  return { resources: size, findings: total, state: status.state, generating, ...took.sum() };
}

/** The plan of repairs over what the sweep left, judged again as it would be. */
async function plan() {
  const store = await openFleet();
  await sweepOnce(store);
  const repairs = createRepairs(repairParts(store));
  const took = timer();
  const { plan: made } = await took.of(() =>
    repairs.plan({}, 'bench', AbortSignal.timeout(DEADLINE_MS)),
  );
  await store.close();
  const { changes, refusals } = made;
  return {
    resources: size,
    changes: changes.length,
    refusals: refusals.length,
    ...took.sum(),
  };
}

function openFleet() {
  return openStore({ folder: config.data, outside });
}

async function sweepOnce(store) {
  const sweeps = createSweeps({
    store,
    inventories: { names: [estate.name], open: async () => estate },
    judge: {
      rules: () => gateway.rules(),
      looksAt: () => true,
      judge: (raw) => judged(raw),
    },
    record: (event) => gateway.record(event),
    outside,
    newId: (time) => `run-${time.getTime()}`,
    instance: `bench ${process.pid}`,
  });
  const id = await sweeps.start({
    name: 'bench',
    inventories: [estate.name],
    coverage: 100,
    concurrency: 4,
    trigger: { by: 'person' },
  });
  const status = await sweeps.finished(id);
  if (status.state !== 'completed') throw new Error(`the sweep ${status.state}: ${status.reason}`);
  return status;
}

/** A cloud that takes everything: nothing is written by a plan. */
function repairParts(store) {
  const spell = (key, value) => ({ key, value });
  const limits = { batch: 20, tags: 50, refuses: () => undefined, spell };
  return {
    journal: store.repairs,
    leases: store.leases,
    recorder: ({ type, subject, actor, body }) => gateway.record({ type, subject, actor, body }),
    tagger: (name) => ({ name, adapter: 'scripted', limits }),
    writes: () => 'off',
    outside,
    owner: `bench ${process.pid}`,
    estate: (scope, signal) =>
      estateOf(
        {
          findings: store.findings,
          live: store.fleet,
          runs: (inventory) => lastWholeRun(store.sweeps, inventory),
          rules: () => gateway.rules().rules,
        },
        scope,
        signal,
      ),
    rules: () => gateway.rules(),
    judge: async (resources) => {
      const asked = { point: 'sweep', context: {}, now: new Date(), deadlineMs: DEADLINE_MS };
      return (await gateway.judge({ resources, ...asked })).verdicts;
    },
    settings: () => config.repairs,
    newId: (time) => `plan-${time.getTime()}`,
  };
}

/** CPU of making the resources, in milliseconds each: what a sweep of the bench pays, and one of a cloud does not. */
function generation() {
  const took = timer();
  let made = 0;
  took.now(() => {
    for (const page of makeEstate(Math.min(size, 10_000)).pages()) made += page.length;
  });
  return took.sum().cpuMs / made;
}

/** Adds up wall time, and the CPU of all threads. */
function timer() {
  const spent = { wallMs: 0, cpuMs: 0 };
  const begin = () => {
    const [at, cpu] = [performance.now(), process.cpuUsage()];
    return () => {
      const { user, system } = process.cpuUsage(cpu);
      spent.wallMs += performance.now() - at;
      spent.cpuMs += (user + system) / 1000;
    };
  };
  return {
    of: async (work) => {
      const end = begin();
      try {
        return await work();
      } finally {
        end();
      }
    },
    now: (work) => {
      const end = begin();
      work();
      end();
    },
    sum: () => spent,
  };
}
