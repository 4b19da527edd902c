import { expect, it } from 'vitest';

import { InventorySettings } from '../../../src/clouds/registry.ts';
import { inventoriesOf } from '../../../src/fleet/create.ts';
import { RunRequest } from '../../../src/sweep/run.ts';
import type { RunState } from '../../../src/sweep/run.ts';
import type { RunFilter, RunHead } from '../../../src/sweep/store.ts';

function run(state: RunState, ...inventories: string[]): RunHead {
  const trigger = { by: 'person' };
  const request = { name: 'nightly', inventories, coverage: 100, concurrency: 1, trigger };
  return {
    ...{ id: state, number: 1, request: RunRequest.parse(request), state, cancelling: false },
    ...{ attempts: 1, startedAt: '', updatedAt: '', finishedAt: undefined, reason: '', notes: [] },
    judgedBy: undefined,
  };
}

/** What is listed of an inventory after these runs, in which so many resources were found. */
async function listed(runs: readonly RunHead[], found: number) {
  const [view] = await inventoriesOf({
    inventories: [InventorySettings.parse({ type: 'json-lines', name: 'cellar' })],
    titleOf: () => Promise.resolve('JSON lines'),
    live: { count: () => Promise.resolve(found) },
    pushed: { snapshot: () => Promise.resolve(undefined) },
    sweeps: {
      list: ({ states }: RunFilter) =>
        Promise.resolve(runs.filter(({ state }) => states?.includes(state))),
    },
  });
  return view?.resources;
}

it.each<[string, readonly RunHead[], number, number | undefined]>([
  ['was never swept', [], 0, undefined],
  ['was not part of a sweep', [run('completed', 'attic')], 0, undefined],
  ['is being swept for the first time', [run('running', 'cellar')], 0, undefined],
  ['could not be read', [run('failed', 'cellar')], 0, undefined],
  ['was swept, and is empty', [run('completed', 'attic', 'cellar')], 0, 0],
  ['was swept in part, and is empty', [run('incomplete', 'cellar')], 0, 0],
  ['holds what a sweep found so far', [run('running', 'cellar')], 3, 3],
])('an inventory that %s', async (_, runs, found, resources) => {
  expect(await listed(runs, found)).toBe(resources);
});
