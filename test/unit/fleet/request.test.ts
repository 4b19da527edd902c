import { describe, expect, it } from 'vitest';

import { InventorySettings } from '../../../src/clouds/registry.ts';
import { requestOf } from '../../../src/fleet/create.ts';
import { SweepSettings } from '../../../src/sweep/schema.ts';

const PARTS = {
  inventories: ['mainframe', 'cellar', 'attic'].map((name) =>
    InventorySettings.parse({ type: 'json-lines', name }),
  ),
  configured: SweepSettings.parse([
    { name: 'nightly', kinds: ['aws.*'], coverage: 90, concurrency: 2 },
    { name: 'cellars', inventories: ['cellar'] },
    { name: 'europe', accounts: ['prod-?'], regions: ['eu-*', 'uk'] },
  ]),
};
const EMPTY = { inventories: [], configured: [] };
const BY_ADA = { by: 'person', actor: 'ada' };

describe('what is asked to be swept', () => {
  it.each([
    [
      'nothing: everything, in full',
      {},
      {
        name: 'ad-hoc',
        inventories: ['mainframe', 'cellar', 'attic'],
        coverage: 100,
        concurrency: 4,
      },
    ],
    [
      'inventories: each of them once',
      { inventories: ['attic', 'cellar', 'attic'], regions: ['eu-*'] },
      {
        name: 'ad-hoc',
        inventories: ['attic', 'cellar'],
        regions: ['eu-*'],
        coverage: 100,
        concurrency: 4,
      },
    ],
    [
      'a name: as it is configured',
      { name: 'nightly' },
      {
        name: 'nightly',
        inventories: ['mainframe', 'cellar', 'attic'],
        kinds: ['aws.*'],
        coverage: 90,
        concurrency: 2,
      },
    ],
    [
      'a name and less than it reads',
      { name: 'nightly', inventories: ['cellar'], accounts: ['1*'], coverage: 95 },
      {
        name: 'nightly',
        inventories: ['cellar'],
        accounts: ['1*'],
        kinds: ['aws.*'],
        coverage: 95,
        concurrency: 2,
      },
    ],
    [
      'a name and some of its globs',
      { name: 'europe', accounts: ['prod-a', 'prod-?'], regions: ['eu-w*', 'uk'] },
      {
        name: 'europe',
        inventories: ['mainframe', 'cellar', 'attic'],
        accounts: ['prod-a', 'prod-?'],
        regions: ['eu-w*', 'uk'],
        coverage: 100,
        concurrency: 4,
      },
    ],
  ])('%s', (_, ask, request) => {
    expect(requestOf(PARTS, ask, 'ada')).toEqual({ ...request, trigger: BY_ADA });
  });

  it.each([
    [
      'a name that nobody configured',
      PARTS,
      { name: 'no' },
      'FLEET_UNKNOWN',
      'nightly, cellars, europe',
    ],
    ['a name where none is', EMPTY, { name: 'no' }, 'FLEET_UNKNOWN', 'None is configured'],
    [
      'a name and what it does not read',
      PARTS,
      { name: 'cellars', inventories: ['cellar', 'attic'] },
      'FLEET_INVALID',
      'It reads cellar.',
    ],
    [
      'a name and other kinds',
      PARTS,
      { name: 'nightly', kinds: ['aws.s3.*', '*'] },
      'FLEET_INVALID',
      'It reads aws.*.',
    ],
    [
      'a name and more regions',
      PARTS,
      { name: 'europe', regions: ['eu-west-1', 'u*'] },
      'FLEET_INVALID',
      'It reads eu-*, uk.',
    ],
    [
      'a name and any account where one letter is open',
      PARTS,
      { name: 'europe', accounts: ['prod-*'] },
      'FLEET_INVALID',
      'It reads prod-?.',
    ],
    [
      'a name and less to read than it needs',
      PARTS,
      { name: 'nightly', coverage: 89 },
      'FLEET_INVALID',
      'Change its coverage',
    ],
    ['anything where there is no inventory', EMPTY, {}, 'FLEET_INVALID', 'portcullis.yaml'],
  ])('%s is refused, with a way out', (_, parts, ask, code, help) => {
    expect(() => requestOf(parts, ask, 'ada')).toThrow(
      expect.objectContaining({ code, help: expect.stringContaining(help) as string }),
    );
  });
});
