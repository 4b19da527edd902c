// One process that sweeps a scripted estate: starts a run, or goes on with one that another process left. Told by the tests
// beside it what to read and where, and killed by them at any moment. It needs the build (dist/).
//
//   node test/crash/sweep-process.mjs '{"folder": "…", "pages": 40, "size": 25, "pauseMs": 5, "leaseMs": 400}'
import { clearInterval, setInterval } from 'node:timers';
import { setTimeout as wait } from 'node:timers/promises';

import { peakMiB } from '../../bench/process.mjs';
import { openStore } from '../../dist/store/index.js';
import { createSweeps } from '../../dist/sweep/service.js';

const { folder, pages, size, pauseMs = 0, leaseMs = 30_000, stopAt } = JSON.parse(process.argv[2]);
const say = (event) => process.stdout.write(`${JSON.stringify(event)}\n`);
const digest = `sha256:${'0'.repeat(64)}`;

const policy = {
  id: 'PC-TAG-001',
  severity: 'high',
  related: [],
  wholeSet: false,
  remedy: 'Add the tag.',
};
const rules = { digest, rules: [{ id: 'tagging.owner', policy, link: '' }] };

/** Every third one names nobody. */
function live(page, n) {
  const number = page * size + n;
  const address = `arn:aws:s3:::bucket-${String(number).padStart(7, '0')}`;
  const tags = number % 3 === 0 ? {} : { owner: `person-${number % 100}`, team: 'payments' };
  const attributes = { name: address, description: 'x'.repeat(500), number };
  const scope = { account: '1', region: 'eu-central-1' };
  return {
    resource: {
      address,
      type: 'bucket',
      provider: 'aws',
      scope,
      attributes,
      sensitive: [],
      unknown: [],
      tags: { state: 'known', values: tags },
    },
    parents: ['account/1'],
  };
}

const inventory = {
  name: 'aws',
  adapter: 'scripted',
  plan: async () => ({
    partitions: ['even', 'odd'].map((key) => ({ key, scope: { account: '1' } })),
    gaps: [],
    accounts: ['1'],
  }),
  read: async ({ key }, cursor) => {
    if (pauseMs > 0) await wait(pauseMs);
    const page = Number(cursor ?? (key === 'even' ? 0 : 1));
    say({ read: page });
    // Outside of any transaction: who is stopped inside of one has the lock of the file, until it is killed or goes on.
    if (page === stopAt) process.kill(process.pid, 'SIGSTOP');
    const resources = Array.from({ length: size }, (_, n) => live(page, n));
    return page + 2 < pages ? { resources, next: String(page + 2) } : { resources };
  },
  close: async () => undefined,
};

const judge = {
  rules: () => rules,
  looksAt: () => true,
  judge: async (raws) => ({
    resources: raws.map((raw) => ({
      address: raw.address,
      kind: 'aws.s3.bucket',
      type: raw.type,
      provider: raw.provider,
      action: 'present',
      scope: raw.scope,
      tags: raw.tags.values,
      facts: { taggable: true },
      config: raw.attributes,
      unknown: [],
      sensitive: [],
    })),
    judging: raws.map(() => 1),
    verdicts: raws.map(({ address, tags }) => ({
      rule: 'tagging.owner',
      policy: policy.id,
      severity: policy.severity,
      enforcement: 'record',
      onUnknown: 'record',
      address,
      kind: 'aws.s3.bucket',
      ...(tags.values.owner === undefined
        ? { verdict: 'violation', violations: [{ address, path: 'tags.owner', message: 'nobody' }] }
        : { verdict: 'compliant' }),
    })),
    policies: { digest, count: 1 },
    rules: { digest, count: 1 },
  }),
};

const outside = {
  clock: () => new Date(),
  env: {},
  sleep: (milliseconds, signal) => wait(milliseconds, undefined, { signal }),
  random: Math.random,
  warn: (message, facts) => say({ warning: message, ...facts }),
  every: (milliseconds, work) => {
    const timer = setInterval(work, milliseconds).unref();
    return () => clearInterval(timer);
  },
};

const store = await openStore({ folder, outside });
const sweeps = createSweeps({
  store,
  judge,
  inventories: { names: ['aws'], open: async () => inventory },
  record: async () => undefined,
  outside,
  newId: (time) => `run-${time.getTime()}-${process.pid}`,
  instance: `process ${process.pid}`,
  limits: { leaseMs, group: size },
});

const begun = performance.now();
const id = await runOf();
say({ run: id });
const status = await sweeps.finished(id);
const seconds = (performance.now() - begun) / 1000;
say({ end: status, seconds, peakMiB: Math.round(peak()) });
await store.close();

/** The most memory that this process held. On Linux `maxRSS` begins with what the parent held when it forked, so it isn't asked there. */
function peak() {
  if (process.platform === 'linux') return peakMiB(process.pid);
  return process.resourceUsage().maxRSS / 1024;
}

/** The run that there is, as soon as nobody has it any more; otherwise a new one. */
async function runOf() {
  for (;;) {
    const alive = await sweeps.list({ states: ['running', 'interrupted'] }, 1);
    if (alive.length === 0) {
      return await sweeps.start({
        name: 'crash',
        inventories: ['aws'],
        coverage: 100,
        concurrency: 2,
        trigger: { by: 'person' },
      });
    }
    const [recovered] = await sweeps.recover();
    if (recovered !== undefined) return recovered;
    await wait(50);
  }
}
