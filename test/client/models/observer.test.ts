import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createEmailModel } from '../../../client/models/emails.ts'
import { createObserver } from '../../../client/models/observer.ts'
import { createSessionModel } from '../../../client/models/session.ts'
import { ZoomFailure, type Seen } from '../../../client/zoom/index.ts'
import { fakeApi, fakeZoom, problem } from './fakes.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const seen = (uuid: string, role: Seen['role'] = 'attendee'): Seen => ({
  participantUuid: uuid,
  name: uuid,
  role,
})

async function build(options: { visible?: boolean } = {}) {
  const zoom = fakeZoom()
  zoom.state.people = [seen('A')]
  const server = fakeApi()
  const session = createSessionModel(zoom.zoom, server.api)
  await session.open()
  const observer = createObserver(zoom.zoom, server.api, session, () => options.visible ?? true)
  const told = () => server.state.observed.flatMap(({ request }) => request.observations)
  const readings = (scope: string) => told().filter((said) => said.kind === 'reading' && said.scope === scope)
  observer.start('g1')
  await vi.advanceTimersByTimeAsync(1_000)
  return { zoom, server, observer, told, readings }
}

describe('the panel as a witness', () => {
  it('tells the meeting, who is in it and who waits, as soon as it opens', async () => {
    const { told } = await build()
    expect(told().map(({ kind }) => kind)).toEqual(['meeting', 'reading', 'reading'])
    expect(told()[1]).toMatchObject({ scope: 'main', room: null, people: [seen('A')] })
  })

  it('reads every 20 s but tells an unchanged list only once a minute', async () => {
    const { zoom, readings } = await build()
    const reads = zoom.state.reads
    await vi.advanceTimersByTimeAsync(58_000)
    expect(zoom.state.reads - reads).toBe(2)
    expect(readings('main')).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(25_000)
    expect(readings('main')).toHaveLength(2)
  })

  it('tells each change, and one reading after the burst', async () => {
    const { zoom, told, readings } = await build()
    zoom.state.people = [seen('A'), seen('B'), seen('C')]
    zoom.emit('people', [{ change: 'joined', person: seen('B') }])
    zoom.emit('people', [{ change: 'joined', person: seen('C') }])
    await vi.advanceTimersByTimeAsync(2_000)
    expect(told().filter(({ kind }) => kind === 'change')).toHaveLength(2)
    expect(readings('main')).toHaveLength(2)
  })

  it('says which room a reading was made in', async () => {
    const { zoom, readings } = await build()
    zoom.state.whereabouts = { scope: 'breakout', room: 'room==' }
    zoom.state.people = [seen('A')]
    zoom.emit('whereabouts', undefined)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(readings('breakout')).toMatchObject([{ room: 'room==', people: [seen('A')] }])
  })

  it('throws a reading away when the room changed while it was made', async () => {
    const { zoom, readings } = await build()
    const before = readings('main').length
    let answerLate = (): void => {}
    zoom.zoom.participants = () =>
      new Promise((resolve) => {
        answerLate = () => {
          resolve([seen('X')])
        }
      })
    await vi.advanceTimersByTimeAsync(20_000)
    const lateAnswer = answerLate
    zoom.zoom.participants = () => Promise.resolve([seen('A')])
    zoom.state.whereabouts = { scope: 'breakout', room: 'room==' }
    zoom.emit('whereabouts', undefined)
    lateAnswer()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(readings('main')).toHaveLength(before)
  })

  it('does not read while nobody looks', async () => {
    const { zoom } = await build({ visible: false })
    const reads = zoom.state.reads
    await vi.advanceTimersByTimeAsync(120_000)
    expect(zoom.state.reads).toBe(reads)
  })

  it('keeps what the server could not take, says so and tells it later', async () => {
    const { zoom, server, observer, told } = await build()
    server.state.observeFails = problem('storage_unavailable')
    zoom.emit('people', [{ change: 'left', person: seen('A') }])
    await vi.advanceTimersByTimeAsync(2_000)
    expect(told().some(({ kind }) => kind === 'change')).toBe(false)
    expect(observer.trouble.value).toEqual({ kind: 'unsaved', code: 'storage_unavailable' })
    server.state.observeFails = null
    await vi.advanceTimersByTimeAsync(6_000)
    expect(told().some(({ kind }) => kind === 'change')).toBe(true)
    expect(observer.trouble.value).toBeNull()
  })

  it('says when Zoom refuses the list, until it shows it again', async () => {
    const { zoom, observer } = await build()
    const shows = zoom.zoom.participants
    zoom.zoom.participants = () => Promise.reject(new ZoomFailure('80012', null))
    await vi.advanceTimersByTimeAsync(20_000)
    expect(observer.trouble.value).toEqual({ kind: 'refused', code: '80012' })
    zoom.zoom.participants = shows
    await vi.advanceTimersByTimeAsync(20_000)
    expect(observer.trouble.value).toBeNull()
  })

  it('leaves out a list the server cannot take, says so, and goes on telling the rest', async () => {
    const { zoom, server, observer, told } = await build()
    const takes = server.api.observe
    server.api.observe = (token, gathering, request) =>
      request.observations.some((said) => said.kind === 'reading' && said.people.length > 2)
        ? Promise.reject(problem('body_too_large'))
        : takes(token, gathering, request)
    zoom.state.people = [seen('A'), seen('B'), seen('C')]
    zoom.emit('people', [
      { change: 'joined', person: seen('B') },
      { change: 'joined', person: seen('C') },
    ])
    await vi.advanceTimersByTimeAsync(10_000)
    expect(observer.trouble.value).toEqual({ kind: 'too_large' })
    zoom.emit('people', [{ change: 'left', person: seen('C') }])
    zoom.state.people = [seen('A'), seen('B')]
    await vi.advanceTimersByTimeAsync(10_000)
    expect(told().filter(({ kind }) => kind === 'change')).toHaveLength(3)
    expect(observer.trouble.value).toBeNull()
  })

  it('tells the end of the meeting at once', async () => {
    const { zoom, told } = await build()
    zoom.emit('ended', undefined)
    await vi.advanceTimersByTimeAsync(0)
    expect(told().at(-1)?.kind).toBe('ended')
  })

  it('is silent after it stopped', async () => {
    const { zoom, observer, told } = await build()
    observer.stop()
    const before = told().length
    zoom.emit('people', [{ change: 'joined', person: seen('B') }])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(told()).toHaveLength(before)
  })
})

describe('asking for e-mails', () => {
  it('passes the reason to Zoom and each shared address to the server, and counts the answers', async () => {
    const { zoom, observer, told } = await build()
    const emails = createEmailModel(zoom.zoom, observer)
    await emails.ask('For the register')
    zoom.emit('email', { participantUuid: 'A', email: 'a@example.org' })
    zoom.emit('email', { participantUuid: 'B', email: null })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(zoom.state.reasons).toEqual(['For the register'])
    expect(emails.round.value).toEqual({ status: 'asked', shared: 1, refused: 1 })
    expect(told().filter(({ kind }) => kind === 'email')).toMatchObject([
      { participantUuid: 'A', email: 'a@example.org' },
    ])
  })

  it('counts a person who answers twice once', async () => {
    const { zoom, observer } = await build()
    const emails = createEmailModel(zoom.zoom, observer)
    await emails.ask('Why')
    zoom.emit('email', { participantUuid: 'A', email: null })
    zoom.emit('email', { participantUuid: 'A', email: 'a@example.org' })
    expect(emails.round.value).toEqual({ status: 'asked', shared: 1, refused: 0 })
  })
})
