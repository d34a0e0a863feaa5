import type { MeetingReport, PendingReport } from './evidence/batches.ts'
import { byText } from './compare.ts'
import type { Fact, Witness } from './evidence.ts'
import { createFiling, type Filing } from './filing.ts'
import type { MeetingChange } from './connections/meeting.ts'
import type { Connection, Person } from './people.ts'
import { createPeopleIndex } from './identity/people-index.ts'
import type { Said } from './evidence/said.ts'

/** Everything that follows from the evidence of one gathering. */
export interface Derived {
  /** In the order of their first connection: start, then id. */
  people: readonly Person[]
  /** First told start of any meeting; null when nobody told. */
  startedAtMs: number | null
  /** Last end, once every meeting has ended; else null. */
  endedAtMs: number | null
  /** Latest instant any witness spoke of; a reader's *now* should not be earlier. Null without facts. */
  latestMs: number | null
  witnesses: readonly Witness[]
  /** When each meeting was, as far as anybody told. In the order of their UUIDs. */
  meetings: readonly MeetingTold[]
  /** For each meeting with an official list that counts, that list. In the order of their meetings' UUIDs. */
  reports: readonly MeetingReport[]
  /** Whole official lists that do not count yet, because they are empty or shorter. By meeting, then when they were read. */
  pendingReports: readonly PendingReport[]
}

/** One meeting's told start and end, epoch ms; null while nobody told. */
export interface MeetingTold {
  meeting: string
  startedAtMs: number | null
  endedAtMs: number | null
}

/**
 * The one fold of a gathering's evidence, kept up to date fact by fact.
 *
 * What it answers depends on the set of facts alone, never on order, repetition or how they were handed over.
 * `add` only files; the next question re-derives the connections those facts touch and the people they may belong to.
 * A `Person` (and a `Connection`) stays the same object while nothing about it changed.
 */
export interface Fold extends Omit<Derived, 'people'> {
  add(facts: Iterable<Fact>): void
  people(): readonly Person[]
  /** Everything that counts of what witnesses said of a connection, as they said it, by time. */
  saidOf(connection: Connection): Said[]
  /** People that came and went since the last call: put `changed`, drop `removed`. A changed person is a new object. */
  takeChanges(): { changed: Person[]; removed: Person[] }
}

/** Derives everything at once: one fold over all facts. */
export function derive(facts: Iterable<Fact>): Derived {
  const fold = createFold()
  fold.add(facts)
  const { startedAtMs, endedAtMs, latestMs, witnesses, meetings, reports, pendingReports } = fold
  return {
    ...{ people: fold.people(), startedAtMs, endedAtMs, latestMs, witnesses },
    ...{ meetings, reports, pendingReports },
  }
}

/** Starts an empty fold. */
export function createFold(): Fold {
  const filings = new Map<string, Filing>()
  const unsettled = new Set<Filing>()
  const index = createPeopleIndex()

  return {
    add,
    people() {
      settle()
      return index.people()
    },
    saidOf: (connection) => filings.get(connection.meeting)?.saidOf(connection) ?? [],
    takeChanges() {
      settle()
      return index.takeChanges()
    },
    get startedAtMs() {
      return least(times().map((time) => time.startedAtMs))
    },
    get endedAtMs() {
      const ends = times().map((time) => time.endedAtMs)
      return ends.includes(null) ? null : greatest(ends)
    },
    get latestMs() {
      return greatest(times().map((time) => time.latestMs))
    },
    get witnesses() {
      const spoke = new Set([...filings.values()].flatMap(({ witnesses }) => [...witnesses]))
      return witnessOrder.filter((witness) => spoke.has(witness))
    },
    get meetings() {
      return inOrder().flatMap(({ uuid, filing }) => {
        const { startedAtMs, endedAtMs, latestMs } = filing.times()
        return latestMs === null ? [] : [{ meeting: uuid, startedAtMs, endedAtMs }]
      })
    },
    get reports() {
      return inOrder().flatMap(({ filing }) => filing.batches.counting()?.report ?? [])
    },
    get pendingReports() {
      return inOrder().flatMap(({ filing }) => filing.batches.pending())
    },
  }

  function add(more: Iterable<Fact>): void {
    const grown = new Set<Filing>()
    for (const fact of more) {
      const meeting = filings.get(fact.meeting) ?? createFiling(fact.meeting)
      filings.set(fact.meeting, meeting)
      if (meeting.add(fact)) grown.add(meeting)
    }
    for (const meeting of grown) {
      meeting.complete()
      unsettled.add(meeting)
    }
  }

  function settle(): void {
    const change: MeetingChange = { derived: [], removed: [] }
    for (const meeting of unsettled) {
      const { derived, removed } = meeting.settle()
      for (const record of derived) change.derived.push(record)
      for (const id of removed) change.removed.push(id)
    }
    unsettled.clear()
    index.replace(change)
  }

  function inOrder(): { uuid: string; filing: Filing }[] {
    return [...filings].sort(([a], [b]) => byText(a, b)).map(([uuid, filing]) => ({ uuid, filing }))
  }

  /** Of meetings anything counts of: rows of an official list that does not count are no word about it. */
  function times() {
    return [...filings.values()].map((meeting) => meeting.times()).filter(({ latestMs }) => latestMs !== null)
  }
}

const witnessOrder: readonly Witness[] = ['webhook', 'panel', 'report', 'import']

const told = (values: (number | null)[]): number[] => values.filter((value) => value !== null)
const least = (values: (number | null)[]): number | null =>
  told(values).reduce<number | null>((min, value) => Math.min(min ?? value, value), null)
const greatest = (values: (number | null)[]): number | null =>
  told(values).reduce<number | null>((max, value) => Math.max(max ?? value, value), null)
