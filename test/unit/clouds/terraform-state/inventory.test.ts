import { statSync } from 'node:fs';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { terraformState } from '../../../../src/clouds/terraform-state/index.ts';
import type { Inventory } from '../../../../src/clouds/inventory.ts';
import { inventoryContract } from '../../../contract/inventory.ts';
import { makeFolder } from '../folders.ts';
import type { Folder } from '../folders.ts';
import { bucket, state } from './states.ts';

const EVERYTHING = { kind: () => true };
const { signal } = new AbortController();

async function open(paths: readonly string[], more: object = {}): Promise<Inventory> {
  const settings = terraformState.settings.parse({
    type: 'terraform-state',
    name: 'states',
    paths,
    ...more,
  });
  return await terraformState.openInventory(settings);
}

inventoryContract('a folder of Terraform states', () => {
  const folder = makeFolder({
    'a.tfstate': state(bucket('one', { owner: 'ana' }), bucket('two', {})),
    'deep/b.tfstate': state({
      type: 'aws_vpc',
      instances: [{ attributes: { id: 'vpc-1', password: 'p4ss', tags: null } }],
    }),
  });
  const [a, b] = [folder.file('a.tfstate'), folder.file('deep/b.tfstate')];
  const missing = folder.file('gone.tfstate');
  return Promise.resolve({
    open: () => open([folder.path, missing]),
    dispose: () => {
      folder.remove();
      return Promise.resolve();
    },
    whole: true,
    accounts: [a, b, missing],
    unreadable: [missing],
    resources: {
      [`${a}#aws_s3_bucket.one`]: { owner: 'ana' },
      [`${a}#aws_s3_bucket.two`]: {},
      [`${b}#aws_vpc.this`]: {},
    },
    secrets: ['p4ss'],
  });
});

describe('an inventory of states', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = makeFolder();
  });
  afterEach(() => {
    folder.remove();
  });

  it('says of each thing who manages it, and how old the state is', async () => {
    const path = folder.write('a.tfstate', state(bucket('one', {})));
    const inventory = await open([path]);
    const { partitions } = await inventory.plan(EVERYTHING, signal);
    const { resources, next } = await inventory.read(partitions[0]!, undefined, signal);
    expect(next).toBeUndefined();
    expect(resources).toMatchObject([{ managedBy: { tool: 'terraform', name: path } }]);
    expect(resources[0]?.capturedAt).toBe(statSync(path).mtime.toISOString());
  });

  it('gives the whole of a state, whatever is wanted: facts hang on companions', async () => {
    const path = folder.write(
      'a.tfstate',
      state(bucket('one', {}), { type: 'aws_s3_bucket_policy', instances: [{ attributes: {} }] }),
    );
    const inventory = await open([path]);
    const wanted = { kind: (kind: string) => kind === 'aws.s3.bucket' };
    const { partitions } = await inventory.plan(wanted, signal);
    const { resources } = await inventory.read(partitions[0]!, undefined, signal);
    expect(resources).toHaveLength(2);
  });

  it('has a gap for a state beyond the limit, and an error for one that is broken', async () => {
    const large = folder.write('large.tfstate', state(bucket('a-very-long-name'.repeat(20), {})));
    const broken = folder.write('broken.tfstate', '{"version":4,');
    const inventory = await open([folder.path], { maxSize: '500B' });
    const { gaps, partitions } = await inventory.plan(EVERYTHING, signal);
    expect(gaps).toMatchObject([{ scope: { state: large }, code: 'CLOUD_SETTINGS' }]);
    expect(gaps[0]?.message).toMatch(/maxSize of this inventory is 500/);
    expect(partitions.map(({ key }) => key)).toEqual([broken]);
    await expect(inventory.read(partitions[0]!, undefined, signal)).rejects.toMatchObject({
      code: 'CLOUD_PROTOCOL',
    });
  });
});
