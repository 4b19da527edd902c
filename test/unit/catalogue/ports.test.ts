import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { UNKNOWN } from '../../../src/catalogue/facts.ts';
import {
  admitsEveryone,
  beyondWeb,
  everyPort,
  isEveryone,
  reachesAdmin,
} from '../../../src/catalogue/ports.ts';

describe('what a firewall rule opens', () => {
  it.each([
    [['22'], true, true, false],
    [['3389'], true, true, false],
    [['443'], false, false, false],
    [['80', '443'], false, false, false],
    [['80-443'], true, false, false],
    [['1-65535'], true, true, true],
    [['0-65535'], true, true, true],
    [['*'], true, true, true],
    [['443,22'], true, true, false],
    [[], false, false, false],
  ])('%j', (ports, web, admin, every) => {
    expect([beyondWeb(ports), reachesAdmin(ports), everyPort(ports)]).toEqual([web, admin, every]);
  });

  it('does not know what a port says that it cannot read', () => {
    expect(beyondWeb(['ssh'])).toBe(UNKNOWN);
    expect(beyondWeb(['443', UNKNOWN])).toBe(UNKNOWN);
    expect(beyondWeb(['22', UNKNOWN])).toBe(true);
    expect(beyondWeb(UNKNOWN)).toBe(UNKNOWN);
  });

  it('reaches an administrator’s port exactly when a range holds 22 or 3389', () => {
    const port = fc.integer({ min: 0, max: 65_535 });
    fc.assert(
      fc.property(port, port, (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const holds = [22, 3389].some((admin) => from <= admin && admin <= to);
        expect(reachesAdmin([`${from}-${to}`])).toBe(holds);
      }),
    );
  });
});

describe('who is everyone', () => {
  it.each(['0.0.0.0/0', '::/0', '*', 'Internet', 'any', ' 0.0.0.0/0 '])('%s', (address) => {
    expect(isEveryone(address)).toBe(true);
  });

  it.each(['10.0.0.0/8', '0.0.0.0', 'VirtualNetwork', '', '0.0.0.0/01'])('not %j', (address) => {
    expect(isEveryone(address)).toBe(false);
  });

  it('is among several, or the only one', () => {
    expect(admitsEveryone(['10.0.0.0/8', '::/0'])).toBe(true);
    expect(admitsEveryone(undefined, '*')).toBe(true);
    expect(admitsEveryone(['10.0.0.0/8', UNKNOWN])).toBe(UNKNOWN);
    expect(admitsEveryone(undefined)).toBe(false);
  });
});
