import type { RefObject } from 'preact'
import type { Difference } from '../../../shared/wire/index.ts'
import { usePanel, useWords } from '../../context.ts'
import { ColumnNames } from '../ColumnNames.tsx'
import { GridRow } from '../GridRow.tsx'
import { evenRows } from '../range.ts'
import rowStyles from '../row.module.css'
import shared from '../shared.module.css'
import { useRows } from '../useRows.ts'
import { useMeetingWords } from './words.ts'
import styles from './DifferencesList.module.css'

interface DifferencesListProps {
  scroller: RefObject<HTMLElement | null>
  sticky: RefObject<HTMLElement | null>
  onOpen: (personId: string) => void
}

export const ROW_PX = 56

/** Who changed and how: the name, what happened, the minutes before and now. */
export function DifferencesList({ scroller, sticky, onOpen }: DifferencesListProps) {
  const { differences } = usePanel()
  const { words } = useWords()
  const said = useMeetingWords().differences
  const { list } = differences
  const items = list.items.value
  const layout = evenRows(items.length, ROW_PX)
  const { body, indexes, current, onFocus, onKeyDown } = useRows({ scroller, sticky, layout })
  return (
    <>
      <div
        role="grid"
        aria-label={said.list}
        aria-rowcount={list.hasMore() ? -1 : items.length + 1}
        aria-colcount={4}
        onKeyDown={onKeyDown}
      >
        <ColumnNames
          names={[words.columns.name, words.columns.minutes, words.columns.circumstances, said.change]}
        />
        <div ref={body} role="rowgroup" class={rowStyles.body} style={{ height: `${layout.height}px` }}>
          {indexes.map((index) => {
            const item = items[index]
            return item === undefined ? null : (
              <Row
                key={`${item.kind} ${item.personId}`}
                item={item}
                index={index}
                top={layout.topOf(index)}
                active={index === current}
                onOpen={onOpen}
                onFocus={onFocus}
              />
            )
          })}
        </div>
      </div>
      {list.hasMore() ? (
        <p class={styles.end}>
          <button
            type="button"
            class={shared.button}
            aria-disabled={list.state.value.status === 'more'}
            onClick={() => void list.more()}
          >
            {said.more}
          </button>
        </p>
      ) : null}
    </>
  )
}

interface RowProps {
  item: Difference
  index: number
  top: number
  active: boolean
  onOpen: (personId: string) => void
  onFocus: (index: number) => void
}

function Row({ item, index, top, active, onOpen, onFocus }: RowProps) {
  const { words, format } = useWords()
  const said = useMeetingWords().differences
  const others = item.names.filter((name) => name.trim() !== '')
  const what =
    item.kind === 'merged' || item.kind === 'split'
      ? said.said[item.kind](others.join(', '))
      : said.said[item.kind]
  const live = item.liveSeconds === null ? said.none : format.minutes(item.liveSeconds)
  const now = format.minutes(item.seconds)
  const change = item.seconds - (item.liveSeconds ?? 0)
  return (
    <GridRow
      index={index}
      top={top}
      active={active}
      class={styles.row}
      onOpen={() => {
        onOpen(item.personId)
      }}
      onFocus={onFocus}
    >
      <div role="gridcell" class={rowStyles.name}>
        <bdi>{item.name.trim() || words.row.nameless}</bdi>
      </div>
      <div role="gridcell" class={rowStyles.amount}>
        <span aria-hidden="true">{live === now ? now : said.minutes(live, now)}</span>
        <span class={shared.hidden}>{said.minutesSaid(live, now)}</span>
      </div>
      <div role="gridcell" class={rowStyles.line} title={what}>
        <bdi>{what}</bdi>
      </div>
      <div role="gridcell" class={rowStyles.lineEnd}>
        {change === 0 ? '' : signed(change, format.duration(Math.abs(change)))}
      </div>
    </GridRow>
  )
}

/** A true minus sign is as wide as a plus, so that columns of changes line up. */
const signed = (change: number, amount: string): string => `${change > 0 ? '+' : '\u2212'}${amount}`
