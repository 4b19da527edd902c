import { defineConfig } from 'vitest/config';

/** Real third-party systems: see test/peers. They are slow to start, and wait much: two at a time. */
export default defineConfig({
  test: {
    include: ['test/peers/**/*.peer.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
});
