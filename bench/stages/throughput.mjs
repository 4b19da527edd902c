// Decisions over HTTP: the gate with durable records against OPA's server, in turns.
import { compare, drive, pairedRatio, post } from '../load.mjs';
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

function planContenders({ gate, raw, rawLogged, same }, { body, rawBody, sameBody }) {
  return {
    gate: { ...gate, url: `${gate.url}/v1/decisions`, body },
    'opa, rules by hand on the plan': { ...raw, url: raw.url + DATA, body: rawBody },
    'opa, by hand, decision log': { ...rawLogged, url: rawLogged.url + DATA, body: rawBody },
    'opa, our rules on our normal form': { ...same, url: same.url + DATA, body: sameBody },
  };
}

/** Reviews, and the gate alone with 32 callers: what a cluster asks of it. */
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
  const { gate } = servers;
  const door = `${gate.url}/v1/admission/kubernetes/validate?timeout=30s`;
  const target = { ...gate, url: door, body: review.body };
  try {
    await answered(target);
    const compared = withRatios(
      await compare(
        {
          gate: target,
          'opa, rules by hand on the review, decision log': {
            ...servers.raw,
            url: servers.raw.url + DATA,
            body: review.rawBody,
          },
          'opa, our rules on our normal form, decision log': {
            ...servers.same,
            url: servers.same.url + DATA,
            body: review.sameBody,
          },
        },
        schedule,
      ),
    );
    const durable = await drive(target, {
      connections: 32,
      seconds: schedule.seconds * 3,
      least: 1,
    });
    return { bytes: review.body.length, compared, durable };
  } finally {
    await stopAll(servers);
  }
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
