/**
 * The one clock of the simulated Zoom. It begins virtual: time stands still until somebody moves it, and everything
 * planned on the way happens in order at its own instant. `followRealTime()` hands it over to the machine's clock.
 */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number
  /** Plans `action` for an instant (at once when it has passed) and returns how to take it back. */
  at(ms: number, action: () => void): () => void
}

export interface VirtualClock extends Clock {
  /** Moves time forward and runs what is due, in order of instant, then of planning. Never goes back. */
  advanceTo(ms: number): void
  advanceBy(ms: number): void
  /** From now on `now()` is the machine's time and plans are kept by timers that hold no process open. */
  followRealTime(): void
}

interface Plan {
  ms: number
  action: () => void
}

export function createClock(startMs: number): VirtualClock {
  let nowMs = startMs
  let real = false
  let timer: NodeJS.Timeout | undefined
  const plans: Plan[] = []

  const takeNext = (untilMs: number): Plan | undefined => {
    const next = plans[0]
    return next && next.ms <= untilMs ? plans.shift() : undefined
  }
  const advanceTo = (ms: number): void => {
    for (let plan = takeNext(ms); plan; plan = takeNext(ms)) {
      nowMs = Math.max(nowMs, plan.ms)
      plan.action()
    }
    nowMs = Math.max(nowMs, ms)
  }
  const wake = (): void => {
    clearTimeout(timer)
    const next = plans[0]
    if (!real || !next) return
    // Node's timers hold 31 bits; a longer wait is done in several.
    const waitMs = Math.min(Math.max(0, next.ms - Date.now()), 2 ** 30)
    timer = setTimeout(() => {
      advanceTo(Date.now())
      wake()
    }, waitMs)
    timer.unref()
  }

  return {
    now: () => (real ? Math.max(nowMs, Date.now()) : nowMs),
    at(ms, action) {
      const plan = { ms: Math.round(ms), action }
      plans.splice(placeAfter(plans, plan.ms), 0, plan)
      wake()
      return () => {
        const place = plans.indexOf(plan)
        if (place !== -1) plans.splice(place, 1)
      }
    },
    advanceTo,
    advanceBy: (ms) => advanceTo(nowMs + ms),
    followRealTime() {
      real = true
      wake()
    },
  }
}

/** The index behind every plan due at `ms` or earlier. */
function placeAfter(plans: readonly Plan[], ms: number): number {
  let low = 0
  let high = plans.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((plans[middle]?.ms ?? 0) > ms) high = middle
    else low = middle + 1
  }
  return low
}
