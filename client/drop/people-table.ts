/** What searching, sorting and counting need of everybody, in columns: all else is drawn again for whom is looked at. */
import {
  flips,
  measure,
  passes,
  sidesOf,
  type Attended,
  type Base,
  type Interval,
  type ListedPerson,
  type Measured as MeasuredPerson,
} from '../../shared/attendance/index.ts'
import { foldText } from '../../shared/files/index.ts'
import { statusesOf, type AnswerStatus } from '../../shared/people/index.ts'
import { shows, type Flips, type Order, type Query, type Show } from './desk.ts'

/** Who somebody is among all of a list, in one bit each. */
const bits: Record<Exclude<Show, 'passing' | 'below'>, number> = {
  came: 1,
  no_email: 2,
  unidentified: 4,
  conflict: 8,
  walk_in: 16,
  waited: 32,
  stayed_away: 64,
}
const bitOf: Partial<Record<AnswerStatus, number>> = {
  present: bits.came,
  unidentified: bits.unidentified,
  conflict: bits.conflict,
  walk_in: bits.walk_in,
  waiting_room_only: bits.waited,
  absent: bits.stayed_away,
}

interface Drawn {
  readonly count: number
  at: (index: number) => ListedPerson
}

interface TableParts {
  drawn: Drawn
  /** Whether a meeting has any, so that others came unregistered. */
  hasRegistration: (meeting: number) => boolean
  /** Told of everybody as they pass by: drawing a person is what takes time, so it is done once. */
  count: (listed: ListedPerson) => void
}

export function createPeopleTable({ drawn, hasRegistration, count: tell }: TableParts) {
  const { count } = drawn
  const flags = new Uint8Array(count)
  const present = new Float64Array(count)
  const names: string[] = new Array<string>(count)
  const texts: string[] = new Array<string>(count)
  /** Presence within the bases; NaN where no share can be told. */
  const within = new Float64Array(count).fill(NaN)
  let baseMs = 0
  const stays = createStays(count)
  let byName: { language: string; order: Int32Array } | null = null
  let counted: { minimum: number; counts: Record<Show, number> } | null = null

  for (let at = 0; at < count; at++) {
    const listed = drawn.at(at)
    tell(listed)
    stays.add(listed)
    flags[at] = flagsOf(listed, hasRegistration)
    present[at] = listed.presentSeconds ?? listed.reportedSeconds ?? -1
    names[at] = listed.person.name
    texts[at] = searchTextOf(listed)
  }

  const has = (at: number, show: keyof typeof bits): boolean => ((flags[at] ?? 0) & bits[show]) !== 0
  const measuredAt = (at: number) => {
    const withinMs = within[at] ?? NaN
    return Number.isNaN(withinMs) ? null : { withinMs, baseMs }
  }

  function* came(): Generator<MeasuredPerson<number>> {
    for (let at = 0; at < count; at++) if (has(at, 'came')) yield { person: at, measured: measuredAt(at) }
  }

  function shown(at: number, show: Show, minimum: number): boolean {
    if (show !== 'passing' && show !== 'below') {
      // Who did not come is listed apart, and nowhere else.
      return has(at, show) && (show === 'waited' || show === 'stayed_away' || has(at, 'came'))
    }
    return has(at, 'came') && passes(measuredAt(at), minimum / 100) === (show === 'passing')
  }

  function inOrder(order: Order, language: string): Int32Array {
    const all = (): Int32Array => Int32Array.from({ length: count }, (_, at) => at)
    if (order === 'joined') return all()
    if (order === 'present') return all().sort((a, b) => (present[b] ?? 0) - (present[a] ?? 0) || a - b)
    if (byName?.language !== language) {
      const { compare } = new Intl.Collator(language, { sensitivity: 'base', numeric: true })
      byName = { language, order: all().sort((a, b) => compare(names[a] ?? '', names[b] ?? '') || a - b) }
    }
    return byName.order
  }

  const named = (people: readonly number[]): string[] => people.map((at) => names[at] ?? '')

  return {
    count,
    staysIn: stays.inMeeting,
    /** Measures everybody; answers how many reach each thousandth, and of how many nothing can be told. */
    measure(bases: readonly Base[]): { reaching: Uint32Array; unknown: number; baseSeconds: number } {
      baseMs = 0
      counted = null
      for (const { spans } of bases) for (const { fromMs, toMs } of spans) baseMs += toMs - fromMs
      const reaching = new Uint32Array(1001)
      let unknown = 0
      for (let at = 0; at < count; at++) {
        const measured = measure(stays.of(at), bases)
        within[at] = measured?.withinMs ?? NaN
        if (!has(at, 'came')) continue
        if (measured === null) unknown++
        else {
          const permille = Math.min(1000, Math.floor((measured.withinMs * 1000) / measured.baseMs))
          reaching[permille] = (reaching[permille] ?? 0) + 1
        }
      }
      for (let at = 999; at >= 0; at--) reaching[at] = (reaching[at] ?? 0) + (reaching[at + 1] ?? 0)
      return { reaching, unknown, baseSeconds: baseMs / 1000 }
    },
    /** Who is listed, in order. */
    select({ show, search, order, minimum, language }: Query): Int32Array {
      const wanted = foldText(search.trim())
      return inOrder(order, language).filter(
        (at) => shown(at, show, minimum) && (wanted === '' || (texts[at] ?? '').includes(wanted)),
      )
    },
    counts(minimum: number): Record<Show, number> {
      if (counted?.minimum === minimum) return counted.counts
      const counts = Object.fromEntries(shows.map((show) => [show, 0])) as Record<Show, number>
      for (let at = 0; at < count; at++)
        for (const show of shows) if (shown(at, show, minimum)) counts[show]++
      counted = { minimum, counts }
      return counts
    },
    flips(fromPercent: number, toPercent: number): Flips {
      const { gained, lost } = flips(came(), fromPercent / 100, toPercent / 100)
      const { close } = sidesOf(came(), toPercent / 100)
      return { gained: named(gained), lost: named(lost), close: named(close.map(({ person }) => person)) }
    },
  }
}
export type PeopleTable = ReturnType<typeof createPeopleTable>

function flagsOf(listed: ListedPerson, hasRegistration: (meeting: number) => boolean): number {
  let flags = listed.person.email === null ? bits.no_email : 0
  for (const status of statusesOf(listed, hasRegistration)) flags |= bitOf[status] ?? 0
  return flags
}

/** What a search looks into: every spelling of the name, and the address. */
const searchTextOf = ({ person }: ListedPerson): string =>
  foldText([person.name, ...person.names.map(({ name }) => name), person.email ?? ''].join('\n'))

/** When everybody was there, in plain columns: measuring and drawing the curve need nothing else. */
function createStays(people: number) {
  /** Where the stays of each person begin; a stay from NaN is one of which nobody knows when. */
  const starts = new Int32Array(people + 1)
  const meetings: number[] = []
  const froms: number[] = []
  const tos: number[] = []
  let added = 0

  function push(meeting: number, fromMs: number, toMs: number): void {
    meetings.push(meeting)
    froms.push(fromMs)
    tos.push(toMs)
  }

  return {
    add(listed: ListedPerson): void {
      for (const { meeting, stays } of listed.meetings) {
        if (stays === null) push(meeting, NaN, NaN)
        else for (const { fromMs, toMs } of stays) push(meeting, fromMs, toMs ?? fromMs)
      }
      starts[++added] = meetings.length
    },
    of(person: number): Attended {
      const found: { meeting: number; stays: Interval[] | null }[] = []
      for (let at = starts[person] ?? 0; at < (starts[person + 1] ?? 0); at++) {
        const [meeting = 0, fromMs = NaN, toMs = NaN] = [meetings[at], froms[at], tos[at]]
        const last = found.at(-1)
        const stays = Number.isNaN(fromMs) ? null : [{ fromMs, toMs }]
        if (last?.meeting !== meeting) found.push({ meeting, stays })
        else if (stays !== null) last.stays?.push(...stays)
      }
      return { meetings: found }
    },
    *inMeeting(wanted: number): Generator<Interval> {
      for (const [at, meeting] of meetings.entries()) {
        const [fromMs = NaN, toMs = NaN] = [froms[at], tos[at]]
        if (meeting === wanted && !Number.isNaN(fromMs)) yield { fromMs, toMs }
      }
    },
  }
}
