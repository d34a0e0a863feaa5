import {
  concurrency,
  united,
  type Concurrency,
  type DropOff,
  type Span,
  type Step,
} from '../../shared/attendance/index.ts'
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
  falls: readonly DropOff[]
}

const MOMENTS = 4
/** How many people were there over the time of a meeting; null when nobody was, or it has no length. */
export function curveOf(people: Iterable<PersonRow>, fromMs: number, toMs: number): Curve | null {
  if (toMs <= fromMs) return null
  return drawCurve(concurrency([...people].flatMap((row) => inside(row, toMs))), fromMs, toMs)
}

/** The same of what was counted elsewhere. */
export function drawCurve(
  { steps, peak, dropOffs }: Concurrency,
  fromMs: number,
  toMs: number,
): Curve | null {
  if (peak === null || toMs <= fromMs) return null
  const length = toMs - fromMs
  const moments = Array.from({ length: MOMENTS }, (_, index) => {
    const atMs = fromMs + (length * (index + 0.5)) / MOMENTS
    return { atMs, count: countAt(steps, atMs) }
  })
  return { fromMs, toMs, steps, peak, moments, falls: dropOffs }
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
export const inside = ({ stays }: PersonRow, nowMs: number): Span[] =>
  united(
    stays
      .filter((stay) => stay.place !== 'waiting')
      .map((stay) => ({
        fromMs: Date.parse(stay.from),
        toMs: stay.to === null ? nowMs : Date.parse(stay.to),
      })),
  )
