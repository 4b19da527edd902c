// The tables for people, and how the numbers stand against the goals.
import { round } from './numbers.mjs';
import { ledgerGoals } from './report-ledger.mjs';

export function printPlans({ plans, floor }) {
  const { violations, differing } = plans.agreement;
  console.log(
    `\nPlans over HTTP, 50 rules (gate and OPA found the same ${violations} violations, ${differing} differ)`,
  );
  for (const [size, { results, ratios }] of Object.entries(plans.sizes))
    printServers(`${size} resources`, results, ratios);
  console.log(`  one JSON.parse of the 1,000-resource plan: ${round(floor.cpuMs)} ms of CPU`);
}

export function printReviews({ reviews: { bytes, compared } }) {
  console.log(`\nAdmissionReviews of ${bytes} bytes, 20 rules`);
  printServers('8 callers', compared.results, compared.ratios);
}

export function printDurable({ durable }) {
  console.log('\nDurable decisions on AdmissionReviews, 20 rules, 32 callers');
  for (const [store, loads] of Object.entries(durable))
    for (const [which, { perSecond, p50, p95, p99, cpuMsEach, peakMiB, refused }] of Object.entries(
      loads,
    ))
      console.log(
        `    ${`${store}, ${which}`.padEnd(48)} ${cell(perSecond)} /s  p50 ${cell(p50)}  p95 ${cell(p95)}  p99 ${cell(p99)} ms  CPU ${cell(cpuMsEach)} ms  peak ${cell(peakMiB)} MiB  ${refused} refused`,
      );
}

function printServers(title, results, ratios) {
  console.log(`  ${title}`);
  for (const [name, { median }] of Object.entries(results)) {
    const ratio = ratios[name];
    console.log(
      `    ${name.padEnd(48)} ${cell(median.perSecond)} /s  p50 ${cell(median.p50)}  p99 ${cell(median.p99)} ms  CPU ${cell(median.cpuMsEach)} ms  peak ${cell(median.peakMiB)} MiB` +
        (ratio ? `  gate: ${round(ratio.throughput)}x throughput, ${round(ratio.cpu)}x CPU` : '') +
        (median.refused > 0 ? `  ${median.refused} REFUSED` : ''),
    );
  }
}

export function printCold({ cold }) {
  console.log('\nWhole processes');
  for (const [size, { results, ratios }] of Object.entries(cold)) {
    console.log(`  ${size} resources`);
    for (const [name, { median }] of Object.entries(results))
      console.log(
        `    ${name.padEnd(48)} ${cell(median.wallMs)} ms  CPU ${cell(median.cpuMs)} ms  peak ${cell(median.peakMiB)} MiB` +
          (ratios[name]
            ? `  check: ${round(ratios[name].wall)}x wall, ${round(ratios[name].cpu)}x CPU`
            : ''),
      );
  }
}

export function printMemory({ memory }) {
  console.log('\nPeak memory of one server, one caller, plans of growing size (MiB)');
  for (const [name, peaks] of Object.entries(memory))
    console.log(
      `    ${name.padEnd(48)} ${Object.entries(peaks)
        .map(([size, peak]) => `${size}: ${round(peak)}`)
        .join('  ')}`,
    );
}

export function printRunaway({ runaway: { tries, overshootMs, others } }) {
  console.log(`\nA policy that does not end, ${tries} times`);
  console.log(
    `    past the deadline: p50 ${round(overshootMs.p50)}, p95 ${round(overshootMs.p95)}, most ${round(overshootMs.max)} ms; meanwhile ${others.answered} others answered (p50 ${round(others.p50)}, p99 ${round(others.p99)}, most ${round(others.max)} ms), ${others.failed} failed`,
  );
}

export function printFleet({ fleet: { judged, swept, planned } }) {
  console.log('\nWhat exists, by the default rules');
  for (const one of judged) printEstate('judged, nothing kept', one);
  for (const one of swept) printEstate(`swept, ${one.findings} findings kept`, one);
  printEstate(`planned, ${planned.changes} changes, ${planned.refusals} refusals`, planned);
}

function printEstate(what, { resources, perSecond, wallMs, cpuMsEach, peakMiB, load }) {
  console.log(
    `    ${String(resources).padStart(7)} ${what.padEnd(44)} ${cell(perSecond)} /s  ${cell(wallMs / 1000)} s  CPU ${cell(cpuMsEach)} ms each  peak ${cell(peakMiB)} MiB  load ${load}`,
  );
}

function cell(number) {
  return String(round(number)).padStart(7);
}

/** Each line of the design's goals that this run measured. */
export function goals({ plans, floor, reviews, durable, cold, memory, runaway, fleet, ledger }) {
  return [
    ...(plans === undefined ? [] : planGoals(plans, floor)),
    ...(reviews === undefined ? [] : reviewGoals(reviews)),
    ...(durable === undefined ? [] : durableGoals(durable)),
    ...(cold === undefined ? [] : coldGoals(cold)),
    ...(memory === undefined ? [] : [memoryGoal(memory)]),
    ...(runaway === undefined ? [] : [runawayGoal(runaway)]),
    ...(fleet === undefined ? [] : fleetGoals(fleet)),
    ...(ledger === undefined ? [] : ledgerGoals(ledger)),
  ];
}

function planGoals({ sizes }, floor) {
  const { results, ratios } = sizes[1000];
  const share = results.gate.median.cpuMsEach / floor.cpuMs;
  return [
    ...Object.entries(ratios).map(([name, { throughput }]) =>
      atLeast(`1,000-resource plan, 50 rules, durable, against ${name}`, throughput, 6),
    ),
    atMost('its CPU against one JSON.parse', share, 2),
  ];
}

function reviewGoals({ compared }) {
  return Object.entries(compared.ratios).map(([name, { throughput }]) =>
    atLeast(`AdmissionReview, 20 rules, durable, against ${name}`, throughput, 3),
  );
}

/** Reviews that all differ are what counts: a cluster of replicas is easier. How long a caller waits is asked at the rate of the goal. */
function durableGoals(stores) {
  return Object.entries(stores).flatMap(([store, loads]) => {
    const [most, paced] = [loads['each another'], loads['each another, 800 a second']];
    return [
      {
        what: `durable decisions with 32 callers, ${store}`,
        measured: `${round(most.perSecond)} a second, p99 ${round(most.p99)} ms`,
        goal: '800 a second, p99 at most 80 ms',
        held: most.perSecond >= 800 && most.p99 <= 80,
      },
      {
        what: `800 a second, whoever waits for them, ${store}`,
        measured: `p50 ${round(paced.p50)}, p95 ${round(paced.p95)}, p99 ${round(paced.p99)} ms`,
        goal: 'p50 10, p95 30, p99 80 ms',
        held: paced.p50 <= 10 && paced.p95 <= 30 && paced.p99 <= 80,
      },
    ];
  });
}

function coldGoals(cold) {
  return Object.entries(cold).flatMap(([size, { ratios }]) =>
    Object.entries(ratios)
      .filter(([name]) => name.startsWith('conftest'))
      .map(([name, { wall }]) =>
        atMost(
          `cold check of ${size} resources, against ${name}`,
          wall,
          Number(size) > 100 ? 0.5 : 3,
        ),
      ),
  );
}

function memoryGoal({ gate }) {
  const peak = gate[10000];
  return {
    what: 'memory, 10,000-resource plan',
    measured: `${round(peak)} MiB`,
    goal: 'under 300 MiB',
    held: peak < 300,
  };
}

function runawayGoal({ overshootMs, others }) {
  return {
    what: 'a runaway policy past its deadline',
    measured: `at most ${round(overshootMs.max)} ms, ${others.failed} other requests failed`,
    goal: 'at most 100 ms, none failed',
    held: overshootMs.max <= 100 && others.failed === 0,
  };
}

function fleetGoals({ judged, swept, planned }) {
  const largest = swept.at(-1);
  return [
    rateGoal('judging what exists', judged.at(-1)),
    rateGoal('the whole sweep, with its store', largest),
    {
      what: `memory of a sweep of ${largest.resources} resources`,
      measured: `${round(largest.peakMiB)} MiB`,
      goal: 'under 400 MiB',
      held: largest.peakMiB < 400,
    },
    {
      what: `the plan of ${planned.changes} repairs among ${planned.resources} resources`,
      measured: `${round(planned.wallMs / 1000)} s`,
      goal: 'at most 60 s',
      held: planned.wallMs <= 60_000,
    },
  ];
}

function rateGoal(what, { resources, perSecond, cpuMsEach }) {
  return {
    what: `${what}, ${resources} resources`,
    measured: `${round(perSecond)} a second, ${round(cpuMsEach)} ms of CPU each`,
    goal: '10,000 a second',
    held: perSecond >= 10_000,
  };
}

function atLeast(what, ratio, goal) {
  return { what, measured: `${round(ratio)}x`, goal: `at least ${goal}x`, held: ratio >= goal };
}

function atMost(what, ratio, goal) {
  return { what, measured: `${round(ratio)}x`, goal: `at most ${goal}x`, held: ratio <= goal };
}
