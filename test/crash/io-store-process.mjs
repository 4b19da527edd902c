// The process whose calls of the operating system io.mjs makes fail: writes to the fleet store at each of them, and tells
// what was answered.
//   node io-store-process.mjs '{"folder": "…", "control": "…"}'
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { constants } from 'node:os';
import process from 'node:process';

const { folder, control } = JSON.parse(process.argv[2]);
const { openStore } = await import(new URL('../../dist/store/index.js', import.meta.url).href);

/** One transaction that is more than SQLite holds in memory: calls of it fail in the midst of a statement, too. */
const LINES = 450;
const LINE = 'y'.repeat(12_000);
/** Call by call as far as a small transaction goes, and then in growing steps. */
const EACH = 40;
const STEP = 1.3;
/** More calls than all this needs; past what it needs nothing fails. */
const MOST_CALLS = 20_000;
const { EIO, ENOSPC } = constants.errno;
const FAULTS = [
  { name: 'EIO once', error: EIO, lasting: 0 },
  { name: 'ENOSPC once', error: ENOSPC, lasting: 0 },
  { name: 'EIO from then on', error: EIO, lasting: 1 },
  { name: 'ENOSPC from then on', error: ENOSPC, lasting: 1 },
];

/** SQLite takes a file that cannot be read (EIO) for one that is damaged. */
const REFUSALS = ['STORE_UNAVAILABLE', 'STORE_CORRUPT'];

const LONG = 'x'.repeat(3000);
const outside = { clock: () => new Date(), warn: () => undefined };
const store = await openStore({ folder, outside });
const places = [];
const wrongs = [];
let [faults, refused, pushes] = [0, 0, 0];

await writeSome('warm');
for (const fault of FAULTS) await tryFault(fault);
for (const name of places)
  if ((await store.fires.find(name, LONG)) === undefined) wrongs.push(`${name} is missing`);
await store.close();
process.stdout.write(JSON.stringify({ answered: places.length, wrongs, faults, refused }));

async function tryFault({ name, error, lasting }) {
  let at = 1;
  for (let hit = true; hit && at < MOST_CALLS; at = at < EACH ? at + 1 : Math.ceil(at * STEP)) {
    arm([0, at, error, lasting]);
    refused += await writeSome(`${name} ${at}`);
    hit = disarm() >= at;
    if (hit) faults += 1;
    // Nobody starts anything again: what is asked next is done.
    const late = await writeSome(`${name} ${at} after`);
    if (late > 0) wrongs.push(`${name} at call ${at}: ${late} refused when all was well again`);
  }
  if (at <= 4 || at >= MOST_CALLS) wrongs.push(`${name}: ${at} calls were tried`);
}

/** Two that wait for each other, and one that is read back. @returns how many were refused. */
async function writeSome(name) {
  const outcomes = await Promise.allSettled([
    ...['a', 'b'].map((each) => settle(`${name} ${each}`)),
    push(`${name} push`),
  ]);
  const failures = outcomes.filter(({ status }) => status === 'rejected');
  for (const { reason } of failures)
    if (!REFUSALS.includes(reason.code)) wrongs.push(`${name}: ${reason.code} ${reason.message}`);
  return failures.length;
}

async function settle(sweep) {
  await store.fires.settle({ sweep, fireTime: LONG, outcome: 'missed' });
  places.push(sweep);
}

async function push(name) {
  const id = `push-${++pushes}`;
  const { count } = await store.pushed.replace({ name: 'pushed', id, complete: true }, lines());
  const snapshot = await store.pushed.snapshot('pushed');
  if (snapshot === undefined || count !== LINES)
    wrongs.push(`${name}: what was pushed is not there`);
}

async function* lines() {
  for (let line = 0; line < LINES; line++) yield { line, text: LINE };
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
