/**
 * Memory for a million rows: columns of numbers that grow, and texts kept once and named by a number. Nothing here knows
 * what they mean.
 */

type Numbers = Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Uint16Array<ArrayBuffer>

/** A growing list of numbers in a typed array. */
export interface Column<T extends Numbers> {
  push(value: number): void
  /** Takes the last number away. */
  pop(): void
  /** The numbers so far, and room for more behind them. Another array after growing. */
  readonly values: T
  readonly length: number
}

/**
 * An empty column; `make` gives an array of zeros of some length. As long as nothing but `blank` is pushed, no array is kept:
 * what lies beyond `values` is blank.
 */
export function createColumn<T extends Numbers>(make: (length: number) => T, blank?: number): Column<T> {
  let values = make(0)
  let length = 0
  return {
    push(value) {
      if (values.length === 0 && value === blank) {
        length++
        return
      }
      if (length >= values.length) {
        const larger = make(Math.max(1024, length + (length >> 1)))
        if (values.length > 0) larger.set(values)
        else if (blank !== undefined) larger.fill(blank, 0, length)
        values = larger
      }
      values[length++] = value
    },
    pop() {
      length--
    },
    get values() {
      return values
    },
    get length() {
      return length
    },
  }
}

export const int32 = (length: number): Int32Array<ArrayBuffer> => new Int32Array(length)
export const float64 = (length: number): Float64Array<ArrayBuffer> => new Float64Array(length)
export const uint16 = (length: number): Uint16Array<ArrayBuffer> => new Uint16Array(length)

/** Texts, each once, numbered from 0 in the order they came. */
export interface Texts {
  /** The number of a text, a new one for a new text; -1 for null and ''. */
  idOf(text: string | null): number
  /** Like `idOf`, but '' is a text like any other. */
  numberOf(text: string): number
  /** The number of a text that was kept; -1 when it was not, and for every text after `close`. */
  find(text: string): number
  /** No more texts come and none is looked for: `at` is all that goes on. Gives back a third of the memory. */
  close(): void
  /** The text of a number; '' for a number that names none. */
  at(id: number): string
  readonly size: number
}

/** No texts yet. */
export function createTexts(): Texts {
  const ids = new Map<string, number>()
  const texts: string[] = []
  const numberOf = (text: string): number => {
    const known = ids.get(text)
    if (known !== undefined) return known
    const own = copied(text)
    ids.set(own, texts.length)
    return texts.push(own) - 1
  }
  return {
    numberOf,
    idOf: (text) => (text === null || text === '' ? -1 : numberOf(text)),
    find: (text) => ids.get(text) ?? -1,
    close() {
      ids.clear()
    },
    at: (id) => texts[id] ?? '',
    get size() {
      return texts.length
    },
  }
}

/** V8 keeps the whole text a long slice was cut from; a text that was put together is flattened first and stands alone. */
const copied = (text: string): string => (text.length < 13 ? text : ` ${text}`.slice(1))

/** Sets of numbers 0 … n-1 that are united step by step; the smallest number of a set stands for it. */
export function createUnion(count: number) {
  const parent = new Int32Array(count)
  for (let i = 0; i < count; i++) parent[i] = i
  const rootOf = (start: number): number => {
    let at = start
    for (let up = parent[at] ?? at; up !== at; up = parent[at] ?? at) {
      parent[at] = parent[up] ?? up
      at = parent[at] ?? at
    }
    return at
  }
  return {
    rootOf,
    unite(a: number, b: number): void {
      const [one, other] = [rootOf(a), rootOf(b)]
      if (one < other) parent[other] = one
      else parent[one] = other
    },
  }
}

/** Items 0 … n-1 put together by a label: `starts[label]` to `starts[label + 1]` are its places in `items`, ascending. */
export interface Grouped {
  starts: Int32Array
  items: Int32Array
}

/** Groups items by `labelOf` (0 … labels-1, or -1: in no group). Linear. */
export function grouped(count: number, labels: number, labelOf: (item: number) => number): Grouped {
  const starts = new Int32Array(labels + 1)
  for (let item = 0; item < count; item++) {
    const label = labelOf(item)
    if (label >= 0) starts[label + 1] = (starts[label + 1] ?? 0) + 1
  }
  for (let label = 0; label < labels; label++)
    starts[label + 1] = (starts[label + 1] ?? 0) + (starts[label] ?? 0)
  const next = starts.slice()
  const items = new Int32Array(starts[labels] ?? 0)
  for (let item = 0; item < count; item++) {
    const label = labelOf(item)
    if (label < 0) continue
    const at = next[label] ?? 0
    items[at] = item
    next[label] = at + 1
  }
  return { starts, items }
}
