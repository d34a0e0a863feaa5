import { useSignal, useSignalEffect } from '@preact/signals'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { usePanel, useWords } from '../../context.ts'
import { Face } from '../Face.tsx'
import { useFileDrop } from '../imports/useFileDrop.ts'
import { lazily } from '../lazy.tsx'
import { TakenOver } from '../Notices.tsx'
import shared from '../shared.module.css'
import { Failed } from '../Unread.tsx'
import { Welcome } from '../Welcome.tsx'
import { HistoryList } from './HistoryList.tsx'
import { HistorySkeleton } from './HistorySkeleton.tsx'
import { HistoryTools } from './HistoryTools.tsx'
import { useMeetingWords } from './words.ts'
import styles from './HistoryScreen.module.css'

const ImportSheet = lazily(
  async () => (await import('../imports/ImportSheet.tsx')).ImportSheet,
  () => null,
)

/** The next page is asked for this far before the end of what is loaded comes into sight. */
const AHEAD_PX = 600
/** Meetings begin and end, and their reports come, while the list is looked at. */
const FOLLOW_MS = 15_000

/** Every gathering the viewer had to do with, newest first. `beside`: the meeting stands in a column of its own. */
export function HistoryScreen({ beside }: { beside: boolean }) {
  const { history, navigation, session } = usePanel()
  const { words } = useWords()
  const said = useMeetingWords()
  const scroller = useRef<HTMLDivElement>(null)
  const sticky = useRef<HTMLDivElement>(null)
  const { list } = history
  /** Files that were dropped; null: the sheet asks for one; false: it is closed. */
  const importing = useSignal<readonly File[] | null | false>(false)
  const dropping = useFileDrop((files) => {
    importing.value = files
  })

  useEffect(() => {
    history.look()
    const following = setInterval(() => {
      if (document.visibilityState === 'visible' && list.state.peek().status === 'ready') void list.freshen()
    }, FOLLOW_MS)
    return () => {
      clearInterval(following)
    }
  }, [history, list])
  // Somebody returning from a meeting finds the list where it was left.
  useLayoutEffect(() => {
    if (scroller.current !== null) scroller.current.scrollTop = history.place.top
  }, [history])
  useSignalEffect(() => {
    void list.items.value
    loadAhead()
  })

  function loadAhead(): void {
    const box = scroller.current
    if (box === null) return
    history.place.top = box.scrollTop
    if (list.state.peek().status !== 'ready') return
    if (box.scrollHeight - box.scrollTop - box.clientHeight < AHEAD_PX) void list.more()
  }

  const openImport = (): void => {
    importing.value = null
  }
  const Place = beside ? 'section' : 'main'
  const Title = beside && navigation.opened.value !== null ? 'h2' : 'h1'
  const state = list.state.value
  const empty = list.items.value.length === 0
  // A page may hold nothing that fits and yet not be the last: the next one is asked for by itself.
  const searching = empty && (state.status === 'loading' || list.hasMore())
  const failed = state.status === 'failed' && !state.more
  return (
    <Place
      ref={scroller}
      class={`${styles.screen} ${beside ? styles.beside : ''}`}
      aria-label={said.history.title}
      onScroll={loadAhead}
    >
      <Title class={shared.hidden}>{said.history.title}</Title>
      {session.takenOver.value ? <TakenOver /> : null}
      <div class={styles.notices}>
        <Welcome />
      </div>
      {empty && !searching && !history.narrowed() && state.status === 'ready' ? (
        <Face
          inside
          icon="people"
          title={said.history.emptyTitle}
          text={[said.history.empty, said.history.emptyNext]}
        >
          <ImportButton onPress={openImport} />
        </Face>
      ) : (
        <>
          <div ref={sticky} class={styles.sticky}>
            <HistoryTools shortcut={navigation.opened.value === null} />
            <p class={styles.import}>
              <ImportButton onPress={openImport} small />
            </p>
          </div>
          {failed ? <Failed code={state.code} onTryAgain={history.list.reload} /> : null}
          {searching && !failed ? <HistorySkeleton /> : null}
          {empty && !searching && state.status === 'ready' ? <NoMatch /> : null}
          {empty ? null : (
            // Behind the sheet nobody asked this list anything: it is renewed without growing pale.
            <div class={state.status === 'loading' && importing.value === false ? styles.stale : ''}>
              <HistoryList scroller={scroller} sticky={sticky} />
              <End />
            </div>
          )}
        </>
      )}
      {dropping.value ? <p class={styles.dropping}>{said.history.letGo}</p> : null}
      {importing.value === false ? null : (
        <ImportSheet
          dropped={importing.value}
          onClose={() => {
            importing.value = false
          }}
        />
      )}
      <p class={shared.hidden} role="status">
        {state.status === 'loading' ? said.history.loading : ''}
        {state.status === 'more' ? said.history.loadingMore : ''}
        {state.status === 'ready' && history.narrowed() && empty ? said.history.noMatchTitle : ''}
        {state.status === 'ready' && !empty ? words.tabs.meetings : ''}
      </p>
    </Place>
  )
}

function ImportButton({ onPress, small = false }: { onPress: () => void; small?: boolean }) {
  const said = useMeetingWords().history
  return (
    <button type="button" class={small ? shared.link : shared.button} onClick={onPress}>
      {said.import}
    </button>
  )
}

function NoMatch() {
  const { history } = usePanel()
  const said = useMeetingWords().history
  return (
    <Face inside icon="search" title={said.noMatchTitle} text={[said.noMatch]}>
      <button type="button" class={shared.button} onClick={history.showAll}>
        {said.showAll}
      </button>
    </Face>
  )
}

/** Under the last row: the rest comes by scrolling, and by a button for whom that does not work. */
function End() {
  const { history } = usePanel()
  const said = useMeetingWords().history
  const state = history.list.state.value
  if (!history.list.hasMore()) return null
  const failed = state.status === 'failed' && state.more
  return (
    <div class={styles.end}>
      {failed ? <p>{said.moreFailed}</p> : null}
      <button
        type="button"
        class={shared.button}
        aria-disabled={state.status === 'more'}
        onClick={() => void history.list.more()}
      >
        {state.status === 'more' ? said.loadingMore : said.more}
      </button>
    </div>
  )
}
