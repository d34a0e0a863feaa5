import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { usePanel, useWords } from '../context.ts'
import type { Sort } from '../models/table.ts'
import { PersonRow } from './PersonRow.tsx'
import { evenRows } from './range.ts'
import { useRoom } from './useRoom.ts'
import { useRows } from './useRows.ts'
import rowStyles from './row.module.css'
import shared from './shared.module.css'
import styles from './PeopleList.module.css'

interface PeopleListProps {
  scroller: RefObject<HTMLElement | null>
  sticky: RefObject<HTMLElement | null>
  onOpen: (id: string) => void
}

const ROW_PX = { narrow: 72, wide: 46 }
/** From here on the list is a table. */
const TABLE_PX = 640

/** The people as a grid; with room for it, a table. */
export function PeopleList({ scroller, sticky, onOpen }: PeopleListProps) {
  const { list, roster } = usePanel()
  const { words } = useWords()
  const grid = useRef<HTMLDivElement>(null)
  const wide = useRoom(grid, TABLE_PX)
  const rows = list.rows.value
  const layout = evenRows(rows.length, wide ? ROW_PX.wide : ROW_PX.narrow)
  const { body, indexes, current, onFocus, onKeyDown } = useRows({ scroller, sticky, layout })

  useEffect(
    () => () => {
      list.hold(false)
    },
    [list],
  )

  return (
    <div
      ref={grid}
      role="grid"
      aria-label={words.live.list}
      aria-rowcount={rows.length + 1}
      aria-colcount={4}
      class={(roster.head.value?.base ?? null) === null ? '' : styles.shares}
      onKeyDown={onKeyDown}
      onPointerEnter={(event) => {
        if (event.pointerType !== 'touch') list.hold(true)
      }}
      onPointerLeave={() => {
        list.hold(grid.current?.contains(document.activeElement) === true)
      }}
      onFocusIn={() => {
        list.hold(true)
      }}
      onFocusOut={(event) => {
        if (grid.current?.contains(event.relatedTarget as Node | null) !== true)
          list.hold(grid.current?.matches(':hover') === true)
      }}
    >
      <div role="rowgroup" class={wide ? styles.head : shared.hidden}>
        <div role="row" aria-rowindex={1} class={wide ? rowStyles.columns : ''}>
          <Column label={words.columns.name} sort="name" />
          <Column label={words.columns.circumstances} sort="state" />
          <Column label={words.columns.bar} sort="joined" />
          <Column label={words.columns.minutes} sort="present" />
        </div>
      </div>
      <div ref={body} role="rowgroup" class={rowStyles.body} style={{ height: `${layout.height}px` }}>
        {indexes.map((index) => {
          const entry = rows[index]
          return entry === undefined ? null : (
            <PersonRow
              key={entry.row.id}
              entry={entry}
              index={index}
              top={layout.topOf(index)}
              wide={wide}
              active={index === current}
              onOpen={onOpen}
              onFocus={onFocus}
            />
          )
        })}
      </div>
    </div>
  )
}

/** A column's head; the wide table is sorted by the same choice as the narrow list. */
function Column({ label, sort }: { label: string; sort: Sort }) {
  const { list } = usePanel()
  const sorted = list.sort.value === sort
  return (
    <div role="columnheader" aria-sort={sorted ? (sort === 'present' ? 'descending' : 'ascending') : 'none'}>
      {label}
    </div>
  )
}
