import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createHttpApi } from '../../../client/models/api.ts'
import { createWideSession } from '../../../client/models/wide.ts'
import { answer, fakeApi, problem } from './fakes.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function build() {
  const server = fakeApi()
  server.sessions.push({ ...answer({ token: '' }), expiresInSeconds: 3600 })
  return { server, session: createWideSession(server.api) }
}

describe('the session of a wide view', () => {
  it('is over after its hour and is not renewed', async () => {
    const { server, session } = build()
    await session.open()
    expect(session.state.value.status).toBe('ready')
    await vi.advanceTimersByTimeAsync(3_599_000)
    expect(session.state.value.status).toBe('ready')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(session.state.value).toEqual({ status: 'over', signedOut: false })
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect(server.state.exchanged).toHaveLength(1)
  })

  it('is over as soon as the server says so, with whichever call', async () => {
    const { session } = build()
    await session.open()
    await expect(session.call(() => Promise.reject(problem('session_revoked')))).rejects.toMatchObject({
      code: 'session_revoked',
    })
    expect(session.state.value).toEqual({ status: 'over', signedOut: false })
  })

  it('stays when a call is refused for another reason', async () => {
    const { session } = build()
    await session.open()
    await expect(session.call(() => Promise.reject(problem('forbidden')))).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect(session.state.value.status).toBe('ready')
  })

  it('keeps trying while the server is away', async () => {
    const { server, session } = build()
    server.sessions.unshift(problem('offline'))
    await session.open()
    expect(session.state.value).toMatchObject({ status: 'unreachable', code: 'offline' })
    await vi.advanceTimersByTimeAsync(2_000)
    expect(session.state.value.status).toBe('ready')
  })

  it('asks for Zoom at once when there is no session at all', async () => {
    const { server, session } = build()
    server.sessions.splice(0, 1, problem('session_missing'))
    await session.open()
    expect(session.state.value).toEqual({ status: 'over', signedOut: false })
  })

  it('signs out, and says what kept it from doing so', async () => {
    const { server, session } = build()
    await session.open()
    server.state.changeFails.push(problem('offline'))
    await expect(session.signOut?.()).resolves.toBe('offline')
    expect(session.state.value.status).toBe('ready')
    await expect(session.signOut?.()).resolves.toBeNull()
    expect(session.state.value).toEqual({ status: 'over', signedOut: true })
  })
})

describe('how a call is proved', () => {
  async function headersOf(proof: 'token' | 'cookie') {
    let sent: RequestInit | undefined
    const api = createHttpApi((_path, init) => {
      sent = init
      return Promise.resolve(Response.json({ mayManage: true, requests: [], connection: {} }))
    }, proof)
    await api.settings('secret')
    const headers = new Headers(sent?.headers)
    return { credentials: sent?.credentials, all: Object.fromEntries(headers) }
  }

  it('by the session in a header inside Zoom, never by a cookie', async () => {
    expect(await headersOf('token')).toEqual({
      credentials: 'omit',
      all: { authorization: 'Bearer secret' },
    })
  })

  it('by the cookie and our own mark in the wide view, never by a token', async () => {
    expect(await headersOf('cookie')).toEqual({ credentials: 'same-origin', all: { 'x-rollbook': 'panel' } })
  })
})
