import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { problemWords } from '../../shared/words/index.ts'
import { usePanel, useWords } from '../context.ts'
import type { Meeting } from '../models/panel.ts'
import { Announcer } from './Announcer.tsx'
import { EmailSheet } from './EmailSheet.tsx'
import { ExportSheet } from './ExportSheet.tsx'
import { Face } from './Face.tsx'
import { Header } from './Header.tsx'
import { Notices } from './Notices.tsx'
import { PeopleList } from './PeopleList.tsx'
import { PersonSheet } from './PersonSheet.tsx'
import { Skeleton } from './Skeleton.tsx'
import { Tools } from './Tools.tsx'
import shared from './shared.module.css'
import styles from './LiveScreen.module.css'

interface LiveScreenProps {
  meeting: Meeting
}

type Open = { sheet: 'export' | 'emails' } | { sheet: 'person'; id: string } | null

/** Who is here now. */
export function LiveScreen({ meeting }: LiveScreenProps) {
  const { roster, list, exporting } = usePanel()
  const scroller = useRef<HTMLDivElement>(null)
  const sticky = useRef<HTMLDivElement>(null)
  const open = useSignal<Open>(null)
  const close = () => {
    open.value = null
  }

  if (roster.summary.value === null)
    return roster.feed.value.status === 'retrying' ? <Unreachable /> : <Skeleton />

  // Somebody may turn out to be another person while the sheet is open: then there is nothing left to show in it.
  const asked = open.value
  const shown = asked?.sheet === 'person' && roster.table.get(asked.id) === undefined ? null : asked
  const total = list.counts.value.all
  return (
    <div class={styles.screen}>
      <main ref={scroller} class={styles.scroller} aria-hidden={shown === null ? undefined : true}>
        <Header topic={meeting.topic} />
        <Notices />
        {total === 0 ? (
          <Empty />
        ) : (
          <>
            <div ref={sticky} class={styles.sticky}>
              <Tools
                mayExport={meeting.mayExport}
                mayReadEmails={meeting.mayReadEmails}
                onExport={() => {
                  exporting.reset()
                  open.value = { sheet: 'export' }
                }}
              />
              <Waiting />
            </div>
            {list.rows.value.length === 0 ? (
              <NoMatch onShowAll={() => sticky.current?.querySelector('input')?.focus()} />
            ) : (
              <PeopleList
                scroller={scroller}
                sticky={sticky}
                onOpen={(id) => {
                  open.value = { sheet: 'person', id }
                }}
              />
            )}
          </>
        )}
      </main>
      {total > 0 && meeting.mayReadEmails ? (
        <EmailFooter
          hidden={shown !== null}
          onAsk={() => {
            open.value = { sheet: 'emails' }
          }}
        />
      ) : null}
      <Announcer />
      {shown?.sheet === 'export' ? (
        <ExportSheet onClose={close} mayReadEmails={meeting.mayReadEmails} />
      ) : null}
      {shown?.sheet === 'emails' ? <EmailSheet onClose={close} /> : null}
      {shown?.sheet === 'person' ? <PersonSheet id={shown.id} onClose={close} /> : null}
    </div>
  )
}

function Unreachable() {
  const { roster } = usePanel()
  const { language, words, format } = useWords()
  const feed = roster.feed.value
  if (feed.status !== 'retrying') return null
  const said = problemWords(feed.code, language)
  return (
    <Face
      icon="plug"
      title={said.what}
      text={[said.why, words.faces.retryIn(format.duration(feed.retryInSeconds))]}
      alert
    >
      <button
        type="button"
        class={`${shared.button} ${shared.main}`}
        onClick={() => {
          roster.retry()
        }}
      >
        {words.faces.tryAgain}
      </button>
    </Face>
  )
}

function Empty() {
  const { roster } = usePanel()
  const { words } = useWords()
  const panelOnly = roster.head.value?.capture === 'panel_only'
  return (
    <Face
      inside
      icon="people"
      title={words.live.empty}
      text={[panelOnly ? words.live.emptyNextPanelOnly : words.live.emptyNext]}
    />
  )
}

/** The button goes with the message, so the focus is handed on. */
function NoMatch({ onShowAll }: { onShowAll: () => void }) {
  const { list } = usePanel()
  const { words } = useWords()
  return (
    <Face inside icon="search" title={words.live.noMatch} text={[words.live.noMatchNext]}>
      <button
        type="button"
        class={shared.button}
        onClick={() => {
          list.search.value = ''
          list.show.value = 'all'
          onShowAll()
        }}
      >
        {words.live.showAll}
      </button>
    </Face>
  )
}

/** Changes held back while pointer or focus is in the list. */
function Waiting() {
  const { list } = usePanel()
  const { words } = useWords()
  const count = list.waitingChanges.value
  if (count === 0) return null
  return (
    <p class={styles.waiting}>
      {words.live.changesHeld(count)}{' '}
      <button type="button" class={shared.link} onClick={list.release}>
        {words.live.show}
      </button>
    </p>
  )
}

function EmailFooter({ hidden, onAsk }: { hidden: boolean; onAsk: () => void }) {
  const { list, roster } = usePanel()
  const { words } = useWords()
  const missing = list.counts.value.no_email
  if (missing === 0 || (roster.head.value?.endedAt ?? null) !== null) return null
  return (
    <footer class={styles.footer} aria-hidden={hidden ? true : undefined}>
      <p class={styles.grow}>
        {words.live.noEmail(missing)} {words.live.zoomAsks}
      </p>
      <button type="button" class={shared.button} onClick={onAsk}>
        {words.live.askEmails}
      </button>
    </footer>
  )
}
