import { concurrency, type Concurrency, type Step } from '../../shared/attendance/index.ts'
import type { PersonRow } from '../../shared/wire/index.ts'

export interface Curve {
  fromMs: number
  toMs: number
  /** Each count holds until the next step. */
  steps: readonly Step[]
  peak: Step
  /** A few moments spread over the meeting, for those who read the curve as text. */
  moments: readonly Step[]
  /** When many left at once, in order; [] where people went by and by, or all together at the end. */
  falls: readonly Fall[]
}

/** So many left within a few minutes; `count` stayed. */
export interface Fall {
  atMs: number
  lost: number
  count: number
}

const MOMENTS = 4
/** Leaving together is leaving within this time; less than a tenth of the peak, or three people, is coming and going. */
const FALL_MS = 5 * 60_000
const LEAST_PART = 0.1
const LEAST_LOST = 3
/** More would hide one another in a narrow panel. */
const MOST_FALLS = 2

/** How many people were there over the time of a meeting; null when nobody was, or it has no length. */
export function curveOf(people: Iterable<PersonRow>, fromMs: number, toMs: number): Curve | null {
  if (toMs <= fromMs) return null
  return drawCurve(concurrency([...people].flatMap((row) => inside(row, toMs))), fromMs, toMs)
}

/** The same of what was counted elsewhere. */
export function drawCurve(
  { steps, peak }: Pick<Concurrency, 'steps' | 'peak'>,
  fromMs: number,
  toMs: number,
): Curve | null {
  if (peak === null || toMs <= fromMs) return null
  const length = toMs - fromMs
  const moments = Array.from({ length: MOMENTS }, (_, index) => {
    const atMs = fromMs + (length * (index + 0.5)) / MOMENTS
    return { atMs, count: countAt(steps, atMs) }
  })
  return { fromMs, toMs, steps, peak, moments, falls: fallsIn(steps, peak, { fromMs, toMs }) }
}

/** The deepest falls, a quarter of the meeting apart; the end, when everybody goes, is none. */
function fallsIn(
  steps: readonly Step[],
  peak: Step,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): Fall[] {
  const least = Math.max(LEAST_LOST, Math.ceil(peak.count * LEAST_PART))
  const apartMs = (toMs - fromMs) / 4
  const candidates = steps.flatMap(({ atMs }, index): Fall[] => {
    if (atMs + FALL_MS >= toMs) return []
    const before = steps[index - 1]?.count ?? 0
    const count = countAt(steps, atMs + FALL_MS)
    return before - count >= least ? [{ atMs, lost: before - count, count }] : []
  })
  const chosen: Fall[] = []
  for (const fall of candidates.sort((a, b) => b.lost - a.lost || a.atMs - b.atMs)) {
    if (chosen.length < MOST_FALLS && chosen.every(({ atMs }) => Math.abs(atMs - fall.atMs) >= apartMs))
      chosen.push(fall)
  }
  return chosen.sort((a, b) => a.atMs - b.atMs)
}

/** How many were there at an instant. */
export function countAt(steps: readonly Step[], atMs: number): number {
  let count = 0
  for (const step of steps) {
    if (step.atMs > atMs) break
    count = step.count
  }
  return count
}

/** When one person was in, phone and laptop counted once; the waiting room is not in. Ascending and disjoint. */
export function inside({ stays }: PersonRow, nowMs: number): { fromMs: number; toMs: number }[] {
  const sorted = stays
    .filter((stay) => stay.place !== 'waiting')
    .map((stay) => ({
      fromMs: Date.parse(stay.from),
      toMs: stay.to === null ? nowMs : Date.parse(stay.to),
    }))
    .sort((a, b) => a.fromMs - b.fromMs)
  const united: { fromMs: number; toMs: number }[] = []
  for (const stay of sorted) {
    const last = united.at(-1)
    if (last !== undefined && stay.fromMs <= last.toMs) last.toMs = Math.max(last.toMs, stay.toMs)
    else united.push(stay)
  }
  return united
}
