// The process that test/crash/repair.mjs kills: it mends an estate, or takes the mending back, going on with whatever a
// process before it left behind. Exits 0 when there is nothing left to do.
//   node repair-process.mjs repair|undo <folder of the store> <url of the cloud> <file of records>
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

const [, , mode, folder, cloud, recordsFile] = process.argv;
const dist = new URL('../../dist/', import.meta.url);
const { createRepairs } = await import(new URL('repair/repairs.js', dist).href);
const { RepairSettings } = await import(new URL('repair/settings.js', dist).href);
const { openStore } = await import(new URL('store/index.js', dist).href);

const OWNER = {
  id: 'owner',
  policy: { id: 'p', reads: ['tags.owner', 'tags.team'] },
  match: {},
  exclude: undefined,
  repair: {
    mode: 'automatic',
    keys: ['owner', 'team'],
    values: [{ kind: 'constant', value: { owner: 'ada', team: 'shop' } }],
    overwrite: false,
    replace: false,
    iac: 'suggest',
    caps: { count: 'unlimited', percent: 'unlimited', incomplete: 'refuse' },
    canary: 2,
    stopAt: { errors: 3, percent: 10 },
  },
};

/** Nobody stops it: it is killed. */
const signal = AbortSignal.any([]);
const outside = {
  clock: () => new Date(),
  sleep: (milliseconds) => wait(milliseconds),
  warn: () => undefined,
};
const store = await openStore({ folder, outside });
const records = openSync(recordsFile, 'a');
const repairs = createRepairs({
  journal: store.repairs,
  leases: store.leases,
  recorder: (event) => {
    writeSync(records, `${JSON.stringify(event)}\n`);
    fsyncSync(records);
    return Promise.resolve();
  },
  tagger: () => tagger(),
  writes: () => 'on',
  outside,
  owner: `process ${process.pid}`,
  estate,
  rules: () => ({ digest: 'sha256:rules', rules: [OWNER] }),
  judge: (resources) => Promise.resolve(resources.map(judge)),
  settings: () => RepairSettings.parse({}),
  newId: (time) => `run-${time.getTime()}-${process.pid}`,
  timing: { leaseMs: 150, settleMs: 100, freshMs: 5000, verifyPausesMs: [0, 20, 60] },
});

await goOn();
await (mode === 'repair' ? mend() : takeBack());
closeSync(records);
await store.close();

/** Runs that a process before this one left behind; its right to them must run out first. */
async function goOn() {
  for (const { id, state } of await repairs.runs(500)) {
    while (state === 'running') {
      try {
        await repairs.resume(id, 'crash test', signal);
        break;
      } catch (error) {
        if (error.code !== 'REPAIR_HELD') throw error;
        await wait(20);
      }
    }
  }
}

async function mend() {
  for (;;) {
    const { plan } = await repairs.plan({}, 'crash test', signal);
    if (plan.changes.length === 0) return;
    await repairs.apply(plan.id, { actor: 'crash test' }, signal);
  }
}

async function takeBack() {
  for (const { id, purpose } of await repairs.runs(500)) {
    if (purpose !== 'repair') continue;
    for (;;) {
      const { plan } = await repairs.planUndo(id, 'crash test', signal);
      if (plan.changes.length === 0) break;
      await repairs.apply(plan.id, { actor: 'crash test' }, signal);
    }
  }
}

async function ask(path, body) {
  const response = await fetch(`${cloud}${path}`, { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`the cloud answered ${response.status}`);
  return await response.json();
}

function tagger() {
  return {
    name: 'estate',
    adapter: 'crash',
    limits: {
      batch: 4,
      tags: 50,
      refuses: () => undefined,
      spell: (key, value) => ({ key, value }),
    },
    read: async (targets) => {
      const tags = await ask(
        '/read',
        targets.map(({ address }) => address),
      );
      return targets.map((target, index) => ({
        target,
        tags: { state: 'known', values: tags[index] },
      }));
    },
    write: async (changes) => {
      try {
        await ask('/write', changes);
        return changes.map(({ target }) => ({ target, outcome: 'done' }));
      } catch (error) {
        const lost = {
          outcome: 'uncertain',
          code: 'CLOUD_UNAVAILABLE',
          reason: 'lost',
          message: error.message,
        };
        return changes.map(({ target }) => ({ target, ...lost }));
      }
    },
    close: () => Promise.resolve(),
  };
}

async function estate() {
  const tags = await ask('/estate', {});
  const subjects = Object.entries(tags).map(([address, own]) => ({
    resource: resource(address, own),
    inventory: 'estate',
    parents: [],
  }));
  return {
    subjects,
    verdicts: subjects.map((one) => judge(one.resource)),
    coverage: { complete: true, gaps: [], judged: { owner: subjects.length } },
  };
}

function resource(address, tags) {
  return {
    address,
    kind: 'aws.s3.bucket',
    type: 'AWS::S3::Bucket',
    provider: 'aws',
    action: 'present',
    scope: {},
    tags,
    facts: { taggable: true },
    config: {},
    unknown: [],
    sensitive: [],
  };
}

/** Two tags are wanted, so that one write has two halves. */
function judge({ address, tags }) {
  const violations = ['owner', 'team']
    .filter((key) => (tags[key] ?? '') === '')
    .map((key) => ({ address, path: `tags.${key}`, message: `${key} is missing` }));
  const about = {
    rule: 'owner',
    policy: 'p',
    severity: 'low',
    enforcement: 'record',
    onUnknown: 'record',
  };
  return violations.length === 0
    ? { ...about, address, kind: 'aws.s3.bucket', verdict: 'compliant' }
    : { ...about, address, kind: 'aws.s3.bucket', verdict: 'violation', violations };
}
