import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSessionModel } from '../../../client/models/session.ts'
import { answer, fakeApi, fakeZoom, problem } from './fakes.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function build() {
  const zoom = fakeZoom()
  const server = fakeApi()
  return { zoom, server, session: createSessionModel(zoom.zoom, server.api) }
}

describe('the session', () => {
  it('asks Zoom for one more proof when the first was used already', async () => {
    const { session, server } = build()
    server.sessions.push(problem('context_replayed'), answer())
    await session.open()
    expect(server.state.exchanged).toEqual(['context 1', 'context 2'])
    expect(session.state.value.status).toBe('ready')
  })

  it('asks once more, not for ever', async () => {
    const { session, server } = build()
    server.sessions.push(problem('context_replayed'))
    await session.open()
    expect(server.state.exchanged).toHaveLength(2)
    expect(session.state.value).toEqual({ status: 'refused', code: 'context_replayed' })
  })

  it('tells guests so and does not try again by itself', async () => {
    const { session, server } = build()
    server.sessions.push(problem('guest'))
    await session.open()
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect(session.state.value).toEqual({ status: 'refused', code: 'guest' })
    expect(server.state.exchanged).toHaveLength(1)
  })

  it('renews itself before it ends', async () => {
    const { session, server } = build()
    await session.open()
    await vi.advanceTimersByTimeAsync(839_000)
    expect(server.state.exchanged).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(server.state.exchanged).toHaveLength(2)
  })

  it('keeps trying while the server is away, and comes up when it is back', async () => {
    const { session, server } = build()
    server.sessions.push(problem('storage_unavailable'), problem('offline'), answer())
    await session.open()
    expect(session.state.value).toMatchObject({ status: 'unreachable', code: 'storage_unavailable' })
    await vi.advanceTimersByTimeAsync(10_000)
    expect(session.state.value.status).toBe('ready')
  })

  it('keeps a session on screen when its renewal fails in passing', async () => {
    const { session, server } = build()
    server.sessions.push(answer(), problem('offline'))
    await session.open()
    await vi.advanceTimersByTimeAsync(900_000)
    expect(session.state.value.status).toBe('ready')
  })

  it('makes a call again with a fresh proof when the old one is stale', async () => {
    const { session } = build()
    await session.open()
    const work = vi.fn((token: string) =>
      token === 't1' ? Promise.reject(problem('context_stale')) : Promise.resolve('done'),
    )
    await expect(session.call(work)).resolves.toBe('done')
    expect(work.mock.calls).toEqual([['t1'], ['t2']])
  })

  it('renews an aged proof before a call that needs a fresh one, and only then', async () => {
    const { session, server } = build()
    await session.open()
    const tokenOf = (token: string) => Promise.resolve(token)
    await vi.advanceTimersByTimeAsync(110_000)
    await expect(session.call(tokenOf, 'fresh')).resolves.toBe('t1')
    await vi.advanceTimersByTimeAsync(1_000)
    await expect(session.call(tokenOf)).resolves.toBe('t1')
    await expect(session.call(tokenOf, 'fresh')).resolves.toBe('t2')
    await expect(session.call(tokenOf, 'fresh')).resolves.toBe('t2')
    expect(server.state.exchanged).toHaveLength(2)
  })

  it('calls with the proof it has when no newer one is to be had, and lets the server judge', async () => {
    const { session, server } = build()
    server.sessions.push(answer(), problem('offline'))
    await session.open()
    await vi.advanceTimersByTimeAsync(120_000)
    await expect(session.call((token) => Promise.resolve(token), 'fresh')).resolves.toBe('t1')
  })

  it('gives up after the second refusal', async () => {
    const { session } = build()
    await session.open()
    const work = vi.fn(() => Promise.reject(problem('context_stale')))
    await expect(session.call(work)).rejects.toMatchObject({ code: 'context_stale' })
    expect(work).toHaveBeenCalledTimes(2)
  })

  it('stops when another window takes over, until the person says: here', async () => {
    const { session, server } = build()
    await session.open()
    await expect(session.call(() => Promise.reject(problem('session_taken_over')))).rejects.toMatchObject({
      code: 'session_taken_over',
    })
    expect(session.takenOver.value).toBe(true)
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect(server.state.exchanged).toHaveLength(1)
    await session.useHere()
    expect(session.takenOver.value).toBe(false)
    expect(server.state.exchanged).toHaveLength(2)
  })

  it('is not taken over by its own renewal, even when the end of the old session is told first', async () => {
    const { session, server } = build()
    await session.open()
    let answerLate = (): void => {}
    server.api.exchange = () =>
      new Promise((resolve) => {
        answerLate = () => {
          resolve(answer({ token: 'newer' }))
        }
      })
    const takenOver: boolean[] = []
    session.takenOver.subscribe((value) => takenOver.push(value))
    const renewed = session.open()
    const ended = session.ended('t1', 'session_taken_over')
    await vi.advanceTimersByTimeAsync(100)
    answerLate()
    await Promise.all([renewed, ended])
    expect(takenOver).toEqual([false])
    await expect(session.call((token) => Promise.resolve(token))).resolves.toBe('newer')
  })

  it('is not taken over by its own renewal', async () => {
    const { session } = build()
    await session.open()
    await session.open()
    await session.ended('t1', 'session_taken_over')
    expect(session.takenOver.value).toBe(false)
  })
})
