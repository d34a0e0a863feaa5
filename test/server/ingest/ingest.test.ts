import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createIngest } from '../../../server/ingest/index.ts'
import { translateDelivery } from '../../../server/zoom/index.ts'
import { bytes, fixture } from '../zoom/fixture.ts'
import { memoryInbox } from './memory-inbox.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function house({ onTouched = () => undefined }: { onTouched?: () => void } = {}) {
  const memory = memoryInbox()
  const told: string[] = []
  const logged: string[] = []
  const log = (_fields: unknown, message: string) => void logged.push(message)
  const ingest = createIngest({
    inbox: memory.inbox,
    translate: translateDelivery,
    clock: () => Date.now(),
    log: { warn: log, error: log },
    onTouched: ({ gatheringId }) => {
      told.push(gatheringId)
      onTouched()
    },
    onDeauthorized: ({ zoomUserId }) => void told.push(`${zoomUserId} is gone`),
  })
  const deliver = (name: string, key = name) =>
    memory.inbox.put({
      installationId: 'one',
      dedupeKey: key,
      receivedAtMs: 0,
      body: bytes(fixture(name).rawBody),
    })
  const poison = (key: string) =>
    memory.inbox.put({ installationId: 'one', dedupeKey: key, receivedAtMs: 0, body: bytes('{}') })
  return { memory, ingest, told, logged, deliver, poison }
}

/** Lets everything that waits for nothing but promises happen. */
const settle = () => vi.advanceTimersByTimeAsync(0)

const LESSON = 'gathering of /qK3+Rollbook//Fixt01w=='

describe('draining the inbox', () => {
  it('translates what is there and tells who wants to know', async () => {
    const { ingest, told, deliver, memory } = house()
    for (const name of ['meeting-started', 'joined-host', 'role-changed', 'app-removed']) await deliver(name)
    await ingest.drainOnce()
    expect(memory.translations.map(({ kind }) => kind)).toEqual([
      'evidence',
      'evidence',
      'evidence',
      'deauthorized',
    ])
    expect(told.toSorted()).toEqual([LESSON, LESSON, LESSON, 'UserAdaLindqvist000001 is gone'].toSorted())
    expect(await memory.inbox.counts()).toEqual({ pending: 0, parked: 0 })
  })

  it('parks what nobody can read and goes on with the rest', async () => {
    const { ingest, deliver, poison, memory, logged } = house()
    await poison('bad')
    await deliver('joined-host')
    await ingest.drainOnce()
    expect(await memory.inbox.counts()).toEqual({ pending: 0, parked: 1 })
    expect(memory.translations).toHaveLength(1)
    expect(logged).toEqual(['deliveries nobody could read were parked'])
  })

  it('empties an inbox larger than one batch', async () => {
    const { ingest, deliver, memory } = house()
    for (let n = 0; n < 1201; n += 1) await deliver('joined-host', `key ${n}`)
    await ingest.drainOnce()
    expect(await memory.inbox.counts()).toEqual({ pending: 0, parked: 0 })
  })

  it('lets a listener fail without keeping the others from hearing', async () => {
    const { ingest, told, deliver, logged } = house({
      onTouched: () => {
        throw new Error('the listener is broken')
      },
    })
    for (const name of ['role-changed', 'app-removed']) await deliver(name)
    await ingest.drainOnce()
    expect(told).toContain('UserAdaLindqvist000001 is gone')
    expect(logged).toEqual(['what follows from a delivery failed'])
  })
})

describe('the worker', () => {
  it('takes in what was left from last time as soon as it starts', async () => {
    const { ingest, deliver, memory } = house()
    await deliver('joined-host')
    ingest.start()
    await settle()
    expect(memory.translations).toHaveLength(1)
    await ingest.stop()
  })

  it('works when woken, without waiting for its turn', async () => {
    const { ingest, deliver, memory } = house()
    ingest.start()
    await settle()
    await deliver('joined-host')
    ingest.wake()
    await settle()
    expect(memory.translations).toHaveLength(1)
    await ingest.stop()
  })

  it('makes one drain of a storm of calls', async () => {
    const { ingest, memory } = house()
    ingest.start()
    await settle()
    const before = memory.drains()
    for (let n = 0; n < 1000; n += 1) ingest.wake()
    await settle()
    expect(memory.drains() - before).toBeLessThanOrEqual(2)
    await ingest.stop()
  })

  it('lets a storm gather for a moment between two batches, and a stop end the moment', async () => {
    const { ingest, deliver, memory } = house()
    for (let n = 0; n < 30; n += 1) await deliver('joined-host', `first ${n}`)
    ingest.start()
    await settle()
    expect(memory.translations).toHaveLength(30)
    for (let n = 0; n < 30; n += 1) {
      await deliver('left-guest', `then ${n}`)
      ingest.wake()
      await settle()
    }
    expect(memory.drains()).toBe(1)
    await vi.advanceTimersByTimeAsync(200)
    expect(memory.translations).toHaveLength(60)
    expect(memory.drains()).toBe(2)
    await ingest.stop()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('finds within five seconds what another process stored', async () => {
    const { ingest, deliver, memory } = house()
    ingest.start()
    await settle()
    await deliver('joined-host')
    await vi.advanceTimersByTimeAsync(5000)
    expect(memory.translations).toHaveLength(1)
    await ingest.stop()
  })

  it('outlives a storage that is away, asks it less and less often, and then catches up', async () => {
    const { ingest, deliver, memory } = house()
    await deliver('joined-host')
    memory.goDown()
    ingest.start()
    await settle()
    for (let n = 0; n < 1000; n += 1) ingest.wake()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(memory.drains()).toBeLessThan(12)
    expect(ingest.running()).toBe(true)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(ingest.running()).toBe(false)

    memory.comeBack()
    await vi.advanceTimersByTimeAsync(30_000)
    expect(memory.translations).toHaveLength(1)
    expect(ingest.running()).toBe(true)
    const drains = memory.drains()
    await vi.advanceTimersByTimeAsync(5000)
    expect(memory.drains()).toBeGreaterThan(drains)
    await ingest.stop()
  })

  it('takes nothing more once stopped', async () => {
    const { ingest, deliver, memory } = house()
    ingest.start()
    await settle()
    await ingest.stop()
    await deliver('joined-host')
    ingest.wake()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(memory.translations).toEqual([])
    expect(ingest.running()).toBe(false)
    expect(vi.getTimerCount()).toBe(0)
  })
})
