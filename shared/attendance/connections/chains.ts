import { byText } from '../compare.ts'
import { differ, hasUuid, strongOf, type Group, type Strong } from './group.ts'
import { normaliseName } from '../names/names.ts'
import { reportRowKey } from './report-rows.ts'
import { chainStretches, inOrder, meets, type Precision, type Stretch } from './stretches.ts'

/**
 * Which groups are one connection because a row of the one continues a row of the other: see `chainStretches` for the rule.
 * Groups with participant uuids of their own are different devices whatever their rows say. Every group comes back in
 * exactly one list; O(n log n) in rows.
 */
export function chainRows(groups: readonly Group[]): Group[][] {
  const byName = new Map<string, Stretch<Group>[]>()
  const chains = createChains((group: Group) => ({ hasUuid: hasUuid(group), strong: strongOf([group]) }))
  for (const group of groups) {
    for (const { name, stretch } of stretchesOf(group)) {
      const namesakes = byName.get(name)
      if (namesakes) namesakes.push(stretch)
      else byName.set(name, [stretch])
    }
  }
  for (const [name, stretches] of [...byName].sort(([a], [b]) => byText(a, b)))
    chainStretches(stretches, name, (a, b) => chains.unite(a.owner, b.owner))
  return chains.all(groups)
}

/** The distinct rows of a group; those that continue each other inside it are taken for that and no other chain. */
function stretchesOf(group: Group): { name: string; stretch: Stretch<Group> }[] {
  const { rows, imports } = group
  const distinct = new Map<string, { name: string; stretch: Stretch<Group> }>()
  const exact: Precision = 1
  const listed = [
    ...rows.map((row) => ({ row, key: reportRowKey(row), precisionSeconds: exact })),
    ...imports.map(({ row, key }) => ({ row, key, precisionSeconds: row.precisionSeconds })),
  ]
  for (const { row, key, precisionSeconds } of listed) {
    const { name } = normaliseName(row.name)
    const strong = [row.keys.zoomUserId, row.keys.registrantId, row.keys.email].map((value) => value || null)
    const stretch: Stretch<Group> = {
      ...{ owner: group, strong, key, breakout: row.place.kind === 'breakout', precisionSeconds },
      ...{ fromMs: row.atMs, toMs: row.leftMs, continues: false, continued: false },
    }
    if (listed.length === 1) return [{ name, stretch }]
    const said = [key, name, row.atMs, row.leftMs, row.place.kind, ...strong]
    const told = distinct.get(JSON.stringify(said))
    // Two files may tell one row to the minute and to the second: the exact one counts, whichever came first.
    if (told === undefined || precisionSeconds < told.stretch.precisionSeconds)
      distinct.set(JSON.stringify(said), { name, stretch })
  }
  const all = [...distinct.values()].sort((a, b) => inOrder(a.stretch, b.stretch) || byText(a.name, b.name))
  all.forEach(({ stretch }, i) => {
    const next = all[i + 1]?.stretch
    if (next && meets(stretch, next)) stretch.continued = next.continues = true
  })
  return all
}

/** What tells two devices, or two people, apart whatever their rows say. */
export interface ChainFacts {
  /** A participant uuid is known: two of them are two devices. */
  hasUuid: boolean
  /** Those that differ are two people. */
  strong: Strong
}

/** Unites owners of rows into chains, unless what is known of them shows different devices or different people. */
export function createChains<Owner>(knownOf: (owner: Owner) => ChainFacts) {
  const chainOf = new Map<Owner, Chain<Owner>>()
  const chainWith = (owner: Owner): Chain<Owner> => {
    let chain = chainOf.get(owner)
    if (!chain) {
      const { strong, ...known } = knownOf(owner)
      chain = { ...known, owners: [owner], strong: strong.map((values) => new Set(values)) }
      chainOf.set(owner, chain)
    }
    return chain
  }
  return {
    unite(a: Owner, b: Owner): void {
      const [one, other] = [chainWith(a), chainWith(b)]
      if (one === other || (one.hasUuid && other.hasUuid)) return
      if (differ(one.strong, other.strong)) return
      const [into, from] = one.owners.length >= other.owners.length ? [one, other] : [other, one]
      for (const owner of from.owners) into.owners.push(owner)
      into.hasUuid ||= from.hasUuid
      into.strong.forEach((values, i) => from.strong[i]?.forEach((value) => values.add(value)))
      for (const owner of from.owners) chainOf.set(owner, into)
    },
    /** Every one of these owners in exactly one list. */
    all: (owners: readonly Owner[]): Owner[][] =>
      [...new Set(owners.map((owner) => chainOf.get(owner) ?? { owners: [owner] }))].map(
        (chain) => chain.owners,
      ),
  }
}

interface Chain<Owner> {
  owners: Owner[]
  hasUuid: boolean
  strong: Set<string>[]
}
