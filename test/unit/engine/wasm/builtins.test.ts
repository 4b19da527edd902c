import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';

import { wasmToolchain } from '../../../../src/engine/toolchain/wasm-toolchain.ts';
import {
  HOST,
  HOST_BUILTINS,
  NATIVE_BUILTINS,
} from '../../../../src/engine/wasm/builtins/registry.ts';
import { parseRego, toText } from '../../../../src/engine/wasm/builtins/rego-text.ts';
import { BuiltinError, isArray } from '../../../../src/engine/wasm/builtins/value.ts';

interface Vector {
  readonly name: string;
  /** The operands as a Rego array. */
  readonly operands: string;
  /** The answer inside an array, as Rego text; or `undefined`. */
  readonly answer: string;
}

const lines = readFileSync(new URL('./builtins.vectors.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
const vectors = lines.flatMap((line, i): Vector[] => {
  if (line.startsWith('  ')) return [];
  const space = line.indexOf(' ');
  return [
    { name: line.slice(0, space), operands: line.slice(space + 1), answer: lines[i + 1]!.slice(2) },
  ];
});

function call(name: string, operands: string, nowNs = 0n): string {
  const values = parseRego(operands);
  if (!isArray(values)) throw new Error('operands are an array');
  try {
    const answer = HOST.get(name)!(values, { nowNs });
    return answer === undefined ? 'undefined' : toText([answer]);
  } catch (thrown) {
    if (thrown instanceof BuiltinError) return 'undefined';
    throw thrown;
  }
}

describe('builtins of the host answer as OPA does', () => {
  it.each(vectors)('$name $operands', ({ name, operands, answer }) => {
    expect(call(name, operands)).toBe(answer);
  });
});

describe('the vectors themselves', () => {
  const toolchain = wasmToolchain();
  afterAll(() => toolchain.close());

  it('are what the OPA in the package answers today', async () => {
    const rules = vectors.map(
      ({ name, operands }, i) =>
        `r["${i}"] := sprintf("%v", [[x]]) if x := ${name}(${operands.slice(1, -1)})`,
    );
    const answers = await toolchain.evaluate(
      { 'v.rego': `package v\n\n${rules.join('\n\n')}\n` },
      'data.v.r',
      {},
    );
    const differing = vectors.filter(
      ({ answer }, i) => (Reflect.get(Object(answers), String(i)) ?? 'undefined') !== answer,
    );
    expect(differing).toEqual([]);
  });

  it('touch every builtin that has an answer of its own', () => {
    const covered = new Set(vectors.map(({ name }) => name));
    const quiet = ['print', 'internal.print', 'trace', 'time.now_ns'];
    const rest = HOST_BUILTINS.filter(
      (name) => !covered.has(name) && !quiet.includes(name) && !name.startsWith('cast_'),
    );
    expect(rest).toEqual([]);
  });
});

describe('the registry', () => {
  it('answers nothing that modules carry themselves', () => {
    expect(
      HOST_BUILTINS.filter((name) => NATIVE_BUILTINS.some((native) => native === name)),
    ).toEqual([]);
  });

  it('offers nothing that reaches outside', () => {
    expect(HOST_BUILTINS).not.toContain('http.send');
    expect(HOST_BUILTINS).not.toContain('opa.runtime');
    expect(HOST_BUILTINS).not.toContain('rand.intn');
  });
});

describe('what no vector shows', () => {
  it('time.now_ns is the moment of the request', () => {
    expect(call('time.now_ns', '[]', 1_700_000_000_123_456_789n)).toBe('[1700000000123456789]');
  });

  it('print and trace hold and say nothing', () => {
    expect(call('print', '["x"]')).toBe('[true]');
    expect(call('trace', '["x"]')).toBe('[true]');
  });

  it.each([
    ['cast_array', '[{2, 1}]', '[[1, 2]]'],
    ['cast_set', '[[1, 1]]', '[{1}]'],
    ['cast_string', '[1]', 'undefined'],
    ['cast_null', '[null]', '[null]'],
  ])('%s %s is %s', (name, operands, answer) => {
    expect(call(name, operands)).toBe(answer);
  });

  it('yaml.marshal may choose other quotes than Go, never another value', () => {
    const written = call('yaml.marshal', '[{"a": "b: c", "d": "off", "e": "#f", "g": "012"}]');
    const value = parseRego(written);
    expect(call('yaml.unmarshal', toText(isArray(value) ? value : []))).toBe(
      '[{"a": "b: c", "d": "off", "e": "#f", "g": "012"}]',
    );
  });

  it('a tower of aliases is refused, not built', () => {
    const tower = Array.from(
      { length: 9 },
      (_, i) =>
        `${'abcdefghij'[i + 1]!}: &${'abcdefghij'[i + 1]!} [${Array(9).fill(`*${'abcdefghij'[i]!}`).join(', ')}]`,
    );
    const source = ['a: &a [x, x, x]', ...tower].join('\n');
    expect(call('yaml.unmarshal', toText([source]))).toBe('undefined');
  });

  it('a pattern that ruins backtracking engines takes linear time', () => {
    const subject = `${'a'.repeat(5_000)}!`;
    expect(call('regex.find_n', toText(['^(a+)+$', subject, -1n]))).toBe('[[]]');
  });

  it('a network of sixteen million addresses is refused instead of written out', () => {
    expect(() => call('net.cidr_expand', '["10.0.0.0/8"]')).toThrow(/memory/);
  });
});
