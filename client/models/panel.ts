import { computed, effect, signal, untracked, type ReadonlySignal, type Signal } from '@preact/signals'
import type { MemberRole, SessionAnswer } from '../../shared/wire/index.ts'
import { ZoomFailure, type Surroundings, type ZoomClient } from '../zoom/index.ts'
import { ApiProblem, type Api, type PanelProblem } from './api.ts'
import { createDifferencesModel, type DifferencesModel } from './differences.ts'
import { createEmailModel, type EmailModel } from './emails.ts'
import { createExportModel, type ExportModel } from './exporting.ts'
import { createHistoryModel, type HistoryModel } from './history.ts'
import { createListModel, type ListModel } from './list.ts'
import { createMeetingModel, withdrawn, type MeetingModel } from './meeting.ts'
import { createNavigation, type Navigation } from './navigation.ts'
import { createObserver, idleObserver, type Observer } from './observer.ts'
import type { Preferences } from './preferences.ts'
import { createRosterModel, type RosterModel } from './roster.ts'
import type { SessionModel } from './session.ts'
import { createSettingsModel, requestSentence, type SettingsModel } from './settings.ts'
import { followShown } from './shown.ts'

export type Meeting = NonNullable<SessionAnswer['meeting']>

/** What the panel shows. */
export type Face =
  | { kind: 'starting' }
  /** Somebody with a role; `live` is the meeting around the panel, if there is one and Zoom says which. */
  | { kind: 'workspace'; live: Meeting | null }
  | { kind: 'guest' | 'not_installed' | 'participant' | 'not_zoom' }
  | { kind: 'zoom_silent'; code: string; retryInSeconds: number | null }
  | { kind: 'problem'; code: PanelProblem; retryInSeconds: number | null }
  /** The wide view's hour is over, or it was closed. */
  | { kind: 'over'; signedOut: boolean }

export interface PanelModel {
  face: ReadonlySignal<Face>
  session: SessionModel
  roster: RosterModel
  list: ListModel
  observer: Observer
  emails: EmailModel
  exporting: ExportModel
  navigation: Navigation
  history: HistoryModel
  /** The gathering opened under Meetings. */
  meeting: MeetingModel
  differences: DifferencesModel
  settings: SettingsModel
  /** Somebody was corrected from this panel, so that what can be undone is told beside the list. */
  corrected: Signal<boolean>
  /** For models that come with the screen that needs them. */
  parts: Pick<PanelParts, 'zoom' | 'api' | 'isVisible'>
  preferences: Preferences
  /** Where the panel runs: beside Zoom's client, or as the wide view in a browser of its own. */
  openIn: 'zoom' | 'browser'
  /** Set when Zoom gave the user another role while the panel was open. */
  newRole: ReadonlySignal<MemberRole | null>
  dismissNewRole(): void
  openInstallPage(): void
  start(): Promise<void>
  /** From an error face: from the beginning. Zoom may take ten seconds to be silent, hence `trying`. */
  tryAgain(): Promise<void>
  trying: ReadonlySignal<boolean>
}

export interface PanelParts {
  zoom: ZoomClient
  api: Api
  /** Opened by Zoom's proof, or handed over to a browser. */
  session: SessionModel
  preferences: Preferences
  origin: string
  zone: string
  decimalComma: boolean
  copy: (text: string) => Promise<boolean>
  isVisible: () => boolean
  openIn: 'zoom' | 'browser'
}

/** What Zoom granted ages out after two hours. */
const RECONNECT_MS = 2 * 60 * 60_000

/** Wires the models together; which face shows is decided here and nowhere else. */
export function createPanelModel(parts: PanelParts): PanelModel {
  const { zoom, api, session, preferences } = parts
  const language = preferences.language.peek()
  const roster = createRosterModel(api, session, language)
  const list = createListModel(roster)
  const observer =
    parts.openIn === 'browser' ? idleObserver : createObserver(zoom, api, session, parts.isVisible)
  const emails = createEmailModel(zoom, observer)
  const surroundings = signal<Surroundings | null>(null)
  const failure = signal<string | null>(null)
  const newRole = signal<MemberRole | null>(null)
  const liveId = signal<string | null>(null)
  const trying = signal(false)

  const exporting = createExportModel({
    ...parts,
    session: { call: callOfOpened },
    language: () => preferences.language.value,
    gatheringId: () => shownId.value,
  })

  const face = computed<Face>(() => {
    if (failure.value === 'no_bridge') return { kind: 'not_zoom' }
    if (failure.value !== null) return { kind: 'zoom_silent', code: failure.value, retryInSeconds: null }
    const state = session.state.value
    switch (state.status) {
      case 'starting':
        return { kind: 'starting' }
      case 'zoom_silent':
        return { kind: 'zoom_silent', code: state.code, retryInSeconds: state.retryInSeconds }
      case 'unreachable':
        return { kind: 'problem', code: state.code, retryInSeconds: state.retryInSeconds }
      case 'refused':
        return state.code === 'guest' || state.code === 'not_installed'
          ? { kind: state.code }
          : { kind: 'problem', code: state.code, retryInSeconds: null }
      case 'over':
        return { kind: 'over', signedOut: state.signedOut }
      case 'ready':
        return state.member.role === 'participant'
          ? { kind: 'participant' }
          : { kind: 'workspace', live: state.meeting }
    }
  })

  const navigation = createNavigation(
    computed(() => parts.openIn === 'zoom' && (surroundings.value === 'meeting' || liveId.value !== null)),
    () => {
      session.welcome.value = false
    },
  )
  const history = createHistoryModel(api, session)
  const meeting = createMeetingModel(api, session, {
    learnt: history.learn,
    regrouped() {
      if (shownId.value !== null) roster.start(shownId.value)
      void history.list.reload()
    },
    reported: roster.learnReport,
  })
  const differences = createDifferencesModel(api, { call: callOfOpened })
  const atWork = computed(() => face.value.kind === 'workspace')
  const shownId = followShown({ atWork, liveId, navigation, roster, list, history, meeting, differences })

  let role: MemberRole | null = null
  effect(() => {
    const shown = face.value
    const state = session.state.value
    untracked(() => {
      const next = shown.kind === 'workspace' ? (shown.live?.gatheringId ?? null) : null
      const nextRole = state.status === 'ready' ? state.member.role : null
      if (next !== liveId.value) {
        liveId.value = next
        if (next === null) observer.stop()
        else observer.start(next)
      }
      if (nextRole !== null) {
        // Out of every meeting there is no role to speak of.
        if (role !== null && role !== nextRole && nextRole !== 'member') newRole.value = nextRole
        role = nextRole
      }
    })
  })

  /** A refusal may mean that the host took the opened meeting back: its screen looks at once. */
  async function callOfOpened<Answer>(
    work: (token: string) => Promise<Answer>,
    needs?: 'fresh',
  ): Promise<Answer> {
    try {
      return await session.call(work, needs)
    } catch (error) {
      if (error instanceof ApiProblem && withdrawn.includes(error.code)) void meeting.refresh()
      throw error
    }
  }

  async function connect(): Promise<void> {
    try {
      surroundings.value = await zoom.connect()
      failure.value = null
    } catch (error) {
      failure.value = error instanceof ZoomFailure ? error.code : 'unknown'
    }
  }

  async function begin(): Promise<void> {
    await connect()
    if (failure.value === null) await session.open()
  }

  const settings = createSettingsModel({
    ...parts,
    session,
    openUrl: zoom.openUrl,
    onRequest(request) {
      zoom.notify(requestSentence(request, preferences.language.value))
    },
  })
  return {
    face,
    session,
    roster,
    list,
    observer,
    emails,
    exporting,
    navigation,
    history,
    meeting,
    differences,
    settings,
    corrected: signal(false),
    parts,
    preferences,
    openIn: parts.openIn,
    newRole,
    dismissNewRole() {
      newRole.value = null
    },
    openInstallPage() {
      zoom.openUrl(new URL('/oauth/install', parts.origin).href)
    },
    async start() {
      zoom.on('standing', () => void begin())
      setInterval(() => void connect(), RECONNECT_MS)
      await begin()
    },
    async tryAgain() {
      if (trying.value) return
      trying.value = true
      try {
        await begin()
      } finally {
        trying.value = false
      }
    },
    trying,
  }
}
