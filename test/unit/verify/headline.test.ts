import { expect, it } from 'vitest';

import { verifiedText } from '../../../src/verify/report.ts';

it.each([
  [0, 'nothing to verify: gate.example.com/ledger is signed, and has no entry yet'],
  [1, 'verified: 1 entry of gate.example.com/ledger'],
  [2, 'verified: 2 entries of gate.example.com/ledger'],
])('a log of %i is told of by its first line', (size, line) => {
  const checkpoint = { origin: 'gate.example.com/ledger', size, root: Buffer.alloc(32) };
  const text = verifiedText({
    checkpoint,
    since: undefined,
    signers: ['gate'],
    findings: [],
    total: 0,
    lastTime: undefined,
  });
  expect(text.split('\n')[0]).toBe(line);
});
