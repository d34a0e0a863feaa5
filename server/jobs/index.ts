/**
 * Work that is due by the clock rather than by a request: housekeeping, which sweeps away what has expired, and the loop that
 * asks what is due. What that is, is rows of storage and the business of the rooms behind `ports.ts`. Start with `due-loop.ts`.
 */
export { startDueLoop, type DueLoop } from './due-loop.ts'
export type { DueWork } from './ports.ts'

export interface HousekeepingParts {
  /** Removes or blanks what is past its time at `nowMs` (epoch ms). Safe to run from several processes at once. */
  sweep: (nowMs: number) => Promise<void>
  clock: () => number
  onError: (error: unknown) => void
}

const EVERY_MS = 10 * 60_000

/** Sweeps at start and every ten minutes until stopped; a failed sweep is reported and tried again at its next time. */
export function startHousekeeping({ sweep, clock, onError }: HousekeepingParts): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve()
  const run = (): void => {
    running = running.then(() => sweep(clock())).catch(onError)
  }
  run()
  const timer = setInterval(run, EVERY_MS)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}
