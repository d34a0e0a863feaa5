import { wordsOf } from '../names/names.ts'
import type { Acquaintance } from './acquaintance.ts'
import { indexBy } from './index-by.ts'
import type { Candidate } from './reasons.ts'

/** Whoever comes within this time after somebody left may be them, back. */
const BACK_WITHIN_MS = 10 * 60_000

interface Called {
  who: Acquaintance
  name: string
  words: ReadonlySet<string>
}

/**
 * A `Reason`: one left up to ten minutes before the other came, every word of one's name is in the other's, and at least one
 * has no strong key. The one without comes first (of two without, the one who came later), then the name that fits.
 *
 * Names of the ones are compared with names of the others that hold the rarest of their words and came or left at the right
 * time; with those of people with a key only where the one has none.
 */
export function* fittingNames(
  ones: readonly Acquaintance[],
  others: readonly Acquaintance[],
): Generator<Candidate | null> {
  const called = others.flatMap(names)
  const anybody = byTime(called)
  const keyless = byTime(called.filter(({ who }) => !who.hasStrongKey))
  for (const short of ones.flatMap(names)) {
    const { byStart, byEnd } = short.who.hasStrongKey ? keyless : anybody
    const { startMs, endMs } = short.who
    const after = within(rarest(byStart, short), (one) => one.who.startMs, endMs, endMs + BACK_WITHIN_MS)
    const before = within(rarest(byEnd, short), (one) => one.who.endMs, startMs - BACK_WITHIN_MS, startMs)
    for (const found of [after, before])
      for (const other of found)
        yield [...short.words].every((word) => other.words.has(word)) ? inOrder(short, other) : null
  }
}

const names = (who: Acquaintance): Called[] =>
  who.names.map((name) => ({ who, name, words: new Set(wordsOf(name)) }))

function inOrder(short: Called, other: Called): Candidate {
  const [a, b] = [short.who, other.who]
  const first = a.hasStrongKey === b.hasStrongKey ? (a.startMs > b.startMs ? a : b) : a.hasStrongKey ? b : a
  return [first, first === a ? b : a, { code: 'name_fits', value: short.name }]
}

const wordsIn = ({ words }: Called) => words

const byTime = (called: readonly Called[]) => ({
  byStart: indexBy(
    [...called].sort((a, b) => a.who.startMs - b.who.startMs),
    wordsIn,
  ),
  byEnd: indexBy(
    [...called].sort((a, b) => a.who.endMs - b.who.endMs),
    wordsIn,
  ),
})

/** Those with that word of a name which fewest have. */
function rarest(index: ReadonlyMap<string, readonly Called[]>, { words }: Called): readonly Called[] {
  const holders = [...words].map((word) => index.get(word) ?? [])
  return holders.reduce((fewest, own) => (own.length < fewest.length ? own : fewest), holders[0] ?? [])
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
