import { strongKeysOf } from '../connections/connection.ts'
import { recognisableName, wordsOf } from '../names/names.ts'
import type { Person } from '../people.ts'

/** A person as proposals compare them. */
export interface Acquaintance {
  person: Person
  /** Their place on the list. */
  at: number
  /** Any Zoom user, registrant, e-mail or phone bond. */
  hasStrongKey: boolean
  /** Recognisable names, normalised: those shown and the one the host gave. */
  names: readonly string[]
  /** Of all of them. */
  words: ReadonlySet<string>
  emails: ReadonlySet<string>
  /** Stretches in the main or a breakout room, ascending by start, epoch ms; `toMs` Infinity: still there. */
  spans: readonly { fromMs: number; toMs: number }[]
  startMs: number
  endMs: number
}

/** What proposals look at of the person at this place of the list. */
export function acquaintance(person: Person, at: number): Acquaintance {
  const shown = [...person.names.map(({ name }) => name), person.host?.name ?? '']
  const names = [...new Set(shown.map(recognisableName).filter((name) => name !== null))]
  const spans = person.connections
    .flatMap(({ segments }) => segments)
    .filter(({ place }) => place.kind !== 'waiting')
    .map(({ fromMs, toMs }) => ({ fromMs, toMs: toMs ?? Infinity }))
    .sort((a, b) => a.fromMs - b.fromMs)
  return {
    ...{ person, at, names },
    hasStrongKey: person.connections.some((connection) => strongKeysOf(connection).length > 0),
    words: new Set(names.flatMap(wordsOf)),
    emails: new Set(person.connections.flatMap(({ strong }) => strong.emails)),
    spans,
    startMs: spans[0]?.fromMs ?? Infinity,
    endMs: spans.reduce((latest, { toMs }) => Math.max(latest, toMs), -Infinity),
  }
}

/**
 * Whether two were inside at one time under names without a single word in common. Unlike the ladder's second rule it leaves the
 * waiting room out: who waits while another is inside may well be them, on a second device. Any name counts they went by.
 */
export function areSurelyTwo(one: Acquaintance, other: Acquaintance): boolean {
  if (one.names.length === 0 || other.names.length === 0) return false
  return ![...other.words].some((word) => one.words.has(word)) && overlap(one, other)
}

/** Whether both were there for longer than an instant at one time. */
function overlap(one: Acquaintance, other: Acquaintance): boolean {
  let at = 0
  for (const span of one.spans) {
    for (let next = other.spans[at]; next && next.toMs <= span.fromMs; next = other.spans[at]) at++
    for (let i = at; ; i++) {
      const next = other.spans[i]
      if (!next || next.fromMs >= span.toMs) break
      if (Math.min(next.toMs, span.toMs) > Math.max(next.fromMs, span.fromMs)) return true
    }
  }
  return false
}
