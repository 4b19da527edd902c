import { defineConfig } from 'vitest/config';

/** Real third-party systems: see test/peers. They are started one after the other, and are slow to start. */
export default defineConfig({
  test: {
    include: ['test/peers/**/*.peer.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
});
