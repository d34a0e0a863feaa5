import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createAuthorizing } from '../../../client/models/authorizing.ts'
import { ZoomFailure } from '../../../client/zoom/index.ts'
import { fakeApi, fakeZoom, problem } from './fakes.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function build() {
  const { zoom, state: client, emit } = fakeZoom()
  const server = fakeApi()
  const told = { connected: false, looks: 0, celebrated: 0 }
  const authorizing = createAuthorizing({
    zoom,
    api: server.api,
    isConnected: () => {
      told.looks += 1
      return told.connected ? Promise.resolve(true) : Promise.reject(problem('not_installed'))
    },
    onConnected: () => {
      told.celebrated += 1
      return Promise.resolve()
    },
  })
  const agreed = { code: 'code', redirectUri: 'https://rollbook.example/oauth/callback', state: 'ours' }
  const settled = () => vi.advanceTimersByTimeAsync(0)
  return { authorizing, client, server, told, emit, agreed, settled }
}

describe('connecting inside Zoom', () => {
  it('asks Zoom with the server’s challenge and hands the code back to the server', async () => {
    const { authorizing, client, server, told, emit, agreed, settled } = build()
    void authorizing.start()
    await settled()
    expect(client.asked).toEqual([{ state: 'ours', codeChallenge: 'challenge' }])
    expect(authorizing.state.value).toEqual({ status: 'waiting' })
    emit('authorized', agreed)
    await settled()
    expect(server.state.changed).toEqual([
      'authorize context 1',
      'code ours code https://rollbook.example/oauth/callback',
    ])
    expect(authorizing.state.value).toEqual({ status: 'done' })
    expect(told.celebrated).toBe(1)
  })

  it('takes an answer without a state for its own, as older clients send none', async () => {
    const { authorizing, server, emit, agreed, settled } = build()
    void authorizing.start()
    await settled()
    emit('authorized', { ...agreed, state: null, redirectUri: null })
    await settled()
    expect(server.state.changed.at(-1)).toBe('code ours code null')
    expect(authorizing.state.value).toEqual({ status: 'done' })
  })

  it('passes over the answer to another asking and goes on waiting for its own', async () => {
    const { authorizing, server, emit, agreed, settled } = build()
    void authorizing.start()
    await settled()
    emit('authorized', { ...agreed, state: 'somebody else’s', code: 'foreign' })
    await settled()
    expect(server.state.changed).toEqual(['authorize context 1'])
    expect(authorizing.state.value).toEqual({ status: 'waiting' })
    emit('authorized', agreed)
    await settled()
    expect(authorizing.state.value).toEqual({ status: 'done' })
  })

  it('is done as well when Zoom told only the server', async () => {
    const { authorizing, told, settled } = build()
    void authorizing.start()
    await settled()
    await vi.advanceTimersByTimeAsync(1_900)
    expect(told.looks).toBe(0)
    await vi.advanceTimersByTimeAsync(200)
    expect(told.looks).toBe(1)
    told.connected = true
    await vi.advanceTimersByTimeAsync(2_500)
    expect(authorizing.state.value).toEqual({ status: 'done' })
    expect(told).toMatchObject({ looks: 2, celebrated: 1 })
  })

  it('gives up after a minute, stops asking and listens no more', async () => {
    const { authorizing, server, told, emit, agreed } = build()
    void authorizing.start()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(authorizing.state.value).toEqual({ status: 'failed', why: 'no_answer' })
    const { looks } = told
    emit('authorized', agreed)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(told).toEqual({ connected: false, looks, celebrated: 0 })
    expect(server.state.changed).toEqual(['authorize context 1'])
  })

  it('says so when the person did not agree', async () => {
    const { authorizing, emit, agreed, settled } = build()
    void authorizing.start()
    await settled()
    emit('authorized', { ...agreed, code: null })
    await settled()
    expect(authorizing.state.value).toEqual({ status: 'failed', why: 'declined' })
  })

  it('keeps waiting when Zoom answers slowly because the person reads', async () => {
    const { authorizing, client, emit, agreed, settled } = build()
    client.authorizeFails = new ZoomFailure('timeout', null)
    void authorizing.start()
    await settled()
    expect(authorizing.state.value).toEqual({ status: 'waiting' })
    emit('authorized', agreed)
    await settled()
    expect(authorizing.state.value).toEqual({ status: 'done' })
  })

  it('tells Zoom’s own refusal by its code', async () => {
    const { authorizing, client, settled } = build()
    client.authorizeFails = new ZoomFailure('80012', null)
    void authorizing.start()
    await settled()
    expect(authorizing.state.value).toEqual({ status: 'failed', why: 'zoom', code: '80012' })
  })

  it('tells when somebody else’s Zoom account agreed', async () => {
    const { authorizing, server, emit, agreed, settled } = build()
    void authorizing.start()
    await settled()
    server.state.changeFails.push(problem('account_mismatch'))
    emit('authorized', agreed)
    await settled()
    expect(authorizing.state.value).toEqual({ status: 'failed', why: 'server', code: 'account_mismatch' })
  })

  it('looks once more when the redirect was faster with the same code', async () => {
    const { authorizing, server, told, emit, agreed, settled } = build()
    void authorizing.start()
    await settled()
    server.state.changeFails.push(problem('flow_gone'))
    emit('authorized', agreed)
    told.connected = true
    await vi.advanceTimersByTimeAsync(2_000)
    expect(authorizing.state.value).toEqual({ status: 'done' })
  })

  it('asks once however often the button is pressed, and again after it failed', async () => {
    const { authorizing, client, emit, agreed, settled } = build()
    void authorizing.start()
    void authorizing.start()
    await settled()
    void authorizing.start()
    await settled()
    expect(client.asked).toHaveLength(1)
    emit('authorized', { ...agreed, code: null })
    await settled()
    void authorizing.start()
    await settled()
    expect(client.asked).toHaveLength(2)
  })

  it('shows the server a fresh proof when the first had aged', async () => {
    const { authorizing, client, server, settled } = build()
    server.state.changeFails.push(problem('context_expired'))
    void authorizing.start()
    await settled()
    expect(server.state.changed).toEqual(['authorize context 1', 'authorize context 2'])
    expect(client.asked).toHaveLength(1)
  })
})
