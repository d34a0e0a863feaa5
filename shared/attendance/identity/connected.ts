/**
 * Groups items that share a label, directly or through others: A and B share one, B and C another → one group.
 *
 * An item without labels is a group of its own. Groups come in the order of their first item; items keep their order.
 * Linear in the number of labels (union-find with path halving).
 */
export function connected<T>(items: readonly T[], labelsOf: (item: T) => Iterable<string>): T[][] {
  const parent = items.map((_, i) => i)
  const find = (start: number): number => {
    let at = start
    for (let up = parent[at] ?? at; up !== at; up = parent[at] ?? at) {
      parent[at] = parent[up] ?? up
      at = parent[at] ?? at
    }
    return at
  }
  const firstWith = new Map<string, number>()
  items.forEach((item, i) => {
    for (const label of labelsOf(item)) {
      const other = firstWith.get(label)
      if (other === undefined) {
        firstWith.set(label, i)
        continue
      }
      const [a, b] = [find(other), find(i)]
      // The smaller index is the root, so groups keep the order of their first item.
      parent[Math.max(a, b)] = Math.min(a, b)
    }
  })
  const groups = new Map<number, T[]>()
  items.forEach((item, i) => {
    const root = find(i)
    const group = groups.get(root)
    if (group) group.push(item)
    else groups.set(root, [item])
  })
  return [...groups.values()]
}
