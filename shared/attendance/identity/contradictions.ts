import { byText } from '../compare.ts'
import { connected } from './connected.ts'
import type { ConnectionRecord } from '../connections/connection.ts'
import { wordsOf } from '../names/names.ts'
import type { EvidenceReason } from '../people.ts'

/** Connections that are one person after contradictions were split, and why it is a conflict (null: it is none). */
export interface Part {
  records: ConnectionRecord[]
  conflict: EvidenceReason | null
  /** It could belong to several of the others, so it stands alone: which key it shares with them. */
  proposal: EvidenceReason | null
}

/** Connections that stay together, and whether they stand apart because nothing says to whom they belong. */
interface Split {
  records: ConnectionRecord[]
  apart: boolean
}

/** Strong keys, highest first. A phone bond is the lowest: it joins, and never contradicts. */
const ladder = ['u:', 'r:', 'e:', 'b:'] as const

/**
 * Splits one component (connections tied by strong keys, directly or through others) where its keys contradict.
 *
 * The highest key holding two values that no higher key unites splits the component by its values; a connection
 * without that key follows its other keys if they lead to exactly one part, else it stays apart. Again inside each
 * part, with the lower keys. Then names: where two connections that overlap in time carry recognisable names without
 * a single word in common, the part splits by name, unless one Zoom user id holds it together. Parts that still share
 * a key are conflicts: two people behind one registrant link or one address, an "iPhone" on it included, for unidentified is
 * only who has no key at all. What stays apart, by keys or because its names are
 * all generic, gets a proposal besides. Near-linear in connections.
 */
export function splitContradictions(component: readonly ConnectionRecord[]): Part[] {
  const parts = splitByKeys({ records: component, apart: false }, 0).flatMap(splitByNames)
  const holders = new Map<string, number>()
  for (const { records } of parts) {
    for (const key of keysOf(records)) holders.set(key, (holders.get(key) ?? 0) + 1)
  }
  return parts.map((part) => {
    const [shared] = [...keysOf(part.records)]
      .filter((key) => (holders.get(key) ?? 0) > 1)
      .sort((a, b) => rankOf(a) - rankOf(b) || byText(a, b))
    const value = shared === undefined || shared.startsWith('b:') ? null : shared.slice(2)
    const contradict: EvidenceReason = { code: 'keys_contradict', value }
    return {
      records: part.records,
      conflict: part.conflict ?? (shared === undefined ? null : contradict),
      proposal: part.apart && shared !== undefined ? { code: 'proposal_same_key', value } : null,
    }
  })
}

const rankOf = (key: string): number => ladder.findIndex((kind) => key.startsWith(kind))

function splitByKeys(split: SplitOf, level: number): Split[] {
  const { records } = split
  const kind = ladder[level]
  if (kind === undefined || records.length === 1) return [{ ...split, records: [...records] }]
  const united = connected(records, (record) => keysAmong(record, ladder.slice(0, level + 1)))
  const parts = united.filter((group) => group.some((record) => keysAmong(record, [kind]).length > 0))
  if (parts.length <= 1) return splitByKeys(split, level + 1)

  const partsWith = new Map<string, Set<ConnectionRecord[]>>()
  for (const part of parts) {
    for (const key of keysOf(part)) partsWith.set(key, (partsWith.get(key) ?? new Set()).add(part))
  }
  const without = united.filter((group) => !parts.includes(group)).flat()
  const apart: ConnectionRecord[][] = []
  // Decide for all before any follows: who follows must not depend on who followed first.
  const followers: [ConnectionRecord[], ConnectionRecord[]][] = []
  for (const group of connected(without, (record) => record.strongKeys)) {
    const leads = new Set([...keysOf(group)].flatMap((key) => [...(partsWith.get(key) ?? [])]))
    const [only] = leads
    if (only && leads.size === 1) followers.push([only, group])
    else apart.push(group)
  }
  for (const [part, group] of followers) for (const record of group) part.push(record)
  return [
    ...parts.flatMap((part) => splitByKeys({ records: part, apart: split.apart }, level + 1)),
    ...apart.flatMap((part) => splitByKeys({ records: part, apart: true }, level + 1)),
  ]
}

type SplitOf = Omit<Split, 'records'> & { records: readonly ConnectionRecord[] }
type NamedSplit = Split & Pick<Part, 'conflict'>

function splitByNames({ records, apart }: Split): NamedSplit[] {
  const whole: NamedSplit[] = [{ records, apart, conflict: null }]
  if (records.length === 1) return whole
  // One Zoom user is one person whatever the devices are called.
  const units = connected(records, (record) => keysAmong(record, ['u:']))
  const named = units.filter((unit) => namesOf(unit).length > 0)
  const groups = connected(named, (unit) => namesOf(unit).flatMap(wordsOf)).map((group) => group.flat())
  if (groups.length < 2 || !overlapAmong(groups)) return whole
  const split = groups.map((group): NamedSplit => ({
    ...{ records: group, apart },
    conflict: { code: 'names_contradict', value: namesOf(group).sort(byText)[0] ?? null },
  }))
  const generic = units.filter((unit) => namesOf(unit).length === 0)
  return [...split, ...generic.map((unit): NamedSplit => ({ records: unit, apart: true, conflict: null }))]
}

/**
 * Whether connections of two different groups were in the meeting or its waiting room at one time, for longer than an instant:
 * who waits under one name while another is inside is no second device of theirs.
 */
function overlapAmong(groups: readonly (readonly ConnectionRecord[])[]): boolean {
  const spans = groups.flatMap((group, of) =>
    group.flatMap(({ connection }) =>
      connection.segments.map((segment) => ({
        of,
        meeting: connection.meeting,
        fromMs: segment.fromMs,
        toMs: segment.toMs ?? Infinity,
      })),
    ),
  )
  spans.sort((a, b) => a.fromMs - b.fromMs)
  // For each meeting the latest end so far, and the latest end of any group other than that one.
  const ends = new Map<string, { of: number; toMs: number; otherMs: number }>()
  for (const { of, meeting, fromMs, toMs } of spans) {
    if (toMs <= fromMs) continue
    const end = ends.get(meeting)
    if (!end) {
      ends.set(meeting, { of, toMs, otherMs: -Infinity })
      continue
    }
    if ((end.of === of ? end.otherMs : end.toMs) > fromMs) return true
    if (end.of === of) end.toMs = Math.max(end.toMs, toMs)
    else if (toMs > end.toMs) ends.set(meeting, { of, toMs, otherMs: end.toMs })
    else end.otherMs = Math.max(end.otherMs, toMs)
  }
  return false
}

const keysAmong = (record: ConnectionRecord, kinds: readonly string[]): string[] =>
  record.strongKeys.filter((key) => kinds.some((kind) => key.startsWith(kind)))

const keysOf = (records: readonly ConnectionRecord[]): Set<string> =>
  new Set(records.flatMap((record) => record.strongKeys))

const namesOf = (records: readonly ConnectionRecord[]): string[] => records.flatMap((record) => record.names)
