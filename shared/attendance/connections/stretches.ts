import { byText } from '../compare.ts'
import { isGenericName } from '../names/generic-names.ts'
import { SAME_MOMENT_MS } from '../evidence/tolerances.ts'

/** One distinct row of a list, what it may continue, and what it may be continued by. */
export interface Stretch<Owner> {
  /** Whose row it is: what is united when one row continues another. */
  owner: Owner
  /** Tells rows apart that agree in everything else. */
  key: string
  breakout: boolean
  fromMs: number
  toMs: number
  /** What the times are exact to. */
  precisionSeconds: Precision
  strong: StrongValues
  continues: boolean
  continued: boolean
}
/** Zoom user id, registrant id and e-mail; null where the row has none. */
export type StrongValues = readonly (string | null)[]
export type Precision = 1 | 60

type Unite<Owner> = (a: Stretch<Owner>, b: Stretch<Owner>) => void

/** Total order of the rows of one name: start, end, and for rows of one time what else they say. */
export const inOrder = (a: Stretch<unknown>, b: Stretch<unknown>): number =>
  a.fromMs - b.fromMs ||
  a.toMs - b.toMs ||
  Number(a.breakout) - Number(b.breakout) ||
  (sameValues(a.strong, b.strong) ? 0 : byText(sign(a.strong), sign(b.strong))) ||
  byText(a.key, b.key)

const sign = (strong: StrongValues): string => JSON.stringify(strong)
const sameValues = (a: StrongValues, b: StrongValues): boolean =>
  a === b || a.every((value, i) => value === b[i])

const MINUTE_MS = 60_000

/**
 * What belongs to one moment with `atMs`: two seconds either side; compared with times that are exact to the minute only,
 * its minute. Both ends belong to it.
 */
export function momentOf(atMs: number, precision: Precision): { fromMs: number; toMs: number } {
  if (precision === 1) return { fromMs: atMs - SAME_MOMENT_MS, toMs: atMs + SAME_MOMENT_MS }
  const fromMs = Math.floor(atMs / MINUTE_MS) * MINUTE_MS
  return { fromMs, toMs: fromMs + MINUTE_MS - 1 }
}

/** Whether two instants belong to one moment, compared at the coarser of their precisions. */
export function isOneMoment(aMs: number, a: Precision, bMs: number, b: Precision): boolean {
  const moment = momentOf(aMs, a === 60 ? a : b)
  return moment.fromMs <= bMs && bMs <= moment.toMs
}

/** Whether `next` begins in the moment in which `end` ends. */
export const meets = (end: Stretch<unknown>, next: Stretch<unknown>): boolean =>
  isOneMoment(end.toMs, end.precisionSeconds, next.fromMs, next.precisionSeconds)

/**
 * Finds which rows continue which among the rows of ONE normalised name in one meeting, and hands each pair to `unite`.
 *
 * A row continues another when it begins in the moment of its end and no strong key differs; one to one. Under a generic
 * name exactly one of the two must be a breakout row, and no other row may fit either. The rows are put in order on the
 * way; those marked as continuing or continued already keep that. O(n log n).
 */
export function chainStretches<Owner>(stretches: Stretch<Owner>[], name: string, unite: Unite<Owner>): void {
  if (stretches.length < 2) return
  stretches.sort(inOrder)
  if (isGenericName(name)) chainGeneric(stretches, unite)
  else chainNamed(stretches, unite)
}

/** First rows whose strong keys are quite the same, then any that do not differ; in the order of their ends. */
function chainNamed<Owner>(stretches: readonly Stretch<Owner>[], unite: Unite<Owner>): void {
  const ends = stretches.filter((one) => !one.continued).sort((a, b) => a.toMs - b.toMs || inOrder(a, b))
  const [first] = stretches
  if (first && stretches.every(({ strong }) => sameValues(strong, first.strong))) {
    const starts = startsByPrecision(stretches.filter((one) => !one.continues))
    for (const end of ends) chain(end, starts)
    return
  }
  for (const alike of [true, false]) {
    const starts = startsByKeys(stretches, alike)
    for (const end of ends) {
      if (end.continued) continue
      chain(
        end,
        lookUps(end.strong, alike).flatMap((look) => starts.get(look) ?? []),
      )
    }
  }

  function chain(end: Stretch<Owner>, starts: readonly Starts<Owner>[]): void {
    let next: Stretch<Owner> | null = null
    for (const some of starts) {
      const one = some.firstAfter(end)
      if (one && (!next || inOrder(one, next) < 0)) next = one
    }
    if (!next) return
    end.continued = next.continues = true
    unite(end, next)
  }
}

/**
 * Starts filed so that those which do not contradict given strong keys are found without comparing all pairs: under which
 * keys they have at all, and the values of any part of them.
 */
function startsByKeys<Owner>(
  stretches: readonly Stretch<Owner>[],
  alike: boolean,
): Map<string, Starts<Owner>[]> {
  const filed = new Map<string, Stretch<Owner>[]>()
  for (const stretch of stretches) {
    if (stretch.continues) continue
    const all = maskOf(stretch.strong)
    for (let part = all; part >= 0; part--) {
      if ((part & all) !== part || (alike && part !== all)) continue
      const look = lookUp(all, part, stretch.strong)
      const others = filed.get(look)
      if (others) others.push(stretch)
      else filed.set(look, [stretch])
    }
  }
  return new Map([...filed].map(([look, starts]) => [look, startsByPrecision(starts)]))
}

/** Where starts stand that have the same keys (`alike`), or none that differs. */
function lookUps(strong: StrongValues, alike: boolean): string[] {
  const own = maskOf(strong)
  if (alike) return [lookUp(own, own, strong)]
  return [0, 1, 2, 3, 4, 5, 6, 7].map((other) => lookUp(other, other & own, strong))
}

const maskOf = (strong: StrongValues): number =>
  strong.reduce((mask, value, i) => (value === null ? mask : mask | (1 << i)), 0)
const lookUp = (has: number, part: number, strong: StrongValues): string =>
  `${has} ${sign(strong.map((value, i) => ((part >> i) & 1 ? value : null)))}`

interface Starts<Owner> {
  /** The first start behind `end` in order, within its moment, that continues nothing yet. */
  firstAfter(end: Stretch<Owner>): Stretch<Owner> | null
}

/** A moment is as long as the coarser time says, so starts of one precision are searched together. */
function startsByPrecision<Owner>(starts: readonly Stretch<Owner>[]): Starts<Owner>[] {
  const [exact, coarse] = [1, 60].map((precision) =>
    starts.filter(({ precisionSeconds }) => precisionSeconds === precision),
  )
  return [
    ...(exact && exact.length > 0 ? [createStarts(exact, 1)] : []),
    ...(coarse && coarse.length > 0 ? [createStarts(coarse, 60)] : []),
  ]
}

/** Starts in their order. Those that were taken are leapt over, so a search never passes one twice. */
function createStarts<Owner>(starts: readonly Stretch<Owner>[], precision: Precision): Starts<Owner> {
  /** For a start that was taken, one behind it to go on with. */
  const further = starts.map((_, i) => i + 1)
  const freeFrom = (from: number): number => {
    let free = from
    while (starts[free]?.continues) free = further[free] ?? free + 1
    for (let i = from; i < free;) {
      const after = further[i] ?? free
      further[i] = free
      i = after
    }
    return free
  }
  return {
    firstAfter(end) {
      const moment = momentOf(end.toMs, end.precisionSeconds === 60 ? 60 : precision)
      const behind = (start: Stretch<Owner>) => start.fromMs >= moment.fromMs && inOrder(start, end) > 0
      const next = starts[freeFrom(firstWhere(starts, behind))]
      return next && next.fromMs <= moment.toMs ? next : null
    },
  }
}

/** Pairs of a breakout row and another one that have nobody else to pair with. */
function chainGeneric<Owner>(stretches: readonly Stretch<Owner>[], unite: Unite<Owner>): void {
  if (stretches.every((one) => one.breakout === stretches[0]?.breakout)) return
  // Nobody else may fit, and with one coarse time among them more fit.
  const precision = stretches.some(({ precisionSeconds }) => precisionSeconds === 60) ? 60 : 1
  const free = { starts: [false, true].map(startsOf), ends: [false, true].map(endsOf) }
  for (const end of stretches) {
    if (end.continued) continue
    const next = onlyNear(free.starts[end.breakout ? 0 : 1] ?? [], (one) => one.fromMs, end.toMs)
    if (!next || inOrder(end, next) >= 0 || !meets(end, next)) continue
    const back = onlyNear(free.ends[end.breakout ? 1 : 0] ?? [], (one) => one.toMs, next.fromMs)
    if (back === end && !contradict(end.strong, next.strong)) unite(end, next)
  }

  function startsOf(breakout: boolean): Stretch<Owner>[] {
    return stretches.filter((one) => one.breakout === breakout && !one.continues)
  }
  function endsOf(breakout: boolean): Stretch<Owner>[] {
    return stretches
      .filter((one) => one.breakout === breakout && !one.continued)
      .sort((a, b) => a.toMs - b.toMs)
  }

  /** The only one in the moment of `atMs`; null when there are none or several. Ascending by `timeOf`. */
  function onlyNear(
    ascending: readonly Stretch<Owner>[],
    timeOf: (one: Stretch<Owner>) => number,
    atMs: number,
  ): Stretch<Owner> | null {
    const moment = momentOf(atMs, precision)
    const first = firstWhere(ascending, (one) => timeOf(one) >= moment.fromMs)
    const near = (one: Stretch<Owner> | undefined) => one !== undefined && timeOf(one) <= moment.toMs
    const only = ascending[first]
    return only && near(only) && !near(ascending[first + 1]) ? only : null
  }
}

const contradict = (a: StrongValues, b: StrongValues): boolean =>
  a.some((value, i) => value !== null && (b[i] ?? null) !== null && b[i] !== value)

/** Index of the first item from which on `holds` is true; the length when it never is. Binary search. */
function firstWhere<T>(items: readonly T[], holds: (item: T) => boolean): number {
  let [low, high] = [0, items.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const item = items[middle]
    if (item !== undefined && holds(item)) high = middle
    else low = middle + 1
  }
  return low
}
