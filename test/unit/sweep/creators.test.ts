import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { CloudError } from '../../../src/clouds/errors.ts';
import type {
  CreatorReading,
  CreatorUnknown,
  LiveResource,
} from '../../../src/clouds/inventory.ts';
import { openStore } from '../../../src/store/index.ts';
import type { Store } from '../../../src/store/index.ts';
import { fakeOutside } from '../clouds/outside.ts';
import { bucket, cloud, haltOnce, scriptedJudge, startProcess } from './world.ts';
import type { Part } from './world.ts';

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'portcullis-creators-'));
  store = await openStore({ folder, outside: fakeOutside() });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

type Answer = (name: string) => CreatorReading | Error;

const known = (name: string): CreatorReading => ({ state: 'known', creator: { name } });
const unknown = (why: CreatorUnknown['why'], reason: string = why): CreatorReading => ({
  state: 'unknown',
  why,
  reason,
});

/** A cloud that can be asked who made a bucket; `asked` has the names. */
function asking(parts: Record<string, Part>, answer: Answer) {
  const asked: string[] = [];
  const self = Object.assign(cloud(parts), {
    answer,
    asked,
    whoMade: ({ resource }: LiveResource): Promise<CreatorReading> => {
      const name = resource.address.slice('arn:aws:s3:::'.length);
      asked.push(name);
      const reading = self.answer(name);
      return reading instanceof Error ? Promise.reject(reading) : Promise.resolve(reading);
    },
  });
  return self;
}

const page = (...buckets: LiveResource[]): Record<string, Part> => ({ one: { pages: [buckets] } });
const process = (...clouds: ReturnType<typeof asking>[]) =>
  startProcess(store, scriptedJudge(), clouds);

async function creators(): Promise<unknown> {
  const { findings } = await store.findings.list({ state: 'open' }, 100);
  return Object.fromEntries(
    findings.map(({ address, createdBy, creatorUnknown }) => [
      address.slice('arn:aws:s3:::'.length),
      createdBy?.name ?? creatorUnknown,
    ]),
  );
}

describe('who made what breaks a rule', () => {
  it('is asked of that alone, and stands in its finding', async () => {
    const told = bucket('told', {}, { createdBy: { name: 'grace' } });
    const aws = asking(page(bucket('a'), bucket('good', { owner: 'x' }), told), () => known('ada'));
    const { state, notes } = await process(aws).sweep();
    expect([state, notes]).toEqual(['completed', []]);
    expect(aws.asked).toEqual(['a']);
    expect(await creators()).toEqual({ a: 'ada', told: 'grace' });
  });

  it('is remembered, as long as it is the same thing', async () => {
    const made = (createdAt: string) => [
      bucket('a', {}, { createdAt }),
      bucket('b', {}, { createdAt }),
    ];
    const answer: Answer = (name) =>
      name === 'a' ? known('ada') : unknown('no-record', 'long ago');
    const aws = asking(page(...made('2026-11-01T00:00:00Z')), answer);
    const { sweep } = process(aws);
    await sweep();
    await sweep();
    expect(aws.asked).toEqual(['a', 'b']);
    const nobody = { why: 'no-record', reason: 'long ago' };
    expect(await creators()).toEqual({ a: 'ada', b: nobody });
    aws.parts = page(bucket('a', { owner: 'x' }, { createdAt: '2026-11-01T00:00:00Z' }));
    await sweep();
    aws.parts = page(...made('2026-11-01T00:00:00Z').slice(0, 1));
    await sweep();
    expect(aws.asked).toEqual(['a', 'b']);
    expect(await creators()).toEqual({ a: 'ada' });
    // Somebody else made another one under its name.
    aws.answer = () => known('grace');
    aws.parts = page(...made('2026-11-24T00:00:00Z'));
    await sweep();
    expect(aws.asked).toEqual(['a', 'b', 'a', 'b']);
    expect(await creators()).toEqual({ a: 'grace', b: 'grace' });
  });

  it.each(['pending', 'unread', 'limit'] as const)('is asked again after %s', async (why) => {
    const aws = asking(page(bucket('a')), () => unknown(why));
    const { sweep } = process(aws);
    await sweep();
    expect(await creators()).toEqual({ a: { why, reason: why } });
    aws.answer = () => known('ada');
    await sweep();
    expect(await creators()).toEqual({ a: 'ada' });
  });

  it('that could not be read is said once for an account, and the sweep is whole', async () => {
    const parts = {
      one: { pages: [[bucket('a')], [bucket('b')]] },
      two: { account: '2', pages: [[bucket('c', {}, { raw: { scope: { account: '2' } } })]] },
    };
    const denied = new CloudError('CLOUD_DENIED', 'AccessDenied');
    const aws = asking(parts, () => denied);
    const { state, notes, coverage } = await startProcess(store, scriptedJudge(), [aws], {
      group: 1,
    }).sweep();
    expect([state, coverage.percent]).toEqual(['completed', 100]);
    expect([...notes].sort()).toEqual([
      'Who made what breaks a rule in 1 could not be read: AccessDenied',
      'Who made what breaks a rule in 2 could not be read: AccessDenied',
    ]);
  });

  it('that was not asked because of a limit is said, and an adapter that breaks ends nothing', async () => {
    const aws = asking(page(bucket('a'), bucket('b'), bucket('c')), (name) =>
      name === 'a' ? new TypeError('undefined is not a function') : unknown('limit', 'enough'),
    );
    const { state, notes } = await process(aws).sweep();
    expect(state).toBe('completed');
    expect(notes).toEqual([
      'Who made what breaks a rule in 1 could not be read: undefined is not a function',
      'Who made what breaks a rule in aws is not known everywhere: enough; the next sweep goes on.',
    ]);
  });

  it('does not hold up what is judged meanwhile', async () => {
    const slow = haltOnce();
    const waiting = asking(page(bucket('a')), () => known('ada'));
    const { whoMade } = waiting;
    waiting.whoMade = async (made) => {
      await slow.wait();
      return await whoMade(made);
    };
    const other = { ...cloud({ two: { pages: [[bucket('b')]] } }, 'other') };
    const { sweep } = startProcess(store, scriptedJudge(), [waiting, other], { judging: 1 });
    const ended = sweep();
    await slow.reached;
    await expect.poll(creators).toEqual({ b: undefined });
    slow.letGo();
    expect((await ended).state).toBe('completed');
    expect(await creators()).toEqual({ a: 'ada', b: undefined });
  });

  it('is given up with the sweep', async () => {
    const slow = haltOnce();
    const waiting = asking(page(bucket('a')), () => known('ada'));
    waiting.whoMade = async () => {
      await slow.wait();
      throw new CloudError('CLOUD_STOPPED', 'the call was given up');
    };
    const { sweep, sweeps } = startProcess(store, scriptedJudge(), [waiting]);
    const ended = sweep();
    await slow.reached;
    const [run] = await sweeps.list({}, 1);
    await sweeps.cancel(run!.id, 'ada');
    slow.letGo();
    expect((await ended).state).toBe('cancelled');
    expect(await creators()).toEqual({});
  });
});
