import * as z from 'zod/mini'
import type { Place, ReportRow } from '../../shared/attendance/evidence.ts'
import { email, id, instant, text } from './payloads.ts'

/** Missing, blank or of another type than documented: not said. */
const said = z.catch(z.optional(text), null)
const saidId = z.catch(z.optional(id), null)

/**
 * One row of Zoom's list after a meeting: one stretch of one device. Fields we do not know are not looked at.
 * `participant_user_id` and `bo_mtg_id` come in the lists of account-managed apps only.
 *
 * @see https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/past_meetings/{meetingId}/participants
 */
const Row = z.object({
  id: saidId,
  participant_user_id: saidId,
  user_id: saidId,
  registrant_id: saidId,
  name: said,
  user_email: z.catch(z.optional(email), null),
  status: said,
  bo_mtg_id: saidId,
  join_time: z.catch(z.optional(instant), null),
  leave_time: z.catch(z.optional(instant), null),
  duration: z.catch(z.optional(z.number()), undefined),
})

/** Why a row could not be taken in. */
export type RowProblem = 'not_a_row' | 'time_unreadable'

/** A row in our own words, without what its batch adds. `leftMs` is what the row says, be it before `atMs`. */
export type RowFields = Pick<
  ReportRow,
  'atMs' | 'leftMs' | 'place' | 'ref' | 'name' | 'keys' | 'reportedSeconds'
>

/**
 * Reads one row. A missing name is empty; a missing length is that of the row, one below zero is zero. Without a readable
 * begin and end nobody can say when somebody was there: a problem. Whether the times can be right is not asked here: that
 * takes the meeting.
 */
export function readReportRow(raw: unknown): RowFields | RowProblem {
  const parsed = Row.safeParse(raw)
  if (!parsed.success) return 'not_a_row'
  const row = parsed.data
  const { join_time: atMs, leave_time: leftMs } = row
  if (typeof atMs !== 'number' || typeof leftMs !== 'number') return 'time_unreadable'
  return {
    atMs,
    leftMs,
    place: placeOf(row.status ?? null, row.bo_mtg_id ?? null),
    ref: { segmentId: row.user_id ?? null, participantUuid: null, parentSegmentId: null },
    name: row.name ?? '',
    keys: {
      zoomUserId: row.participant_user_id ?? row.id ?? null,
      registrantId: row.registrant_id ?? null,
      email: row.user_email ?? null,
      phone: null,
    },
    reportedSeconds: Math.max(0, Math.round(row.duration ?? (leftMs - atMs) / 1000)),
  }
}

function placeOf(status: string | null, room: string | null): Place {
  if (status === 'in_waiting_room') return { kind: 'waiting' }
  return room === null ? { kind: 'main' } : { kind: 'breakout', room }
}
