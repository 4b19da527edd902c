import { describe, expect, it } from 'vitest';

import { exitCode } from '../../../src/report/exit-code.ts';
import type { FailOn } from '../../../src/report/exit-code.ts';
import type { Outcome } from '../../../src/report/report.ts';
import { decision } from '../../decisions.ts';
import { outcome, reported } from '../../outcomes.ts';

describe('exit codes', () => {
  const denied = { name: 'a', decision: decision({ decision: 'deny' }) };
  const warned = {
    name: 'b',
    decision: decision({ warnings: [reported({ enforcement: 'warn' })] }),
  };
  const unknown = {
    name: 'c',
    decision: decision({
      unknown: [{ ...reported(), enforcement: 'warn', title: 'Tags', paths: ['tags'] }],
    }),
  };
  const failed = {
    name: 'd',
    decision: decision({
      decision: 'deny',
      failed: [{ ...reported(), code: 'ENGINE_TRAP', reason: 'trap' }],
    }),
  };
  const broken = { name: 'e', problem: { code: 'SOURCE_MALFORMED', message: 'no' } };
  const clean = { name: 'f', decision: decision() };

  it.each<[string, Outcome['checked'], FailOn[], number]>([
    ['all allowed', [clean, warned, unknown], [], 0],
    ['one denied', [clean, denied], [], 1],
    ['a warning, on demand', [warned], ['warn'], 1],
    ['an unknown, on demand', [unknown], ['unknown'], 1],
    ['a warning is no unknown', [warned], ['unknown'], 0],
    ['not judged weighs more than denied', [denied, broken], [], 2],
    ['a policy that broke', [failed], [], 2],
    ['nothing at all', [], [], 2],
  ])('%s', (_, checked, failOn, code) => {
    expect(exitCode(outcome({ checked }), failOn)).toBe(code);
  });
});
