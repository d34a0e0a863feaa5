import { sameData } from '../compare.ts'
import { recordOf } from '../connections/connection.ts'
import { identityOf, toPerson } from '../identity/identity.ts'
import { recognisableName } from '../names/names.ts'
import type { Connection, EvidenceReason, Person } from '../people.ts'
import { byFirstConnection } from '../identity/people-index.ts'
import { namedBy, type Corrected, type Correction, type HostSaid } from './corrections.ts'
import { namedNow } from './named-now.ts'
import { regroup, type Regrouped } from './regroup.ts'
import { settledConflicts, type SetApart } from './settled-conflicts.ts'

/**
 * Lays what the host said over the people the ladder found, in the order of `seq`: first who is who (merges and splits, then
 * conflicts between people who are two), then what they are called and marked, which hangs on the connection a correction
 * names.
 *
 * A person nothing was said of stays the same object; one whom the same was said of before is the object from `before`, an
 * earlier answer. Keys of connections nobody has say nothing. Linear in connections and corrections.
 */
export function correct(
  people: readonly Person[],
  corrections: readonly Correction[],
  before: readonly Person[] = [],
): Corrected {
  if (corrections.length === 0) return { people, idle: [], partings: [] }
  const bySeq = new Map(corrections.map((correction) => [correction.seq, correction]))
  const ordered = namedNow(
    people,
    [...bySeq.values()].sort((a, b) => a.seq - b.seq),
  )
  const { connectionAt, holderOf } = find(people, ordered)
  const idle = ordered
    .filter(({ act }) => !namedBy(act).some((key) => connectionAt.has(key)))
    .map(({ seq }) => seq)
  const { gone, seqsOf, partings } = whoIsWho(people, ordered, { connectionAt, holderOf })
  const said = new Map<Person, Said>([...seqsOf].map(([person, seqs]) => [person, { labels: [], seqs }]))
  for (const { seq, act } of ordered) {
    if (!('connection' in act)) continue
    const connection = connectionAt.get(act.connection)
    const person = connection && holderOf.get(connection)
    if (!person) continue
    const about = said.get(person) ?? { labels: [], seqs: new Set() }
    said.set(person, about)
    about.seqs.add(seq)
    if (act.kind === 'rename') about.name = act.name
    else if (act.kind === 'email') about.email = act.email
    else if (act.kind === 'mark') about.mark = { mark: act.mark, reason: act.reason }
    else if (!about.labels.includes(act.label)) about.labels.push(act.label)
  }

  const known = new Map<string, Person>()
  for (const person of before) if (person.host) known.set(person.connections[0]?.id ?? '', person)
  const corrected = [...said].map(([person, about]): Person => {
    const fresh = withSaid(person, about)
    const old = known.get(fresh.connections[0]?.id ?? '')
    return old && sameData(old, fresh) ? old : fresh
  })
  if (corrected.length === 0) return { people, idle, partings }
  const others = people.filter((person) => !gone.has(person) && !said.has(person))
  return { people: [...others, ...corrected].sort(byFirstConnection), idle, partings }
}

/** What was said of one person so far; `email` null: that there is none. */
interface Said extends Partial<Pick<HostSaid, 'email' | 'mark'>> {
  name?: string
  labels: string[]
  seqs: Set<number>
}

/** The connections that corrections name, and who holds these and everything beside them. */
function find(people: readonly Person[], corrections: readonly Correction[]) {
  const named = new Set(corrections.flatMap(({ act }) => namedBy(act)))
  const connectionAt = new Map<string, Connection>()
  const holderOf = new Map<Connection, Person>()
  for (const person of people) {
    for (const connection of person.connections) {
      for (const key of connection.keys) {
        if (!named.has(key)) continue
        connectionAt.set(key, connection)
        holderOf.set(connection, person)
      }
    }
  }
  return { connectionAt, holderOf }
}

/**
 * Merges and splits, then conflicts that end because the host said they are two. `seqsOf`: the people they make, each with the
 * corrections that made them, in the place of those who are `gone`. `holderOf` follows.
 */
function whoIsWho(
  people: readonly Person[],
  corrections: readonly Correction[],
  {
    connectionAt,
    holderOf,
  }: { connectionAt: ReadonlyMap<string, Connection>; holderOf: Map<Connection, Person> },
) {
  const gone = new Set<Person>()
  const seqsOf = new Map<Person, Set<number>>()
  const { groups, partings } = regroup(corrections, connectionAt, holderOf)
  for (const group of groups) replace(group.from, regroupedPerson(group), group.seqs)

  const apart: SetApart[] = []
  for (const { seq, act } of corrections) {
    const [one, other] = act.kind === 'apart' ? act.connections.map((key) => connectionAt.get(key)) : []
    if (!one || !other) continue
    partings.push({ one: [one.id], other: [other.id] })
    const [a, b] = [holderOf.get(one), holderOf.get(other)]
    if (a && b) apart.push({ seq, one: a, other: b })
  }
  const now = [...people.filter((person) => !gone.has(person)), ...seqsOf.keys()]
  for (const { from, person, seqs } of settledConflicts(now, apart)) replace([from], person, seqs)
  return { gone, seqsOf, partings }

  function replace(from: Iterable<Person>, person: Person, seqs: readonly number[]): void {
    for (const one of from) gone.add(one)
    for (const connection of person.connections) holderOf.set(connection, person)
    seqsOf.set(person, new Set(seqs))
  }
}

function regroupedPerson({ connections, from }: Regrouped): Person {
  const own = new Set(connections)
  const evidence: EvidenceReason[] = []
  if (from.size > 1) evidence.push({ code: 'host_merged', value: null })
  if ([...from].some((person) => person.connections.some((one) => !own.has(one))))
    evidence.push({ code: 'host_split', value: null })
  const records = connections.map(recordOf)
  const ladder = identityOf(records)
  return toPerson(records, {
    rule: 'host_correction',
    confidence: ladder.confidence,
    evidence: [...evidence, ...ladder.evidence],
  })
}

function withSaid(person: Person, { name, email, mark, labels, seqs }: Said): Person {
  const { confidence, rule } = person.identity
  const identifies = confidence === 'unidentified' && recognisableName(name ?? '') !== null
  const structure = person.identity.evidence.filter(
    ({ code }) => code === 'host_merged' || code === 'host_split' || code === 'host_apart',
  )
  return {
    ...person,
    name: name ?? person.name,
    email: email === undefined ? person.email : email,
    identity: {
      confidence: identifies ? 'likely' : confidence,
      rule: identifies ? 'host_correction' : rule,
      evidence: [
        ...structure,
        ...(name === undefined ? [] : [{ code: 'host_named' as const, value: person.name }]),
        ...(email === undefined ? [] : [{ code: 'host_email' as const, value: email }]),
        ...person.identity.evidence.slice(structure.length),
      ],
    },
    host: {
      name: name ?? null,
      email: email ?? null,
      labels,
      mark: mark ?? null,
      seqs: [...seqs].sort((a, b) => a - b),
    },
  }
}
