import { byText, sameData } from '../compare.ts'
import type { ConnectionRecord } from '../connections/connection.ts'
import { hasStrongKey, toPeople } from './identity.ts'
import type { MeetingChange } from '../connections/meeting.ts'
import type { Person } from '../people.ts'

/**
 * The people behind a gathering's connections, re-derived only where a connection that changed may matter. A `Person` stays
 * the same object while nothing about it changed.
 */
export interface PeopleIndex {
  /** Puts connections in the place of those with their ids, drops others, and re-derives the people they may belong to. */
  replace(change: MeetingChange): void
  /** In the order of their first connection: start, then id. */
  people(): readonly Person[]
  /** People that came and went since the last call. */
  takeChanges(): { changed: Person[]; removed: Person[] }
}

/** An index with nobody in it. */
export function createPeopleIndex(): PeopleIndex {
  const records = new Map<string, ConnectionRecord>()
  const byKey = new Map<string, Set<string>>()
  const byName = new Map<string, Set<string>>()
  const personOf = new Map<string, Person>()
  let sorted: readonly Person[] | null = []
  const changed = new Set<Person>()
  const removed = new Set<Person>()

  return { replace, people, takeChanges }

  function replace(change: MeetingChange): void {
    const keys = new Set<string>()
    const names = new Set<string>()
    const touched = new Set<ConnectionRecord>()
    for (const record of change.derived) {
      if (sameData(records.get(record.connection.id), record)) continue
      unlist(record.connection.id, keys, names)
      list(record, keys, names)
      touched.add(record)
    }
    for (const id of change.removed) unlist(id, keys, names)
    if (touched.size === 0 && change.removed.length === 0) return
    reach(touched, keys, names)
    replacePeople(touched, change.removed)
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

  function replacePeople(touched: ReadonlySet<ConnectionRecord>, gone: readonly string[]): void {
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
    sorted ??= [...new Set(personOf.values())].sort(byFirstConnection)
    return sorted
  }

  function takeChanges(): { changed: Person[]; removed: Person[] } {
    const taken = {
      changed: [...changed].sort(byFirstConnection),
      removed: [...removed].sort(byFirstConnection),
    }
    changed.clear()
    removed.clear()
    return taken
  }
}

/** The order of people: first connection's start, then its id. */
export function byFirstConnection(a: Person, b: Person): number {
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
