import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { findFiles } from '../../../../src/clouds/files/find.ts';
import { readWhole } from '../../../../src/clouds/files/open.ts';
import { makeFolder } from '../folders.ts';
import type { Folder } from '../folders.ts';

const { signal } = new AbortController();

describe('files of an inventory', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = makeFolder({
      'a.tfstate': 'a',
      'prod/b.tfstate': 'b',
      'prod/b.tfstate.backup': 'old',
      'test/c.tfstate': 'c',
      '.terraform/terraform.tfstate': 'the settings of a backend, and no state',
    });
  });
  afterEach(() => {
    folder.remove();
  });
  const found = async (...paths: string[]): Promise<string[]> => {
    const { files } = await findFiles(paths, ['.tfstate'], signal);
    return files.map(({ name }) => name.replace(`${folder.path}/`, ''));
  };

  it.each([
    ['a folder, all the way down', ['/'], ['a.tfstate', 'prod/b.tfstate', 'test/c.tfstate']],
    ['a file, whatever its name', ['/prod/b.tfstate.backup'], ['prod/b.tfstate.backup']],
    ['a glob over folders', ['/*/c.tf*'], ['test/c.tfstate']],
    ['a glob over whole names', ['/pro?/*'], ['prod/b.tfstate', 'prod/b.tfstate.backup']],
    [
      'each file once',
      ['/', '/prod', '/a.tfstate'],
      ['a.tfstate', 'prod/b.tfstate', 'test/c.tfstate'],
    ],
  ])('are %s', async (_what, paths, expected) => {
    expect(await found(...paths.map((path) => `${folder.path}${path}`))).toEqual(expected);
  });

  it('are not found behind links, unless the link itself is named', async () => {
    symlinkSync(folder.file('a.tfstate'), folder.file('link.tfstate'));
    symlinkSync(folder.path, folder.file('prod/loop'));
    expect(await found(folder.path)).toEqual(['a.tfstate', 'prod/b.tfstate', 'test/c.tfstate']);
    const [named] = await found(folder.file('link.tfstate'));
    expect(named).toBe('link.tfstate');
    const file = { name: folder.file('link.tfstate'), named: true };
    expect((await readWhole(file, 10, signal)).bytes.toString()).toBe('a');
    // Somebody put a link in the place of the file after it was found.
    await expect(readWhole({ ...file, named: false }, 10, signal)).rejects.toThrow(/is a link/);
  });

  it('are regular files: a pipe does not hold up the sweep', async () => {
    const pipe = folder.file('pipe.tfstate');
    execFileSync('mkfifo', [pipe]);
    await expect(readWhole({ name: pipe, named: true }, 10, signal)).rejects.toMatchObject({
      code: 'CLOUD_SETTINGS',
    });
  });

  it('are missed in words', async () => {
    const { files, problems } = await findFiles([folder.file('gone')], [], signal);
    expect(files).toEqual([]);
    expect(problems).toEqual([
      {
        name: folder.file('gone'),
        code: 'CLOUD_MISSING',
        message: `${folder.file('gone')} is not there`,
      },
    ]);
  });

  it('are bounded', async () => {
    const file = { name: folder.file('a.tfstate'), named: false };
    await expect(readWhole(file, 0, signal)).rejects.toMatchObject({ code: 'CLOUD_SETTINGS' });
    const levels = Array.from({ length: 40 }, (_, level) => `l${level}`).join('/');
    folder.write(`${levels}/deep.tfstate`, 'x');
    const { problems } = await findFiles([folder.path], ['.tfstate'], signal);
    expect(problems.map(({ message }) => message).join()).toMatch(/not searched to its end/);
  });
});
