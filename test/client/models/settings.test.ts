import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSessionModel } from '../../../client/models/session.ts'
import { createSettingsModel, requestSentence, UNDO_MS } from '../../../client/models/settings.ts'
import type { Settings } from '../../../shared/wire/index.ts'
import { request } from '../settings-of.ts'
import { fakeApi, fakeZoom, problem, settings as settingsOf } from './fakes.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

async function build(given: Partial<Settings> = {}) {
  const zoom = fakeZoom()
  const server = fakeApi()
  server.state.settings = settingsOf(given)
  const session = createSessionModel(zoom.zoom, server.api)
  const page = { visible: true }
  const heard: string[] = []
  const reads = vi.spyOn(server.api, 'settings')
  const model = createSettingsModel({
    api: server.api,
    session,
    isVisible: () => page.visible,
    openUrl: zoom.zoom.openUrl,
    origin: 'https://rollbook.example',
    onRequest: ({ id }) => heard.push(id),
  })
  await session.open()
  await vi.advanceTimersByTimeAsync(0)
  return { zoom, server, session, model, page, heard, reads }
}
const ids = (requests: readonly { id: string }[]) => requests.map(({ id }) => id)
const once = { decision: 'once', emails: false } as const

describe('reading the settings', () => {
  it('reads at once and every quarter of a minute while somebody can see the panel', async () => {
    const { model, page, reads } = await build()
    expect(model.settings.value?.cohostPolicy).toBe('without_emails')
    expect(reads).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(14_999)
    expect(reads).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(reads).toHaveBeenCalledTimes(2)
    page.visible = false
    await vi.advanceTimersByTimeAsync(300_000)
    expect(reads).toHaveBeenCalledTimes(2)
    page.visible = true
    await vi.advanceTimersByTimeAsync(15_000)
    expect(reads).toHaveBeenCalledTimes(3)
  })

  it('reads every five seconds while the settings themselves are on screen', async () => {
    const { model, page, reads } = await build()
    const stop = model.watch()
    expect(reads).toHaveBeenCalledTimes(2)
    await vi.advanceTimersByTimeAsync(15_000)
    expect(reads).toHaveBeenCalledTimes(5)
    page.visible = false
    await vi.advanceTimersByTimeAsync(60_000)
    expect(reads).toHaveBeenCalledTimes(5)
    page.visible = true
    stop()
    await vi.advanceTimersByTimeAsync(14_999)
    expect(reads).toHaveBeenCalledTimes(5)
    await vi.advanceTimersByTimeAsync(1)
    expect(reads).toHaveBeenCalledTimes(6)
  })

  it('does not ask a slow server anew before it has answered', async () => {
    const { model, server, reads } = await build()
    let arrive = (): void => {}
    server.api.settings = reads.mockImplementation(
      () =>
        new Promise((resolve) => {
          arrive = () => {
            resolve(settingsOf({ wideViews: 2 }))
          }
        }),
    )
    model.watch()
    await vi.advanceTimersByTimeAsync(19_000)
    expect(reads).toHaveBeenCalledTimes(2)
    arrive()
    await vi.advanceTimersByTimeAsync(4_999)
    expect(model.settings.value?.wideViews).toBe(2)
    expect(reads).toHaveBeenCalledTimes(2)
    await vi.advanceTimersByTimeAsync(1)
    expect(reads).toHaveBeenCalledTimes(3)
  })

  it('reads nothing while a change is on its way, so that no older answer undoes it', async () => {
    const { model, server, reads } = await build()
    model.watch()
    let arrive = (): void => {}
    server.api.setCohostPolicy = () => new Promise((resolve) => (arrive = resolve))
    const changing = model.setPolicy('nothing')
    await vi.advanceTimersByTimeAsync(12_000)
    expect([reads.mock.calls.length, model.settings.value?.cohostPolicy]).toEqual([2, 'nothing'])
    arrive()
    await changing
    expect(reads).toHaveBeenCalledTimes(3)
  })

  it('asks nothing for people who may change nothing, unless they look', async () => {
    const { model, reads } = await build({ mayManage: false })
    await vi.advanceTimersByTimeAsync(120_000)
    expect(reads).toHaveBeenCalledTimes(1)
    const stop = model.watch()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(reads).toHaveBeenCalledTimes(3)
    stop()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(reads).toHaveBeenCalledTimes(3)
  })

  it('keeps what it read and says so when the server is away, until it is back', async () => {
    const { model, server } = await build({ wideViews: 1 })
    server.state.settingsFail = problem('offline')
    await model.refresh()
    expect(model.trouble.value).toBe('offline')
    expect(model.settings.value?.wideViews).toBe(1)
    server.state.settingsFail = null
    await model.refresh()
    expect(model.trouble.value).toBeNull()
  })
})

describe('requests of co-hosts', () => {
  it('shows who waits, the oldest first, and announces those who come while the panel is open', async () => {
    const { model, server, heard } = await build({ requests: [request('r1')] })
    expect(ids(model.waiting.value)).toEqual(['r1'])
    expect(heard).toEqual([])
    server.state.settings = settingsOf({
      requests: [
        request('r2', { requestedAt: '2026-11-23T14:00:00Z' }),
        request('r1'),
        request('r0', { state: 'refused' }),
      ],
    })
    await vi.advanceTimersByTimeAsync(15_000)
    expect(ids(model.waiting.value)).toEqual(['r1', 'r2'])
    expect(heard).toEqual(['r2'])
    await vi.advanceTimersByTimeAsync(15_000)
    expect(heard).toEqual(['r2'])
    expect(model.latest.value?.id).toBe('r2')
  })

  it('gives nothing before the time to take it back is over', async () => {
    const { model, server } = await build({ requests: [request('r1')] })
    model.decide(request('r1'), { decision: 'always', emails: true })
    expect(model.waiting.value).toEqual([])
    await vi.advanceTimersByTimeAsync(UNDO_MS - 1)
    expect(server.state.changed).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(server.state.changed).toEqual(['request r1 always true'])
  })

  it('asks again after an undo, and tells the server nothing', async () => {
    const { model, server } = await build({ requests: [request('r1')] })
    model.decide(request('r1'), once)
    await vi.advanceTimersByTimeAsync(UNDO_MS / 2)
    model.undo('r1')
    await vi.advanceTimersByTimeAsync(UNDO_MS)
    expect(ids(model.waiting.value)).toEqual(['r1'])
    expect(server.state.changed).toEqual([])
  })

  it('cannot be undone once it is on its way', async () => {
    const { model, server } = await build({ requests: [request('r1')] })
    let arrive = (): void => {}
    server.api.decideRequest = () => new Promise((resolve) => (arrive = resolve))
    model.decide(request('r1'), once)
    await vi.advanceTimersByTimeAsync(UNDO_MS)
    model.undo('r1')
    expect(model.held.value).toMatchObject([{ sent: true }])
    server.state.settings = settingsOf({ requests: [request('r1', { state: 'granted_once' })] })
    arrive()
    await vi.advanceTimersByTimeAsync(0)
    expect(model.held.value).toEqual([])
    expect(model.waiting.value).toEqual([])
  })

  it('lets the person wait again when the decision did not reach the server', async () => {
    const { model, server } = await build({ requests: [request('r1')] })
    server.state.changeFails.push(problem('storage_unavailable'))
    model.decide(request('r1'), once)
    await vi.advanceTimersByTimeAsync(UNDO_MS)
    expect(model.trouble.value).toBe('storage_unavailable')
    expect(ids(model.waiting.value)).toEqual(['r1'])
  })

  it('decides about several people independently', async () => {
    const { model, server } = await build({ requests: [request('r1'), request('r2'), request('r3')] })
    model.decide(request('r1'), once)
    model.decide(request('r2'), { decision: 'refuse', emails: false })
    expect(ids(model.waiting.value)).toEqual(['r3'])
    model.undo('r1')
    await vi.advanceTimersByTimeAsync(UNDO_MS)
    expect(server.state.changed).toEqual(['request r2 refuse false'])
  })

  it('names the person and the meeting, or says that it cannot', () => {
    expect(requestSentence(request('r1'), 'en').message).toBe(
      'Olga Petrova asks for the list of Project management, lesson 3.',
    )
    expect(requestSentence(request('r1', { name: null, topic: null }), 'ru').message).toBe(
      'Соорганизатор просит список: встреча без названия.',
    )
  })
})

describe('what the host decides', () => {
  it('shows a choice at once and keeps it, although an older reading arrives later', async () => {
    const { model, server } = await build()
    let answerLate = (): void => {}
    const before = server.state.settings
    server.api.settings = () =>
      new Promise((resolve) => {
        answerLate = () => {
          resolve(before)
        }
      })
    const reading = model.refresh()
    const answerOlder = answerLate
    const changing = model.setPolicy('everything')
    answerOlder()
    await reading
    expect(model.settings.value?.cohostPolicy).toBe('everything')
    await vi.advanceTimersByTimeAsync(0)
    server.state.settings = settingsOf({ cohostPolicy: 'everything' })
    answerLate()
    await changing
    expect(server.state.changed).toEqual(['policy everything'])
  })

  it('goes back to what the server has when a change failed, and says why', async () => {
    const { model, server } = await build({
      cohosts: [{ memberId: 'm7', name: 'Marat', gatherings: 1, lastVerifiedAt: '', always: null }],
    })
    server.state.changeFails.push(problem('offline'))
    const changing = model.decideCohost('m7', 'nothing')
    expect(model.settings.value?.cohosts[0]?.always).toBe('nothing')
    await changing
    expect(model.settings.value?.cohosts[0]?.always).toBeNull()
    expect(model.trouble.value).toBe('offline')
  })

  it('goes on saying that a change failed while it reads on, until one works or nobody looks', async () => {
    const { model, server } = await build()
    const stop = model.watch()
    server.state.changeFails.push(problem('conflict'))
    await model.setPolicy('nothing')
    await vi.advanceTimersByTimeAsync(30_000)
    expect(model.trouble.value).toBe('conflict')
    await model.setPolicy('nothing')
    expect(model.trouble.value).toBeNull()
    server.state.changeFails.push(problem('conflict'))
    await model.setPolicy('everything')
    stop()
    await vi.advanceTimersByTimeAsync(15_000)
    expect(model.trouble.value).toBeNull()
  })
})

describe('the wide view, from the panel', () => {
  it('is handed over by a link for the system browser', async () => {
    const { model, zoom } = await build()
    await expect(model.handOver()).resolves.toBe('https://rollbook.example/wide/one-time')
    expect(zoom.state.opened).toEqual(['https://rollbook.example/wide/one-time'])
  })

  it('opens nothing when the server refuses', async () => {
    const { model, zoom, server } = await build()
    server.state.changeFails.push(problem('forbidden'))
    await expect(model.handOver()).resolves.toBeNull()
    expect(zoom.state.opened).toEqual([])
    expect(model.trouble.value).toBe('forbidden')
  })
})

describe('disconnecting', () => {
  it('ends the session too, and sends no decision that was still held', async () => {
    const { model, server, session, reads } = await build({ requests: [request('r1')] })
    model.decide(request('r1'), once)
    await expect(model.disconnect()).resolves.toBe(true)
    expect(session.state.value).toEqual({ status: 'refused', code: 'not_installed' })
    expect(session.parted.value).toBe(true)
    const read = reads.mock.calls.length
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect(server.state.changed).toEqual(['disconnect'])
    expect(reads).toHaveBeenCalledTimes(read)
    expect(server.state.exchanged).toHaveLength(1)
  })

  it('changes nothing when it failed, and goes on reading', async () => {
    const { model, server, session, reads } = await build()
    server.state.changeFails.push(problem('storage_unavailable'))
    await expect(model.disconnect()).resolves.toBe(false)
    expect(session.state.value.status).toBe('ready')
    expect(model.trouble.value).toBe('storage_unavailable')
    await vi.advanceTimersByTimeAsync(15_000)
    expect(reads).toHaveBeenCalledTimes(2)
  })
})
