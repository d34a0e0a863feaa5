/** Items by each of their labels, in their order. */
export function indexBy<Item>(
  items: readonly Item[],
  labelsOf: (item: Item) => Iterable<string>,
): Map<string, Item[]> {
  const index = new Map<string, Item[]>()
  for (const item of items) {
    for (const label of labelsOf(item)) {
      const others = index.get(label)
      if (others) others.push(item)
      else index.set(label, [item])
    }
  }
  return index
}
