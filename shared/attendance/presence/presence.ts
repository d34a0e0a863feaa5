import type { Connection, Person, PersonPresence, Segment } from '../people.ts'

type Stay = PersonPresence['stays'][number]

/**
 * A person's presence as of an instant (epoch ms): a union, so two devices or a rejoin never count twice.
 *
 * Waiting is not presence, breakout rooms are. Open segments count up to `atMs`; what lies after it is not known yet.
 * Stays are disjoint: where places overlap, a breakout room hides the main room and both hide waiting. Seconds are
 * rounded down. Somebody who only waited has no first join and no last leave; while `here`, there is no last leave.
 */
export function presenceAt(
  person: { connections: readonly Pick<Connection, 'segments'>[] },
  atMs: number,
): PersonPresence {
  const segments = person.connections
    .flatMap((connection) => connection.segments)
    .filter((one) => hasBegunAt(one, atMs))
  const inside = segments.filter((segment) => segment.place.kind !== 'waiting')
  const breakout = union(segmentsIn(segments, 'breakout'), atMs)
  const main = without(union(segmentsIn(segments, 'main'), atMs), breakout)
  const present = union(inside, atMs)
  const waiting = without(union(segmentsIn(segments, 'waiting'), atMs), present)

  const connectionsNow = person.connections.filter((connection) =>
    connection.segments.some((segment) => segment.place.kind !== 'waiting' && isOpenAt(segment, atMs)),
  ).length
  const first = present[0]
  const here = connectionsNow > 0
  return {
    state: here ? 'here' : segments.some((segment) => isOpenAt(segment, atMs)) ? 'waiting' : 'left',
    connectionsNow,
    presentSeconds: secondsOf(present, atMs),
    waitingSeconds: secondsOf(waiting, atMs),
    stays: withoutHiddenInstants([...breakout, ...main, ...waiting]).sort(
      (a, b) => a.fromMs - b.fromMs || endOf(a) - endOf(b),
    ),
    firstJoinMs: first?.fromMs ?? null,
    firstJoinKnown: first?.from === 'known',
    lastLeaveMs: here ? null : (present.at(-1)?.toMs ?? null),
  }
}

/** Counts behind the sentence about a list of people, as of an instant. */
export interface Summary {
  /** In the main or a breakout room now. */
  here: number
  /** Everybody with presence: `here + left`. People who only waited did not come. */
  came: number
  left: number
  /** In the waiting room now, whether they had been inside before or not. */
  waiting: number
  /** Connections inside now. */
  connections: number
  /** How sure we are of those who came: `certain + likely + unidentified + conflicts = came`. */
  certain: number
  likely: number
  unidentified: number
  conflicts: number
}

/** Sums people up as of an instant (epoch ms). All zero for nobody. */
export function summarise(people: Iterable<Person>, atMs: number): Summary {
  const summary: Summary = {
    ...{ here: 0, came: 0, left: 0, waiting: 0, connections: 0 },
    ...{ certain: 0, likely: 0, unidentified: 0, conflicts: 0 },
  }
  for (const person of people) {
    const { state, came, connectionsNow } = briefly(person, atMs)
    summary.connections += connectionsNow
    if (state === 'waiting') summary.waiting++
    if (!came) continue
    summary.came++
    summary[state === 'here' ? 'here' : 'left']++
    summary[person.identity.confidence === 'conflict' ? 'conflicts' : person.identity.confidence]++
  }
  return summary
}

/** What the sums need, without drawing anybody's stays: summing runs over everybody at every change. */
function briefly(
  person: Person,
  atMs: number,
): { state: PersonPresence['state']; came: boolean; connectionsNow: number } {
  let [came, waiting, connectionsNow] = [false, false, 0]
  for (const { segments } of person.connections) {
    let here = false
    for (const segment of segments) {
      if (!hasBegunAt(segment, atMs)) continue
      const open = isOpenAt(segment, atMs)
      if (segment.place.kind === 'waiting') waiting ||= open
      else {
        came = true
        here ||= open
      }
    }
    if (here) connectionsNow++
  }
  return { state: connectionsNow > 0 ? 'here' : waiting ? 'waiting' : 'left', came, connectionsNow }
}

/** A file tells of what is over, wherever its odd times lie. */
const hasBegunAt = ({ fromMs, odd }: Segment, atMs: number): boolean => odd === true || fromMs <= atMs

const isOpenAt = ({ fromMs, toMs, odd }: Segment, atMs: number): boolean =>
  !odd && fromMs <= atMs && (toMs === null || toMs > atMs)

const segmentsIn = (segments: readonly Segment[], kind: Stay['place']): Segment[] =>
  segments.filter((segment) => segment.place.kind === kind)

const endOf = (stay: Stay): number => stay.toMs ?? Infinity

const rankOf = (segment: Segment): number => (segment.from === 'known' ? 0 : 1)

/** Disjoint stays, ascending, from segments that may overlap or touch; the place is that of the first. */
function union(segments: readonly Segment[], atMs: number): Stay[] {
  const stays: Stay[] = []
  const ordered = [...segments].sort((a, b) => a.fromMs - b.fromMs || rankOf(a) - rankOf(b))
  for (const segment of ordered) {
    const open = isOpenAt(segment, atMs)
    const toMs = open ? null : segment.toMs
    const to = open ? 'open' : segment.to
    const last = stays.at(-1)
    if (!last || endOf(last) < segment.fromMs) {
      stays.push({ place: segment.place.kind, fromMs: segment.fromMs, from: segment.from, toMs, to })
    } else if ((toMs ?? Infinity) > endOf(last)) Object.assign(last, { toMs, to })
  }
  return stays
}

/** What of `stays` lies outside `covers`; both disjoint and ascending. A cut is where the other place begins or ends. */
function without(stays: readonly Stay[], covers: readonly Stay[]): Stay[] {
  const rest: Stay[] = []
  const lasting = covers.filter((cover) => !isInstant(cover))
  let at = 0
  for (const stay of stays) {
    let open: Stay | null = { ...stay }
    for (let cover = lasting[at]; cover && endOf(cover) <= stay.fromMs; cover = lasting[at]) at++
    for (let i = at; open && !isInstant(stay); i++) {
      const cover = lasting[i]
      if (!cover || cover.fromMs >= endOf(open)) break
      if (cover.fromMs > open.fromMs) rest.push({ ...open, toMs: cover.fromMs, to: 'inferred' })
      const from = cover.to === 'known' ? 'known' : 'seen'
      open = endOf(cover) < endOf(open) ? { ...open, fromMs: endOf(cover), from } : null
    }
    if (open) rest.push(open)
  }
  return rest
}

const isInstant = (stay: Stay): boolean => stay.toMs === stay.fromMs

/** An instant (a leave without its join) inside a longer stay cannot be drawn beside it; the longer one says it all. */
function withoutHiddenInstants(stays: readonly Stay[]): Stay[] {
  const ordered = [...stays].sort((a, b) => a.fromMs - b.fromMs || endOf(b) - endOf(a))
  let endMs = -Infinity
  return ordered.filter((stay) => {
    if (isInstant(stay)) return stay.fromMs > endMs
    endMs = Math.max(endMs, endOf(stay))
    return true
  })
}

function secondsOf(stays: readonly Stay[], atMs: number): number {
  const ms = stays.reduce((sum, stay) => sum + (stay.toMs ?? atMs) - stay.fromMs, 0)
  return Math.floor(ms / 1000)
}
