import { usePanel, useWords } from '../../context.ts'
import { Face } from '../Face.tsx'
import { useWide } from '../useWide.ts'
import { HistoryScreen } from './HistoryScreen.tsx'
import { MeetingScreen } from './MeetingScreen.tsx'
import styles from './MeetingsScreen.module.css'
import { useMeetingWords } from './words.ts'

/** From here on the history and the meeting chosen from it stand side by side. */
const TWO_COLUMNS_PX = 900

/** The history, and the meeting chosen from it: one after the other, or side by side where there is room. */
export function MeetingsScreen() {
  const { navigation } = usePanel()
  const opened = navigation.opened.value
  const wide = useWide(TWO_COLUMNS_PX)
  if (!wide) {
    return opened === null ? <HistoryScreen beside={false} /> : <MeetingScreen key={opened} beside={false} />
  }
  return (
    <div class={styles.columns}>
      <HistoryScreen beside />
      {opened === null ? <Choose /> : <MeetingScreen key={opened} beside />}
    </div>
  )
}

function Choose() {
  const { history } = usePanel()
  const { words } = useWords()
  const said = useMeetingWords().history
  if (history.list.items.value.length === 0)
    return <main class={styles.nothing} aria-label={words.tabs.meetings} />
  return <Face icon="people" title={said.choose} text={[said.chooseNext]} />
}
