import * as z from 'zod/mini'
import { bearer, type ApiOptions, type WithToken } from './paging.ts'
import { instant } from './payloads.ts'
import { ask } from './request.ts'

/** From when to when a meeting was meant to be, epoch ms. */
export interface PlannedTime {
  startMs: number
  endMs: number
}

/** When meetings were planned. */
export interface Schedule {
  /**
   * The time planned for the occurrence of this meeting number that began at `startedAtMs` (label Light). Null when Zoom names
   * none near it: instant meetings and recurring ones without a fixed time have none. @throws ZoomError
   */
  plannedTime(number: string, startedAtMs: number, withToken: WithToken): Promise<PlannedTime | null>
}

/** Whoever begins further from the planned start than this held another meeting, or moved it. */
const NEAR_MS = 12 * 3_600_000

const duration = z.optional(z.nullable(z.int().check(z.nonnegative())))
/** `occurrences`: of recurring meetings with a fixed time, past ones among them when asked for. */
const Answer = z.object({
  start_time: instant,
  duration,
  occurrences: z.optional(
    z.nullable(
      z.array(z.object({ start_time: instant, duration, status: z.optional(z.nullable(z.string())) })),
    ),
  ),
})

/** @see https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/meetings/{meetingId} */
export function createSchedule(options: ApiOptions): Schedule {
  return {
    async plannedTime(number, startedAtMs, withToken) {
      const url = `${options.apiUrl}/meetings/${encodeURIComponent(number)}?show_previous_occurrences=true`
      const { occurrences, ...itself } = await withToken('GET /meetings/{meetingId}', (accessToken) =>
        ask(options, { url, request: bearer(accessToken), repeatable: true }, Answer),
      )
      // Of a recurring meeting the start is that of its first occurrence.
      const kept = (occurrences ?? []).filter(({ status }) => status !== 'deleted')
      const planned = (kept.length > 0 ? kept : [itself])
        .flatMap(({ start_time: startMs, duration: minutes }) =>
          startMs === null || !minutes ? [] : [{ startMs, endMs: startMs + minutes * 60_000 }],
        )
        .sort((a, b) => Math.abs(a.startMs - startedAtMs) - Math.abs(b.startMs - startedAtMs))
      const [nearest] = planned
      return nearest && Math.abs(nearest.startMs - startedAtMs) <= NEAR_MS ? nearest : null
    },
  }
}
