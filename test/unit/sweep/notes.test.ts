import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openStore } from '../../../src/store/index.ts';
import type { Store } from '../../../src/store/index.ts';
import type { Judge } from '../../../src/sweep/judge.ts';
import { fakeOutside } from '../clouds/outside.ts';
import { bucket, cloud, haltOnce, scriptedJudge, startProcess } from './world.ts';

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'portcullis-notes-'));
  store = await openStore({ folder, outside: fakeOutside() });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const parts = { one: { pages: [[bucket('a')]] }, two: { pages: [[bucket('b')]] } };

/** The same store, in which the first word on what judged a run is slow: the other part is written meanwhile. */
function slowToSay(): Store {
  const both = haltOnce();
  let written = 0;
  let said = 0;
  return {
    ...store,
    sweeps: {
      ...store.sweeps,
      commit: async (...given) => {
        await store.sweeps.commit(...given);
        if (++written === 2) setImmediate(both.letGo);
      },
      judgedBy: async (...given) => {
        if (++said === 1) await both.wait();
        await store.sweeps.judgedBy(...given);
      },
    },
  };
}

describe('a sweep whose parts are judged side by side', () => {
  it('does not take its own first word for a change of the rules', async () => {
    const { notes, policies } = await startProcess(slowToSay(), scriptedJudge(), [
      cloud(parts),
    ]).sweep();
    expect(notes).toEqual([]);
    expect(policies).toMatchObject({ count: 1 });
  });

  it('says when the rules did change', async () => {
    const steady = scriptedJudge();
    let asked = 0;
    const judge: Judge = {
      ...steady,
      judge: async (resources, judging) => {
        const digest = `sha256:${String(++asked).repeat(64)}`;
        return { ...(await steady.judge(resources, judging)), rules: { digest, count: 1 } };
      },
    };
    const { notes } = await startProcess(store, judge, [cloud(parts)]).sweep();
    expect(notes).toEqual([expect.stringMatching(/^The rules or policies changed while it ran/)]);
  });
});
