import { describe, expect, it } from 'vitest'
import { reportTroubleOf, ZoomError } from '../../../server/zoom/index.ts'

const troubleOf = (status: number | null, code: string | null) =>
  reportTroubleOf(new ZoomError({ path: '/past_meetings', status, code, trackingId: null }))

describe('a refusal of Zoom', () => {
  it.each([
    [400, '200', 'plan_missing', 'never'],
    [400, '300', 'not_accessible', 'never'],
    [404, '1001', 'host_gone', 'never'],
    [400, '1010', 'host_gone', 'never'],
    [401, '1010', 'host_gone', 'never'],
    [400, '3000', 'no_registration', 'never'],
    [404, '3001', 'not_ready', 'later'],
    [404, null, 'not_ready', 'later'],
    [400, '3161', 'hosting_not_allowed', 'never'],
    [403, '2306', 'not_permitted', 'never'],
    [400, '12702', 'too_old', 'never'],
    [403, '12703', 'not_permitted', 'never'],
    [401, '124', 'reconnect', 'never'],
    [400, '124', 'reconnect', 'never'],
    [400, '4711', 'reconnect', 'never'],
    [401, '4700', 'reconnect', 'never'],
    [401, '4741', 'reconnect', 'never'],
    [null, 'not_connected', 'reconnect', 'never'],
    [429, '429', 'rate_limited', 'later'],
    [429, '4001', 'rate_limited', 'later'],
    [403, '260200', 'not_permitted', 'never'],
    [404, '2002', 'event_gone', 'never'],
    [404, '2003', 'event_gone', 'never'],
    [404, '260801', 'event_gone', 'never'],
    [500, '5001', 'zoom_unavailable', 'later'],
    [503, null, 'zoom_unavailable', 'later'],
    [null, 'TimeoutError', 'zoom_unavailable', 'later'],
    [200, 'answer_malformed', 'zoom_unavailable', 'later'],
    [400, '98765', 'refused', 'never'],
    [404, '98765', 'refused', 'never'],
  ] as const)('with status %s and code %s means %s, to be asked again: %s', (status, code, reason, again) => {
    expect(troubleOf(status, code)).toEqual({ reason, again })
  })
})
