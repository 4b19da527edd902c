// Load in a closed loop (each connection sends the next request as soon as the last was answered in full), or at a rate.
import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

import { median, quantile } from './numbers.mjs';
import { cpuMs, load, peakMiB } from './process.mjs';

/**
 * Loads one server for a while.
 *
 * @param target `{ url, body, next, headers, pid }`; `next` makes a body for each request, where they differ.
 * @param options `{ connections, seconds, least }`: it goes on past its time until each connection got `least` answers.
 */
export async function drive(target, { connections, seconds, least }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const done = tally(target);
  const until = performance.now() + seconds * 1000;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (let n = 0; n < least || performance.now() < until; n++) {
        const sent = performance.now();
        done.answer(await post(target, agent), sent);
        if (done.refused() > 100) return;
      }
    }),
  );
  agent.destroy();
  return done.summary();
}

/**
 * Loads one server at a rate that does not wait for answers, as callers do that know nothing of each other. What a request waits
 * counts from the moment that it was due at.
 *
 * @param options `{ perSecond, seconds, connections }`: requests beyond the connections wait for one.
 */
export async function pace(target, { perSecond, seconds, connections }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const done = tally(target);
  const begin = performance.now();
  const under = [];
  while (under.length < perSecond * seconds) {
    const due = begin + (under.length * 1000) / perSecond;
    if (due > performance.now()) await wait(1);
    else under.push(post(target, agent).then((answer) => done.answer(answer, due)));
  }
  await Promise.all(under);
  agent.destroy();
  return done.summary();
}

/** Counts answers from now on. */
function tally({ pid }) {
  const latencies = [];
  let refused = 0;
  const [begin, cpu] = [performance.now(), cpuMs(pid)];
  return {
    answer: ({ status }, sent) => {
      if (status === 200) latencies.push(performance.now() - sent);
      else refused += 1;
    },
    refused: () => refused,
    summary: () => ({
      requests: latencies.length,
      refused,
      perSecond: (latencies.length / (performance.now() - begin)) * 1000,
      p50: median(latencies),
      p95: quantile(latencies, 0.95),
      p99: quantile(latencies, 0.99),
      cpuMsEach: (cpuMs(pid) - cpu) / latencies.length,
      peakMiB: peakMiB(pid),
    }),
  };
}

/** One request, read to the end; the body of the answer only when it is asked for. */
export function post({ url, body: same, next, headers }, agent, keep = false) {
  const body = next?.() ?? same;
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        agent,
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': body.length, ...headers },
      },
      (answer) => {
        const chunks = [];
        answer.on('data', (chunk) => keep && chunks.push(chunk));
        answer.on('end', () =>
          resolve({ status: answer.statusCode, text: Buffer.concat(chunks).toString() }),
        );
        answer.on('error', reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/**
 * All contenders in turns, in the opposite order every other round, so that whatever else the machine does meets all alike.
 *
 * @param contenders an object: name -> target.
 * @returns per contender the rounds, and the median of each number.
 */
export async function compare(contenders, { rounds, warm, ...options }) {
  const names = Object.keys(contenders);
  const results = Object.fromEntries(names.map((name) => [name, { rounds: [] }]));
  if (warm !== undefined)
    for (const name of names) await drive(contenders[name], { ...options, ...warm });
  for (let round = 0; round < rounds; round++)
    for (const name of round % 2 === 0 ? names : names.toReversed())
      results[name].rounds.push({ ...(await drive(contenders[name], options)), load: load() });
  for (const result of Object.values(results)) result.median = medians(result.rounds);
  return results;
}

/** The median of every number that the rounds have. */
export function medians(rounds) {
  return Object.fromEntries(
    Object.keys(rounds[0] ?? {}).map((key) => [key, median(rounds.map((round) => round[key]))]),
  );
}

/** Ours against another one, round by round, then the median: `ours / theirs` of one number. */
export function pairedRatio(ours, theirs, key) {
  return median(ours.rounds.map((round, i) => round[key] / theirs.rounds[i][key]));
}
