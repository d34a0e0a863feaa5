import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import grid from '../components/PeopleList.module.css'
import { evenRows } from '../components/range.ts'
import rowStyles from '../components/row.module.css'
import shared from '../components/shared.module.css'
import { useRoom } from '../components/useRoom.ts'
import { useRows } from '../components/useRows.ts'
import { useWords } from '../context.ts'
import { useDrop, useDropWords } from './context.ts'
import type { Result } from './model.ts'
import { PersonLine } from './PersonLine.tsx'
import styles from './PeopleGrid.module.css'

/** Browsers draw nothing beyond some twenty million pixels; search finds who lies beyond. */
export const MOST_SCROLLED = 200_000

const ROW_PX = { narrow: 72, wide: 46 }
/** From here on the list is a table. */
const TABLE_PX = 700

interface PeopleGridProps {
  scroller: RefObject<HTMLElement | null>
  count: number
  result: Result
  onOpen: (index: number) => void
}

/** The window of the list that is looked at; what has not come yet has its place. */
export function PeopleGrid({ scroller, count, result, onOpen }: PeopleGridProps) {
  const { list } = useDrop()
  const { words } = useWords()
  const said = useDropWords().people
  const box = useRef<HTMLDivElement>(null)
  const sticky = useRef<HTMLDivElement>(null)
  const wide = useRoom(box, TABLE_PX)
  const rows = Math.min(count, MOST_SCROLLED)
  const layout = evenRows(rows, wide ? ROW_PX.wide : ROW_PX.narrow)
  const { body, indexes, current, onFocus, onKeyDown } = useRows({ scroller, sticky, layout })
  const revision = list.revision.value
  const [first, last] = [indexes[0] ?? 0, (indexes.at(-1) ?? -1) + 1]
  useEffect(() => {
    for (const index of indexes) list.want(index, index + 1)
  }, [list, revision, first, last])

  const heads = [said.columns.name, said.columns.what, said.columns.when, said.columns.long]
  return (
    <div
      ref={box}
      role="grid"
      aria-label={words.live.list}
      aria-rowcount={rows + 1}
      aria-colcount={heads.length}
      class={`${wide ? styles.table : ''} ${styles.grid}`}
      onKeyDown={onKeyDown}
    >
      <div ref={sticky} role="rowgroup" class={wide ? grid.head : shared.hidden}>
        <div role="row" aria-rowindex={1} class={wide ? rowStyles.columns : ''}>
          {heads.map((head) => (
            <div key={head} role="columnheader">
              {head}
            </div>
          ))}
        </div>
      </div>
      <div ref={body} role="rowgroup" class={rowStyles.body} style={{ height: `${layout.height}px` }}>
        {indexes.map((index) => (
          <PersonLine
            key={index}
            row={list.rowAt(index)}
            at={index}
            top={layout.topOf(index)}
            wide={wide}
            active={index === current}
            result={result}
            onOpen={onOpen}
            onFocus={onFocus}
          />
        ))}
      </div>
    </div>
  )
}
