import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Real processes, real servers, real disks: the limits catch hangs, not slowness.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two cores carry PostgreSQL, rsync and git besides the tests.
    maxWorkers: 2,
    // A test that fails once is a finding, not noise.
    retry: 0,
    allowOnly: false,
    passWithNoTests: false,
  },
});
