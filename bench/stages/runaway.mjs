// A policy that does not end, while others ask: how far past the deadline its answer comes, and what the others see.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { post } from '../load.mjs';
import { quantile } from '../numbers.mjs';
import { writeRules } from '../rules.mjs';
import { startGate } from '../targets.mjs';

const POLICIES = fileURLToPath(new URL('../policies', import.meta.url));
const DEADLINE_MS = 1000;
const OTHERS = 4;

/** @param tries how often the runaway is asked */
export async function runaway({ work }, tries) {
  const rules = writeRules(path.join(work, 'runaway-rules'), [
    { written: { id: 'bench.endless', policy: 'BENCH-001', enforce: 'deny' } },
    { written: { id: 'bench.brief', policy: 'BENCH-002', enforce: 'deny' } },
  ]);
  const gate = await startGate({
    work,
    name: 'gate-runaway',
    rules,
    policies: POLICIES,
    more: { PORTCULLIS_ENGINE__DEADLINE: `${DEADLINE_MS}ms` },
  });
  try {
    return await observe(`${gate.url}/v1/decisions`, tries);
  } finally {
    await gate.stop();
  }
}

async function observe(url, tries) {
  await decision(url, 'bench_brief');
  const others = { times: [], failed: 0 };
  const state = { over: false };
  const busy = Promise.all(Array.from({ length: OTHERS }, () => keepAsking(url, state, others)));
  const overshoots = [];
  for (let n = 0; n < tries; n++) {
    const { ms, summary } = await decision(url, 'bench_endless');
    if (summary.failed !== 1) throw new Error('the runaway policy was not stopped');
    overshoots.push(ms - DEADLINE_MS);
  }
  state.over = true;
  await busy;
  return {
    tries,
    overshootMs: {
      p50: quantile(overshoots, 0.5),
      p95: quantile(overshoots, 0.95),
      max: Math.max(...overshoots),
    },
    others: {
      answered: others.times.length,
      failed: others.failed,
      p50: quantile(others.times, 0.5),
      p99: quantile(others.times, 0.99),
      max: Math.max(...others.times),
    },
    overshoots,
  };
}

async function keepAsking(url, state, others) {
  while (!state.over) {
    const { ms, summary, reason } = await decision(url, 'bench_brief');
    if (summary?.failed === 0) others.times.push(ms);
    else {
      others.failed += 1;
      others.reason = reason;
    }
    // They are there to be disturbed, not to take the processor away.
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function decision(url, type) {
  const begin = performance.now();
  const { text } = await post({ url, body: plan(type) }, undefined, true);
  return { ms: performance.now() - begin, ...JSON.parse(text) };
}

function plan(type) {
  return Buffer.from(
    JSON.stringify({
      format_version: '1.2',
      terraform_version: '1.11.4',
      planned_values: { root_module: {} },
      resource_changes: [
        {
          address: `${type}.one`,
          mode: 'managed',
          type,
          name: 'one',
          provider_name: 'registry.example.com/bench/bench',
          change: { actions: ['create'], before: null, after: { size: 5000 }, after_unknown: {} },
        },
      ],
      configuration: { root_module: {} },
    }),
  );
}
