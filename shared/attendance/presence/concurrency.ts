/** A stretch of presence, [fromMs, toMs), epoch ms; `toMs` null while it goes on. */
export interface Interval {
  fromMs: number
  toMs: number | null
}

/** From `atMs` on, `count` people are present. */
export interface Step {
  atMs: number
  count: number
}

/** How many people were present at a time. */
export interface Concurrency {
  /** Ascending; each count holds until the next step, the last one from then on. [] when nobody was there. */
  steps: Step[]
  /** The most people at once, the first time; null when nobody was there. */
  peak: Step | null
  /** When many left within minutes, in order; see `concurrency`. */
  dropOffs: DropOff[]
}

/** From the moment the first left (`fromMs`) to `toMs` there were `lost` people fewer, and `count` stayed. */
export interface DropOff {
  fromMs: number
  toMs: number
  lost: number
  count: number
}

/** A fall counts when it happens within this time: long enough for a break to begin, too short for a slow ebb. */
const DROP_MS = 5 * 60_000
/** Smaller falls are coming and going. */
const LEAST_LOST = 3
const LEAST_SHARE = 0.1
/** More, or closer ones, would hide one another in a narrow curve. */
const MOST_DROP_OFFS = 2
const APART_SHARE = 0.25

/**
 * People present over time, from everybody's stays without waiting (disjoint for each person, in any order).
 *
 * With more than `maxPoints` steps the curve is thinned: of each run of neighbours the highest is kept, and always the
 * first step, the peak and the last step. The peak and the drop-offs are exact whatever is drawn. Drop-offs are the at most
 * two largest falls within five minutes that lose at least three people and a tenth of the peak, and begin a quarter of the
 * curve apart. What lasts until nobody is there, or ends in the last five minutes, is how every meeting ends, and no drop-off.
 */
export function concurrency(intervals: Iterable<Interval>, maxPoints = 400): Concurrency {
  const steps = stepsOf(intervals)
  const peak = highest(steps)
  return {
    steps: peak ? thinned(steps, peak, maxPoints) : [],
    peak,
    dropOffs: peak ? dropOffsIn(steps, peak) : [],
  }
}

function stepsOf(intervals: Iterable<Interval>): Step[] {
  const changes = new Map<number, number>()
  const add = (atMs: number, by: number): void => void changes.set(atMs, (changes.get(atMs) ?? 0) + by)
  for (const { fromMs, toMs } of intervals) {
    if (toMs !== null && toMs <= fromMs) continue
    add(fromMs, 1)
    if (toMs !== null) add(toMs, -1)
  }
  const steps: Step[] = []
  let count = 0
  for (const [atMs, by] of [...changes].sort(([a], [b]) => a - b)) {
    if (by === 0) continue
    count += by
    steps.push({ atMs, count })
  }
  return steps
}

function highest(steps: readonly Step[]): Step | null {
  let peak: Step | null = null
  for (const step of steps) if (!peak || step.count > peak.count) peak = step
  return peak
}

function thinned(steps: Step[], peak: Step, maxPoints: number): Step[] {
  const most = Math.max(3, maxPoints)
  const [first, ...inner] = steps
  const last = inner.pop()
  if (steps.length <= most || !first || !last) return steps
  const kept = new Set([first, peak, last])
  // Two of the points are the first and the last; the peak is the highest of its own run.
  const perRun = Math.ceil(inner.length / (most - 2))
  for (let at = 0; at < inner.length; at += perRun) {
    const top = highest(inner.slice(at, at + perRun))
    if (top) kept.add(top)
  }
  return steps.filter((step) => kept.has(step))
}

function dropOffsIn(steps: readonly Step[], peak: Step): DropOff[] {
  const least = Math.max(LEAST_LOST, Math.ceil(peak.count * LEAST_SHARE))
  const [firstMs, lastMs] = [steps[0]?.atMs ?? 0, steps.at(-1)?.atMs ?? 0]
  const falls: DropOff[] = []
  /** Counts that may be the top of a fall, falling, each with the moment until which it held. */
  const tops: Step[] = []
  let head = 0
  for (const [i, { atMs, count }] of steps.entries()) {
    if (atMs > lastMs - DROP_MS) break
    if (count === 0) {
      while ((falls.at(-1)?.toMs ?? -Infinity) > atMs - DROP_MS) falls.pop()
      head = tops.length
      continue
    }
    while ((tops[head]?.atMs ?? Infinity) < atMs - DROP_MS) head++
    const top = tops[head]
    const lost = (top?.count ?? 0) - count
    if (top && lost >= least) falls.push({ fromMs: top.atMs, toMs: atMs, lost, count })
    while (tops.length > head && (tops.at(-1)?.count ?? Infinity) <= count) tops.pop()
    tops.push({ atMs: steps[i + 1]?.atMs ?? Infinity, count })
  }
  falls.sort((a, b) => b.lost - a.lost || a.toMs - a.fromMs - (b.toMs - b.fromMs) || a.fromMs - b.fromMs)
  const apartMs = Math.max(DROP_MS, (lastMs - firstMs) * APART_SHARE)
  const chosen: DropOff[] = []
  for (const fall of falls) {
    if (chosen.length === MOST_DROP_OFFS) break
    if (chosen.every(({ fromMs }) => Math.abs(fall.fromMs - fromMs) > apartMs)) chosen.push(fall)
  }
  return chosen.sort((a, b) => a.fromMs - b.fromMs)
}
