import { useEffect, useRef } from 'preact/hooks'
import { usePanel, useWords } from '../../context.ts'
import { differenceKinds, type DifferenceKind } from '../../models/differences.ts'
import { Face } from '../Face.tsx'
import { SearchField } from '../SearchField.tsx'
import { Sheet } from '../Sheet.tsx'
import sheet from '../Sheet.module.css'
import chips from '../Tools.module.css'
import shared from '../shared.module.css'
import { Unread } from '../Unread.tsx'
import { DifferencesList, ROW_PX } from './DifferencesList.tsx'
import { useMeetingWords } from './words.ts'
import styles from './DifferencesSheet.module.css'

interface DifferencesSheetProps {
  gatheringId: string
  /** A report came that counts, so there is something to compare with. */
  compared: boolean
  onOpen: (personId: string) => void
  /** null: this viewer may not take the list away. */
  onExport: (() => void) | null
  onClose: () => void
}

const AHEAD_PX = 400
/** Search and filters above the list, on the lines they need in a panel of usual width. */
const TOOLS_PX = 110

/** What the official list changed in the live one: everybody added, lost, changed, united or taken apart. */
export function DifferencesSheet({
  gatheringId,
  compared,
  onOpen,
  onExport,
  onClose,
}: DifferencesSheetProps) {
  const { differences, roster } = usePanel()
  const { format } = useWords()
  const said = useMeetingWords().differences
  const scroller = useRef<HTMLDivElement>(null)
  const sticky = useRef<HTMLDivElement>(null)
  const { list } = differences
  const fetchedAt = roster.head.value?.report.fetchedAt ?? null

  // A newer report means other differences.
  useEffect(() => {
    if (compared) differences.open(gatheringId)
  }, [differences, gatheringId, compared, fetchedAt])

  useEffect(() => {
    const box = scroller.current
    if (box === null) return
    const loadAhead = () => {
      if (list.state.value.status !== 'ready') return
      if (box.scrollHeight - box.scrollTop - box.clientHeight < AHEAD_PX) void list.more()
    }
    box.addEventListener('scroll', loadAhead, { passive: true })
    return () => {
      box.removeEventListener('scroll', loadAhead)
    }
  }, [list])

  const counts = list.page.value?.counts ?? null
  const total = counts === null ? 0 : differenceKinds.reduce((sum, kind) => sum + counts[kind], 0)
  const items = list.items.value
  return (
    <Sheet
      title={said.title}
      subtitle={said.subtitle}
      onClose={onClose}
      body={scroller}
      listPx={TOOLS_PX + total * ROW_PX}
      footer={
        total === 0 || counts === null ? undefined : (
          <>
            <p class={styles.unchanged}>{said.unchanged(counts.unchanged)}</p>
            {onExport === null ? null : (
              <button
                type="button"
                class={`${shared.button} ${shared.main}`}
                disabled={items.length === 0}
                onClick={onExport}
              >
                {said.export}
              </button>
            )}
          </>
        )
      }
    >
      {!compared ? (
        <Face inside icon="clock" title={said.notYetTitle} text={[said.notYet]} />
      ) : counts === null ? (
        <Unread read={list.state.value} loading={said.loading} onTryAgain={list.reload} />
      ) : total === 0 ? (
        <Face
          inside
          icon="here"
          title={said.sameTitle}
          text={[said.same, said.unchanged(counts.unchanged)]}
        />
      ) : (
        <>
          <div ref={sticky} class={sheet.sticky}>
            <SearchField
              value={differences.search}
              label={said.search}
              placeholder={said.search}
              clearLabel={said.clearSearch}
            />
            <div class={styles.chips} role="group" aria-label={said.filters}>
              <Chip kind={null} count={format.count(total)} />
              {differenceKinds.map((kind) =>
                counts[kind] === 0 && differences.kind.value !== kind ? null : (
                  <Chip key={kind} kind={kind} count={format.count(counts[kind])} />
                ),
              )}
            </div>
          </div>
          {items.length === 0 && list.state.value.status === 'ready' ? (
            <NoMatch />
          ) : (
            <DifferencesList scroller={scroller} sticky={sticky} onOpen={onOpen} />
          )}
        </>
      )}
    </Sheet>
  )
}

function NoMatch() {
  const { differences } = usePanel()
  const said = useMeetingWords().differences
  return (
    <Face inside icon="search" title={said.noMatchTitle} text={[said.noMatch]}>
      <button
        type="button"
        class={shared.button}
        onClick={() => {
          differences.kind.value = null
          differences.search.value = ''
        }}
      >
        {said.showAll}
      </button>
    </Face>
  )
}

function Chip({ kind, count }: { kind: DifferenceKind | null; count: string }) {
  const { differences } = usePanel()
  const said = useMeetingWords().differences
  const on = differences.kind.value === kind
  return (
    <button
      type="button"
      class={`${chips.chip} ${on ? chips.on : ''}`}
      aria-pressed={on}
      onClick={() => {
        differences.kind.value = on ? null : kind
      }}
    >
      {kind === null ? said.all : said.kinds[kind]} <span class={chips.count}>{count}</span>
    </button>
  )
}
