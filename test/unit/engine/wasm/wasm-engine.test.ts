import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Batch, Engine, Job, JobResult } from '../../../../src/engine/engine.ts';
import { EngineError } from '../../../../src/engine/errors.ts';
import { wasmEngine } from '../../../../src/engine/wasm/wasm-engine.ts';
import { compilePolicies, entry } from './policies.ts';
import type { Compiled } from './policies.ts';

const PLENTY = { deadlineMs: 30_000 };
/** Minutes of work, were it not for the deadline. */
const FOREVER = { map: Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`k${i}`, i])) };

let compiled: Compiled;
const engines: Engine[] = [];

beforeAll(async () => {
  compiled = await compilePolicies();
});

afterAll(async () => {
  await Promise.all(engines.map((engine) => engine.close()));
});

async function start(workers = 2, queueLimit = 100): Promise<Engine> {
  const engine = await wasmEngine({ policySet: compiled, workers, memoryMiB: 64, queueLimit });
  engines.push(engine);
  return engine;
}

function job(policy: string, parameters: Record<string, unknown> = {}, resources = [0]): Job {
  return { id: policy, entrypoint: entry(policy), resources, related: [], parameters };
}

function batch(jobs: readonly Job[], resources: readonly string[] = ['{"address":"a"}']): Batch {
  return { resources, jobs, context: { point: 'pre-apply' }, now: '2026-11-22T08:00:00Z' };
}

function codes(results: readonly JobResult[]): string[] {
  return results.map((result) =>
    result.ok ? `${result.violations.length} violations` : result.code,
  );
}

describe('the engine', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await start();
  });

  it('builds one input a job, out of the resources it names', async () => {
    const resources = [
      '{"address":"a","tags":{}}',
      '{"address":"b","tags":{"owner":"x"}}',
      '{"address":"c"}',
    ];
    const [owner, shown] = await engine.evaluate(
      batch(
        [job('owner', {}, [0, 1]), { ...job('input', { limit: 1 }, [2]), related: [1] }],
        resources,
      ),
      PLENTY,
    );
    expect(owner).toEqual({
      id: 'owner',
      ok: true,
      violations: [{ address: 'a', path: 'tags.owner', message: 'a has no owner' }],
    });
    expect(shown).toMatchObject({
      violations: [
        {
          message:
            '{"context": {"point": "pre-apply"}, "now": "2026-11-22T08:00:00Z", "parameters": {"limit": 1}, ' +
            '"related": [{"address": "b", "tags": {"owner": "x"}}], "resources": [{"address": "c"}]}',
        },
      ],
    });
  });

  it('answers in the order of the jobs, one result each', async () => {
    const jobs = Array.from({ length: 40 }, (_, i) => ({
      ...job(i % 2 === 0 ? 'owner' : 'conflict'),
      id: `r${i}`,
    }));
    const results = await engine.evaluate(batch(jobs), PLENTY);
    expect(results.map(({ id }) => id)).toEqual(jobs.map(({ id }) => id));
  });

  it('has nothing to say about nothing', async () => {
    expect(await engine.evaluate(batch([]), PLENTY)).toEqual([]);
  });

  it('lets no job spoil another', async () => {
    const bad = [
      '{"address":"a"',
      '{"address":"\\ud800"}',
      '{"name":"no address"}',
      '{"address":"a"}',
      '"\ud800"',
    ];
    const jobs = [
      job('owner', {}, [0]),
      job('owner', {}, [1]),
      job('owner', {}, [2]),
      job('owner', {}, [4]),
      job('owner', {}, [9]),
      job('nowhere', {}, [3]),
      job('echo', {}, [3]),
      job('echo', { answer: [{ address: 'z', path: '', message: 'm' }] }, [3]),
      job('conflict', { clash: true }, [3]),
      job('grow', { rounds: 3000 }, [3]),
      job('owner', {}, [3]),
    ];
    expect(codes(await engine.evaluate(batch(jobs, bad), PLENTY))).toEqual([
      'ENGINE_INPUT',
      'ENGINE_INPUT',
      'ENGINE_INPUT',
      'ENGINE_INPUT',
      'ENGINE_INPUT',
      'ENGINE_ENTRYPOINT',
      'ENGINE_RESULT',
      'ENGINE_RESULT',
      'ENGINE_TRAP',
      'ENGINE_MEMORY',
      '1 violations',
    ]);
  });

  it('refuses a moment that is none, rather than judge at another', async () => {
    const results = await engine.evaluate({ ...batch([job('owner')]), now: 'today' }, PLENTY);
    expect(codes(results)).toEqual(['ENGINE_INPUT']);
  });

  it('gives the same answer whichever worker gives it, and on however many', async () => {
    const resources = Array.from({ length: 3000 }, (_, i) =>
      JSON.stringify({ address: `r${i}`, tags: i % 3 === 0 ? {} : { owner: 'x'.repeat(200) } }),
    );
    const all = resources.map((_, i) => i);
    const large = batch(
      [job('owner', {}, all), job('owner', {}, all.slice(0, 1500)), job('input', {}, all)],
      resources,
    );
    const alone = await start(1);
    const expected = await alone.evaluate(large, PLENTY);
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => engine.evaluate(large, PLENTY)),
    );
    for (const answer of answers) expect(answer).toEqual(expected);
    expect(codes(expected)).toEqual(['1000 violations', '500 violations', '1 violations']);
  });
});

describe('a policy that does not end', () => {
  it('fails alone: what came before stands, what comes after goes to another worker, other requests are served', async () => {
    const engine = await start();
    const jobs = [job('owner'), job('loop', FOREVER), { ...job('owner'), id: 'behind' }];
    const stuck = engine.evaluate(batch(jobs), { deadlineMs: 2_000 });
    const others = await Promise.all(
      Array.from({ length: 20 }, () => engine.evaluate(batch([job('owner')]), PLENTY)),
    );
    expect(others.flatMap(codes)).toEqual(Array(20).fill('1 violations'));
    const results = await stuck;
    expect(codes(results)).toEqual(['1 violations', 'ENGINE_TIMEOUT', '1 violations']);
    expect(results[1]).toMatchObject({
      reason: expect.stringContaining('ran past its deadline of 2000 ms') as unknown,
    });
  });

  it('takes its worker with it, and a fresh one serves', async () => {
    const engine = await start(1);
    const results = await engine.evaluate(batch([job('loop', FOREVER), job('owner')]), {
      deadlineMs: 300,
    });
    expect(results.map((result) => (result.ok ? '' : result.reason))).toEqual([
      'the policy ran past its deadline of 300 ms',
      'the policy was not reached before the deadline',
    ]);
    expect(codes(await engine.evaluate(batch([job('owner')]), PLENTY))).toEqual(['1 violations']);
  });

  it('does not make those who wait behind it wait for ever', async () => {
    const engine = await start(1);
    const stuck = engine.evaluate(batch([job('loop', FOREVER)]), { deadlineMs: 3_000 });
    const waiting = engine.evaluate(batch([job('owner')]), { deadlineMs: 200 });
    expect(await waiting).toMatchObject([
      { code: 'ENGINE_TIMEOUT', reason: expect.stringContaining('not reached') as unknown },
    ]);
    expect(codes(await stuck)).toEqual(['ENGINE_TIMEOUT']);
  });
});

describe('too much and too late', () => {
  it('a full queue answers at once', async () => {
    const engine = await start(1, 1);
    const running = engine.evaluate(batch([job('loop', FOREVER)]), {
      deadlineMs: 1_000,
    });
    const waiting = engine.evaluate(batch([job('owner')]), PLENTY);
    expect(codes(await engine.evaluate(batch([job('owner')]), PLENTY))).toEqual(['ENGINE_BUSY']);
    expect(codes(await running)).toEqual(['ENGINE_TIMEOUT']);
    expect(codes(await waiting)).toEqual(['1 violations']);
  });

  it('closing lets what runs come to its end, and takes nothing new', async () => {
    const engine = await start(1);
    const running = engine.evaluate(batch([job('owner'), job('input')]), PLENTY);
    const closed = engine.close();
    expect(codes(await engine.evaluate(batch([job('owner')]), PLENTY))).toEqual(['ENGINE_CLOSED']);
    expect(codes(await running)).toEqual(['1 violations', '1 violations']);
    await closed;
    await engine.close();
  });
});

describe('loading', () => {
  it.each([
    ['bytes that are no module', Uint8Array.of(1, 2, 3)],
    ['a module that is none of OPA', Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)],
  ])('%s is refused', async (_, wasm) => {
    const load = wasmEngine({
      policySet: { wasm, data: '{}' },
      workers: 1,
      memoryMiB: 64,
      queueLimit: 1,
    });
    await expect(load).rejects.toMatchObject({ code: 'ENGINE_LOAD' });
    await expect(load).rejects.toBeInstanceOf(EngineError);
  });

  it('with too little memory is refused, and says so', async () => {
    const load = wasmEngine({ policySet: compiled, workers: 1, memoryMiB: 0.1, queueLimit: 1 });
    await expect(load).rejects.toBeInstanceOf(EngineError);
  });
});
