import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { exemptionSet } from '../../../src/bindings/exemption.ts';
import { exemptionDesk } from '../../../src/exemption/desk.ts';
import { keepExemptions } from '../../../src/exemption/keeper.ts';
import { openStore } from '../../../src/store/index.ts';
import type { Store } from '../../../src/store/index.ts';
import { exemption } from '../../rules.ts';
import { fakeOutside } from '../clouds/outside.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'portcullis-keeper-'));
const outside = fakeOutside('2026-12-02T00:00:00.000Z');
let store: Store;
beforeAll(async () => {
  store = await openStore({ folder, outside });
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

it('an end is recorded once by however many look; what could not be recorded is recorded by the next look', async () => {
  const recorded: string[] = [];
  let broken = true;
  const parts = {
    store: store.exemptions,
    leases: store.leases,
    current: () =>
      Promise.resolve({ set: exemptionSet([exemption()]), at: outside.clock(), notes: [] }),
    record: ({ type, subject }: { readonly type: string; readonly subject: string }) => {
      if (broken) return Promise.reject(new Error('the disk is full'));
      recorded.push(`${type} ${subject}`);
      return Promise.resolve();
    },
    warn: outside.warn,
  };
  await store.exemptions.create(
    {
      ...{ id: 'EX-2', rules: ['tagging.owner'], reason: 'r', owner: 'ada' },
      until: '2999-01-01T00:00:00Z',
    },
    'ada',
  );
  await keepExemptions({ ...parts, owner: 'a' });
  expect([recorded, outside.warnings.length]).toEqual([[], 1]);
  broken = false;
  await Promise.all(['a', 'b', 'c'].map((owner) => keepExemptions({ ...parts, owner })));
  await keepExemptions({ ...parts, owner: 'b' });
  expect(recorded).toEqual(['exemption.requested EX-2', 'exemption.expired EX-1']);
});

it('an exemption of a file that nothing uses is told of, once it was known for long enough', async () => {
  const ofFile = exemption({ id: 'F-1', until: new Date('2999-01-01T00:00:00Z') });
  const parts = {
    store: store.exemptions,
    leases: store.leases,
    current: () => Promise.resolve({ set: exemptionSet([ofFile]), at: outside.clock(), notes: [] }),
    record: () => Promise.resolve(),
    warn: outside.warn,
  };
  const desk = exemptionDesk({ ...parts, rules: () => [] });
  const unused = async (): Promise<readonly string[]> =>
    (await desk.review(30)).remarks.filter(({ code }) => code === 'unused').map(({ id }) => id);
  const days = (count: number): void => outside.advance(count * 24 * 60 * 60 * 1000);

  await keepExemptions({ ...parts, owner: 'a' });
  days(29);
  await keepExemptions({ ...parts, owner: 'b' });
  expect(await unused()).toEqual([]);
  days(1);
  expect(await unused()).toEqual(['F-1']);
  const lastUsed = outside.clock().toISOString();
  await store.exemptions.countUses([{ id: 'F-1', uses: 1, lastUsed }]);
  expect(await unused()).toEqual([]);
  days(30);
  expect(await unused()).toEqual(['F-1']);
});
