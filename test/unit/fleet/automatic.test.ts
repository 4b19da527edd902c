import { describe, expect, it } from 'vitest';

import { repairAutomatically } from '../../../src/fleet/automatic.ts';
import type { AutomaticParts } from '../../../src/fleet/automatic.ts';
import { rule } from '../../rules.ts';

const signal = new AbortController().signal;

function world(given: {
  mode?: string;
  changes?: number;
  breaches?: number;
  writes?: 'on' | 'off';
}) {
  const { mode = 'automatic', changes = 1, breaches = 0, writes = 'on' } = given;
  const done: unknown[] = [];
  const warnings: string[] = [];
  const list = (length: number) => Array.from({ length }, () => ({}));
  const repairs = {
    plan: (...asked: unknown[]) => {
      done.push(['plan', ...asked.slice(0, 2)]);
      return Promise.resolve({
        plan: { id: 'p', changes: list(changes), breaches: list(breaches) },
      });
    },
    apply: (...asked: unknown[]) =>
      Promise.resolve(void done.push(['apply', ...asked.slice(0, 2)])),
  } as unknown as AutomaticParts['repairs'];
  const mending = { ...rule({ id: 'tagging.owner' }), repair: { mode } } as unknown as ReturnType<
    typeof rule
  >;
  const parts: AutomaticParts = {
    rules: () => [mending, rule({ id: 'other' })],
    repairs,
    writes: () => writes,
    warn: (message) => void warnings.push(message),
  };
  return { parts, done, warnings };
}

describe('after a sweep', () => {
  it('what automatic rules mend is planned and applied, by the schedule', async () => {
    const { parts, done } = world({});
    await repairAutomatically(parts, signal);
    expect(done).toEqual([
      ['plan', { rules: ['tagging.owner'] }, 'schedule'],
      ['apply', 'p', { actor: 'schedule', automatic: true }],
    ]);
  });

  it.each([
    ['rules only suggest', { mode: 'suggest' }, 0],
    ['writes are off', { writes: 'off' }, 0],
    ['there is nothing to mend', { changes: 0 }, 1],
    ['it is over its caps', { breaches: 1 }, 1],
  ] as const)('nothing is applied when %s', async (_, given, calls) => {
    const { parts, done } = world(given);
    await repairAutomatically(parts, signal);
    expect(done).toHaveLength(calls);
  });

  it('one that breaks is told, and stops nothing else', async () => {
    const { parts, warnings } = world({});
    const broken = {
      ...parts,
      repairs: { ...parts.repairs, plan: () => Promise.reject(new Error('no')) },
    };
    await repairAutomatically(broken, signal);
    expect(warnings).toHaveLength(1);
  });
});
