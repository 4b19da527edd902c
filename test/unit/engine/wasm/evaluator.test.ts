import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { EngineError } from '../../../../src/engine/errors.ts';
import { HOST } from '../../../../src/engine/wasm/builtins/registry.ts';
import { toEngineError } from '../../../../src/engine/wasm/errors.ts';
import { createEvaluator } from '../../../../src/engine/wasm/evaluator.ts';
import type { Evaluator } from '../../../../src/engine/wasm/evaluator.ts';
import { compilePolicies, entry } from './policies.ts';
import type { Compiled } from './policies.ts';

const CONTEXT = { nowNs: 1_763_798_400_000_000_000n };

let compiled: Compiled;
let module: WebAssembly.Module;
let evaluator: Evaluator;

beforeAll(async () => {
  compiled = await compilePolicies();
  module = new WebAssembly.Module(compiled.wasm);
  evaluator = createEvaluator({ module, data: compiled.data, memoryMiB: 64 });
});

function run(policy: string, input: string | Uint8Array): string {
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input;
  return evaluator.evaluateBytes(entry(policy), bytes, CONTEXT);
}

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (thrown) {
    if (thrown instanceof EngineError) return thrown.code;
    throw thrown;
  }
  return 'no error';
}

const one = (answer: unknown): string => JSON.stringify([{ result: answer }]);
const input = (parameters: unknown): string =>
  JSON.stringify({ resources: [{ address: 'a' }], parameters });

describe('input that is not exactly one JSON value', () => {
  it.each([
    ['empty', ''],
    ['truncated', '{"a":'],
    ['truncated after a key', '{"resources"'],
    ['trailing garbage', '{"a":1}}'],
    ['two values', '{} {}'],
    ['a set of Rego', '{1, 2}'],
    ['an empty set of Rego', 'set()'],
    ['half a number', '{"a":1.}'],
    ['a byte order mark', '\ufeff{}'],
    ['half a surrogate pair', String.raw`{"a":"\ud800"}`],
    ['the other half', String.raw`{"a":"\udc00"}`],
    ['halves in the wrong order', String.raw`{"a":"\udc00\ud800"}`],
    ['halves apart', String.raw`{"a":"\ud83dx\ude00"}`],
  ])('%s never reaches the module', (_, text) => {
    expect(codeOf(() => run('raw', text))).toBe('ENGINE_INPUT');
  });

  it('bytes that are no UTF-8 never reach it either', () => {
    expect(codeOf(() => run('raw', Uint8Array.of(0x22, 0xff, 0x22)))).toBe('ENGINE_INPUT');
  });

  it('whatever bytes come, they are judged only when they are JSON', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 24 }), (bytes) => {
        if (codeOf(() => run('raw', bytes)) === 'ENGINE_INPUT') return;
        expect(
          () => void JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)),
        ).not.toThrow();
      }),
      { numRuns: 10_000 },
    );
  });

  it('a text cut anywhere is refused', () => {
    const whole = new TextEncoder().encode(
      '{"resources":[{"address":"a","tags":{"é":"\\u00e9"}}]}',
    );
    for (let end = 0; end < whole.length; end++) {
      expect(codeOf(() => run('raw', whole.subarray(0, end)))).toBe('ENGINE_INPUT');
    }
  });
});

describe('input that is JSON', () => {
  // `if (input)` of other hosts takes these for no input at all.
  it.each(['null', '0', '""', '[]', '{}', ' {} '])('%s is defined', (text) => {
    expect(run('raw', text)).toBe(one(['seen']));
  });

  // To Rego a body that is false fails, whoever is the host.
  it('false is an input that does not hold', () => {
    expect(run('raw', 'false')).toBe(one([]));
  });

  it('whole pairs are a character, escaped or not', () => {
    expect(run('echo', input({ answer: '😀' }))).toBe(one('😀'));
    expect(run('echo', String.raw`{"parameters":{"answer":"\ud83d\ude00 \\ud800"}}`)).toBe(
      one('😀 \\ud800'),
    );
  });

  it('of equal keys the last one counts, as in JSON.parse', () => {
    expect(run('echo', '{"parameters":{"answer":1,"answer":2}}')).toBe(one(2));
  });

  it('integers beyond 2^53 keep their digits', () => {
    expect(run('echo', '{"parameters":{"answer":12345678901234567890}}')).toBe(
      '[{"result":12345678901234567890}]',
    );
  });

  it('deep nesting traps or passes, and the next evaluation is right', () => {
    const deep = `{"parameters":{"answer":${'['.repeat(200_000)}${']'.repeat(200_000)}}}`;
    expect(['ENGINE_TRAP', 'ENGINE_INPUT', 'no error']).toContain(codeOf(() => run('echo', deep)));
    expect(run('echo', input({ answer: 1 }))).toBe(one(1));
  });
});

describe('a module', () => {
  it('answers undefined with an empty result set, which nobody may take for an empty list', () => {
    expect(run('echo', input({}))).toBe('[]');
  });

  it('finds the data of its set', () => {
    expect(run('data', input({}))).toContain('from data');
  });

  it('aborts with its own words, as an error of ours', () => {
    expect(() => run('conflict', input({ clash: true }))).toThrow(/aborted: .*conflict/);
    expect(codeOf(() => run('conflict', input({ clash: true })))).toBe('ENGINE_TRAP');
    expect(run('echo', input({ answer: 'still here' }))).toBe(one('still here'));
  });

  it('has no entrypoint that it does not name', () => {
    expect(codeOf(() => run('nowhere', '{}'))).toBe('ENGINE_ENTRYPOINT');
  });

  it('goes on when a builtin refuses its operands: the call is undefined', () => {
    expect(run('builtins', input({ time: 'yesterday' }))).toContain(
      '"message":"1763798400000000000"',
    );
    expect(run('builtins', input({ time: '2025-01-01T00:00:00Z' }))).toBe(one([]));
  });

  it('is ended by a builtin that breaks, with an error of ours', () => {
    const broken = new Map(HOST).set('sprintf', () => {
      throw new TypeError('a bug');
    });
    const fragile = createEvaluator({ module, data: '{}', memoryMiB: 64, builtins: broken });
    const bytes = new TextEncoder().encode(input({}));
    expect(codeOf(() => fragile.evaluateBytes(entry('owner'), bytes, CONTEXT))).toBe('ENGINE_TRAP');
  });

  // Other hosts throw texts and bare objects.
  it.each([
    'a text',
    { message: 'an object' },
    undefined,
    new WebAssembly.RuntimeError('unreachable'),
  ])('thrown %o becomes an error of ours', (thrown) => {
    expect(toEngineError(thrown)).toBeInstanceOf(EngineError);
    expect(toEngineError(thrown).code).toBe('ENGINE_TRAP');
  });

  it('that needs a builtin the host lacks is refused when it is loaded', () => {
    const fewer = new Map([...HOST].filter(([name]) => name !== 'sprintf'));
    const load = (): Evaluator =>
      createEvaluator({ module, data: '{}', memoryMiB: 64, builtins: fewer });
    expect(codeOf(load)).toBe('ENGINE_BUILTIN');
    expect(load).toThrow(/sprintf/);
  });

  it('that is none of OPA is refused when it is loaded', () => {
    const empty = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    expect(codeOf(() => createEvaluator({ module: empty, data: '{}', memoryMiB: 64 }))).toBe(
      'ENGINE_LOAD',
    );
  });

  it('with data that is no JSON is refused when it is loaded', () => {
    expect(codeOf(() => createEvaluator({ module, data: '{', memoryMiB: 64 }))).toBe(
      'ENGINE_INPUT',
    );
  });
});

describe('memory', () => {
  it('has a maximum: a policy that keeps growing is ended there, and the next one runs', () => {
    expect(codeOf(() => run('grow', input({ rounds: 3000 })))).toBe('ENGINE_MEMORY');
    expect(run('echo', input({ answer: 1 }))).toBe(one(1));
  });

  it('an input larger than all of it is refused', () => {
    expect(codeOf(() => run('raw', JSON.stringify('x'.repeat(65 * 1024 * 1024))))).toBe(
      'ENGINE_MEMORY',
    );
  });

  it('what was evaluated before leaves no trace', () => {
    const first = run('input', input({ note: 'first' }));
    run('owner', input({ note: 'second', list: Array(1000).fill('x') }));
    expect(run('input', input({ note: 'first' }))).toBe(first);
  });

  it('a small budget still loads', () => {
    const small = createEvaluator({ module, data: '{}', memoryMiB: 2 });
    expect(small.entrypoints).toContain(entry('owner'));
  });
});
