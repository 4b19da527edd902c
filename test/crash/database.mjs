// Kills PostgreSQL under a gate that is under load, again and again, and stops it where it stands now and then.
//   node test/crash/database.mjs               20 kills, 2 times of standing still
//   KILLS=100 HANGS=10 node test/crash/database.mjs
// It needs the build (dist/). Fails when an answered decision is missing, the gate's process ends, an answer is neither a
// decision nor 503 with Retry-After, a refusal comes late, or the first decision after the database is back does.
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

const KILLS = Number(process.env['KILLS'] ?? 20);
const HANGS = Number(process.env['HANGS'] ?? 2);
const CLIENTS = 8;
const LEAST_ANSWERS = 20;
/** What the gate is set to: so long a record may take to be durable. */
const DEADLINE_MS = 1000;
/** The first decisions of an outage wait for stored exemptions too; and a busy machine takes its time for each answer. */
const EXEMPTIONS_MS = 1000;
const LEAST_SLACK_MS = 300;
const BACK_MS = 5000;
const HANG_MS = 3000;

requireBuild();
const bin = findPostgres();
if (bin === undefined) console.log('0 passed, 0 failed');
else await tryDatabase(await startPostgres(bin, { durable: true }));

async function tryDatabase(postgres) {
  const folder = makePlace();
  const totals = {
    decisions: new Map(),
    slowestAnswer: 0,
    refused: 0,
    slowestRefusal: 0,
    slowestBack: 0,
    calm: true,
    over: false,
    wrongs: [],
  };
  try {
    const store = await postgres.database();
    const env = environment(folder, store, { PORTCULLIS_LEDGER__DEADLINE: `${DEADLINE_MS}ms` });
    const gate = await startGate(folder, env);
    gate.child.once('exit', (code) => {
      if (!totals.over) totals.wrongs.push(`the gate ended with ${code}: ${gate.said.join('')}`);
    });
    const clients = Array.from({ length: CLIENTS }, (_, n) => client(gate.url, n, totals));
    for (let kill = 1; kill <= KILLS; kill++) await outage(totals, postgres, 'kill');
    for (let hang = 1; hang <= HANGS; hang++) await outage(totals, postgres, 'hang');
    totals.over = true;
    await Promise.all(clients);
    totals.wrongs.push(...(await lookFor(gate.url, totals.decisions)));
    await stopGate(gate);
    const { size, wrongs } = auditLedger(folder, env, totals.decisions.keys());
    totals.wrongs.push(...wrongs);
    close(totals, size);
  } finally {
    totals.over = true;
    rmSync(folder, { recursive: true, force: true });
    await postgres.stop();
  }
}

function close(totals, size) {
  const { decisions, slowestAnswer, refused, slowestRefusal, slowestBack, wrongs } = totals;
  for (const wrong of wrongs.slice(0, 20)) console.error(wrong);
  console.log(
    `postgresql: ${KILLS} kills, ${HANGS} hangs, ${decisions.size} answered, ${wrongs.length} missing or wrong, ` +
      `${refused} refused, slowest refusal ${slowestRefusal} ms (slowest decision ${slowestAnswer} ms), first decision after ${slowestBack} ms at the latest, log of ${size} records`,
  );
  const failed = Math.min(KILLS + HANGS, wrongs.length);
  console.log(`${KILLS + HANGS - failed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

async function outage(totals, postgres, kind) {
  await answers(totals, LEAST_ANSWERS);
  await pause(Math.random() * 200);
  totals.calm = false;
  if (kind === 'kill') postgres.crash();
  else postgres.freeze();
  if (kind === 'hang') await pause(HANG_MS);
  else await pause(Math.random() * 500);
  if (kind === 'kill') await postgres.start();
  else postgres.thaw();
  const back = Date.now();
  await answers(totals, 1);
  const took = Date.now() - back;
  totals.calm = true;
  totals.slowestBack = Math.max(totals.slowestBack, took);
  if (took > BACK_MS) totals.wrongs.push(`${kind}: no decision for ${took} ms after it was back`);
}

async function answers({ decisions, wrongs }, count) {
  const enough = decisions.size + count;
  while (decisions.size < enough) {
    if (wrongs.length > 0) throw new Error(wrongs.join('\n'));
    await pause(5);
  }
}

/** Goes on asking, and looks at each answer. */
async function client(url, name, totals) {
  for (let n = 0; !totals.over; n++) {
    const begin = Date.now();
    const { calm } = totals;
    try {
      const { status, headers, body } = await ask(url, `${name}-${n}`);
      const took = Date.now() - begin;
      if (status !== 200) await refusal(totals, took, status, headers, body);
      else {
        totals.decisions.set(body.id, body);
        if (calm && totals.calm) totals.slowestAnswer = Math.max(totals.slowestAnswer, took);
      }
    } catch (error) {
      if (!totals.over) totals.wrongs.push(`the gate gave no answer: ${error.message}`);
      return;
    }
  }
}

async function refusal(totals, took, status, headers, { code }) {
  totals.refused += 1;
  totals.slowestRefusal = Math.max(totals.slowestRefusal, took);
  if (status !== 503 || headers.get('retry-after') === null)
    totals.wrongs.push(`answered ${status} ${code}, Retry-After ${headers.get('retry-after')}`);
  const slack = EXEMPTIONS_MS + Math.max(LEAST_SLACK_MS, totals.slowestAnswer);
  if (took > DEADLINE_MS + slack) totals.wrongs.push(`refused after ${took} ms`);
  await pause(20);
}
