import type { ReportRow } from '../evidence.ts'
import { normaliseName } from '../names/names.ts'
import type { Segment } from '../people.ts'
import { placeKey } from './told-segments.ts'

/**
 * The name of a row inside its meeting: `s:<segmentId>`, else `p:<participantUuid>`. A row with neither is named by what
 * survives another reading of the list, `t:<join>-<leave>-<digest>`: its times and a digest of its normalised name and
 * strong keys. Storage keeps keys in the open, so no name may stand in them. Rows that agree in all of these are one.
 */
export function reportRowKey({ ref, atMs, leftMs, name, keys }: ReportRow): string {
  if (ref.segmentId !== null) return `s:${ref.segmentId}`
  if (ref.participantUuid !== null) return `p:${ref.participantUuid}`
  const who = [normaliseName(name).name, keys.zoomUserId, keys.registrantId, keys.email]
  return `t:${atMs}-${leftMs}-${digest(JSON.stringify(who))}`
}

/** The rows of one connection as segments; the same stretch listed twice is one, of the later end. [] for none. */
export function reportedSegments(rows: readonly ReportRow[]): Segment[] {
  const stretches = new Map<string, Segment>()
  for (const row of rows) {
    const key = reportRowKey(row)
    const stretch = `${row.atMs}|${placeKey(row.place)}|${key}`
    const known = stretches.get(stretch)
    if (known) known.toMs = Math.max(known.toMs ?? row.leftMs, row.leftMs)
    else {
      stretches.set(stretch, {
        key,
        place: row.place,
        fromMs: row.atMs,
        from: 'known',
        toMs: row.leftMs,
        to: 'known',
      })
    }
  }
  return [...stretches.values()]
}

/** A short text that is equal for equal texts and hardly ever for others (cyrb53, 53 bits); it protects nothing. */
export function digest(text: string): string {
  let [high, low] = [0xdeadbeef, 0x41c6ce57]
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36)
}
