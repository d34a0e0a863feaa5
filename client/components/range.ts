/** Rows drawn beyond each edge, so that a quick scroll does not show emptiness. */
const BEYOND = 8
/** No more row elements than this, however tall the window; one of them is kept for the row with the focus. */
const MOST = 79

/**
 * Which rows [first, last) to mount. `above`: pixels of the list scrolled out over the top edge, negative while the list
 * begins lower. `height`: of the visible part.
 */
export function visibleRange(view: { above: number; height: number; rowPx: number; count: number }): {
  first: number
  last: number
} {
  const top = Math.floor(view.above / view.rowPx)
  const bottom = Math.ceil((view.above + view.height) / view.rowPx)
  const first = Math.min(Math.max(0, top - BEYOND), Math.max(0, view.count - 1))
  const last = Math.min(view.count, bottom + BEYOND, first + MOST)
  return { first, last: Math.max(first, last) }
}
