import type { GatheringItem } from '../../../shared/wire/index.ts'
import { fromTo } from '../../../shared/words/index.ts'
import { useWords } from '../../context.ts'
import { GridRow } from '../GridRow.tsx'
import { memo } from '../memo.ts'
import rowStyles from '../row.module.css'
import { ReportBadge } from './ReportBadge.tsx'
import { useMeetingWords } from './words.ts'
import styles from './HistoryRow.module.css'

interface HistoryRowProps {
  item: GatheringItem
  index: number
  top: number
  /** The heading over this row; null for none. */
  month: string | null
  active: boolean
  opened: boolean
  onOpen: (id: string) => void
  onFocus: (index: number) => void
}

/** One gathering: what, how many, when, and how far its list is from final. */
export const HistoryRow = memo(function HistoryRow({
  item,
  index,
  top,
  month,
  active,
  opened,
  onOpen,
  onFocus,
}: HistoryRowProps) {
  const { format } = useWords()
  const said = useMeetingWords().history
  const none = item.standing === 'none'
  const untold = item.opensAtEnd ? said.untoldNow : said.untold
  return (
    <>
      {month === null ? null : (
        <div class={styles.month} style={{ transform: `translateY(${top}px)` }} aria-hidden="true">
          {month}
        </div>
      )}
      <GridRow
        index={index}
        top={top}
        active={active}
        class={`${styles.row} ${opened ? styles.opened : ''}`}
        selected={opened}
        onOpen={() => {
          onOpen(item.id)
        }}
        onFocus={onFocus}
      >
        <div role="presentation" class={styles.pair}>
          <div
            role="gridcell"
            class={`${rowStyles.name} ${none || item.topic === null ? styles.untold : ''}`}
          >
            <bdi>{none ? untold : (item.topic ?? said.untitled)}</bdi>
          </div>
          <div role="gridcell" class={rowStyles.amount}>
            {item.came === null ? '' : said.people(item.came)}
          </div>
        </div>
        <div role="presentation" class={styles.pair}>
          <div role="gridcell" class={rowStyles.line}>
            {whenOf(item, format, said.dateUnknown)}
            {item.standing === 'cohost' ? ` · ${said.cohost}` : ''}
          </div>
          <div role="gridcell" class={rowStyles.lineEnd}>
            <ReportBadge item={item} />
          </div>
        </div>
      </GridRow>
    </>
  )
})

function whenOf(item: GatheringItem, format: ReturnType<typeof useWords>['format'], unknown: string): string {
  if (item.startedAt === null) return unknown
  const startMs = Date.parse(item.startedAt)
  const end = item.endedAt === null ? '' : format.time(Date.parse(item.endedAt))
  return `${format.day(startMs)} · ${fromTo(format.time(startMs), end)}`
}
