import type { PersonRow } from '../../shared/wire/index.ts'
import { fromTo, type Format, type Words } from '../../shared/words/index.ts'
import { waitingSeconds, type Entry } from '../models/table.ts'

/** Gaps from here on are told as from–to, shorter ones as "dropped 90 s". */
const SHORT_GAP_MS = 5 * 60_000
/** Zoom closes and opens a segment around every move; less than this is no gap anybody would notice. */
const MOVE_MS = 5_000

/**
 * The one line under a name: what is special about this person now, or was in a meeting that is `over`; then the address.
 * Parts to be joined by " · ".
 */
export function circumstances(
  entry: Entry,
  nowMs: number,
  words: Words,
  format: Format,
  over = false,
): string[] {
  const { row } = entry
  const said = words.row
  const parts: string[] = row.onListOnly ? [said.absent] : []
  if (row.seenLiveOnly) parts.push(said.seenLiveOnly)
  if (row.state === 'waiting') parts.push(said.waitingFor(format.duration(waitingSeconds(entry, nowMs))))
  const whole = over ? wholeTime(row, words, format) : null
  if (whole !== null) parts.push(whole)
  else if (row.state === 'left' && row.lastLeave !== null)
    parts.push(said.leftAt(format.time(Date.parse(row.lastLeave))))
  if (row.state === 'left' && neverIn(row)) parts.push(said.waitingOnly)
  if (inBreakout(row)) parts.push(said.breakout)
  if (row.renamedAt !== null) parts.push(said.renamedAt(format.time(Date.parse(row.renamedAt))))
  if (row.connectionsNow > 1) parts.push(said.devices(row.connectionsNow))
  const gap = lastGap(row)
  if (gap !== null) {
    parts.push(
      gap.toMs - gap.fromMs < SHORT_GAP_MS
        ? said.dropped(format.duration((gap.toMs - gap.fromMs) / 1000))
        : said.away(format.time(gap.fromMs), format.time(gap.toMs)),
    )
  }
  if (row.firstJoin !== null && whole === null) {
    const time = format.time(Date.parse(row.firstJoin))
    parts.push(row.firstJoinKnown ? said.joined(time) : said.before(time))
  }
  if (row.email !== null) parts.push(row.email)
  else if (!row.emailHidden) parts.push(said.noEmail)
  const [first, ...rest] = parts
  if (first === undefined) return []
  // An address keeps its spelling; everything else begins like a sentence.
  return [first === row.email ? first : first.charAt(0).toUpperCase() + first.slice(1), ...rest]
}

/** Letters for the square before a name: of its first two words; "?" for whom nobody knows. */
export function initials(
  row: Pick<PersonRow, 'name'> & {
    identity: Pick<PersonRow['identity'], 'confidence'>
  },
): string {
  if (row.identity.confidence === 'unidentified') return '?'
  const letters = row.name
    .split(/[\s\p{P}\p{S}]+/u)
    .map((word) => Array.from(word).find((letter) => /\p{L}/u.test(letter)))
    .filter((letter) => letter !== undefined)
  return letters.slice(0, 2).join('').toUpperCase() || '?'
}

/** The names besides the present one, those of white space alone left out: there is nothing to read in them. */
export function otherNames(row: Pick<PersonRow, 'name' | 'names'>): string[] {
  return row.names.filter((name) => name !== row.name && name.trim() !== '')
}

/** Everybody has left a meeting that is over: then from when to when says more. Null when one of both is not known. */
function wholeTime(row: PersonRow, words: Words, format: Format): string | null {
  if (row.firstJoin === null || row.lastLeave === null) return null
  const from = format.time(Date.parse(row.firstJoin))
  return fromTo(row.firstJoinKnown ? from : words.row.before(from), format.time(Date.parse(row.lastLeave)))
}

function inBreakout(row: PersonRow): boolean {
  return row.state === 'here' && row.stays.some((stay) => stay.place === 'breakout' && stay.to === null)
}

function neverIn(row: PersonRow): boolean {
  return row.stays.length > 0 && row.stays.every((stay) => stay.place === 'waiting')
}

/** The latest time between two stays, waiting apart; null when there is none. */
function lastGap(row: PersonRow): { fromMs: number; toMs: number } | null {
  const stays = row.stays
    .filter((stay) => stay.place !== 'waiting')
    .map((stay) => ({
      fromMs: Date.parse(stay.from),
      toMs: stay.to === null ? Infinity : Date.parse(stay.to),
    }))
    .sort((a, b) => a.fromMs - b.fromMs)
  let gap: { fromMs: number; toMs: number } | null = null
  let untilMs = stays[0]?.toMs ?? Infinity
  for (const stay of stays) {
    if (stay.fromMs - untilMs > MOVE_MS) gap = { fromMs: untilMs, toMs: stay.fromMs }
    untilMs = Math.max(untilMs, stay.toMs)
  }
  return gap
}
