// Peak memory of a gate that just started, as the plans grow.
import { drive } from '../load.mjs';
import { peakMiB } from '../process.mjs';
import { startGate, startOpa } from '../targets.mjs';

const REQUESTS = 4;

/** One caller, four plans of each size, the smallest first; after each size the most that the process held so far. */
export async function memory({ work, peers, documents, plans }) {
  const gate = await startGate({ work, name: 'gate-memory', rules: plans.rules });
  const ours = await grow(gate, `${gate.url}/v1/decisions`, documents, 'body');
  const opa = await startOpa({ opa: peers.opa, work, name: 'opa-memory', policies: plans.raw });
  const theirs = await grow(opa, `${opa.url}/v1/data/main/deny`, documents, 'rawBody');
  return { gate: ours, 'opa, rules by hand on the plan': theirs };
}

async function grow(server, url, documents, body) {
  const peaks = { start: peakMiB(server.pid) };
  try {
    for (const [size, document] of Object.entries(documents)) {
      const target = { ...server, url, body: document[body] };
      const { refused } = await drive(target, { connections: 1, seconds: 0, least: REQUESTS });
      if (refused > 0) throw new Error(`${refused} plans of ${size} resources were not answered`);
      peaks[size] = peakMiB(server.pid);
    }
  } finally {
    await server.stop();
  }
  return peaks;
}
