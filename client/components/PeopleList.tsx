import { useSignal } from '@preact/signals'
import { useCallback, useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { RefObject } from 'preact'
import { usePanel, useWords } from '../context.ts'
import type { Sort } from '../models/table.ts'
import { PersonRow } from './PersonRow.tsx'
import { visibleRange } from './range.ts'
import { useWide } from './useWide.ts'
import styles from './PeopleList.module.css'

interface PeopleListProps {
  /** What scrolls: the whole screen, so that on a low panel the list has all of it. */
  scroller: RefObject<HTMLDivElement | null>
  /** What stays on top of the scroller and covers rows. */
  sticky: RefObject<HTMLDivElement | null>
  onOpen: (id: string) => void
}

const ROW_PX = { narrow: 72, wide: 46 }

/** The people as a grid of which only the visible rows exist; arrows, Home, End and Page keys walk through all of them. */
export function PeopleList({ scroller, sticky, onOpen }: PeopleListProps) {
  const { list } = usePanel()
  const { words } = useWords()
  const wide = useWide()
  const rowPx = wide ? ROW_PX.wide : ROW_PX.narrow
  const rows = list.rows.value
  const grid = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const range = useSignal({ first: 0, last: 0 })
  const active = useSignal(0)
  const wantsFocus = useRef(false)

  const measure = useCallback(() => {
    const outer = scroller.current
    const inner = body.current
    if (outer === null || inner === null) return
    const above = outer.getBoundingClientRect().top - inner.getBoundingClientRect().top
    const next = visibleRange({ above, height: outer.clientHeight, rowPx, count: list.rows.value.length })
    if (next.first !== range.value.first || next.last !== range.value.last) range.value = next
  }, [rowPx, list, range, scroller])

  useLayoutEffect(measure, [measure, rows.length])
  useEffect(() => {
    const outer = scroller.current
    if (outer === null) return
    outer.addEventListener('scroll', measure, { passive: true })
    addEventListener('resize', measure)
    return () => {
      outer.removeEventListener('scroll', measure)
      removeEventListener('resize', measure)
    }
  }, [measure, scroller])

  useLayoutEffect(() => {
    if (!wantsFocus.current) return
    wantsFocus.current = false
    body.current?.querySelector<HTMLElement>(`[data-index="${active.value}"]`)?.focus({ preventScroll: true })
  })

  useEffect(
    () => () => {
      list.hold(false)
    },
    [list],
  )

  const onFocus = useCallback((index: number) => (active.value = index), [active])

  function goTo(index: number): void {
    const outer = scroller.current
    const inner = body.current
    if (outer === null || inner === null) return
    active.value = Math.max(0, Math.min(rows.length - 1, index))
    const covered = sticky.current?.offsetHeight ?? 0
    const start = inner.getBoundingClientRect().top - outer.getBoundingClientRect().top + active.value * rowPx
    if (start < covered) outer.scrollTop += start - covered
    else if (start + rowPx > outer.clientHeight) outer.scrollTop += start + rowPx - outer.clientHeight
    wantsFocus.current = true
    measure()
  }

  function onKeyDown(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowPx) - 2)
    const steps: Record<string, number> = {
      ArrowDown: active.value + 1,
      ArrowUp: active.value - 1,
      PageDown: active.value + page,
      PageUp: active.value - page,
      Home: 0,
      End: rows.length - 1,
    }
    const target = steps[event.key]
    if (target === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    goTo(target)
  }

  const { first, last } = range.value
  const current = Math.min(active.value, Math.max(0, rows.length - 1))
  const indexes = Array.from(
    { length: Math.max(0, Math.min(last, rows.length) - first) },
    (_, offset) => first + offset,
  )
  // The row with the focus stays mounted when it is scrolled away, or the focus would fall out of the list.
  if (current < rows.length && !indexes.includes(current)) indexes.push(current)

  return (
    <div
      ref={grid}
      role="grid"
      aria-label={words.live.list}
      aria-rowcount={rows.length + 1}
      aria-colcount={4}
      class={styles.grid}
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
      <div role="rowgroup" class={styles.head}>
        <div role="row" aria-rowindex={1} class={styles.columns}>
          <Column label={words.columns.name} sort="name" />
          <Column label={words.columns.circumstances} sort="state" />
          <Column label={words.columns.bar} sort="joined" />
          <Column label={words.columns.minutes} sort="present" />
        </div>
      </div>
      <div ref={body} role="rowgroup" class={styles.body} style={{ height: `${rows.length * rowPx}px` }}>
        {indexes.map((index) => {
          const entry = rows[index]
          return entry === undefined ? null : (
            <PersonRow
              key={entry.row.id}
              entry={entry}
              index={index}
              top={index * rowPx}
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
