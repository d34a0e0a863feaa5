import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createOwnLineModel } from '../../../client/models/own-line.ts'
import { createSessionModel } from '../../../client/models/session.ts'
import { person } from '../people.ts'
import { answer, fakeApi, fakeZoom, problem } from './fakes.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

async function build(ownLineOf: string | null = 'g1') {
  const server = fakeApi()
  server.sessions.push({ ...answer({ role: 'participant', meeting: null }), ownLineOf })
  server.state.ownLine = { ...server.state.ownLine, person: person('p1') }
  const reads = vi.spyOn(server.api, 'ownLine')
  const session = createSessionModel(fakeZoom().zoom, server.api)
  await session.open()
  const page = { visible: true }
  const ownLine = createOwnLineModel({ api: server.api, session, isVisible: () => page.visible })
  return { server, ownLine, page, reads }
}

describe('a participant’s own line', () => {
  it('is read at once, and every half minute while it is looked at', async () => {
    const { ownLine, page, reads } = await build()
    const stop = ownLine.watch()
    await vi.advanceTimersByTimeAsync(0)
    expect(ownLine.state.value).toMatchObject({ status: 'read', line: { person: { id: 'p1' } } })
    await vi.advanceTimersByTimeAsync(30_000)
    expect(reads).toHaveBeenCalledTimes(2)
    page.visible = false
    await vi.advanceTimersByTimeAsync(60_000)
    expect(reads).toHaveBeenCalledTimes(2)
    page.visible = true
    stop()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(reads).toHaveBeenCalledTimes(2)
    expect(reads).toHaveBeenCalledWith('t1', 'g1')
  })

  it('is not asked for where the meeting has none to show', async () => {
    const { ownLine, reads } = await build(null)
    await ownLine.refresh()
    expect(ownLine.state.value).toEqual({ status: 'none' })
    expect(reads).not.toHaveBeenCalled()
  })

  it('stays on screen while the server is away', async () => {
    const { server, ownLine } = await build()
    server.api.ownLine = vi
      .fn(server.api.ownLine)
      .mockRejectedValueOnce(problem('offline'))
      .mockResolvedValueOnce(server.state.ownLine)
      .mockRejectedValue(problem('offline'))
    await ownLine.refresh()
    expect(ownLine.state.value).toEqual({ status: 'failed', code: 'offline' })
    await ownLine.refresh()
    await ownLine.refresh()
    expect(ownLine.state.value.status).toBe('read')
  })

  it('is gone when the host’s record is', async () => {
    const { server, ownLine } = await build()
    server.api.ownLine = () => Promise.reject(problem('not_found'))
    await ownLine.refresh()
    expect(ownLine.state.value).toEqual({ status: 'none' })
  })
})
