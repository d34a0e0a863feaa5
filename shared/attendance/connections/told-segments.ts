import { byText } from '../compare.ts'
import type { ParticipantJoined, ParticipantLeft, SegmentRef } from '../evidence.ts'
import type { Told } from './group.ts'
import { normaliseName } from '../names/names.ts'
import type { Segment } from '../people.ts'
import { SAME_MOMENT_MS } from '../evidence/tolerances.ts'

/**
 * The row a fact belongs to: `s:<segmentId>`, else `p:<participantUuid>`. Zoom gives neither to people who wait for
 * the host to start the meeting; they are filed as `n:<account, registrant or name>`, which proves no presence.
 */
export function rowKey(fact: { ref: SegmentRef; name: string; keys: Told['keys'] }): string {
  if (fact.ref.segmentId !== null) return `s:${fact.ref.segmentId}`
  if (fact.ref.participantUuid !== null) return `p:${fact.ref.participantUuid}`
  return `n:${fact.keys.zoomUserId ?? fact.keys.registrantId ?? normaliseName(fact.name).name}`
}

/**
 * Turns the joins and leaves of ONE connection into segments, whatever order they arrived in.
 *
 * A leave ends the join before it in the same row and place; the same join or leave told twice is one. A leave before
 * the only join of its row is Zoom's clock, not ours: clipped to zero length and kept. A leave without a join is an
 * orphan: it proves an instant and is returned apart. What no leave ended ends (`inferred`) where a later join proves the
 * device elsewhere, and with a main-room leave: a room beside the main row with any, another main row only with one whose
 * own row is not known. Else it stays open. [] for no facts.
 */
export function toldSegments(told: readonly Told[]): { segments: Segment[]; orphans: ParticipantLeft[] } {
  const segments: Segment[] = []
  const orphans: ParticipantLeft[] = []
  for (const [key, row] of byRowAndPlace(told)) {
    const paired = pair(key, row)
    segments.push(...paired.segments)
    orphans.push(...paired.orphans)
  }
  const mainLeaves = told
    .filter((fact) => fact.kind === 'participant_left' && fact.place.kind === 'main')
    .map((fact) => ({ atMs: fact.atMs, endedItsOwn: endedMainRow(rowKey(fact), segments) }))
  const ended = segments.map((segment) => endWhereImplied(segment, segments, mainLeaves))
  return { segments: ended.sort(bySegment), orphans: orphans.sort((a, b) => a.atMs - b.atMs) }
}

/** Total order of segments: start, row key, place, end. */
export const bySegment = (a: Segment, b: Segment): number =>
  a.fromMs - b.fromMs ||
  byText(a.key, b.key) ||
  byText(placeKey(a.place), placeKey(b.place)) ||
  // Not a difference: of two open ones it would be no number.
  Number((a.toMs ?? Infinity) > (b.toMs ?? Infinity)) - Number((a.toMs ?? Infinity) < (b.toMs ?? Infinity))

/** A place as text: equal for equal places, breakout rooms told apart. */
export const placeKey = (place: Segment['place']): string =>
  place.kind === 'breakout' ? `breakout ${place.room}` : place.kind

interface Row {
  joins: ParticipantJoined[]
  leaves: ParticipantLeft[]
}

/** A segment id is one stretch, so its room need not agree; other rows may come back, so each room is its own. */
function byRowAndPlace(told: readonly Told[]): Map<string, Row> {
  const rows = new Map<string, Row>()
  for (const fact of told) {
    if (fact.kind === 'role_changed') continue
    const key = rowKey(fact)
    const inPlace = `${key.startsWith('s:') ? fact.place.kind : placeKey(fact.place)}|${key}`
    let row = rows.get(inPlace)
    if (!row) rows.set(inPlace, (row = { joins: [], leaves: [] }))
    if (fact.kind === 'participant_joined') row.joins.push(fact)
    else row.leaves.push(fact)
  }
  return rows
}

function pair(
  rowAndPlace: string,
  { joins, leaves }: Row,
): { segments: Segment[]; orphans: ParticipantLeft[] } {
  const key = rowAndPlace.slice(rowAndPlace.indexOf('|') + 1)
  const oneStretch = key.startsWith('s:')
  const segments: Segment[] = []
  let orphans: ParticipantLeft[] = []
  let open: Segment | null = null

  const start = (join: ParticipantJoined): Segment => {
    const segment: Segment = {
      key,
      place: join.place,
      fromMs: join.atMs,
      from: 'known',
      toMs: null,
      to: 'open',
    }
    segments.push(segment)
    return segment
  }
  // At one instant a leave first ends what is open, then the join begins; else join and leave are a zero-length stretch.
  const events = [...joins, ...leaves].sort(
    (a, b) => a.atMs - b.atMs || byText(a.kind, b.kind) || byText(a.key, b.key),
  )
  for (let i = 0; i < events.length;) {
    const atMs = events[i]?.atMs ?? 0
    let join: ParticipantJoined | null = null
    let leave: ParticipantLeft | null = null
    for (; events[i]?.atMs === atMs; i++) {
      const event = events[i]
      if (event?.kind === 'participant_joined') join ??= event
      else if (event) leave ??= event
    }
    if (leave && open) {
      Object.assign(open, { toMs: atMs, to: 'known' })
      open = null
      leave = null
    }
    if (join && !open) open = start(join)
    if (leave && open) {
      Object.assign(open, { toMs: atMs, to: 'known' })
      open = null
    } else if (leave && !(oneStretch && segments.length > 0)) orphans.push(leave)
  }
  if (oneStretch && open && segments.length === 1 && orphans.length > 0) {
    Object.assign(open, { toMs: open.fromMs, to: 'known' })
    orphans = []
  }
  return { segments, orphans }
}

interface MainLeave {
  atMs: number
  /** It has a stretch of its own that it ended, so it need not be about any other. */
  endedItsOwn: boolean
}

const endedMainRow = (key: string, segments: readonly Segment[]): boolean =>
  segments.some((segment) => segment.key === key && segment.place.kind === 'main' && segment.to === 'known')

function endWhereImplied(
  segment: Segment,
  all: readonly Segment[],
  mainLeaves: readonly MainLeave[],
): Segment {
  if (segment.toMs !== null) return segment
  let endMs = Infinity
  for (const later of all) if (displaces(later, segment)) endMs = Math.min(endMs, later.fromMs)
  if (segment.place.kind !== 'waiting') {
    for (const { atMs, endedItsOwn } of mainLeaves) {
      // The leave of the row before may come long after the rejoin: Zoom notices a lost line late. It ends its own row.
      if (endedItsOwn && segment.place.kind === 'main') continue
      // Whether Zoom sends a main-room leave for a move into a breakout room is not documented. If it does, it comes
      // in the moment of the breakout join and must not end the room; any later one ends the whole connection.
      const sameMomentMs = segment.place.kind === 'breakout' ? SAME_MOMENT_MS : 0
      if (atMs >= segment.fromMs + sameMomentMs) endMs = Math.min(endMs, atMs)
    }
  }
  return endMs === Infinity ? segment : { ...segment, toMs: endMs, to: 'inferred' }
}

/**
 * Whether a later join proves that the device is no longer in `open`. Admission ends waiting; coming (back) into the
 * main room or being sent to the waiting room ends any other place; a breakout room ends only another breakout room,
 * for the main-room row may go on beside it (presence is a union, nothing doubles).
 */
function displaces(later: Segment, open: Segment): boolean {
  if (later === open) return false
  if (open.place.kind === 'waiting') return later.place.kind !== 'waiting' && later.fromMs >= open.fromMs
  if (later.fromMs <= open.fromMs) return false
  return later.place.kind !== 'breakout' || open.place.kind === 'breakout'
}
