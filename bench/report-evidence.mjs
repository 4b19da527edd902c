// What is printed of reports and replay, and how they stand against the goals.
import { round } from './numbers.mjs';

const MOST_MIB = 256;

export function printReports({ reports: { streamed, whole } }) {
  console.log('\nReports, decisions made up as they are read');
  for (const one of streamed) printReport(one, `${one.rows} rows`);
  console.log('Reports by the command line, decisions of a ledger');
  for (const one of whole) printReport(one, `${one.decisions} decisions`);
}

function printReport({ format, perSecond, wallMs, cpuMs, peakMiB, bytes, load }, what) {
  const [seconds, cpu] = [round(wallMs / 1000), round(cpuMs / 1000)];
  console.log(
    `    ${format.padEnd(10)} ${what.padEnd(18)} ${round(perSecond)} /s  ${seconds} s, ${cpu} s of CPU  peak ${round(peakMiB)} MiB  ${round(bytes / 1e6)} MB  load ${load}`,
  );
}

export function printReplay({ replay: { plans, perMinute, cpuMsEach, startMs, peakMiB, load } }) {
  console.log(
    `\nReplay of ${plans} recorded plans: ${round(perMinute)} a minute, ${round(cpuMsEach)} ms of CPU each, after ${round(startMs / 1000)} s to start; peak ${round(peakMiB)} MiB, load ${load}`,
  );
}

export function evidenceGoals({ reports, replay }) {
  return [
    ...(reports === undefined ? [] : reports.streamed.map(memoryGoal)),
    ...(replay === undefined ? [] : [replayGoal(replay)]),
  ];
}

function memoryGoal({ format, rows, peakMiB }) {
  return {
    what: `memory of a report of ${rows} rows as ${format}`,
    measured: `${round(peakMiB)} MiB`,
    goal: `under ${MOST_MIB} MiB`,
    held: peakMiB < MOST_MIB,
  };
}

function replayGoal({ plans, perMinute, cpuMsEach }) {
  return {
    what: `replay of ${plans} recorded plans`,
    measured: `${round(perMinute)} a minute, ${round(cpuMsEach)} ms of CPU each`,
    goal: '10,000 a minute',
    held: perMinute >= 10_000,
  };
}
