/**
 * What the demo's teacher has behind them: evenings of a course, one of them cut in two, and a talk Zoom keeps no list of.
 * After one evening Zoom's list differs from what was told live, after another it lacks somebody who was seen.
 */
import type { Clock } from '../clock.ts'
import type { ZoomRest } from '../rest.ts'
import type { Scenario, ScenarioEvent } from '../scenario.ts'
import { createLesson } from '../scenarios/lesson.ts'
import { playPast } from '../scenarios/past.ts'
import type { ZoomWorld } from '../world.ts'

interface Evening {
  daysAgo: number
  minutes: number
  topic: string
  number?: string
  restartedAfterMinutes?: number
  /** The account had no plan with reports that day. */
  withoutList?: boolean
  /** Keys of people whose rows Zoom's list lost. */
  listLacks?: string[]
  /** By a person's key, what Zoom's webhooks never told of them; only its list knows. */
  unheard?: Record<string, readonly ScenarioEvent['kind'][]>
}

/** The meetings of one evening: one, and one more after a restart. */
export interface PastEvening {
  occurrences: Scenario[]
  /** Whether Zoom's webhooks never told of this. */
  isUnheard(event: ScenarioEvent): boolean
}

export const COURSE_NUMBER = '84217730915'
const DAY_MS = 24 * 3600_000
const MINUTE_MS = 60_000
/** 19:00 in Yekaterinburg. */
const EVENING_UTC_MS = 14 * 3600_000

const COMING_AND_GOING = ['joined', 'left', 'waiting_joined', 'waiting_left'] as const

const evenings: Evening[] = [
  {
    daysAgo: 21,
    minutes: 105,
    topic: 'Управление проектами, занятие 1',
    number: COURSE_NUMBER,
    listLacks: ['student17'],
    unheard: { student9: ['left'] },
  },
  {
    daysAgo: 14,
    minutes: 112,
    topic: 'Управление проектами, занятие 2',
    number: COURSE_NUMBER,
    restartedAfterMinutes: 48,
  },
  {
    daysAgo: 7,
    minutes: 98,
    topic: 'Управление проектами, занятие 3',
    number: COURSE_NUMBER,
    unheard: {
      // Left early, it seemed they stayed; came in time, it seemed they came never or only waited.
      student7: ['left'],
      student9: ['left'],
      student18: COMING_AND_GOING,
      waiting1: ['joined', 'left'],
      // Waited to the end, and nobody knew.
      waiting4: COMING_AND_GOING,
    },
  },
  { daysAgo: 2, minutes: 45, topic: 'Consultation before the exam', withoutList: true },
]

/**
 * Plays them up to their ends; nobody is told yet.
 *
 * @returns the earliest first
 */
export function playPastEvenings(input: {
  world: ZoomWorld
  rest: ZoomRest
  nowMs: number
  seed: number
  accountId: string
}): PastEvening[] {
  const { world, rest, nowMs, accountId } = input
  const today = nowMs - (nowMs % DAY_MS) + EVENING_UTC_MS
  return evenings.map((evening, index) => {
    const fromMs = today - evening.daysAgo * DAY_MS
    const untilMs = fromMs + evening.minutes * MINUTE_MS
    const seed = input.seed + 100 * (index + 1)
    const occurrences = playPast(world, { fromMs, untilMs }, (clock) =>
      planned(evening, { clock, fromMs, seed, castSeed: input.seed, accountId }),
    )
    const { withoutList = false, listLacks = [], unheard = {} } = evening
    for (const { meeting } of occurrences) {
      const list = rest.reports(meeting.uuid)
      list.missing = listLacks
      if (withoutList) list.always = { status: 400, code: 200 }
    }
    return {
      occurrences,
      isUnheard: (event) => 'who' in event && unheard[event.who.person.key]?.includes(event.kind) === true,
    }
  })
}

function planned(
  evening: Evening,
  {
    clock,
    fromMs,
    seed,
    castSeed,
    accountId,
  }: {
    clock: Clock
    fromMs: number
    seed: number
    castSeed: number
    accountId: string
  },
): Scenario {
  const { topic, number } = evening
  const { scenario, minute } = createLesson({
    clock,
    seed,
    castSeed,
    startsAtMs: fromMs,
    visited: true,
    meeting: { topic, accountId, ...(number !== undefined && { number }) },
  })
  let now = scenario
  const restartAt = evening.restartedAfterMinutes
  if (restartAt !== undefined) clock.at(minute(restartAt), () => void (now = scenario.restart()))
  // Some leave before the end, one of them comes back.
  const leaves = (atMinute: number, key: string): void => {
    clock.at(minute(atMinute), () => {
      if (now.connectionsOf(key).length > 0) now.leave(key)
    })
  }
  leaves(41, `student${(seed % 7) + 10}`)
  leaves(evening.minutes - 20, `student${(seed % 5) + 20}`)
  leaves(evening.minutes - 12, 'student2')
  clock.at(minute(evening.minutes - 6), () => {
    if (now.meeting.endedAtMs === null && now.connectionsOf('student2').length === 0) now.join('student2')
  })
  return scenario
}
