import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/**/*.long.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    // Time is no assertion: a crowded machine needs several times what a quiet one does.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Many tests wait for a browser or the database: a third worker uses the time on two cores.
    maxWorkers: 3,
    // Modules keep nothing between tests (parts are passed in), so one worker may load them once for many files.
    isolate: false,
  },
})
