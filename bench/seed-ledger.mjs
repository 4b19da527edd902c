// Fills the ledger of a data folder with decisions, faster than they could be made: a few are decided in earnest, and recorded again
// and again under ids, times and names of their own.
//   node bench/seed-ledger.mjs COUNT RESOURCES    decisions, and resources of each; the configuration is taken from the environment
import { monotonicFactory } from 'ulid';

import { compose } from '../dist/compose.js';
import { loadConfig } from '../dist/config/load.js';
import { openSqliteLedger } from '../dist/ledger/sqlite/index.js';
import { basePlan, planOf } from './documents.mjs';

/** Different plans that are decided in earnest. */
const PLANS = 20;
const AT_ONCE = 2000;
const DAYS_MS = 29 * 86_400_000;

const [count, resources] = process.argv.slice(2).map(Number);
const config = loadConfig({ env: process.env, cwd: process.cwd() });
const ulid = monotonicFactory();
const decided = await decide();
const began = Date.now() - DAYS_MS;
const ledger = await openSqliteLedger({
  folder: config.data,
  deadlineMs: 120_000,
  queue: 2 * AT_ONCE,
});
const inputs = await Promise.all(decided.map(({ id }) => ledger.input(id)));
for (let from = 0; from < count; from += AT_ONCE) {
  const to = Math.min(count, from + AT_ONCE);
  await Promise.all(
    Array.from({ length: to - from }, (_, at) => ledger.append(recordOf(from + at))),
  );
}
await ledger.close();
console.log(JSON.stringify({ decisions: count, violations: decided[0].violations.length }));

async function decide() {
  const gateway = await compose(config, { record: true, workers: 1 });
  const { plan } = basePlan();
  const made = [];
  for (let index = 0; index < PLANS; index += 1) {
    const bytes = Buffer.from(JSON.stringify(planOf(plan, resources * (1 + (index % 3)))));
    made.push(await gateway.decide({ bytes, point: 'pre-apply', context: contextOf(index) }));
  }
  await gateway.close();
  return made;
}

function contextOf(index) {
  return {
    actor: `ci-${index % 7}`,
    labels: { team: `team-${index % 5}`, account: `account-${index % 4}` },
  };
}

/** Names that no other record has: a plan is hardly ever asked about twice to the letter. */
function recordOf(index) {
  const from = index % decided.length;
  const time = new Date(began + (index / count) * DAYS_MS);
  const id = ulid(time.getTime());
  const own = (value) => JSON.parse(ownText(JSON.stringify(value), index));
  const decision = { ...own(decided[from]), id, time: time.toISOString() };
  const input = inputs[from];
  return {
    ...{ id, time: time.toISOString(), type: 'decision', decision },
    ...(input === undefined ? {} : { input: ownText(input, index) }),
  };
}

function ownText(text, index) {
  return text.replaceAll(/\bbucket([-_])/g, `bucket$1${index}$1`);
}
