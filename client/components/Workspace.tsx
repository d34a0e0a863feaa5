import { usePanel, useWords } from '../context.ts'
import type { Meeting } from '../models/panel.ts'
import { Face } from './Face.tsx'
import { lazily } from './lazy.tsx'
import { LiveScreen } from './LiveScreen.tsx'
import shared from './shared.module.css'
import { RequestAnnouncer } from './settings/RequestBadge.tsx'
import { Skeleton } from './Skeleton.tsx'
import { Tabs } from './Tabs.tsx'
import styles from './Workspace.module.css'

const MeetingsScreen = lazily(
  async () => (await import('./meetings/MeetingsScreen.tsx')).MeetingsScreen,
  Skeleton,
)
const SettingsScreen = lazily(
  async () => (await import('./settings/SettingsScreen.tsx')).SettingsScreen,
  Skeleton,
)

/** What somebody with a role sees: the tabs, and the screen of the one chosen. */
export function Workspace({ live }: { live: Meeting | null }) {
  const { navigation } = usePanel()
  const tab = navigation.tab.value
  return (
    <div class={styles.workspace}>
      <Tabs />
      <RequestAnnouncer />
      <div class={styles.screen}>
        {tab === 'live' ? live === null ? <NoMeeting /> : <LiveScreen meeting={live} /> : null}
        {tab === 'meetings' ? <MeetingsScreen /> : null}
        {tab === 'settings' ? <SettingsScreen /> : null}
      </div>
    </div>
  )
}

/** Zoom did not say which meeting this is; what was recorded before stays within reach. */
function NoMeeting() {
  const model = usePanel()
  const { words } = useWords()
  return (
    <Face
      icon="info"
      title={words.faces.noMeetingTitle}
      text={[words.faces.noMeeting, words.faces.noMeetingNext]}
    >
      <button
        type="button"
        class={`${shared.button} ${shared.main}`}
        aria-disabled={model.trying.value}
        onClick={() => void model.tryAgain()}
      >
        {model.trying.value ? words.faces.trying : words.faces.tryAgain}
      </button>
    </Face>
  )
}
