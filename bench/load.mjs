// Load in a closed loop: each connection sends the next request as soon as the last was answered in full.
import { Agent, request } from 'node:http';

import { median, quantile } from './numbers.mjs';
import { cpuMs, load, peakMiB } from './process.mjs';

/**
 * Loads one server for a while.
 *
 * @param target `{ url, body, headers, pid, accepts }`; `accepts` says whether a status is an answer.
 * @param options `{ connections, seconds, least }`: it goes on past its time until each connection got `least` answers.
 */
export async function drive(target, { connections, seconds, least }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latencies = [];
  const refused = [];
  const until = performance.now() + seconds * 1000;
  const [begin, cpu] = [performance.now(), cpuMs(target.pid)];
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (let n = 0; n < least || performance.now() < until; n++) {
        const sent = performance.now();
        const { status } = await post(target, agent);
        if (status === 200) latencies.push(performance.now() - sent);
        else refused.push(status);
        if (refused.length > 100) return;
      }
    }),
  );
  const elapsed = performance.now() - begin;
  agent.destroy();
  return summary(target, { latencies, refused, elapsed, cpu: cpuMs(target.pid) - cpu });
}

function summary(target, { latencies, refused, elapsed, cpu }) {
  return {
    requests: latencies.length,
    refused: refused.length,
    perSecond: (latencies.length / elapsed) * 1000,
    p50: median(latencies),
    p95: quantile(latencies, 0.95),
    p99: quantile(latencies, 0.99),
    cpuMsEach: cpu / latencies.length,
    peakMiB: peakMiB(target.pid),
  };
}

/** One request, read to the end; the body of the answer only when it is asked for. */
export function post({ url, body, headers }, agent, keep = false) {
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
