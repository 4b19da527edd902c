import { describe, expect, it } from 'vitest';

import { workerFile } from '../../../src/kit/worker-file.ts';

describe('workerFile', () => {
  it.each([
    ['file:///app/dist/engine/pool.js', './worker.js', 'file:///app/dist/engine/worker.js'],
    ['file:///app/src/engine/pool.ts', './worker.js', 'file:///app/dist/engine/worker.js'],
    [
      'file:///home/src/app/src/engine/pool.ts',
      './a/w.js',
      'file:///home/src/app/dist/engine/a/w.js',
    ],
    ['file:///app/my%20src/src/pool.ts', './worker.js', 'file:///app/my%20src/dist/worker.js'],
  ])('beside %s, %s is %s', (module, relative, expected) => {
    expect(workerFile(module, relative).href).toBe(expected);
  });
});
