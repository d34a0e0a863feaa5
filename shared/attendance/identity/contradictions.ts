import { byText } from '../compare.ts'
import { connected } from './connected.ts'
import type { ConnectionRecord } from '../connections/connection.ts'
import { joiningNames } from './joined-by-name.ts'
import { ladder, rankOf, valueOf } from './ladder.ts'
import { wordsOf } from '../names/names.ts'
import { overlapAmong } from './overlap.ts'
import type { EvidenceReason, IdentityKind } from '../people.ts'

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

/**
 * Splits one component (connections tied by strong keys, directly or through others) where its keys contradict.
 *
 * The highest key holding two values that no higher key unites splits the component by its values; a connection
 * without that key follows its other keys if they lead to exactly one part, else it stays apart. Again inside each
 * part, with the lower keys. Then names: where two connections that overlap in time carry names (as in joined-by-name.ts)
 * without a single word in common, the part splits by name, unless one Zoom user id holds it together. Parts that still share
 * a key are conflicts: two people behind one registrant link or one address, an "iPhone" on it included, for unidentified is
 * only who has no key at all. What stays apart, by keys or because its names are
 * all generic, gets a proposal besides. Near-linear in connections.
 */
export function splitContradictions(component: readonly ConnectionRecord[]): Part[] {
  const differing: Differing = new Map()
  const parts = splitByKeys({ records: component, apart: false }, 0, differing).flatMap((part) => {
    const split = splitByNames(part)
    noteDiffering(differing, split, 'name')
    return split
  })
  const holders = new Map<string, number>()
  for (const { records } of parts) {
    for (const key of keysOf(records)) holders.set(key, (holders.get(key) ?? 0) + 1)
  }
  return parts.map((part) => {
    const [shared] = [...keysOf(part.records)]
      .filter((key) => (holders.get(key) ?? 0) > 1)
      .sort((a, b) => rankOf(a) - rankOf(b) || byText(a, b))
    const value = shared === undefined ? null : valueOf(shared)
    return {
      records: part.records,
      conflict: part.conflict ?? (shared === undefined ? null : keysContradict(shared, differing)),
      proposal: part.apart && shared !== undefined ? { code: 'proposal_same_key', value } : null,
    }
  })
}

/** For each key that several parts hold, what first parted them. */
type Differing = Map<string, IdentityKind>

function noteDiffering(
  differing: Differing,
  parts: readonly { records: readonly ConnectionRecord[] }[],
  kind: IdentityKind,
): void {
  if (parts.length < 2) return
  const seen = new Set<string>()
  for (const { records } of parts) {
    for (const key of keysOf(records)) {
      if (seen.has(key) && !differing.has(key)) differing.set(key, kind)
      seen.add(key)
    }
  }
}

function keysContradict(key: string, differing: Differing): EvidenceReason {
  const [shared, differ] = [ladder[rankOf(key)]?.kind, differing.get(key)]
  return {
    ...{ code: 'keys_contradict', value: valueOf(key) },
    ...(shared && differ ? { kinds: { shared, differ } } : {}),
  }
}

function splitByKeys(split: SplitOf, level: number, differing: Differing): Split[] {
  const { records } = split
  const kind = ladder[level]
  if (kind === undefined || records.length === 1) return [{ ...split, records: [...records] }]
  const united = connected(records, (record) => record.strongKeys.filter((key) => rankOf(key) <= level))
  const hasKind = (group: readonly ConnectionRecord[]): boolean =>
    group.some(({ strongKeys }) => strongKeys.some((key) => key.startsWith(kind.prefix)))
  const parts = united.filter(hasKind)
  if (parts.length <= 1) return splitByKeys(split, level + 1, differing)

  const partsWith = new Map<string, Set<ConnectionRecord[]>>()
  for (const part of parts) {
    for (const key of keysOf(part)) partsWith.set(key, (partsWith.get(key) ?? new Set()).add(part))
  }
  const without = united.filter((group) => !hasKind(group)).flat()
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
  const parted = [
    ...parts.map((own) => ({ records: own, apart: split.apart })),
    ...apart.map((own) => ({ records: own, apart: true })),
  ]
  noteDiffering(differing, parted, kind.kind)
  return parted.flatMap((part) => splitByKeys(part, level + 1, differing))
}

type SplitOf = Omit<Split, 'records'> & { records: readonly ConnectionRecord[] }
type NamedSplit = Split & Pick<Part, 'conflict'>

function splitByNames({ records, apart }: Split): NamedSplit[] {
  const whole: NamedSplit[] = [{ records, apart, conflict: null }]
  if (records.length === 1) return whole
  // One Zoom user is one person whatever the devices are called.
  const units = connected(records, ({ strongKeys }) => strongKeys.filter((key) => rankOf(key) === 0))
  const isNamed = (unit: readonly ConnectionRecord[]): boolean =>
    unit.some(({ lastName }) => lastName !== null)
  const groups = connected(units.filter(isNamed), (unit) => unit.flatMap(joiningNames).flatMap(wordsOf)).map(
    (group) => group.flat(),
  )
  if (groups.length < 2 || !overlapAmong(groups)) return whole
  const split = groups.map((group): NamedSplit => ({
    ...{ records: group, apart },
    conflict: { code: 'names_contradict', value: group.flatMap(joiningNames).sort(byText)[0] ?? null },
  }))
  const generic = units.filter((unit) => !isNamed(unit))
  return [...split, ...generic.map((unit): NamedSplit => ({ records: unit, apart: true, conflict: null }))]
}

const keysOf = (records: readonly ConnectionRecord[]): Set<string> =>
  new Set(records.flatMap((record) => record.strongKeys))
