import { batch, computed, signal, type ReadonlySignal } from '@preact/signals'

export type Tab = 'live' | 'meetings' | 'settings'

export interface Navigation {
  /** Offered here, the first one being where the panel opens. */
  tabs: ReadonlySignal<readonly Tab[]>
  tab: ReadonlySignal<Tab>
  /** The gathering opened under Meetings; it stays open while another tab is looked at. */
  opened: ReadonlySignal<string | null>
  go(tab: Tab): void
  openMeeting(gatheringId: string): void
  /** From a meeting to the list it was chosen from. */
  back(): void
  /** The meeting the person came back from, told once: the focus belongs there. */
  takeReturn(): string | null
}

/**
 * Which screen is looked at. Kept in memory and never in the address: Zoom binds what it granted to the page's address, so
 * there is no history to go back in but this one. Live is offered where a meeting is around the panel. `onMove` hears of
 * every screen the person leaves.
 */
export function createNavigation(inMeeting: ReadonlySignal<boolean>, onMove: () => void): Navigation {
  const chosen = signal<Tab | null>(null)
  const opened = signal<string | null>(null)
  let returned: string | null = null
  const tabs = computed<readonly Tab[]>(() =>
    inMeeting.value ? ['live', 'meetings', 'settings'] : ['meetings', 'settings'],
  )
  const tab = computed<Tab>(() => {
    const wish = chosen.value
    return wish !== null && tabs.value.includes(wish) ? wish : inMeeting.value ? 'live' : 'meetings'
  })
  function move(to: Tab, gathering: string | null): void {
    const moves = to !== tab.value || gathering !== opened.value
    batch(() => {
      chosen.value = to
      opened.value = gathering
    })
    if (moves) onMove()
  }
  return {
    tabs,
    tab,
    opened,
    go(next) {
      // A second press on Meetings leads to the list, as people expect of a tab.
      move(next, next === 'meetings' && tab.value === 'meetings' ? null : opened.value)
    },
    openMeeting(gatheringId) {
      move('meetings', gatheringId)
    },
    back() {
      returned = opened.value
      move(tab.value, null)
    },
    takeReturn() {
      const from = returned
      returned = null
      return from
    },
  }
}
