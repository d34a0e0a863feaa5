import { wordsOf } from '../names/names.ts'
import type { Acquaintance } from './acquaintance.ts'
import type { Candidate } from './proposals.ts'

/** Whoever comes within this time after somebody left may be them, back. */
const BACK_WITHIN_MS = 10 * 60_000

interface Called {
  who: Acquaintance
  name: string
  words: ReadonlySet<string>
}

/**
 * Pairs of which one left up to ten minutes before the other came, where every word of one's name is in the other's, and at
 * least one has no strong key. The one without comes first (of two without, the one who came later), then the name that fits.
 */
export function* fittingNames(all: readonly Acquaintance[]): Generator<Candidate> {
  const called = all.flatMap((who) =>
    who.names.map((name): Called => ({ who, name, words: new Set(wordsOf(name)) })),
  )
  const byStart = indexByWord([...called].sort((a, b) => a.who.startMs - b.who.startMs))
  const byEnd = indexByWord([...called].sort((a, b) => a.who.endMs - b.who.endMs))
  for (const short of called) {
    const [rarest] = [...short.words].sort(
      (a, b) => (byStart.get(a)?.length ?? 0) - (byStart.get(b)?.length ?? 0),
    )
    if (rarest === undefined) continue
    const { startMs, endMs } = short.who
    const after = within(byStart.get(rarest) ?? [], (one) => one.who.startMs, endMs, endMs + BACK_WITHIN_MS)
    const before = within(byEnd.get(rarest) ?? [], (one) => one.who.endMs, startMs - BACK_WITHIN_MS, startMs)
    for (const other of [...after, ...before]) {
      if (other.who === short.who || (short.who.hasStrongKey && other.who.hasStrongKey)) continue
      if ([...short.words].every((word) => other.words.has(word))) yield inOrder(short, other)
    }
  }
}

function inOrder(short: Called, other: Called): Candidate {
  const [a, b] = [short.who, other.who]
  const first = a.hasStrongKey === b.hasStrongKey ? (a.startMs > b.startMs ? a : b) : a.hasStrongKey ? b : a
  return [first, first === a ? b : a, { code: 'name_fits', value: short.name }]
}

function indexByWord(sorted: readonly Called[]): Map<string, Called[]> {
  const index = new Map<string, Called[]>()
  for (const one of sorted) {
    for (const word of one.words) {
      const others = index.get(word)
      if (others) others.push(one)
      else index.set(word, [one])
    }
  }
  return index
}

/** Those of an ascending list from `fromMs` to `toMs`, both included. Binary search for the first. */
function* within(
  ascending: readonly Called[],
  timeOf: (one: Called) => number,
  fromMs: number,
  toMs: number,
): Generator<Called> {
  if (!Number.isFinite(fromMs) || !Number.isFinite(toMs)) return
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const one = ascending[middle]
    if (one && timeOf(one) < fromMs) low = middle + 1
    else high = middle
  }
  for (let one = ascending[low]; one && timeOf(one) <= toMs; one = ascending[++low]) yield one
}
