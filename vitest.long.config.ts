import { defineConfig } from 'vitest/config'

/** Storms, crashes and fuzz, and the laws of attendance over far more stories: minutes, so beside `npm test`. */
export default defineConfig({
  test: {
    include: ['test/long/**/*.long.test.ts', 'test/shared/attendance/*laws.test.ts'],
    env: { LAW_RUNS: '3000' },
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 240_000,
    hookTimeout: 120_000,
    maxWorkers: 1,
    fileParallelism: false,
  },
})
