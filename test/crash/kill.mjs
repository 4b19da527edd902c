// Kills the gate under load, again and again, and looks for every decision that was answered; on both stores. In the end the
// ledger is exported and verified whole.
//   node test/crash/kill.mjs                                 50 rounds a store, or as many as a minute has
//   ROUNDS=200 STORE=postgresql node test/crash/kill.mjs     as many as it says, on the one it says
// It needs the build (dist/). Fails when an answered decision is missing, or reads otherwise than it was answered, or the
// log does not verify.
import { rmSync } from 'node:fs';

import { findPostgres, startPostgres } from '../postgres.mjs';
import {
  ask,
  auditLedger,
  environment,
  lookFor,
  makePlace,
  pause,
  requireBuild,
  startGate,
  stopGate,
} from './gate.mjs';

const GIVEN = process.env['ROUNDS'];
const ROUNDS = Number(GIVEN ?? 50);
/** Where nobody says how many: a busy machine does fewer. */
const LONGEST_MS = GIVEN === undefined ? 60_000 : Infinity;
const STORES = { both: ['sqlite', 'postgresql'], sqlite: ['sqlite'], postgresql: ['postgresql'] };
const CLIENTS = 32;
/** A round ends at a random moment after so many answers, so that every round has something to lose. */
const LEAST_ANSWERS = 32;
const LONGEST_WAIT_MS = 500;

requireBuild();
let [passed, failed] = [0, 0];
for (const store of STORES[process.env['STORE'] ?? 'both']) await tryStore(store);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

async function tryStore(name) {
  const bin = name === 'postgresql' ? findPostgres() : undefined;
  if (name === 'postgresql' && bin === undefined) return;
  const postgres = bin === undefined ? undefined : await startPostgres(bin, { durable: true });
  const folder = makePlace();
  try {
    const env = environment(folder, await postgres?.database());
    await runRounds(name, folder, env);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await postgres?.stop();
  }
}

async function runRounds(name, folder, env) {
  const totals = { rounds: 0, slowest: 0, answered: new Set(), wrongs: [] };
  const end = Date.now() + LONGEST_MS;
  let gate = await startGate(folder, env);
  while (totals.rounds < ROUNDS && Date.now() < end)
    gate = await runRound(gate, folder, env, totals);
  await stopGate(gate);
  const { size, wrongs } = auditLedger(folder, env, totals.answered);
  const all = [...totals.wrongs, ...wrongs];
  for (const wrong of all.slice(0, 20)) console.error(wrong);
  console.log(
    `${name}: ${totals.rounds} rounds, ${totals.answered.size} answered, ${all.length} missing or wrong, ` +
      `slowest restart ${totals.slowest} ms, log of ${size} records ${wrongs.length === 0 ? 'verified' : 'NOT VERIFIED'}`,
  );
  const lost = Math.min(totals.rounds, all.length);
  passed += totals.rounds - lost;
  failed += lost;
}

/** Load, kill at a random moment, start again, and look for what the clients got. The new gate takes the next round. */
async function runRound(gate, folder, env, totals) {
  const round = ++totals.rounds;
  const decisions = new Map();
  const clients = Array.from({ length: CLIENTS }, (_, client) =>
    post(gate.url, `${round}-${client}`, decisions),
  );
  while (decisions.size < LEAST_ANSWERS) await pause(2);
  await pause(Math.random() * LONGEST_WAIT_MS);
  gate.child.kill('SIGKILL');
  await gate.ended;
  await Promise.all(clients);

  const again = await startGate(folder, env);
  totals.slowest = Math.max(totals.slowest, again.readyMs);
  for (const id of decisions.keys()) totals.answered.add(id);
  totals.wrongs.push(...(await lookFor(again.url, decisions)));
  if (round % 10 === 0)
    console.log(`round ${round}: ${totals.answered.size} answered, ${totals.wrongs.length} wrong`);
  return again;
}

/** One client: the next request as soon as the last was answered, until the gate is gone. */
async function post(url, name, decisions) {
  for (let n = 0; ; n++) {
    try {
      const { status, body } = await ask(url, `${name}-${n}`);
      if (status === 200) decisions.set(body.id, body);
    } catch {
      // It was killed: this request was not answered.
      return;
    }
  }
}
