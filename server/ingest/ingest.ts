import type { Delivery, DrainResult, Inbox, Translation } from './ports.ts'

export interface IngestParts {
  inbox: Pick<Inbox, 'drain'>
  translate: (delivery: Delivery) => Translation
  clock: () => number
  log: {
    warn(fields: Record<string, unknown>, message: string): void
    error(fields: Record<string, unknown>, message: string): void
  }
  /** Each is told after the facts are durable; one that fails is logged and keeps nobody else from hearing. */
  onTouched: (touched: DrainResult['touched'][number]) => void | Promise<void>
  onDeauthorized: (removal: DrainResult['deauthorized'][number]) => void | Promise<void>
}

export interface Ingest {
  start(): void
  /** Something is in the inbox: drain it now. Cheap; a storm of calls is one drain after another. */
  wake(): void
  /** Drains until the inbox is empty, on its own. Throws what storage throws. */
  drainOnce(): Promise<void>
  /** Resolves when the drain under way is done; nothing is taken after that. */
  stop(): Promise<void>
  /** True while started and the inbox was reached lately. */
  running(): boolean
}

const BATCH = 500
/**
 * So many at once are a storm. Then the next batch gathers for a moment, since few large transactions leave the door far
 * more of this process than many small ones; in quieter times everything goes through at once.
 */
const STORM = 25
const GATHER_MS = 200
/** Translation is pure, so more attempts would only help against a server that died in between. */
const MAX_ATTEMPTS = 3
/** What another process stored without waking us, and what we missed. */
const POLL_MS = 5000
const FIRST_BACKOFF_MS = 250
const LAST_BACKOFF_MS = 30_000
const LATELY_MS = 60_000

/**
 * The worker that turns stored deliveries into evidence. The inbox hands every delivery to `translate` and stores what
 * comes of it in the same transaction, so a crash at any moment leaves it either untouched or done.
 */
export function createIngest(parts: IngestParts): Ingest {
  const { inbox, translate, clock, log } = parts
  let started = false
  let drainedAtMs = -Infinity
  let failures = 0
  let current: Promise<void> | null = null
  let wanted = false
  let timer: NodeJS.Timeout | undefined
  let gathered = (): void => undefined

  async function drainBatch(): Promise<number> {
    const result = await inbox.drain({ limit: BATCH, maxAttempts: MAX_ATTEMPTS, translate })
    if (result.parked > 0) log.warn({ parked: result.parked }, 'deliveries nobody could read were parked')
    await announce(result)
    drainedAtMs = clock()
    return result.taken
  }

  async function announce(result: DrainResult): Promise<void> {
    await Promise.all([
      ...result.touched.map((touched) => tell('touched', () => parts.onTouched(touched))),
      ...result.deauthorized.map((removal) => tell('deauthorized', () => parts.onDeauthorized(removal))),
    ])
  }

  async function tell(what: string, listener: () => void | Promise<void>): Promise<void> {
    try {
      await listener()
    } catch (error) {
      log.error({ what, err: described(error) }, 'what follows from a delivery failed')
    }
  }

  async function work(): Promise<void> {
    let taken = 0
    do {
      wanted = false
      try {
        taken = await drainBatch()
        failures = 0
      } catch (error) {
        failures += 1
        log.error({ failures, err: described(error) }, 'the inbox could not be drained; trying again')
      }
      if (failures === 0 && taken >= STORM && taken < BATCH) await gather()
    } while ((wanted || taken > 0) && started && failures === 0)
    current = null
    if (started) timer = setTimeout(run, pauseMs(failures))
  }

  function gather(): Promise<void> {
    return new Promise((resolve) => {
      const gathering = setTimeout(resolve, GATHER_MS)
      gathered = () => {
        clearTimeout(gathering)
        resolve()
      }
      if (!started) gathered()
    })
  }

  function run(): void {
    clearTimeout(timer)
    current ??= work()
  }

  return {
    async drainOnce() {
      while ((await drainBatch()) > 0);
    },
    start() {
      if (started) return
      started = true
      drainedAtMs = clock()
      run()
    },
    wake() {
      wanted = true
      // While storage is down only the timer asks it, or every delivery would.
      if (started && failures === 0) run()
    },
    async stop() {
      started = false
      clearTimeout(timer)
      gathered()
      await current
    },
    running: () => started && clock() - drainedAtMs <= LATELY_MS,
  }
}

const pauseMs = (failures: number): number =>
  failures === 0 ? POLL_MS : Math.min(FIRST_BACKOFF_MS * 2 ** (failures - 1), LAST_BACKOFF_MS)

const described = (error: unknown): { name: string; message: string } =>
  error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: 'unknown', message: typeof error }
