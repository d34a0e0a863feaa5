import type { PersonRow } from '../../shared/wire/index.ts'

/** How many of some people carry which label that a rule gives, and whether the labels cut them into disjoint lists. */
export interface Cut {
  total: number
  /** In the order of the names. */
  labels: readonly { name: string; count: number }[]
  /** Of those who carry none. */
  without: number
  /** Somebody carries more than one. */
  overlaps: boolean
}

/** Null where no rule gives anybody a label. */
export function cutOf(rows: readonly PersonRow[]): Cut | null {
  const counts = new Map<string, number>()
  let without = 0
  let overlaps = false
  for (const { labels } of rows) {
    const own = new Set(labels.filter(({ by }) => by === 'rule').map(({ name }) => name))
    if (own.size === 0) without += 1
    if (own.size > 1) overlaps = true
    for (const name of own) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  if (counts.size === 0) return null
  const labels = [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  return { total: rows.length, labels, without, overlaps }
}
