import { useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useCallback, useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { visibleRange, type RowLayout } from './range.ts'

interface RowsParts {
  /** What scrolls: the whole screen, so that on a low panel the list has all of it. */
  scroller: RefObject<HTMLElement | null>
  /** What stays on top of the scroller and covers rows. */
  sticky: RefObject<HTMLElement | null>
  layout: RowLayout
}

/**
 * A long list of which only the visible rows exist; arrows, Home, End and Page keys walk through all of them. Rows carry
 * `data-index` and are placed by `layout.topOf` inside `body`, which is `layout.height` high.
 */
export function useRows({ scroller, sticky, layout }: RowsParts) {
  const body = useRef<HTMLDivElement>(null)
  const range = useSignal({ first: 0, last: 0 })
  const active = useSignal(0)
  const wantsFocus = useRef(false)
  const latest = useRef(layout)
  latest.current = layout

  const measure = useCallback(() => {
    const outer = scroller.current
    const inner = body.current
    if (outer === null || inner === null) return
    const above = outer.getBoundingClientRect().top - inner.getBoundingClientRect().top
    const next = visibleRange(latest.current, { above, height: outer.clientHeight })
    if (next.first !== range.value.first || next.last !== range.value.last) range.value = next
  }, [range, scroller])

  useLayoutEffect(measure, [measure, layout.count, layout.height])
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

  const onFocus = useCallback((index: number) => (active.value = index), [active])

  function goTo(index: number): void {
    const outer = scroller.current
    const inner = body.current
    if (outer === null || inner === null) return
    active.value = Math.max(0, Math.min(layout.count - 1, index))
    const covered = sticky.current?.offsetHeight ?? 0
    const box = outer.getBoundingClientRect()
    const start = inner.getBoundingClientRect().top - box.top
    const top = start + layout.topOf(active.value)
    const bottom = start + layout.topOf(active.value + 1)
    if (top < covered) outer.scrollTop += top - covered
    else if (bottom > outer.clientHeight) outer.scrollTop += bottom - outer.clientHeight
    wantsFocus.current = true
    measure()
    // The row may be mounted already: then nothing renders again and the focus moves here.
    const row = inner.querySelector<HTMLElement>(`[data-index="${active.value}"]`)
    if (row !== null) {
      wantsFocus.current = false
      row.focus({ preventScroll: true })
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    const outer = scroller.current
    if (outer === null) return
    const page = outer.clientHeight - (sticky.current?.offsetHeight ?? 0)
    const here = layout.topOf(active.value)
    const steps: Record<string, number> = {
      ArrowDown: active.value + 1,
      ArrowUp: active.value - 1,
      PageDown: Math.max(active.value + 1, layout.indexAt(here + page) - 1),
      PageUp: Math.min(active.value - 1, layout.indexAt(Math.max(0, here - page)) + 1),
      Home: 0,
      End: layout.count - 1,
    }
    const target = steps[event.key]
    if (target === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    goTo(target)
  }

  const { first, last } = range.value
  const current = Math.min(active.value, Math.max(0, layout.count - 1))
  const indexes = Array.from(
    { length: Math.max(0, Math.min(last, layout.count) - first) },
    (_, offset) => first + offset,
  )
  // The row with the focus stays mounted when it is scrolled away, or the focus would fall out of the list.
  if (current < layout.count && !indexes.includes(current)) indexes.push(current)

  return { body, indexes, current, goTo, onFocus, onKeyDown }
}
