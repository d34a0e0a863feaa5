import { setTimeout as wait } from 'node:timers/promises'
import { operations, type Operation, type RateLabel } from './capabilities.ts'
import type { Rate } from './rates.ts'
import { ZoomError } from './zoom-error.ts'

/** For whom Zoom is asked. */
export interface Turn {
  /** Keyed hash of the Zoom account, whose limit it is. */
  account: string
  /** Whose matter it is (a host, or an installation): they take turns. */
  host: string
  /** `now`: somebody waits, or a meeting has just ended. `backfill`: it can wait for everything else. */
  urgency: 'now' | 'backfill'
}

/**
 * Keeps every account below Zoom's limits, whichever process asks. What Zoom refuses with 429 makes all of them wait: as
 * long as it says, else a second and a bit; again and again refused, until the next UTC day.
 */
export interface Limiter {
  /**
   * Runs `use` when it is this turn's turn. @throws ZoomError 429 `rate_limited` with when to come again when that is more
   * than `PATIENCE_MS` away; whatever `use` throws
   */
  run<Answer>(turn: Turn, operation: Operation, use: () => Promise<Answer>): Promise<Answer>
}

/** When which account may be asked again, shared by all processes. Implemented in storage. Times in epoch ms. */
export interface RateBook {
  /**
   * Takes the next free instant, `spacingMs` after the one before, and counts it for its UTC day. `full`: until then nothing
   * may be asked, for the day's calls are used up or Zoom said so, and nothing was taken.
   */
  reserve(of: {
    account: string
    label: RateLabel
    spacingMs: number
    perDay: number | null
    nowMs: number
    /** Instants further away are not given out. */
    horizonMs: number
  }): Promise<{ atMs: number } | { full: true; untilMs: number }>
  /** Nothing is given out before this instant. */
  close(of: { account: string; label: RateLabel; untilMs: number }): Promise<void>
}

export interface LimiterParts {
  book: RateBook
  rates: Record<RateLabel, Rate>
  /** Zoom counts by its own clock, so this is the machine's time, whatever the clock of the program. */
  time?: { now(): number; sleep(ms: number): Promise<void> }
}

/** Beyond this whoever asks goes away and comes back. */
export const PATIENCE_MS = 60_000
/** A little is left to the network's moods, and to other apps of the account. */
const SHARE_USED = 0.97
const PAUSE_MS = 1_000
const MOST_REFUSALS = 5
const DAY_MS = 86_400_000

interface Waiting {
  turn: Turn
  go: () => void
  fail: (error: unknown) => void
}

interface Queue {
  waiting: Waiting[]
  /** In the order they were served last. */
  served: Map<string, number>
  isPumping: boolean
  refusals: number
}

const machineTime = { now: () => Date.now(), sleep: (ms: number) => wait(ms) }

export function createLimiter({ book, rates, time = machineTime }: LimiterParts): Limiter {
  const queues = new Map<string, Queue>()
  let servings = 0

  function queueOf(account: string, label: RateLabel): Queue {
    const key = `${label} ${account}`
    const queue = queues.get(key) ?? { waiting: [], served: new Map(), isPumping: false, refusals: 0 }
    queues.set(key, queue)
    return queue
  }

  /** One instant after the other is taken for whoever is first when it comes: the urgent, then those served longest ago. */
  async function pump(queue: Queue, account: string, label: RateLabel): Promise<void> {
    if (queue.isPumping) return
    queue.isPumping = true
    try {
      while (queue.waiting.length > 0) {
        const { perSecond, perDay } = rates[label]
        const nowMs = time.now()
        const spacingMs = 1000 / (perSecond * SHARE_USED)
        const horizonMs = nowMs + PATIENCE_MS
        const slot = await book.reserve({ account, label, spacingMs, perDay, nowMs, horizonMs })
        if ('full' in slot) {
          const error = tooMany(slot.untilMs)
          for (const { fail } of queue.waiting.splice(0)) fail(error)
          break
        }
        const aheadMs = slot.atMs - time.now()
        if (aheadMs > 0) await time.sleep(aheadMs)
        const next = takeNext(queue)
        if (next === undefined) break
        queue.served.delete(next.turn.host)
        queue.served.set(next.turn.host, ++servings)
        next.go()
      }
    } catch (error) {
      for (const { fail } of queue.waiting.splice(0)) fail(error)
    } finally {
      queue.isPumping = false
      if (queue.waiting.length === 0) queue.served.clear()
    }
    // Whoever came while the last one was let go.
    if (queue.waiting.length > 0) void pump(queue, account, label)
  }

  async function refused(
    turn: Turn,
    label: RateLabel,
    queue: Queue,
    retryAtMs: number | null,
  ): Promise<void> {
    queue.refusals += 1
    const nowMs = time.now()
    // A daily limit is told from one per second by its words only, which are in the language of the user, or by lasting.
    const nextDayMs = (Math.floor(nowMs / DAY_MS) + 1) * DAY_MS
    const pausedMs = nowMs + PAUSE_MS * (1 + Math.random() / 2)
    const untilMs = retryAtMs ?? (queue.refusals > MOST_REFUSALS ? nextDayMs : pausedMs)
    await book.close({ account: turn.account, label, untilMs })
  }

  return {
    async run(turn, operation, use) {
      const { label } = operations[operation]
      const queue = queueOf(turn.account, label)
      await new Promise<void>((go, fail) => {
        queue.waiting.push({ turn, go, fail })
        void pump(queue, turn.account, label)
      })
      try {
        const answer = await use()
        queue.refusals = 0
        return answer
      } catch (error) {
        if (error instanceof ZoomError && error.status === 429)
          await refused(turn, label, queue, error.retryAtMs)
        throw error
      }
    },
  }
}

function takeNext({ waiting, served }: Queue): Waiting | undefined {
  let best = 0
  const rank = ({ turn }: Waiting): [number, number] => [
    turn.urgency === 'now' ? 0 : 1,
    served.get(turn.host) ?? 0,
  ]
  for (let place = 1; place < waiting.length; place++) {
    const [one, other] = [waiting[place], waiting[best]]
    if (!one || !other) break
    const [a, b] = [rank(one), rank(other)]
    if (a[0] < b[0] || (a[0] === b[0] && a[1] < b[1])) best = place
  }
  return waiting.splice(best, 1)[0]
}

const tooMany = (retryAtMs: number): ZoomError =>
  new ZoomError({ path: '', status: 429, code: 'rate_limited', trackingId: null, retryAtMs })
