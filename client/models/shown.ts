import { computed, effect, signal, untracked, type ReadonlySignal } from '@preact/signals'
import type { DifferencesModel } from './differences.ts'
import type { HistoryModel } from './history.ts'
import type { ListModel } from './list.ts'
import { withdrawn, type MeetingModel } from './meeting.ts'
import type { Navigation } from './navigation.ts'
import type { RosterModel } from './roster.ts'

interface ShownParts {
  /** False while the panel shows no list at all: not signed in, or a participant. */
  atWork: ReadonlySignal<boolean>
  liveId: ReadonlySignal<string | null>
  navigation: Navigation
  roster: RosterModel
  list: ListModel
  history: HistoryModel
  meeting: MeetingModel
  differences: DifferencesModel
}

/**
 * One list follows what is looked at: the live gathering, or the one opened under Meetings. Answers the gathering whose list
 * that is; null while there is none.
 */
export function followShown(parts: ShownParts): ReadonlySignal<string | null> {
  const { atWork, liveId, navigation, roster, list, meeting } = parts
  const shownId = signal<string | null>(null)

  /** While a gathering is being opened nobody knows yet whether its list may be read (undefined): all stays as it is. */
  const wantedId = computed(() => {
    if (!atWork.value) return null
    const opened = navigation.tab.value === 'meetings' ? navigation.opened.value : null
    if (opened === null || opened === liveId.value) return liveId.value
    const detail = meeting.detail.value
    if (meeting.state.value.status === 'failed') return liveId.value
    if (detail === null) return undefined
    return detail.standing === 'none' ? liveId.value : opened
  })
  effect(() => {
    const opened = atWork.value ? navigation.opened.value : null
    untracked(() => {
      if (opened === null) meeting.close()
      else meeting.open(opened)
    })
  })
  effect(() => {
    const next = wantedId.value
    if (next === undefined) return
    untracked(() => {
      if (next === shownId.value) return
      shownId.value = next
      list.turnTo(next)
      if (next === null) roster.stop()
      else roster.start(next)
    })
  })
  keepAbreast(parts)
  letGo(parts)
  return shownId
}

/** Once the host gives a list no longer, nobody goes on seeing it: what was on screen goes, and why is asked at once. */
function letGo({ roster, list, meeting, differences, navigation }: ShownParts): void {
  effect(() => {
    const feed = roster.feed.value
    if (feed.status !== 'retrying' || !withdrawn.includes(feed.code)) return
    untracked(() => {
      if (roster.summary.value === null) list.hold(false)
      if (navigation.opened.value !== null) void meeting.refresh()
    })
  })
  effect(() => {
    const nothing = meeting.detail.value?.standing === 'none' || meeting.state.value.status === 'failed'
    if (nothing) untracked(differences.forget)
  })
}

/** What the stream tells of a report reaches the history's row at once, and the opened meeting asks what may be done now. */
function keepAbreast({ roster, history, meeting, navigation }: ShownParts): void {
  let before = ''
  effect(() => {
    const head = roster.head.value
    const came = roster.summary.value?.came ?? null
    untracked(() => {
      if (head === null) return
      const { id, topic, startedAt, endedAt, report } = head
      history.list.replace((item) =>
        item.id === id && item.standing !== 'none'
          ? { ...item, topic, startedAt, endedAt, report, came }
          : item,
      )
      const standing = JSON.stringify([id, endedAt, report])
      if (standing === before) return
      before = standing
      if (navigation.opened.value !== null && meeting.detail.value?.id === id) meeting.reportMoved()
    })
  })
}
