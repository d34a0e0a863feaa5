/** Rows drawn beyond each edge, so that a quick scroll does not show emptiness. */
const BEYOND = 8
/** No more row elements than this, however tall the window; one of them is kept for the row with the focus. */
const MOST = 79

/** Where the rows of a long list lie, in pixels from its top. */
export interface RowLayout {
  count: number
  height: number
  topOf(index: number): number
  /** The row at this height; beyond the ends a row that does not exist. */
  indexAt(px: number): number
}

/** Rows of one height. */
export function evenRows(count: number, rowPx: number): RowLayout {
  return {
    count,
    height: count * rowPx,
    topOf: (index) => index * rowPx,
    indexAt: (px) => Math.floor(px / rowPx),
  }
}

/** Rows of which each has a height of its own. */
export function unevenRows(heights: readonly number[]): RowLayout {
  const tops: number[] = []
  let height = 0
  for (const one of heights) {
    tops.push(height)
    height += one
  }
  return {
    count: heights.length,
    height,
    topOf: (index) => tops[index] ?? height,
    indexAt(px) {
      if (px < 0) return -1
      if (px >= height) return heights.length
      let low = 0
      let high = tops.length - 1
      while (low < high) {
        const middle = (low + high + 1) >> 1
        if ((tops[middle] ?? 0) <= px) low = middle
        else high = middle - 1
      }
      return low
    },
  }
}

/**
 * Which rows [first, last) to mount. `above`: pixels of the list scrolled out over the top edge, negative while the list
 * begins lower. `height`: of the visible part.
 */
export function visibleRange(
  layout: RowLayout,
  view: { above: number; height: number },
): { first: number; last: number } {
  const top = layout.indexAt(view.above)
  const bottom = layout.indexAt(view.above + view.height) + 1
  const first = Math.min(Math.max(0, top - BEYOND), Math.max(0, layout.count - 1))
  const last = Math.min(layout.count, bottom + BEYOND, first + MOST)
  return { first, last: Math.max(first, last) }
}
