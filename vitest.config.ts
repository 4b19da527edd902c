import { defineConfig } from 'vitest/config';

const OTHERS = ['test/peers/**', '**/node_modules/**'];

export default defineConfig({
  test: {
    testTimeout: 180_000,
    hookTimeout: 300_000,
    // A limit for what hangs, not for what is slow: machines that build and test are often busy.
    // Two cores: more workers only make the real servers and the toolchain wait for each other.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        // Nothing here changes a module or the process: loading the source anew for each file would be a third of the time.
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          exclude: OTHERS,
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts'],
          exclude: [...OTHERS, 'test/unit/**'],
        },
      },
    ],
  },
});
