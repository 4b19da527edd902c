import { setFlagsFromString } from 'node:v8';
import { beforeEach, expect, it, vi } from 'vitest';

import { sparingMemory } from '../../../src/fleet/spare-memory.ts';

vi.mock('node:v8', () => ({ setFlagsFromString: vi.fn() }));

const said = (): unknown[] => vi.mocked(setFlagsFromString).mock.calls.flat();

beforeEach(() => vi.mocked(setFlagsFromString).mockClear());

it('the heap is kept small from the first run on, until the last of them has ended', () => {
  const spare = sparingMemory();
  const [one, other] = [spare(), spare()];
  expect(said()).toEqual(['--heap-growing-percent=40']);
  one();
  expect(said()).toHaveLength(1);
  other();
  expect(said().at(-1)).toBe('--heap-growing-percent=0');
  expect(said()).toHaveLength(2);
});

it('a run that says twice that it has ended does not speak for another one', () => {
  const spare = sparingMemory();
  const [one, other] = [spare(), spare()];
  one();
  one();
  expect(said()).toHaveLength(1);
  other();
  expect(said()).toHaveLength(2);
});
