import { accountOf } from './account.ts'
import { chainRows } from './chains.ts'
import { byText } from '../compare.ts'
import {
  differ,
  intersects,
  labelsOf,
  namesOf,
  smallestKey,
  strongOf,
  type Group,
  type Strong,
} from './group.ts'
import { fileOf } from './import-rows.ts'
import { overlapBy, type Span } from '../spans.ts'
import type { Precision } from './stretches.ts'
import { CLOCK_SKEW_MS, SAME_MOMENT_MS } from '../evidence/tolerances.ts'

/**
 * Which connection each row of a file is about: rows map to the main group of their connection, rows of a connection of their
 * own to one another. Those that begin one are missing.
 *
 * A row goes with a connection of other witnesses under an equal normalised name or strong key, when no strong key differs and
 * the times fit, compared at the coarser precision. First rows whose both ends agree with a stretch of it (those with like
 * keys before the others), then those with one end, then any that overlap it or hold an instant of it; of several connections
 * the most alike, then the nearest, then the first. A stretch is what one row of a file is about; beyond that a connection
 * takes rows of one file only if they do not overlap: one device is in one place at a time. What fits none is chained as rows
 * of the official list are. The answer depends on the sets alone.
 */
export function placeImports(
  imported: readonly Group[],
  connections: ReadonlyMap<Group, readonly Group[]>,
): Map<Group, Group> {
  const links = new Map<Group, Group>()
  const targets = createTargets(connections)
  let rest = imported.map(toEntry).sort(inOrder)
  if (targets.some) {
    for (const agreement of ['same', 'both', 'one', 'any'] as const) {
      rest = rest.filter((entry) => {
        const target = targets.find(entry, agreement)
        if (!target) return true
        take(target, entry, agreement)
        links.set(entry.group, target.main)
        return false
      })
    }
  }
  for (const [first, ...others] of chainRows(rest.map(({ group }) => group)))
    for (const group of others) if (first) links.set(group, first)
  return links
}

/** A stretch of a connection, and the files of which a row is about it. */
interface Stretch extends Span {
  isWaiting: boolean
  files: Set<string>
}

/** A row of one or more files that is to be placed. */
interface Entry {
  group: Group
  span: Span
  precision: Precision
  isWaiting: boolean
  files: ReadonlySet<string>
  key: string
  strong: Strong
}

interface Target {
  main: Group
  names: ReadonlySet<string>
  strong: Strong
  /** Its stretches one by one, and those that follow one another as one. */
  spans: Stretch[]
  /** Instants at which somebody was seen or heard, ascending. */
  instants: number[]
  firstMs: number
  taken: (Span & { file: string })[]
  turn: number
}

/** How the ends of a row agree with those of a stretch; `same`: both, and the keys too. */
type Agreement = 'same' | 'both' | 'one' | 'any'

const MINUTE_MS = 60_000
/** Of connections that merely overlap no more are looked at for one row: so no file, however odd, takes for ever. */
const MOST_LOOKED_AT = 1_000

function createTargets(connections: ReadonlyMap<Group, readonly Group[]>) {
  const targets = [...connections].map(([main, groups]) => ({ target: toTarget(main, groups), groups }))
  targets.sort(
    (a, b) => a.target.firstMs - b.target.firstMs || byText(smallestKey(a.groups), smallestKey(b.groups)),
  )
  const byLabel = new Map<string, Target[]>()
  /** By label and the minute of a start or an end. */
  const byMinute = new Map<string, Target[]>()
  targets.forEach(({ target, groups }, turn) => {
    target.turn = turn
    const minutes = new Set(
      target.spans.flatMap(({ fromMs, toMs }) => [minuteOf(fromMs), minuteOf(toMs)]).filter(Number.isFinite),
    )
    for (const label of new Set(groups.flatMap((group) => [...labelsOf(group)]))) {
      put(byLabel, label, target)
      for (const minute of minutes) put(byMinute, `${minute} ${label}`, target)
    }
  })
  return { some: targets.length > 0, find }

  function find(entry: Entry, agreement: Agreement): Target | null {
    let best: { target: Target; alike: number; apartMs: number } | null = null
    for (const target of candidates(entry, agreement)) {
      if (!fits(target, entry, agreement)) continue
      const found = { target, alike: likeness(target, entry), apartMs: apartMs(target, entry) }
      if (!best || byLikeness(found, best) < 0) best = found
    }
    return best?.target ?? null
  }

  function* candidates({ group, span }: Entry, agreement: Agreement): Generator<Target> {
    for (const label of labelsOf(group)) {
      if (agreement !== 'any') {
        for (const ms of [span.fromMs, span.toMs])
          for (const by of [-1, 0, 1]) yield* byMinute.get(`${minuteOf(ms) + by} ${label}`) ?? []
        continue
      }
      let looked = 0
      for (const target of byLabel.get(label) ?? []) {
        if (target.firstMs > span.toMs + MINUTE_MS || looked++ === MOST_LOOKED_AT) break
        yield target
      }
    }
  }
}

const byLikeness = (
  a: { target: Target; alike: number; apartMs: number },
  b: { target: Target; alike: number; apartMs: number },
): number =>
  b.alike - a.alike ||
  a.apartMs - b.apartMs ||
  // Who goes by several names may be told by another of them.
  a.target.names.size - b.target.names.size ||
  a.target.turn - b.target.turn

/** How far the ends of a row are from those of the nearest stretch that is still free; Infinity when nothing ended one. */
const apartMs = (target: Target, { span, files, isWaiting }: Entry): number =>
  target.spans
    .filter((one) => one.isWaiting === isWaiting && !intersects(one.files, files))
    .reduce((least, one) => Math.min(least, apart(one, span)), Infinity)

const apart = (a: Span, b: Span): number => Math.abs(a.fromMs - b.fromMs) + Math.abs(a.toMs - b.toMs)

/** An equal name says more of a device than an equal key, for a person has several; both say most. */
const likeness = (target: Target, { group, strong }: Entry): number =>
  (intersects(target.names, namesOf(group)) ? 2 : 0) +
  (target.strong.some((values, i) => intersects(values, strong[i] ?? new Set())) ? 1 : 0)

function fits(target: Target, entry: Entry, agreement: Agreement): boolean {
  const { span, precision, files, strong } = entry
  if (differ(target.strong, strong)) return false
  const reachMs = precision === 60 ? MINUTE_MS : CLOCK_SKEW_MS
  const touches = (one: Span): boolean =>
    one.fromMs <= span.toMs + reachMs && span.fromMs <= one.toMs + reachMs
  if (agreement === 'same' && !areKeysAlike(target.strong, strong)) return false
  if (agreement === 'same' || agreement === 'both') return target.spans.some((one) => isSame(one, entry))
  const sameTime =
    agreement === 'any'
      ? target.spans.some(touches) || target.instants.some((atMs) => touches({ fromMs: atMs, toMs: atMs }))
      : target.spans.some(
          (one) =>
            (agrees(one.fromMs, span.fromMs, precision) || agrees(one.toMs, span.toMs, precision)) &&
            touches(one),
        )
  return (
    sameTime && !target.taken.some((other) => files.has(other.file) && overlapBy(SAME_MOMENT_MS, other, span))
  )
}

/** A stretch is what one row of a file is about; beyond that rows may lie wherever the device was not yet. */
function take(target: Target, entry: Entry, agreement: Agreement): void {
  const { span } = entry
  const own = target.spans.filter(
    (one) => (agreement === 'same' || agreement === 'both') && isSame(one, entry),
  )
  const [nearest] = own.sort((a, b) => apart(a, span) - apart(b, span))
  for (const file of entry.files) {
    target.taken.push({ ...span, file })
    nearest?.files.add(file)
  }
}

/** Whether both ends agree with those of a stretch no other row of the file is about. */
function isSame(one: Stretch, { span, precision, files, isWaiting }: Entry): boolean {
  if (one.isWaiting !== isWaiting) return false
  const agree = agrees(one.fromMs, span.fromMs, precision) && agrees(one.toMs, span.toMs, precision)
  return agree && !intersects(one.files, files)
}

const agrees = (aMs: number, bMs: number, precision: Precision): boolean =>
  Math.abs(aMs - bMs) <= CLOCK_SKEW_MS || (precision === 60 && minuteOf(aMs) === minuteOf(bMs))

function toEntry(group: Group): Entry {
  const rows = group.imports.map(({ row }) => row)
  const [first] = rows
  const fromMs = first?.atMs ?? 0
  return {
    ...{ group, key: smallestKey([group]), strong: strongOf([group]) },
    span: { fromMs, toMs: Math.max(fromMs, first?.leftMs ?? 0) },
    precision: rows.every(({ precisionSeconds }) => precisionSeconds === 60) ? 60 : 1,
    isWaiting: first?.place.kind === 'waiting',
    files: new Set(rows.map(fileOf)),
  }
}

const inOrder = (a: Entry, b: Entry): number =>
  a.span.fromMs - b.span.fromMs || a.span.toMs - b.span.toMs || byText(a.key, b.key)

function toTarget(main: Group, groups: readonly Group[]): Target {
  const { segments, orphans } = accountOf({
    told: groups.flatMap(({ told }) => told),
    rows: groups.flatMap(({ rows }) => rows),
    imports: [],
  })
  const single = segments.map(({ place, fromMs, toMs }): Stretch => {
    const isWaiting = place.kind === 'waiting'
    return { fromMs, toMs: toMs ?? Infinity, isWaiting, files: new Set() }
  })
  const spans = [...single, ...followingStretches(single.filter(({ isWaiting }) => !isWaiting))]
  const instants = groups
    .flatMap(({ seen, told }) => [...seen, ...told].map(({ atMs }) => atMs))
    .concat(orphans.map(({ atMs }) => atMs))
    .sort((a, b) => a - b)
  const names = new Set(groups.flatMap((group) => [...namesOf(group)]))
  const firstMs = Math.min(instants[0] ?? Infinity, spans[0]?.fromMs ?? Infinity)
  return { ...{ main, names, strong: strongOf(groups), spans, instants, firstMs }, taken: [], turn: 0 }
}

/** Stretches that follow one another within a moment, each run as one; ascending by start. */
function followingStretches(stretches: readonly Stretch[]): Stretch[] {
  const runs: { run: Stretch; count: number }[] = []
  for (const { fromMs, toMs } of stretches) {
    const last = runs.at(-1)
    if (last && fromMs <= last.run.toMs + SAME_MOMENT_MS) {
      last.run.toMs = Math.max(last.run.toMs, toMs)
      last.count++
    } else runs.push({ run: { fromMs, toMs, isWaiting: false, files: new Set() }, count: 1 })
  }
  return runs.filter(({ count }) => count > 1).map(({ run }) => run)
}

/** They share a key, or neither has any. */
const areKeysAlike = (a: Strong, b: Strong): boolean =>
  a.some((values, i) => intersects(values, b[i] ?? new Set())) ||
  [...a, ...b].every((values) => values.size === 0)

const minuteOf = (ms: number): number => Math.floor(ms / MINUTE_MS)

function put(index: Map<string, Target[]>, label: string, target: Target): void {
  const targets = index.get(label)
  if (targets) targets.push(target)
  else index.set(label, [target])
}
