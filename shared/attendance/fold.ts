import { createBatchLog, type BatchLog, type MeetingReport, type PendingReport } from './batches.ts'
import { byText, sameData } from './compare.ts'
import type { ConnectionRecord } from './connection.ts'
import type { Fact, ReportRow, Witness } from './evidence.ts'
import { hasStrongKey, toPeople } from './identity.ts'
import { createMeeting, type Meeting } from './meeting.ts'
import { chosen } from './merge.ts'
import type { Person } from './people.ts'

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
  /** For each meeting with an official list that counts, that list. In the order of their meetings' UUIDs. */
  reports: readonly MeetingReport[]
  /** Whole official lists that do not count yet, because they are empty or shorter. By meeting, then when they were read. */
  pendingReports: readonly PendingReport[]
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
  /** People that came and went since the last call: put `changed`, drop `removed`. A changed person is a new object. */
  takeChanges(): { changed: Person[]; removed: Person[] }
}

/** Derives everything at once: one fold over all facts. */
export function derive(facts: Iterable<Fact>): Derived {
  const fold = createFold()
  fold.add(facts)
  const { startedAtMs, endedAtMs, latestMs, witnesses, reports, pendingReports } = fold
  return { people: fold.people(), startedAtMs, endedAtMs, latestMs, witnesses, reports, pendingReports }
}

/** Starts an empty fold. */
export function createFold(): Fold {
  const meetings = new Map<string, Filed>()
  const records = new Map<string, ConnectionRecord>()
  const byKey = new Map<string, Set<string>>()
  const byName = new Map<string, Set<string>>()
  const personOf = new Map<string, Person>()
  const unsettled = new Set<string>()
  /** Connections of meetings that were filed anew, to be dropped unless derived again. */
  const doubtful = new Set<string>()
  let sorted: readonly Person[] | null = []
  const changed = new Set<Person>()
  const removed = new Set<Person>()

  return {
    add,
    people,
    takeChanges,
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
      const spoke = new Set([...meetings.values()].flatMap(({ meeting }) => [...meeting.witnesses]))
      return witnessOrder.filter((witness) => spoke.has(witness))
    },
    get reports() {
      return inOrder().flatMap(({ batches }) => batches.counting()?.report ?? [])
    },
    get pendingReports() {
      return inOrder().flatMap(({ batches }) => batches.pending())
    },
  }

  function add(more: Iterable<Fact>): void {
    const contradicted = new Set<string>()
    const reported = new Set<string>()
    for (const fact of more) {
      const known = filed(fact.meeting)
      const before = known.facts.get(fact.key)
      const counts = before ? chosen(before, fact) : fact
      if (counts === before) continue
      known.facts.set(fact.key, counts)
      if (isReported(fact) || (before && isReported(before))) reported.add(fact.meeting)
      if (before) contradicted.add(fact.meeting)
      else file(known, fact)
      unsettled.add(fact.meeting)
    }
    for (const uuid of contradicted) fileAnew(uuid)
    for (const uuid of [...contradicted, ...reported]) fileRows(uuid)
  }

  function filed(uuid: string): Filed {
    let known = meetings.get(uuid)
    if (!known) meetings.set(uuid, (known = { facts: new Map(), ...nothingFiled(uuid) }))
    return known
  }

  /** Rows of the official list only wait in their batch until it counts. */
  function file(known: Filed, fact: Fact): void {
    if (fact.kind === 'report_row') known.batches.noteRow(fact)
    else if (fact.kind === 'report_batch') known.batches.noteEnd(fact)
    else known.meeting.file(fact)
  }

  /**
   * Everything once more: a fact was replaced by another with its key, which never happens in health, or another official
   * list counts now, which happens a few times after the end.
   */
  function fileAnew(uuid: string): void {
    for (const [id, { connection }] of records) if (connection.meeting === uuid) doubtful.add(id)
    const known = filed(uuid)
    Object.assign(known, nothingFiled(uuid))
    for (const fact of known.facts.values()) file(known, fact)
  }

  /** Puts the rows of the list that counts among the other evidence, and those of one that counts no more away. */
  function fileRows(uuid: string): void {
    const known = filed(uuid)
    const rows = known.batches.counting()?.rows ?? null
    // The rows of one batch are one array, which only grows.
    if (rows === known.rows && rows?.length === known.rowsFiled) return
    if (known.rows !== null) fileAnew(uuid)
    const now = known.batches.counting()?.rows ?? null
    Object.assign(known, { rows: now, rowsFiled: now?.length })
    for (const row of now ?? []) known.meeting.file(row)
  }

  function settle(): void {
    const keys = new Set<string>()
    const names = new Set<string>()
    const touched = new Set<ConnectionRecord>()
    const gone = new Set<string>(doubtful)
    doubtful.clear()
    for (const uuid of unsettled) {
      const change = filed(uuid).meeting.settle()
      for (const id of change.removed) gone.add(id)
      for (const record of change.derived) {
        gone.delete(record.connection.id)
        if (sameData(records.get(record.connection.id), record)) continue
        unlist(record.connection.id, keys, names)
        list(record, keys, names)
        touched.add(record)
      }
    }
    unsettled.clear()
    for (const id of gone) unlist(id, keys, names)
    if (touched.size === 0 && gone.size === 0) return
    reach(touched, keys, names)
    replacePeople(touched, gone)
  }

  function list(record: ConnectionRecord, keys: Set<string>, names: Set<string>): void {
    const { id } = record.connection
    records.set(id, record)
    for (const key of record.strongKeys) put(byKey, key, id, keys)
    for (const name of record.names) put(byName, name, id, names)
  }

  function unlist(id: string, keys: Set<string>, names: Set<string>): void {
    const record = records.get(id)
    if (!record) return
    records.delete(id)
    for (const key of record.strongKeys) take(byKey, key, id, keys)
    for (const name of record.names) take(byName, name, id, names)
  }

  /** Grows `touched` by every connection whose person may depend on one of these keys and names. */
  function reach(touched: Set<ConnectionRecord>, keys: Set<string>, names: Set<string>): void {
    // Sets are walked to their end even while they grow.
    for (const key of keys) {
      for (const id of byKey.get(key) ?? []) touch(id)
    }
    for (const name of names) {
      for (const id of byName.get(name) ?? []) {
        const record = records.get(id)
        if (record && !hasStrongKey(record)) touch(id)
      }
    }

    function touch(id: string): void {
      const record = records.get(id)
      if (!record || touched.has(record)) return
      touched.add(record)
      for (const key of record.strongKeys) keys.add(key)
      // The names of somebody with strong keys join nobody.
      if (!hasStrongKey(record)) for (const name of record.names) names.add(name)
    }
  }

  function replacePeople(touched: ReadonlySet<ConnectionRecord>, gone: ReadonlySet<string>): void {
    const before = new Set<Person>()
    for (const { connection } of touched) addIfAny(before, personOf.get(connection.id))
    for (const id of gone) {
      addIfAny(before, personOf.get(id))
      personOf.delete(id)
    }
    for (const fresh of toPeople([...touched], hasNamesake)) {
      const old = personOf.get(fresh.connections[0]?.id ?? '')
      const person = old && samePerson(old, fresh) ? old : fresh
      for (const { id } of person.connections) personOf.set(id, person)
      if (before.delete(person)) continue
      changed.add(person)
      sorted = null
    }
    for (const person of before) {
      sorted = null
      // Whoever never saw them need not hear that they are gone.
      if (!changed.delete(person)) removed.add(person)
    }
  }

  function hasNamesake(name: string): boolean {
    for (const id of byName.get(name) ?? []) {
      const record = records.get(id)
      if (record && hasStrongKey(record)) return true
    }
    return false
  }

  function people(): readonly Person[] {
    settle()
    sorted ??= [...new Set(personOf.values())].sort(byFirstConnection)
    return sorted
  }

  function takeChanges(): { changed: Person[]; removed: Person[] } {
    settle()
    const taken = {
      changed: [...changed].sort(byFirstConnection),
      removed: [...removed].sort(byFirstConnection),
    }
    changed.clear()
    removed.clear()
    return taken
  }

  function inOrder(): Filed[] {
    return [...meetings].sort(([a], [b]) => byText(a, b)).map(([, known]) => known)
  }

  /** Of meetings anything counts of: rows of an official list that does not count are no word about it. */
  function times() {
    return [...meetings.values()]
      .map(({ meeting }) => meeting.times())
      .filter(({ latestMs }) => latestMs !== null)
  }
}

/** One meeting's facts, and how far they are filed. */
interface Filed {
  facts: Map<string, Fact>
  meeting: Meeting
  batches: BatchLog
  /** The rows that are filed in `meeting`; null while no official list counts. */
  rows: readonly ReportRow[] | null
  rowsFiled: number | undefined
}

const nothingFiled = (uuid: string): Omit<Filed, 'facts'> => ({
  meeting: createMeeting(uuid),
  batches: createBatchLog(uuid),
  rows: null,
  rowsFiled: undefined,
})

const isReported = ({ kind }: Fact): boolean => kind === 'report_row' || kind === 'report_batch'

const witnessOrder: readonly Witness[] = ['webhook', 'panel', 'report', 'import']

function byFirstConnection(a: Person, b: Person): number {
  const [left, right] = [a.connections[0], b.connections[0]]
  return (
    (left?.segments[0]?.fromMs ?? 0) - (right?.segments[0]?.fromMs ?? 0) ||
    byText(left?.id ?? '', right?.id ?? '')
  )
}

/** Connections keep their object while nothing changed, so people can be compared by them. */
function samePerson(old: Person, fresh: Person): boolean {
  return (
    old.connections.length === fresh.connections.length &&
    old.connections.every((connection, i) => connection === fresh.connections[i]) &&
    sameData(old.identity, fresh.identity)
  )
}

function addIfAny(set: Set<Person>, person: Person | undefined): void {
  if (person) set.add(person)
}

function put(index: Map<string, Set<string>>, value: string, id: string, touched: Set<string>): void {
  touched.add(value)
  const ids = index.get(value)
  if (ids) ids.add(id)
  else index.set(value, new Set([id]))
}

function take(index: Map<string, Set<string>>, value: string, id: string, touched: Set<string>): void {
  touched.add(value)
  const ids = index.get(value)
  if (ids?.delete(id) && ids.size === 0) index.delete(value)
}

const told = (values: (number | null)[]): number[] => values.filter((value) => value !== null)
const least = (values: (number | null)[]): number | null =>
  told(values).reduce<number | null>((min, value) => Math.min(min ?? value, value), null)
const greatest = (values: (number | null)[]): number | null =>
  told(values).reduce<number | null>((max, value) => Math.max(max ?? value, value), null)
