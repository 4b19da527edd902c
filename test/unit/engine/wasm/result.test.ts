import { describe, expect, it } from 'vitest';

import { EngineError } from '../../../../src/engine/errors.ts';
import { parseViolations, readViolations } from '../../../../src/engine/wasm/result.ts';

const ADDRESSES = new Set(['a', 'b']);
const good = { address: 'a', path: 'tags.owner', message: 'm' };

describe('reading what a policy answered', () => {
  it('takes a set of violations of the resources that were asked about', () => {
    const full = { ...good, expected: ['x'], actual: null, fix: 'mend it' };
    expect(readViolations(JSON.stringify([{ result: [good, full] }]), ADDRESSES)).toEqual([
      good,
      full,
    ]);
  });

  it.each([
    ['not JSON', 'nonsense'],
    ['undefined', '[]'],
    ['two results', JSON.stringify([{ result: [] }, { result: [] }])],
    ['no list of results', JSON.stringify({ result: [] })],
    ['a boolean', JSON.stringify([{ result: false }])],
    ['an object', JSON.stringify([{ result: {} }])],
    ['null', JSON.stringify([{ result: null }])],
    ['nothing under result', JSON.stringify([{}])],
    ['a violation that is a text', JSON.stringify([{ result: ['no owner'] }])],
    [
      'a violation without address',
      JSON.stringify([{ result: [{ ...good, address: undefined }] }]),
    ],
    ['a stranger’s address', JSON.stringify([{ result: [{ ...good, address: 'c' }] }])],
    ['no path', JSON.stringify([{ result: [{ ...good, path: undefined }] }])],
    ['an empty message', JSON.stringify([{ result: [{ ...good, message: '' }] }])],
    ['a message that is no text', JSON.stringify([{ result: [{ ...good, message: 1 }] }])],
    ['a fix that is no text', JSON.stringify([{ result: [{ ...good, fix: [] }] }])],
    ['a misspelt member', JSON.stringify([{ result: [{ ...good, expcted: 1 }] }])],
    ['one good and one bad', JSON.stringify([{ result: [good, {}] }])],
  ])('%s is a breakage, never "nothing is wrong"', (_, text) => {
    expect(() => readViolations(text, ADDRESSES)).toThrow(EngineError);
  });

  it('passes on from the worker what was read there', () => {
    expect(parseViolations(JSON.stringify([good]))).toEqual([good]);
  });
});
