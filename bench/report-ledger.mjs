// What the ledger's stage measured, for people, and against the goals.
import { round } from './numbers.mjs';

const STORES = ['SQLite', 'PostgreSQL'];

export function printLedger({ ledger: { callers, appends, ratios, proofs, verified } }) {
  console.log(`\nThe ledger alone, ${callers} callers, each answered when its record was durable`);
  for (const name of [...STORES, 'Tessera']) printAppends(name, appends[name], ratios[name]);
  for (const name of STORES) printProofs(name, proofs[name]);
  const { records, wallMs, cpuMs, peakMiB, load } = verified;
  console.log(
    `    ${'verified'.padEnd(12)} ${records} records in ${round(wallMs / 1000)} s, CPU ${round(cpuMs / 1000)} s, peak ${round(peakMiB)} MiB, load ${load}`,
  );
}

function printAppends(name, measured, ratio) {
  if (measured === undefined) return console.log(`    ${name.padEnd(12)} not run`);
  const { perSecond, p50, p95, p99, cpuMsEach, load } = measured.median;
  return console.log(
    `    ${name.padEnd(12)} ${round(perSecond)} /s  p50 ${round(p50)}  p95 ${round(p95)}  p99 ${round(p99)} ms  CPU ${round(cpuMsEach)} ms each  load ${load}` +
      (ratio === undefined
        ? ''
        : `  against Tessera: ${round(ratio.throughput)}x throughput, ${round(ratio.cpu)}x CPU`),
  );
}

function printProofs(name, proofs) {
  if (proofs === undefined) return console.log(`    ${name.padEnd(12)} proofs: not run`);
  const { records, together, inclusion, single, consistency } = proofs;
  return console.log(
    `    ${name.padEnd(12)} proofs over ${records} records: ${round(inclusion)} inclusion /s by ${together}, ${round(single)} /s one by one, ${round(consistency)} consistency /s`,
  );
}

export function ledgerGoals({ appends }) {
  return STORES.flatMap((name) => (appends[name] === undefined ? [] : [appendGoal(name, appends)]));
}

function appendGoal(name, appends) {
  const { perSecond, p99, cpuMsEach } = appends[name].median;
  return {
    what: `durable decisions on ${name}, the ledger alone`,
    measured: `${round(perSecond)} a second, p99 ${round(p99)} ms, ${round(cpuMsEach)} ms of CPU each`,
    goal: '800 a second, p99 80 ms',
    held: perSecond >= 800 && p99 <= 80,
  };
}
