import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { CLOUD_ADAPTERS, InventorySettings, isWritable } from '../../src/clouds/registry.ts';

const CLOUDS = path.resolve(import.meta.dirname, '../../src/clouds');
const IDS = z.enum(['aws', 'azure', 'google', 'kubernetes', 'terraform-state', 'json-lines']);

/** Folders beside the adapters that are none. */
const NO_ADAPTERS = ['calls', 'fakes', 'files'];
/** What reads files, and so asks no cloud for anything. */
const FILES = ['terraform-state', 'json-lines'];

/** The least that each adapter takes. */
const LEAST: Readonly<Record<z.infer<typeof IDS>, object>> = {
  aws: { regions: ['eu-central-1'] },
  azure: { subscriptions: ['11111111-1111-4111-8111-111111111111'] },
  google: { scopes: ['projects/shop'] },
  kubernetes: { cluster: 'west', inCluster: true },
  'terraform-state': { paths: ['states'] },
  'json-lines': {},
};

describe('the table of the adapters', () => {
  it('has a line for every folder, and a folder for every line', () => {
    const folders = readdirSync(CLOUDS, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !NO_ADAPTERS.includes(entry.name))
      .map(({ name }) => name);
    expect(folders.sort()).toEqual(Object.keys(CLOUD_ADAPTERS).sort());
  });

  it.each(IDS.options)('%s says who it is, what it reads and what it may', async (id) => {
    const adapter = await CLOUD_ADAPTERS[id]();
    expect(adapter.id).toBe(id);
    expect(adapter.title).toMatch(/\w{3}/);
    expect(adapter.reads).toMatch(/^.{20,200}\.$/);
    const readme = readFileSync(path.join(CLOUDS, id, 'readme.md'), 'utf8');
    expect(readme).toContain(`type: ${id}`);
    expect('openTagger' in adapter).toBe(isWritable(id));
    const { read, write } = adapter.permissions;
    expect({ reads: read.length > 0, writes: write.length > 0 }).toEqual({
      reads: !FILES.includes(id),
      writes: isWritable(id),
    });
    const actions = [...read, ...write].map(({ action }) => action);
    expect(new Set(actions).size).toBe(actions.length);
    for (const { why } of [...read, ...write]) expect(why).toMatch(/\w+ \w+/);
  });

  it.each(IDS.options)('%s takes the least, and nothing that it does not know', (type) => {
    const settings = { type, name: 'main', ...LEAST[type] };
    expect(InventorySettings.safeParse(settings).error).toBeUndefined();
    const { error } = InventorySettings.safeParse({ ...settings, regoins: ['typo'] });
    expect(error?.issues).toMatchObject([{ code: 'unrecognized_keys', keys: ['regoins'] }]);
  });

  it('takes no adapter that is not in it', () => {
    expect(InventorySettings.safeParse({ type: 'oracle', name: 'main' }).success).toBe(false);
  });
});
