import { memo } from './memo.ts'
import { usePanel, useWords } from '../context.ts'
import { presentSeconds, type Entry } from '../models/table.ts'
import { circumstances } from './circumstances.ts'
import { GridRow } from './GridRow.tsx'
import { lazily } from './lazy.tsx'
import { PersonName } from './PersonName.tsx'
import { PresenceBar } from './PresenceBar.tsx'
import rowStyles from './row.module.css'
import styles from './PersonRow.module.css'

const RowExtra = lazily(
  async () => (await import('./RowExtra.tsx')).RowExtra,
  () => null,
)

interface PersonRowProps {
  entry: Entry
  index: number
  top: number
  wide: boolean
  active: boolean
  onOpen: (id: string) => void
  onFocus: (index: number) => void
}

/** One person, one row: who, what happened, when, how long. Renders again only for a new entry, place or minute. */
export const PersonRow = memo(function PersonRow({
  entry,
  index,
  top,
  wide,
  active,
  onOpen,
  onFocus,
}: PersonRowProps) {
  const { roster } = usePanel()
  const { words, format } = useWords()
  const { row } = entry
  const nowMs = roster.nowMs.value
  const over = (roster.head.value?.endedAt ?? null) !== null
  const line = circumstances(entry, nowMs, words, format, over)
  const seconds = presentSeconds(entry, nowMs)
  return (
    <GridRow
      index={index}
      top={top}
      active={active}
      class={`${wide ? `${rowStyles.columns} ${styles.wide}` : styles.narrow} ${row.state === 'here' || (over && !row.onListOnly) ? '' : styles.absent}`}
      onOpen={() => {
        onOpen(row.id)
      }}
      onFocus={onFocus}
    >
      <div role="gridcell" class={styles.who}>
        <PersonName row={row} over={over} />
      </div>
      <div role="gridcell" class={`${rowStyles.line} ${styles.what}`} title={line.join(' · ')}>
        {row.host !== null || row.labels.length > 0 || row.identity.rule === 'host_correction' ? (
          <RowExtra row={row} part="marks" />
        ) : null}
        <bdi>{line.join(' · ')}</bdi>
      </div>
      <div role="gridcell" class={styles.when}>
        {row.onListOnly ? null : (
          <PresenceBar
            stays={row.stays}
            fromMs={roster.beganMs.value ?? Date.parse(row.stays[0]?.from ?? '')}
            toMs={nowMs}
          />
        )}
      </div>
      <div role="gridcell" class={`${rowStyles.amount} ${styles.long}`}>
        {row.state !== 'here' && seconds === 0 ? '–' : format.minutes(seconds)}
        {row.share === null && row.meetsMinimum === null ? null : <RowExtra row={row} part="share" />}
      </div>
    </GridRow>
  )
})
