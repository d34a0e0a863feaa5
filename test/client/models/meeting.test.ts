import { signal } from '@preact/signals'
import { describe, expect, it, vi } from 'vitest'
import { createMeetingModel } from '../../../client/models/meeting.ts'
import { createNavigation } from '../../../client/models/navigation.ts'
import type { Restart } from '../../../shared/wire/index.ts'
import { noReport } from '../../../shared/wire/report.ts'
import { gathering } from '../past.ts'
import { fakeApi, problem } from './fakes.ts'

const restart: Restart = {
  state: 'proposed',
  otherId: 'second',
  startedAt: null,
  endedAt: null,
  gapSeconds: 240,
}

async function build() {
  const server = fakeApi()
  const learnt: string[] = []
  const regrouped: number[] = []
  const reported: string[] = []
  server.state.gathering = (id) => Promise.resolve(gathering(id))
  const meeting = createMeetingModel(
    server.api,
    { call: (work) => work('t1') },
    {
      learnt: ({ id }) => learnt.push(id),
      regrouped: () => regrouped.push(1),
      reported: (id, { state }) => reported.push(`${id} ${state}`),
    },
  )
  meeting.open('g1')
  await meeting.refresh()
  return { server, meeting, learnt, regrouped, reported }
}

describe('an opened meeting', () => {
  it('tells the history what it learnt', async () => {
    const { meeting, learnt } = await build()
    expect(meeting.detail.value?.id).toBe('g1')
    expect(learnt).toContain('g1')
  })

  it('says why it does not open, and forgets that with the next', async () => {
    const { server, meeting } = await build()
    server.state.gathering = () => Promise.reject(problem('not_found'))
    meeting.open('g2')
    await meeting.refresh()
    expect(meeting.state.value).toEqual({ status: 'failed', code: 'not_found' })
    server.state.gathering = (id) => Promise.resolve(gathering(id))
    meeting.open('g1')
    await meeting.refresh()
    expect(meeting.state.value).toEqual({ status: 'ready' })
  })

  it('stays on screen when the server is away, and goes when it is no longer given', async () => {
    const { server, meeting } = await build()
    server.state.gathering = () => Promise.reject(problem('offline'))
    await meeting.refresh()
    expect(meeting.detail.value?.id).toBe('g1')
    server.state.gathering = () => Promise.reject(problem('not_found'))
    await meeting.refresh()
    expect([meeting.detail.value, meeting.state.value]).toEqual([
      null,
      { status: 'failed', code: 'not_found' },
    ])
  })

  it('joins a restart, takes it apart and joins it again when that is undone', async () => {
    const { server, meeting, regrouped } = await build()
    await meeting.join(restart)
    await meeting.takeApart(restart)
    await meeting.restartDone.value?.undo?.()
    expect(server.state.changed).toEqual(['join g1 second', 'split g1 second', 'join g1 apart'])
    expect(regrouped.length).toBe(3)
  })

  it('keeps meetings apart without asking for the list anew, and can take that back', async () => {
    const { server, meeting, regrouped } = await build()
    await meeting.keepApart(restart)
    expect(regrouped.length).toBe(0)
    await meeting.restartDone.value?.undo?.()
    expect(server.state.changed).toEqual(['keepApart g1 second', 'join g1 second'])
  })

  it('says what did not work, and asks again what the meeting looks like now', async () => {
    const { server, meeting } = await build()
    server.state.changeFails.push(problem('conflict'))
    await meeting.join(restart)
    expect(meeting.trouble.value).toEqual({ work: 'restart', code: 'conflict' })
    expect(meeting.restartDone.value).toBeNull()
    await meeting.tryReportNow()
    expect(meeting.trouble.value).toBeNull()
    expect(meeting.reportAsked.value).toBe('now')
    meeting.reportMoved()
    expect(meeting.reportAsked.value).toBeNull()
  })

  it('shows where the report stands as soon as the server has said so, and why Zoom was not asked', async () => {
    const { server, meeting, reported } = await build()
    const limited = { ...noReport, state: 'waiting', reason: 'rate_limited' } as const
    server.state.retried = { planned: false, report: limited }
    let arrive = (): void => {}
    server.state.gathering = (id) =>
      new Promise((resolve) => {
        arrive = () => {
          resolve(gathering(id, { report: limited }))
        }
      })
    const pressed = meeting.tryReportNow()
    await vi.waitFor(() => {
      expect(meeting.detail.value?.report).toEqual(limited)
    })
    expect([reported, meeting.reportAsked.value]).toEqual([['g1 waiting'], 'limited'])
    arrive()
    await pressed
    server.state.gathering = (id) => Promise.resolve(gathering(id))
    server.state.retried = { planned: false, report: { ...limited, reason: 'never_came' } }
    await meeting.tryReportNow()
    expect(meeting.reportAsked.value).toBe('already')
  })

  it('does one thing at a time', async () => {
    const { server, meeting } = await build()
    await Promise.all([meeting.askForAccess(), meeting.askForAccess()])
    expect(server.state.changed).toEqual(['askForAccess g1'])
  })
})

describe('navigation', () => {
  it('begins with the meeting around the panel, and with the history where there is none', () => {
    const inMeeting = signal(false)
    const navigation = createNavigation(inMeeting, () => {})
    expect([navigation.tab.value, navigation.tabs.value.includes('live')]).toEqual(['meetings', false])
    inMeeting.value = true
    expect([navigation.tab.value, navigation.tabs.value[0]]).toEqual(['live', 'live'])
  })

  it('stays where somebody went, and leaves Live when the meeting is gone', () => {
    const inMeeting = signal(true)
    const navigation = createNavigation(inMeeting, () => {})
    navigation.go('settings')
    inMeeting.value = false
    expect(navigation.tab.value).toBe('settings')
    inMeeting.value = true
    navigation.go('live')
    inMeeting.value = false
    expect(navigation.tab.value).toBe('meetings')
  })

  it('keeps a meeting open while other tabs are looked at; a second press on Meetings leads to the list', () => {
    const navigation = createNavigation(signal(true), () => {})
    navigation.openMeeting('g2')
    navigation.go('live')
    navigation.go('meetings')
    expect(navigation.opened.value).toBe('g2')
    navigation.go('meetings')
    expect(navigation.opened.value).toBeNull()
  })

  it('tells of every step to another screen, and of none that leads nowhere', () => {
    let steps = 0
    const navigation = createNavigation(signal(true), () => (steps += 1))
    navigation.go('live')
    expect(steps).toBe(0)
    navigation.openMeeting('g2')
    navigation.back()
    navigation.go('settings')
    expect(steps).toBe(3)
  })

  it('says once where somebody came back from', () => {
    const navigation = createNavigation(signal(true), () => {})
    navigation.openMeeting('g2')
    navigation.back()
    expect([navigation.takeReturn(), navigation.takeReturn()]).toEqual(['g2', null])
  })
})
