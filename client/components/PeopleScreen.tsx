import type { Signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import { problemWords } from '../../shared/words/index.ts'
import { usePanel, useWords } from '../context.ts'
import { Announcer } from './Announcer.tsx'
import { Face } from './Face.tsx'
import { lazily } from './lazy.tsx'
import { PeopleList } from './PeopleList.tsx'
import { Tools } from './Tools.tsx'
import shared from './shared.module.css'
import styles from './PeopleScreen.module.css'

const BaseLine = lazily(
  async () => (await import('./policy/BaseLine.tsx')).BaseLine,
  () => null,
)
const ExpectedSums = lazily(
  async () => (await import('./expected/ExpectedSums.tsx')).ExpectedSums,
  () => null,
)
const PeopleSheets = lazily(
  async () => (await import('./PeopleSheets.tsx')).PeopleSheets,
  () => null,
)

/**
 * What lies over a screen of people; those of one screen alone are drawn by the screen itself. A person opened from another
 * sheet leads back there.
 */
export type OpenSheet =
  | {
      sheet:
        | 'export'
        | 'emails'
        | 'differences'
        | 'export_differences'
        | 'rules'
        | 'corrections'
        | 'proposals'
        | 'tidying'
        | 'ways'
    }
  | { sheet: 'person'; id: string; back?: 'differences' | 'proposals' | 'tidying' }
  | null

interface PeopleScreenProps {
  open: Signal<OpenSheet>
  /** Above the list: what it is, and what to know before believing it. */
  top: ComponentChildren
  empty: ComponentChildren
  /** Under the list, always in sight; null for none. */
  footer: ComponentChildren
  /** Whether the list is exported from above it. */
  exportAbove: boolean
  mayReadEmails: boolean
  /** Whether the line that leads to the rules is there before anybody's share is. */
  namesBase?: boolean
  /** Sheets of this screen alone. */
  children?: ComponentChildren
}

/** The people of one gathering, live or past: search, filter, list, and one person opened. */
export function PeopleScreen({
  open,
  top,
  empty,
  footer,
  exportAbove,
  mayReadEmails,
  namesBase = false,
  children,
}: PeopleScreenProps) {
  const { roster, list, exporting, corrected } = usePanel()
  const { words } = useWords()
  const scroller = useRef<HTMLDivElement>(null)
  const sticky = useRef<HTMLDivElement>(null)
  const close = () => {
    const now = open.value
    open.value = now?.sheet === 'person' && now.back !== undefined ? { sheet: now.back } : null
  }
  const shown = open.value
  const hidden = shown === null ? undefined : true
  return (
    <div class={styles.screen}>
      <main ref={scroller} class={styles.scroller} aria-hidden={hidden}>
        {top}
        {(roster.summary.value?.expected ?? null) === null ? null : <ExpectedSums />}
        {list.counts.value.everybody === 0 ? (
          empty
        ) : (
          <>
            <div ref={sticky} class={styles.sticky}>
              <Tools
                mayExport={exportAbove}
                mayReadEmails={mayReadEmails}
                onExport={() => {
                  exporting.reset()
                  open.value = { sheet: 'export' }
                }}
              />
              {namesBase || (roster.head.value?.base ?? null) !== null ? (
                <BaseLine
                  onOpen={(sheet) => {
                    open.value = { sheet }
                  }}
                />
              ) : (
                <p class={styles.ways}>
                  <button
                    type="button"
                    class={shared.link}
                    onClick={() => {
                      open.value = { sheet: 'ways' }
                    }}
                  >
                    {words.live.ways}
                  </button>
                </p>
              )}
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
      {shown !== null || corrected.value ? (
        <PeopleSheets open={open} mayReadEmails={mayReadEmails} onClose={close} />
      ) : null}
      {footer === null ? null : (
        <footer class={styles.footer} aria-hidden={hidden}>
          {footer}
        </footer>
      )}
      <Announcer />
      {children}
    </div>
  )
}

/** The list does not come: what happened, and the way out. */
export function Unreachable() {
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
          list.showAll()
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
