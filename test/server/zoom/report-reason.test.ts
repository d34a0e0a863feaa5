import { expect, it } from 'vitest'
import { reportTroubleOf, ZoomError } from '../../../server/zoom/index.ts'

/** By what a refusal means and whether to ask again: Zoom's HTTP statuses with its codes; `-` where there was no answer. */
const meanings = {
  'not_ready later': '404/3001 404',
  'rate_limited later': '429/429 429/4001',
  'zoom_unavailable later': '500/5001 503 -/TimeoutError 200/answer_malformed',
  'reconnect never': '401/124 400/124 400/4711 401/4700 401/4741 -/not_connected',
  'plan_missing never': '400/200',
  'not_accessible never': '400/300',
  'not_permitted never': '403/2306 403/12703 403/260200',
  'hosting_not_allowed never': '400/3161',
  'host_gone never': '404/1001 400/1010 401/1010',
  'event_gone never': '404/2002 404/2003 404/260801',
  'no_registration never': '400/3000',
  'too_old never': '400/12702',
  'refused never': '400/98765 404/98765',
}

it.each(Object.entries(meanings))('%s: what Zoom means by %s', (meaning, refusals) => {
  const [reason, again] = meaning.split(' ')
  for (const refusal of refusals.split(' ')) {
    const [status, code = null] = refusal.split('/')
    const answer = { status: status === '-' ? null : Number(status), code }
    const error = new ZoomError({ path: '/past_meetings', trackingId: null, ...answer })
    expect(reportTroubleOf(error), refusal).toEqual({ reason, again })
  }
})
