import { useSignal } from '@preact/signals'
import { usePanel, useWords } from '../context.ts'
import type { Meeting } from '../models/panel.ts'
import { Face } from './Face.tsx'
import { Header } from './Header.tsx'
import { lazily } from './lazy.tsx'
import { Notices } from './Notices.tsx'
import { PeopleScreen, Unreachable, type OpenSheet } from './PeopleScreen.tsx'
import { Skeleton } from './Skeleton.tsx'
import { Welcome } from './Welcome.tsx'
import shared from './shared.module.css'
import styles from './PeopleScreen.module.css'

const EmailSheet = lazily(
  async () => (await import('./EmailSheet.tsx')).EmailSheet,
  () => null,
)
const ReportNotice = lazily(
  async () => (await import('./meetings/ReportNotice.tsx')).ReportNotice,
  () => null,
)

/** Who is here now; once the meeting is over, who was, and how far Zoom's report is. */
export function LiveScreen({ meeting }: { meeting: Meeting }) {
  const { roster, list } = usePanel()
  const { words } = useWords()
  const open = useSignal<OpenSheet>(null)
  const head = roster.head.value
  if (roster.summary.value === null)
    return roster.feed.value.status === 'retrying' ? <Unreachable /> : <Skeleton />

  const over = (head?.endedAt ?? null) !== null
  const missing = meeting.mayReadEmails && !over ? list.counts.value.no_email : 0
  return (
    <PeopleScreen
      open={open}
      exportAbove={meeting.mayExport}
      mayReadEmails={meeting.mayReadEmails}
      top={
        <>
          <Header topic={meeting.topic} />
          <Notices />
          <Welcome />
          {over ? <ReportNotice leadsToMeeting={meeting.gatheringId} /> : null}
        </>
      }
      empty={<Empty panelOnly={head?.capture === 'panel_only'} />}
      footer={
        missing === 0 ? null : (
          <>
            <p class={styles.grow}>
              {words.live.noEmail(missing)} {words.live.zoomAsks}
            </p>
            <button
              type="button"
              class={shared.button}
              onClick={() => {
                open.value = { sheet: 'emails' }
              }}
            >
              {words.live.askEmails}
            </button>
          </>
        )
      }
    >
      {open.value?.sheet === 'emails' ? (
        <EmailSheet
          onClose={() => {
            open.value = null
          }}
        />
      ) : null}
    </PeopleScreen>
  )
}

function Empty({ panelOnly }: { panelOnly: boolean }) {
  const { words } = useWords()
  return (
    <Face
      inside
      icon="people"
      title={words.live.empty}
      text={[panelOnly ? words.live.emptyNextPanelOnly : words.live.emptyNext]}
    />
  )
}
