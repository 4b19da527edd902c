// The process whose calls of the operating system io.mjs makes fail: appends at each of them, and tells what was answered.
//   node io-process.mjs '{"folder": "…", "control": "…"}'
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { constants } from 'node:os';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';

const { folder, control } = JSON.parse(process.argv[2]);
const { openLedger } = await import(new URL('../../dist/ledger/open.js', import.meta.url).href);

/** More calls than two batches need; past what they need nothing fails. */
const MOST_CALLS = 300;
const BACK_MS = 5000;
/** Whoever does not come back until then does not come back. */
const GIVE_UP_MS = 4 * BACK_MS;
const { EIO, ENOSPC } = constants.errno;
const FAULTS = [
  { name: 'EIO once', error: EIO, lasting: 0 },
  { name: 'ENOSPC once', error: ENOSPC, lasting: 0 },
  { name: 'EIO from then on', error: EIO, lasting: 1 },
  { name: 'ENOSPC from then on', error: ENOSPC, lasting: 1 },
  // Nothing is in memory then: what is read for an append has to come from the file.
  { name: 'EIO once, newly opened', error: EIO, lasting: 0, isNew: true },
];

/** SQLite takes a file that cannot be read (EIO) for one that is damaged. */
const REFUSALS = ['LEDGER_UNAVAILABLE', 'LEDGER_CORRUPT'];

let ids = 0;
let { ledger } = await open();
const places = [];
const wrongs = [];
let [faults, refused, slowestBack] = [0, 0, 0];

await appendSome('warm');
for (const fault of FAULTS) await tryFault(fault);
await ledger.close();
process.stdout.write(JSON.stringify({ places, wrongs, faults, refused, slowestBack }));

async function open() {
  return await openLedger({
    folder,
    deadlineMs: 20_000,
    queue: 100,
    retention: { holds: [] },
    clock: () => new Date(),
    newId: () => `own-${++ids}`,
    warn: () => undefined,
  });
}

async function tryFault({ name, error, lasting, isNew = false }) {
  let at = 1;
  for (let hit = true; hit && at < MOST_CALLS; at++) {
    if (isNew) await ledger.close();
    arm([0, at, error, lasting]);
    if (isNew) await openAgain(`${name} ${at}`);
    refused += await appendSome(`${name} ${at}`);
    hit = disarm() >= at;
    if (hit) faults += 1;
    const begin = performance.now();
    // Nobody starts anything again: it has to come back by itself.
    while (
      (await appendSome(`${name} ${at} after ${performance.now()}`)) > 0 &&
      performance.now() - begin < GIVE_UP_MS
    )
      await wait(50);
    const took = Math.round(performance.now() - begin);
    slowestBack = Math.max(slowestBack, took);
    if (took > BACK_MS)
      wrongs.push(`${name} at call ${at}: nothing was written for ${took} ms afterwards`);
  }
  if (at <= 4 || at === MOST_CALLS) wrongs.push(`${name}: ${at} calls were tried`);
}

/** What cannot be opened says so, and is opened at the next try. */
async function openAgain(name) {
  try {
    ({ ledger } = await open());
  } catch (error) {
    if (!REFUSALS.includes(error.code)) wrongs.push(`${name}: ${error.code} ${error.message}`);
    ({ ledger } = await open());
  }
}

/** Two batches. @returns how many were refused. */
async function appendSome(name) {
  const time = new Date().toISOString();
  const body = { text: 'x'.repeat(3000) };
  const outcomes = await Promise.allSettled(
    ['a', 'b', 'c'].map(async (each) => {
      const id = `${name} ${each}`;
      const { sequence } = await ledger.append({
        id,
        time,
        type: 'sweep.started',
        subject: 's',
        body,
      });
      places.push([id, sequence]);
    }),
  );
  const failures = outcomes.filter(({ status }) => status === 'rejected');
  for (const { reason } of failures)
    if (!REFUSALS.includes(reason.code)) wrongs.push(`${name}: ${reason.code} ${reason.message}`);
  return failures.length;
}

function arm(numbers) {
  const file = openSync(control, 'r+');
  writeSync(file, new Uint8Array(Int32Array.from(numbers).buffer), 0, 16, 0);
  closeSync(file);
}

function disarm() {
  const numbers = new Int32Array(4);
  const file = openSync(control, 'r+');
  readSync(file, new Uint8Array(numbers.buffer), 0, 16, 0);
  closeSync(file);
  arm([0, 0, 0, 0]);
  return numbers[0];
}
