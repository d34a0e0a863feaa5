import { usePanel, useWords } from '../context.ts'
import type { Meeting } from '../models/panel.ts'
import { Face } from './Face.tsx'
import { lazily } from './lazy.tsx'
import { LiveScreen } from './LiveScreen.tsx'
import { RequestAnnouncer } from './settings/RequestBadge.tsx'
import { Skeleton } from './Skeleton.tsx'
import { Tabs } from './Tabs.tsx'
import { TryAgain } from './TryAgain.tsx'
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
  const { words } = useWords()
  return (
    <Face
      icon="info"
      title={words.faces.noMeetingTitle}
      text={[words.faces.noMeeting, words.faces.noMeetingNext]}
    >
      <TryAgain />
    </Face>
  )
}
