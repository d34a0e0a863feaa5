import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLimiter, rates, ZoomError, type Limiter, type Turn } from '../../../server/zoom/index.ts'
import { openTestStorage, testStorage, type TestStorage } from '../../support/database.ts'
import { createClock } from '../../zoom/index.ts'

const NOON = Date.UTC(2026, 10, 23, 12)
const operation = 'GET /report/meetings/{meetingId}/participants'
const PER_SECOND = rates.pro.heavy.perSecond

let store: TestStorage
let second: Awaited<ReturnType<typeof openTestStorage>>
let accounts = 0
beforeAll(async () => {
  store = await testStorage()
  second = await openTestStorage(store.connectionString)
})
afterAll(async () => {
  await second.close()
  await store.close()
})

/** Two processes of one deployment on one time that moves when both wait. */
function twoProcesses(perDay: number | null = null) {
  const clock = createClock(NOON)
  const time = {
    now: clock.now,
    sleep: (ms: number) => new Promise<void>((wake) => void clock.at(clock.now() + ms, wake)),
  }
  const heavy = { perSecond: PER_SECOND, perDay }
  // Time stands still while the database answers: that takes no part in what is looked at.
  let answering = 0
  const counted =
    <Input, Answer>(work: (input: Input) => Promise<Answer>) =>
    async (input: Input): Promise<Answer> => {
      answering++
      return work(input).finally(() => answering--)
    }
  const limiterOn = ({ rateBook }: TestStorage['storage']): Limiter => {
    const book = { reserve: counted(rateBook.reserve), close: counted(rateBook.close) }
    return createLimiter({ book, rates: { ...rates.pro, heavy }, time })
  }
  const account = `account-${++accounts}`
  const turn = (given: Partial<Turn> = {}): Turn => ({ account, host: 'host', urgency: 'now', ...given })
  /** Lets time pass until all of these have settled. */
  async function settled(all: Promise<unknown>[]): Promise<void> {
    let open = all.length
    for (const one of all)
      one.then(
        () => open--,
        () => open--,
      )
    while (open > 0) {
      for (let turns = 0; turns < 5 || answering > 0; turns++) await nextTurn()
      if (open > 0) clock.advanceBy(5)
    }
  }
  return { clock, one: limiterOn(store.storage), other: limiterOn(second), turn, settled, account }
}

describe('the limiter', () => {
  it('keeps all processes together below what Zoom allows, and near it', async () => {
    const { clock, one, other, turn, settled } = twoProcesses()
    const asked: number[] = []
    const ask = (limiter: Limiter) =>
      limiter.run(turn(), operation, () => Promise.resolve(asked.push(clock.now())))
    await settled(Array.from({ length: 60 }, (_, n) => ask(n % 2 === 0 ? one : other)))
    const busiest = Math.max(
      ...asked.map((fromMs) => asked.filter((atMs) => atMs >= fromMs && atMs < fromMs + 1000).length),
    )
    expect(busiest).toBeLessThanOrEqual(PER_SECOND)
    const seconds = (Math.max(...asked) - Math.min(...asked)) / 1000
    expect(59 / seconds / PER_SECOND).toBeGreaterThan(0.9)
  })

  it('lets hosts take turns, and whatever can wait wait for what cannot', async () => {
    const { one, turn, settled } = twoProcesses()
    const order: string[] = []
    const ask = (host: string, urgency: Turn['urgency'] = 'now') =>
      one.run(turn({ host, urgency }), operation, () => Promise.resolve(order.push(host)))
    await settled([
      ...['a', 'a', 'a', 'b', 'b'].map((host) => ask(host)),
      ...['old', 'old'].map((host) => ask(host, 'backfill')),
      ask('c'),
    ])
    expect(order.slice(0, 4).toSorted()).toEqual(['a', 'a', 'b', 'c'].toSorted())
    expect(order.slice(-2)).toEqual(['old', 'old'])
  })

  it('of one label and account makes no other wait', async () => {
    const { clock, one, turn, settled } = twoProcesses()
    const asked: number[] = []
    const note = () => Promise.resolve(asked.push(clock.now()))
    await settled([
      one.run(turn(), operation, note),
      one.run(turn(), 'GET /past_meetings/{meetingId}', note),
      one.run(turn({ account: `${turn().account} b` }), operation, note),
    ])
    expect(asked).toEqual([NOON, NOON, NOON])
  })

  it('waits everywhere after a 429, a second and a bit or as long as Zoom says', async () => {
    for (const [retryAtMs, leastMs] of [
      [null, 1000],
      [NOON + 5000, 5000],
    ] as const) {
      const { clock, one, other, turn, settled } = twoProcesses()
      const refusal = new ZoomError({ path: '', status: 429, code: '429', trackingId: null, retryAtMs })
      const refused = one.run(turn(), operation, () => Promise.reject(refusal))
      await settled([refused])
      await expect(refused).rejects.toBe(refusal)
      let askedAtMs = 0
      await settled([other.run(turn(), operation, () => Promise.resolve((askedAtMs = clock.now())))])
      expect(askedAtMs - NOON).toBeGreaterThanOrEqual(leastMs)
      expect(askedAtMs - NOON).toBeLessThan(leastMs + 1000)
    }
  })

  it('sends away with the time to come back when that is far: Zoom said so, or the day’s calls are used up', async () => {
    const midnight = Date.UTC(2026, 10, 24)
    const { clock, one, other, turn, settled } = twoProcesses(2)
    const count = () => Promise.resolve(clock.now())
    await settled([one.run(turn(), operation, count), other.run(turn(), operation, count)])
    const third = one.run(turn(), operation, count)
    await settled([third])
    await expect(third).rejects.toMatchObject({ status: 429, kind: 'unavailable', retryAtMs: midnight })
    clock.advanceTo(midnight)
    await settled([other.run(turn(), operation, count)])

    const limited = twoProcesses()
    const inAnHour = NOON + 3_600_000
    const told = { path: '', status: 429, code: '429', trackingId: null, retryAtMs: inAnHour }
    const refused = limited.one.run(limited.turn(), operation, () => Promise.reject(new ZoomError(told)))
    await limited.settled([refused])
    const next = limited.other.run(limited.turn(), operation, count)
    await limited.settled([next])
    await expect(next).rejects.toMatchObject({ status: 429, retryAtMs: inAnHour })
  })

  it('takes a 429 that lasts for the daily one, and waits for the next UTC day', async () => {
    const { one, turn, settled } = twoProcesses()
    const told = { path: '', status: 429, code: '429', trackingId: null }
    for (let n = 0; n < 6; n++) {
      const refused = one.run(turn(), operation, () => Promise.reject(new ZoomError(told)))
      await settled([refused])
    }
    const after = one.run(turn(), operation, () => Promise.resolve('asked'))
    await settled([after])
    await expect(after).rejects.toMatchObject({ retryAtMs: Date.UTC(2026, 10, 24) })
  })
})
