import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Rule } from '../../../src/bindings/rule.ts';
import type { RepairEvent } from '../../../src/repair/recorder.ts';
import { createRepairs } from '../../../src/repair/repairs.ts';
import type { Repairs } from '../../../src/repair/repairs.ts';
import type { RepairsParts } from '../../../src/repair/ports.ts';
import { RepairSettings } from '../../../src/repair/settings.ts';
import { openStore } from '../../../src/store/index.ts';
import type { Store } from '../../../src/store/index.ts';
import { fakeOutside } from '../clouds/outside.ts';
import type { FakeOutside } from '../clouds/outside.ts';
import { judge, requiring, subject } from './estate.ts';
import { fakeTagger } from './fake-tagger.ts';
import type { FakeTagger, Tags } from './fake-tagger.ts';

export const OWNER = requiring('tagging.owner', ['owner'], {
  mode: 'suggest',
  values: [{ spelling: true }, { constant: 'platform' }],
  canary: 2,
});

/** Repairs over a real store, a fake cloud, and a world whose clock stands still unless somebody sleeps. */
export interface World {
  readonly repairs: Repairs;
  readonly cloud: FakeTagger;
  readonly store: Store;
  readonly outside: FakeOutside;
  readonly events: RepairEvent[];
  readonly signal: AbortSignal;
  /** Another process on the same store and the same cloud. */
  readonly beside: (changed?: Partial<RepairsParts>) => Repairs;
  switch: 'on' | 'off';
  rules: readonly Rule[];
  complete: boolean;
  /** Throws away what is recorded, with an error, from this event type on. */
  brokenFrom: RepairEvent['type'] | undefined;
  readonly close: () => Promise<void>;
}

export async function world(tags: Readonly<Record<string, Tags>>, settings = {}): Promise<World> {
  const folder = mkdtempSync(path.join(tmpdir(), 'portcullis-repair-'));
  const outside = fakeOutside('2026-11-25T10:00:00.000Z');
  const store = await openStore({ folder, outside });
  const cloud = fakeTagger(byAddress(tags));
  const events: RepairEvent[] = [];
  let ids = 0;
  const parts: RepairsParts = {
    journal: store.repairs,
    leases: store.leases,
    recorder: (event) => {
      if (event.type === made.brokenFrom) return Promise.reject(new Error('the disk is full'));
      events.push(event);
      return Promise.resolve();
    },
    tagger: (name) => (name === cloud.name ? cloud : undefined),
    writes: () => made.switch,
    outside,
    owner: 'one',
    estate: () => Promise.resolve(estateOf(made, cloud)),
    rules: () => ({ digest: `sha256:${made.rules.map(({ id }) => id).join()}`, rules: made.rules }),
    judge: (resources) => Promise.resolve(judge(made.rules, resources)),
    settings: () => RepairSettings.parse(settings),
    newId: () => `run-${(ids += 1)}`,
    timing: { settleMs: 1000, verifyPausesMs: [0, 10] },
  };
  const made: World = {
    repairs: createRepairs(parts),
    cloud,
    store,
    outside,
    events,
    signal: new AbortController().signal,
    beside: (changed = {}) => createRepairs({ ...parts, owner: 'two', ...changed }),
    switch: 'on',
    rules: [OWNER],
    complete: true,
    brokenFrom: undefined,
    close: async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return made;
}

function estateOf(made: World, cloud: FakeTagger) {
  const subjects = [...cloud.tags].map(([address, tags]) =>
    subject('x', tags, { resource: { address } }),
  );
  return {
    subjects,
    verdicts: judge(
      made.rules,
      subjects.map((one) => one.resource),
    ),
    coverage: {
      complete: made.complete,
      gaps: made.complete ? [] : ['account 2: AccessDenied'],
      judged: Object.fromEntries(made.rules.map(({ id }) => [id, subjects.length * 10])),
    },
  };
}

export function arn(name: string): string {
  return `arn:aws:s3:::${name}`;
}

/** So many resources without a tag. */
export function empty(count: number): Record<string, Tags> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, n) => [`b${String(n).padStart(2, '0')}`, {}]),
  );
}

function byAddress(tags: Readonly<Record<string, Tags>>): Record<string, Tags> {
  return Object.fromEntries(Object.entries(tags).map(([name, own]) => [arn(name), own]));
}
