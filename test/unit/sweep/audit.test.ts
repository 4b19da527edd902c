import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openStore } from '../../../src/store/index.ts';
import type { Store } from '../../../src/store/index.ts';
import { fakeOutside } from '../clouds/outside.ts';
import { bucket, cloud, request, scriptedJudge, startProcess } from './world.ts';
import type { Process } from './world.ts';

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'portcullis-audit-'));
  store = await openStore({ folder, outside: fakeOutside() });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A process with a run that was stopped half way. */
async function stopped(): Promise<{ id: string; process: Process }> {
  const aws = cloud({ one: { pages: [[bucket('a')], [bucket('b')]] } });
  const judge = scriptedJudge();
  const process = startProcess(store, judge, [aws], { group: 1 });
  judge.before = () => {
    if (judge.asked.length === 1) void process.sweeps.close();
  };
  const { id, state } = await process.sweep(request([aws]));
  expect(state).toBe('interrupted');
  judge.before = () => undefined;
  return { id, process };
}

const recorded = ({ events }: Process, wanted: string) =>
  events
    .filter(({ type }) => type === wanted)
    .map(({ subject, ...event }) => ({
      subject,
      asked: 'actor' in event ? event.actor : 'nobody',
    }));

describe('the record of a sweep', () => {
  it.each([
    ['who asked for it', { by: 'person', actor: 'ada' }, 'ada'],
    ['nobody when its time had come', { by: 'schedule' }, 'nobody'],
  ] as const)('names %s', async (_, trigger, asked) => {
    const aws = cloud({ one: { pages: [[bucket('a')]] } });
    const process = startProcess(store, scriptedJudge(), [aws]);
    const { id } = await process.sweep({ ...request([aws]), trigger });
    expect(recorded(process, 'sweep.started')).toEqual([{ subject: id, asked }]);
  });

  it('names who asked to go on with it', async () => {
    const { id, process } = await stopped();
    await process.sweeps.resume(id, 'grace');
    await process.sweeps.finished(id);
    expect(recorded(process, 'sweep.resumed')).toEqual([{ subject: id, asked: 'grace' }]);
  });

  it('names nobody when the gate itself found it left behind', async () => {
    const { id, process } = await stopped();
    await process.sweeps.recover();
    await process.sweeps.finished(id);
    expect(recorded(process, 'sweep.resumed')).toEqual([{ subject: id, asked: 'nobody' }]);
  });

  it('names who asked for its end', async () => {
    const { id, process } = await stopped();
    expect(await process.sweeps.cancel(id, 'grace')).toBe(true);
    expect(recorded(process, 'sweep.cancelling')).toEqual([{ subject: id, asked: 'grace' }]);
  });
});
