import { batch, signal, type ReadonlySignal } from '@preact/signals'
import type { GatheringDetail, GatheringItem, ReportStatus, Restart } from '../../shared/wire/index.ts'
import { ApiProblem, type Api, type PanelProblem } from './api.ts'
import type { SessionModel } from './session.ts'

export type MeetingState =
  { status: 'loading' } | { status: 'ready' } | { status: 'failed'; code: PanelProblem }

/** What the host just did about a restart, as long as it can be taken back from here. */
export interface RestartDone {
  act: 'joined' | 'kept_apart' | 'split'
  undo: (() => Promise<void>) | null
}

/** What became of asking Zoom out of turn. `already`: it is being asked, or was a moment ago; `limited`: Zoom’s limit lasts. */
export type ReportAsked = 'now' | 'already' | 'limited'

export type MeetingWork = 'restart' | 'report' | 'access'

export interface MeetingModel {
  detail: ReadonlySignal<GatheringDetail | null>
  state: ReadonlySignal<MeetingState>
  /** What is being done now; one thing at a time. */
  working: ReadonlySignal<MeetingWork | null>
  /** Why the last thing did not work; gone with the next. */
  trouble: ReadonlySignal<{ work: MeetingWork; code: PanelProblem } | null>
  restartDone: ReadonlySignal<RestartDone | null>
  /** The answer to asking Zoom out of turn, until the report’s standing changes; null when nobody asked. */
  reportAsked: ReadonlySignal<ReportAsked | null>
  open(gatheringId: string): void
  close(): void
  /** Asks again, what is shown staying meanwhile. */
  refresh(): Promise<void>
  join(restart: Restart): Promise<void>
  keepApart(restart: Restart): Promise<void>
  takeApart(restart: Restart): Promise<void>
  tryReportNow(): Promise<void>
  askForAccess(): Promise<void>
  /** The stream told of another standing of the report. */
  reportMoved(): void
}

/** Answers after which nothing of a gathering may stay on screen unless the server gives it anew. */
export const withdrawn: readonly PanelProblem[] = ['cohost_policy', 'forbidden', 'not_found']

/** One gathering as the viewer may see it, and what can be done about it; its list is the roster's. */
export function createMeetingModel(
  api: Pick<Api, 'gathering' | 'join' | 'keepApart' | 'split' | 'retryReport' | 'askForAccess'>,
  session: Pick<SessionModel, 'call'>,
  hooks: {
    learnt: (item: GatheringItem) => void
    regrouped: () => void
    reported: (gatheringId: string, report: ReportStatus) => void
  },
): MeetingModel {
  const detail = signal<GatheringDetail | null>(null)
  const state = signal<MeetingState>({ status: 'loading' })
  const working = signal<MeetingWork | null>(null)
  const trouble = signal<{ work: MeetingWork; code: PanelProblem } | null>(null)
  const restartDone = signal<RestartDone | null>(null)
  const reportAsked = signal<ReportAsked | null>(null)
  let opened: string | null = null

  async function refresh(): Promise<void> {
    const id = opened
    if (id === null) return
    if (detail.value === null) state.value = { status: 'loading' }
    try {
      const answer = await session.call((token) => api.gathering(token, id))
      if (id !== opened) return
      batch(() => {
        detail.value = answer
        state.value = { status: 'ready' }
      })
      hooks.learnt(answer)
    } catch (error) {
      const code = codeOf(error)
      if (id !== opened || (detail.value !== null && !withdrawn.includes(code))) return
      batch(() => {
        detail.value = null
        state.value = { status: 'failed', code }
      })
    }
  }

  /** Answers whether it worked; what it changed is asked for anew either way, since others may have acted too. */
  async function work(
    kind: MeetingWork,
    act: (token: string, id: string) => Promise<void>,
  ): Promise<boolean> {
    const id = opened
    if (id === null || working.value !== null) return false
    batch(() => {
      working.value = kind
      trouble.value = null
      restartDone.value = null
    })
    let worked = true
    try {
      await session.call((token) => act(token, id))
    } catch (error) {
      worked = false
      if (id === opened) trouble.value = { work: kind, code: codeOf(error) }
    }
    await refresh()
    working.value = null
    return worked && id === opened
  }

  async function regroup(
    act: (token: string, id: string) => Promise<void>,
    done: RestartDone['act'],
    undo: RestartDone['undo'],
  ): Promise<void> {
    if (!(await work('restart', act))) return
    if (done !== 'kept_apart') hooks.regrouped()
    restartDone.value = { act: done, undo }
  }

  const joinWith = (otherId: string) => (token: string, id: string) => api.join(token, id, otherId)

  return {
    detail,
    state,
    working,
    trouble,
    restartDone,
    reportAsked,
    open(gatheringId) {
      if (opened !== gatheringId) {
        opened = gatheringId
        batch(() => {
          detail.value = null
          state.value = { status: 'loading' }
          trouble.value = null
          restartDone.value = null
          reportAsked.value = null
        })
      }
      void refresh()
    },
    close() {
      opened = null
    },
    refresh,
    join: ({ otherId }) => regroup(joinWith(otherId), 'joined', null),
    keepApart: ({ otherId }) =>
      regroup(
        (token, id) => api.keepApart(token, id, otherId),
        'kept_apart',
        () => regroup(joinWith(otherId), 'joined', null),
      ),
    takeApart({ otherId }) {
      let apartId: string | null = null
      return regroup(
        async (token, id) => {
          apartId = await api.split(token, id, otherId)
        },
        'split',
        () => (apartId === null ? Promise.resolve() : regroup(joinWith(apartId), 'joined', null)),
      )
    },
    async tryReportNow() {
      await work('report', async (token, id) => {
        const { planned, report } = await api.retryReport(token, id)
        if (id !== opened) return
        if (detail.value !== null) detail.value = { ...detail.value, report }
        hooks.reported(id, report)
        reportAsked.value = planned ? 'now' : report.reason === 'rate_limited' ? 'limited' : 'already'
      })
    },
    async askForAccess() {
      await work('access', (token, id) => api.askForAccess(token, id))
    },
    reportMoved() {
      reportAsked.value = null
      if (working.value === null && detail.value !== null) void refresh()
    },
  }
}

const codeOf = (error: unknown): PanelProblem => (error instanceof ApiProblem ? error.code : 'unexpected')
