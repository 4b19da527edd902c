// Decisions over HTTP: the gate with durable records against OPA's server, in turns.
import { findPostgres, startPostgres } from '../../test/postgres.mjs';
import { compare, drive, pace, pairedRatio, post } from '../load.mjs';
import { startGate, startOpa } from '../targets.mjs';

const DATA = '/v1/data/main/deny';

/** Plans of every size. `schedule(size)` says how long. */
export async function plans(setting, schedule) {
  const { work, peers, documents } = setting;
  const { rules, same, raw } = setting.plans;
  const servers = {
    gate: await startGate({ work, name: 'gate-plans', rules }),
    raw: await startOpa({ opa: peers.opa, work, name: 'opa-plans-raw', policies: raw }),
    rawLogged: await startOpa({
      opa: peers.opa,
      work,
      name: 'opa-plans-raw-log',
      policies: raw,
      decisionLog: true,
    }),
    same: await startOpa({ opa: peers.opa, work, name: 'opa-plans-same', policies: same }),
  };
  try {
    const agreement = await agree(servers, documents[1000]);
    const sizes = {};
    for (const [size, document] of Object.entries(documents)) {
      const contenders = planContenders(servers, document);
      sizes[size] = withRatios(await compare(contenders, schedule(Number(size))));
    }
    return { agreement, sizes };
  } finally {
    await stopAll(servers);
  }
}

function planContenders({ gate, raw, rawLogged, same }, { next, nextRaw, nextSame }) {
  return {
    gate: { ...gate, url: `${gate.url}/v1/decisions`, next },
    'opa, rules by hand on the plan': { ...raw, url: raw.url + DATA, next: nextRaw },
    'opa, by hand, decision log': { ...rawLogged, url: rawLogged.url + DATA, next: nextRaw },
    'opa, our rules on our normal form': { ...same, url: same.url + DATA, next: nextSame },
  };
}

/** Reviews: what a cluster asks of it. */
export async function reviews(setting, schedule) {
  const { work, peers, review } = setting;
  const { rules, same, raw } = setting.reviews;
  const opa = (name, policies) =>
    startOpa({ opa: peers.opa, work, name, policies, decisionLog: true });
  const servers = {
    gate: await startGate({ work, name: 'gate-reviews', rules }),
    raw: await opa('opa-reviews-raw', raw),
    same: await opa('opa-reviews-same', same),
  };
  const target = { ...reviewed(servers.gate), next: review.next };
  try {
    await answered(target);
    const compared = withRatios(
      await compare(
        {
          gate: target,
          'opa, rules by hand on the review, decision log': {
            ...servers.raw,
            url: servers.raw.url + DATA,
            next: review.nextRaw,
          },
          'opa, our rules on our normal form, decision log': {
            ...servers.same,
            url: servers.same.url + DATA,
            next: review.nextSame,
          },
        },
        schedule,
      ),
    );
    return { bytes: review.body.length, compared };
  } finally {
    await stopAll(servers);
  }
}

/** The gate alone with 32 callers, on each store: with reviews that all differ, and with replicas of one. */
export async function durable({ work, review, reviews: { rules } }, seconds) {
  const bin = findPostgres();
  const postgres = bin === undefined ? undefined : await startPostgres(bin, { durable: true });
  const url = async () => ({ PORTCULLIS_STORE__URL: await postgres.database() });
  const on = (name, more) => loaded({ work, name, rules, more }, review, seconds);
  try {
    const results = { SQLite: await on('gate-sqlite', {}) };
    if (postgres !== undefined) results['PostgreSQL'] = await on('gate-postgresql', await url());
    return results;
  } finally {
    await postgres?.stop();
  }
}

async function loaded(settings, { next, body }, seconds) {
  const gate = await startGate(settings);
  const [different, same] = [{ next }, { body }].map((one) => ({ ...reviewed(gate), ...one }));
  const many = { connections: CALLERS, seconds, least: 1 };
  const rate = { perSecond: 800, seconds, connections: 4 * CALLERS };
  try {
    // A gate runs for days: V8 takes some ten thousand requests until it has compiled what is hot.
    await drive(different, { ...many, seconds: 2 * seconds });
    return {
      'each another': await drive(different, many),
      'each another, 800 a second': await pace(different, rate),
      'the same one': await drive(same, many),
    };
  } finally {
    await gate.stop();
  }
}

const CALLERS = 32;

function reviewed({ url, pid }) {
  return { url: `${url}/v1/admission/kubernetes/validate?timeout=30s`, pid };
}

/** How many times the throughput, and what share of the CPU, of each other contender. */
function withRatios(results) {
  const { gate, ...others } = results;
  const ratios = Object.fromEntries(
    Object.entries(others).map(([name, other]) => [
      name,
      {
        throughput: pairedRatio(gate, other, 'perSecond'),
        cpu: pairedRatio(gate, other, 'cpuMsEach'),
      },
    ]),
  );
  return { results, ratios };
}

/** Both sides must find the same, or the comparison is of different work. */
async function agree({ gate, same }, document) {
  const decision = await answered({ url: `${gate.url}/v1/decisions`, body: document.body });
  if (decision.summary.failed > 0) throw new Error(`${decision.summary.failed} verdicts failed`);
  const { result } = await answered({ url: same.url + DATA, body: document.sameBody });
  const found = [...decision.violations, ...decision.warnings, ...decision.recorded];
  const ours = new Set(found.map(identity));
  const theirs = new Set(result.map(identity));
  const differing =
    [...ours].filter((id) => !theirs.has(id)).length +
    [...theirs].filter((id) => !ours.has(id)).length;
  if (differing > decision.summary.unknown)
    throw new Error(`gate and OPA differ in ${differing} violations of the same rules`);
  return { violations: ours.size, differing, unknown: decision.summary.unknown };
}

function identity({ rule, address, path }) {
  return JSON.stringify([rule, address, path]);
}

async function answered(target) {
  const { status, text } = await post(target, undefined, true);
  if (status !== 200) throw new Error(`${target.url} answered ${status}: ${text.slice(0, 500)}`);
  return JSON.parse(text);
}

async function stopAll(servers) {
  for (const server of Object.values(servers)) await server.stop();
}
