/**
 * A lecture of 1,900 people whose list Zoom does not have for two hours: nothing until 25 minutes after the end, then 30
 * rows of all, then all of them with page tokens that expire at once, and the whole list after 2 hours and 5 minutes.
 */
import type { Clock } from '../clock.ts'
import { createRandom } from '../random.ts'
import type { ReportSwitches } from '../rest/report-switches.ts'
import { createScenario } from '../scenario.ts'
import type { MeetingWish, Scenario, ScenarioEvent } from '../scenario.ts'
import { guest, inventedName, member } from './names.ts'

const MINUTE_MS = 60_000
/** After the end of the lecture. */
export const LIST_BEGINS_MS = 25 * MINUTE_MS
export const TOKENS_EXPIRE_MS = 60 * MINUTE_MS
export const LIST_COMPLETE_MS = 125 * MINUTE_MS

/** What to set for the lecture's meeting in the simulated REST. */
export const lateReport = (): Partial<ReportSwitches> => ({
  readyAfterMs: LIST_BEGINS_MS,
  short: 30,
  changes: [
    { afterMs: TOKENS_EXPIRE_MS, short: null, pageCap: 30, expiringTokens: Infinity },
    { afterMs: LIST_COMPLETE_MS, pageCap: null, expiringTokens: 0 },
  ],
})

export interface LateReport {
  scenario: Scenario
  startsAtMs: number
  endsAtMs: number
  /** How many only the list knows, and of how many it knows better when they left. */
  unheard: number
  leftUnheard: number
  /** For `WebhookSender.switches`: what Zoom's webhooks lose of this lecture. */
  lost: (event: ScenarioEvent) => boolean
}

/**
 * Plans the lecture on the clock; nothing happens before the clock moves. In the story it ends at 21:00. Everybody comes
 * within ten minutes, every twentieth leaves half an hour before the end.
 *
 * @param options.people besides the host
 */
export function createLateReport(options: {
  clock: Clock
  seed: number
  endsAtMs: number
  people?: number
  minutes?: number
  meeting?: MeetingWish
}): LateReport {
  const { clock, seed, endsAtMs, people = 1_899, minutes = 90 } = options
  const startsAtMs = endsAtMs - minutes * MINUTE_MS
  const random = createRandom(seed, 'late report')
  const scenario = createScenario({
    clock,
    seed,
    meeting: { topic: 'Открытая лекция · Open lecture', scheduledMinutes: minutes, ...options.meeting },
    host: member(random, 'host', 'Елена Карпинская'),
  })
  const unheard = new Set<string>()
  const leftUnheard = new Set<string>()
  clock.at(startsAtMs, () => scenario.join('host'))
  for (let index = 0; index < people; index += 1) {
    const key = `listener${index + 1}`
    const name = inventedName(index)
    scenario.cast(index % 2 === 0 ? member(random, key, name) : guest(key, name))
    clock.at(startsAtMs + 1 + Math.floor(random.next() * 10 * MINUTE_MS), () => scenario.join(key))
    if (index % 20 === 19) clock.at(endsAtMs - 30 * MINUTE_MS, () => scenario.leave(key))
    if (index % 200 === 19) leftUnheard.add(key)
    if (index % 200 === 0) unheard.add(key)
  }
  clock.at(endsAtMs, () => scenario.end())

  const lost = (event: ScenarioEvent): boolean =>
    'who' in event &&
    (unheard.has(event.who.person.key) || (event.kind === 'left' && leftUnheard.has(event.who.person.key)))
  return { scenario, startsAtMs, endsAtMs, unheard: unheard.size, leftUnheard: leftUnheard.size, lost }
}
