import { byText } from './compare.ts'
import { isGenericName } from './generic-names.ts'
import { hasUuid, type Group } from './group.ts'
import { normaliseName } from './names.ts'
import { reportRowKey } from './report-rows.ts'
import { SAME_MOMENT_MS } from './tolerances.ts'

/**
 * Which groups are one connection because a row of the one continues a row of the other: it begins within two seconds of
 * its end, the normalised names are equal and no strong key differs; one to one. Under a generic name exactly one of the
 * two must be a breakout row, and no other row of that name may fit either. Groups with participant uuids of their own are
 * different devices whatever their rows say. Every group comes back in exactly one list; O(n log n) in rows.
 */
export function chainRows(groups: readonly Group[]): Group[][] {
  const byName = new Map<string, Stretch[]>()
  const chains = createChains(groups)
  for (const group of groups) {
    for (const stretch of stretchesOf(group)) {
      const namesakes = byName.get(stretch.name)
      if (namesakes) namesakes.push(stretch)
      else byName.set(stretch.name, [stretch])
    }
  }
  for (const [name, stretches] of [...byName].sort(([a], [b]) => byText(a, b))) {
    if (stretches.length === 1) continue
    stretches.sort(inOrder)
    if (isGenericName(name)) chainGeneric(stretches, chains.unite)
    else chainNamed(stretches, chains.unite)
  }
  return chains.all()
}

/** One distinct row, and what it may continue or be continued by. */
interface Stretch {
  group: Group
  name: string
  key: string
  breakout: boolean
  fromMs: number
  toMs: number
  /** Zoom user id, registrant id and e-mail; null where the row has none. */
  strong: readonly (string | null)[]
  continues: boolean
  continued: boolean
}

type Unite = (a: Stretch, b: Stretch) => void

/** Total order of distinct rows: start, end, key, and for rows under one key what else they say. */
const inOrder = (a: Stretch, b: Stretch): number =>
  a.fromMs - b.fromMs ||
  a.toMs - b.toMs ||
  byText(a.key, b.key) ||
  byText(a.name, b.name) ||
  Number(a.breakout) - Number(b.breakout) ||
  byText(sign(a.strong), sign(b.strong))

const sign = (strong: readonly (string | null)[]): string => JSON.stringify(strong)

/** The distinct rows of a group; those that continue each other inside it are taken for that and no other chain. */
function stretchesOf(group: Group): Stretch[] {
  const distinct = new Map<string, Stretch>()
  for (const row of group.rows) {
    const { name } = normaliseName(row.name)
    const strong = [row.keys.zoomUserId, row.keys.registrantId, row.keys.email].map((value) => value || null)
    const stretch: Stretch = {
      ...{ group, name, strong, key: reportRowKey(row), breakout: row.place.kind === 'breakout' },
      ...{ fromMs: row.atMs, toMs: row.leftMs, continues: false, continued: false },
    }
    if (group.rows.length === 1) return [stretch]
    distinct.set(sign([stretch.key, name, `${row.atMs} ${row.leftMs} ${row.place.kind}`, ...strong]), stretch)
  }
  const stretches = [...distinct.values()].sort(inOrder)
  stretches.forEach((stretch, i) => {
    const next = stretches[i + 1]
    if (next && Math.abs(next.fromMs - stretch.toMs) <= SAME_MOMENT_MS)
      stretch.continued = next.continues = true
  })
  return stretches
}

/** First rows whose strong keys are quite the same, then any that do not differ; in the order of their ends. */
function chainNamed(stretches: readonly Stretch[], unite: Unite): void {
  const ends = stretches.filter((one) => !one.continued).sort((a, b) => a.toMs - b.toMs || inOrder(a, b))
  for (const alike of [true, false]) {
    const starts = startsByKeys(stretches, alike)
    for (const end of ends) {
      if (end.continued) continue
      const nexts = lookUps(end.strong, alike).flatMap((look) => starts.get(look)?.firstAfter(end) ?? [])
      const [next] = nexts.sort(inOrder)
      if (!next) continue
      end.continued = next.continues = true
      unite(end, next)
    }
  }
}

/**
 * Starts filed so that those which do not contradict given strong keys are found without comparing all pairs: under which
 * keys they have at all, and the values of any part of them.
 */
function startsByKeys(stretches: readonly Stretch[], alike: boolean): Map<string, Starts> {
  const filed = new Map<string, Stretch[]>()
  for (const stretch of stretches) {
    if (stretch.continues) continue
    const all = maskOf(stretch.strong)
    for (let part = all; part >= 0; part--) {
      if ((part & all) !== part || (alike && part !== all)) continue
      const look = lookUp(all, part, stretch.strong)
      const others = filed.get(look)
      if (others) others.push(stretch)
      else filed.set(look, [stretch])
    }
  }
  return new Map([...filed].map(([look, starts]) => [look, createStarts(starts)]))
}

/** Where starts stand that have the same keys (`alike`), or none that differs. */
function lookUps(strong: readonly (string | null)[], alike: boolean): string[] {
  const own = maskOf(strong)
  if (alike) return [lookUp(own, own, strong)]
  return [0, 1, 2, 3, 4, 5, 6, 7].map((other) => lookUp(other, other & own, strong))
}

const maskOf = (strong: readonly (string | null)[]): number =>
  strong.reduce((mask, value, i) => (value === null ? mask : mask | (1 << i)), 0)
const lookUp = (has: number, part: number, strong: readonly (string | null)[]): string =>
  `${has} ${sign(strong.map((value, i) => ((part >> i) & 1 ? value : null)))}`

interface Starts {
  /** The first start behind `end` in order, within its moment, that continues nothing yet. */
  firstAfter(end: Stretch): Stretch | null
}

/** Starts in their order. Those that were taken are leapt over, so a search never passes one twice. */
function createStarts(starts: readonly Stretch[]): Starts {
  /** For a start that was taken, one behind it to go on with. */
  const further = starts.map((_, i) => i + 1)
  const freeFrom = (from: number): number => {
    let free = from
    while (starts[free]?.continues) free = further[free] ?? free + 1
    for (let i = from; i < free;) {
      const after = further[i] ?? free
      further[i] = free
      i = after
    }
    return free
  }
  return {
    firstAfter(end) {
      const behind = (start: Stretch) => start.fromMs >= end.toMs - SAME_MOMENT_MS && inOrder(start, end) > 0
      const next = starts[freeFrom(firstWhere(starts, behind))]
      return next && next.fromMs <= end.toMs + SAME_MOMENT_MS ? next : null
    },
  }
}

/** Pairs of a breakout row and another one that have nobody else to pair with. */
function chainGeneric(stretches: readonly Stretch[], unite: Unite): void {
  const free = { starts: [false, true].map(startsOf), ends: [false, true].map(endsOf) }
  for (const end of stretches) {
    if (end.continued) continue
    const next = onlyNear(free.starts[end.breakout ? 0 : 1] ?? [], (one) => one.fromMs, end.toMs)
    if (!next || inOrder(end, next) >= 0) continue
    const back = onlyNear(free.ends[end.breakout ? 1 : 0] ?? [], (one) => one.toMs, next.fromMs)
    if (back === end && !contradict(end.strong, next.strong)) unite(end, next)
  }

  function startsOf(breakout: boolean): Stretch[] {
    return stretches.filter((one) => one.breakout === breakout && !one.continues)
  }
  function endsOf(breakout: boolean): Stretch[] {
    return stretches
      .filter((one) => one.breakout === breakout && !one.continued)
      .sort((a, b) => a.toMs - b.toMs)
  }
}

/** Unites groups into chains, unless what is known of them shows different devices or different people. */
function createChains(groups: readonly Group[]) {
  const chainOf = new Map<Group, Chain>()
  const chainWith = (group: Group): Chain => {
    let chain = chainOf.get(group)
    if (!chain) chainOf.set(group, (chain = chainOfOne(group)))
    return chain
  }
  return {
    unite(a: Stretch, b: Stretch): void {
      const [one, other] = [chainWith(a.group), chainWith(b.group)]
      if (one === other || (one.hasUuid && other.hasUuid)) return
      if (one.strong.some((values, i) => differ(values, other.strong[i]))) return
      const [into, from] = one.groups.length >= other.groups.length ? [one, other] : [other, one]
      into.groups.push(...from.groups)
      into.hasUuid ||= from.hasUuid
      into.strong.forEach((values, i) => from.strong[i]?.forEach((value) => values.add(value)))
      for (const group of from.groups) chainOf.set(group, into)
    },
    all: (): Group[][] =>
      [...new Set(groups.map((group) => chainOf.get(group) ?? { groups: [group] }))].map(
        (chain) => chain.groups,
      ),
  }
}

interface Chain {
  groups: Group[]
  hasUuid: boolean
  /** Zoom user ids, registrant ids and e-mails, from rows and from what was told live. */
  strong: Set<string>[]
}

function chainOfOne(group: Group): Chain {
  const said = [...group.told, ...group.rows].map(({ keys }) => keys)
  return {
    groups: [group],
    hasUuid: hasUuid(group),
    strong: [
      setOf(said.map((keys) => keys.zoomUserId)),
      setOf(said.map((keys) => keys.registrantId)),
      setOf([...said.map((keys) => keys.email), ...group.emails]),
    ],
  }
}

function setOf(values: readonly (string | null)[]): Set<string> {
  const set = new Set<string>()
  for (const value of values) if (value !== null && value !== '') set.add(value)
  return set
}

const differ = (a: ReadonlySet<string>, b: ReadonlySet<string> | undefined): boolean =>
  a.size > 0 && b !== undefined && b.size > 0 && ![...a].some((value) => b.has(value))

const contradict = (a: readonly (string | null)[], b: readonly (string | null)[]): boolean =>
  a.some((value, i) => value !== null && (b[i] ?? null) !== null && b[i] !== value)

/** The only one within a moment of `atMs`; null when there are none or several. Ascending by `timeOf`. */
function onlyNear(
  ascending: readonly Stretch[],
  timeOf: (one: Stretch) => number,
  atMs: number,
): Stretch | null {
  const first = firstWhere(ascending, (one) => timeOf(one) >= atMs - SAME_MOMENT_MS)
  const near = (one: Stretch | undefined) => one !== undefined && timeOf(one) <= atMs + SAME_MOMENT_MS
  const only = ascending[first]
  return only && near(only) && !near(ascending[first + 1]) ? only : null
}

/** Index of the first item from which on `holds` is true; the length when it never is. Binary search. */
function firstWhere<T>(items: readonly T[], holds: (item: T) => boolean): number {
  let [low, high] = [0, items.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const item = items[middle]
    if (item !== undefined && holds(item)) high = middle
    else low = middle + 1
  }
  return low
}
