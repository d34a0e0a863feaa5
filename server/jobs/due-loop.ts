import type { DueWork } from './ports.ts'

export interface DueLoopParts {
  work: readonly DueWork[]
  clock: () => number
  onError: (error: unknown) => void
  /** How often it asks, in milliseconds of the machine's time. */
  everyMs?: number
}

export interface DueLoop {
  /** Something may be due: ask now. Cheap, and never more often than passes can begin. */
  wake(): void
  /** Does everything that is due now, waits for what is under way already, and resolves when nothing is due any more. */
  runDue(): Promise<void>
  /** Asks no more, and resolves when what is under way has ended. */
  stop(): Promise<void>
}

const EVERY_MS = 1_000
/** Passes at a time: a long piece of work keeps nobody else waiting, and a database that hangs is not asked ever more. */
const MOST_PASSES = 4

/**
 * Asks at start, when woken and every second what is due by the clock it was given. What is due, and that nothing is done
 * twice, is the rows' business: passes may overlap, in this process and in others.
 */
export function startDueLoop({ work, clock, onError, everyMs = EVERY_MS }: DueLoopParts): DueLoop {
  const underWay = new Set<Promise<number>>()
  let stopped = false

  function pass(): Promise<number> {
    const running = Promise.all(work.map((one) => one.runDue(clock()).catch(failed))).then((counts) =>
      counts.reduce((sum, count) => sum + count, 0),
    )
    underWay.add(running)
    void running.finally(() => underWay.delete(running))
    return running
  }

  function failed(error: unknown): number {
    onError(error)
    return 0
  }

  function wake(): void {
    if (!stopped && underWay.size < MOST_PASSES) void pass()
  }

  wake()
  const timer = setInterval(wake, everyMs)
  timer.unref()
  return {
    wake,
    async runDue() {
      for (;;) {
        if (stopped) return
        const others = [...underWay]
        const taken = await pass()
        await Promise.all(others)
        // A pass that began meanwhile may have taken what this one came too late for.
        if (taken === 0 && others.length === 0 && underWay.size === 0) return
      }
    },
    async stop() {
      stopped = true
      clearInterval(timer)
      await Promise.all(underWay)
    },
  }
}
