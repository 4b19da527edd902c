import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/peers/**', '**/node_modules/**'],
    testTimeout: 180_000,
    hookTimeout: 300_000,
    // A limit for what hangs, not for what is slow: machines that build and test are often busy.
    // Two cores: more workers only make the real servers and the toolchain wait for each other.
    maxWorkers: 2,
  },
});
