import type { GatheringList } from '../../../shared/wire/index.ts'
import { classmate, type Classroom } from '../../support/classroom.ts'
import type { TestServer } from '../../support/server.ts'
import type { CsvRow } from './handing-in.ts'

/** The lesson that files tell of: Elena teaches Anna and Boris, and may hand in a list of it. */
export const MINUTE_MS = 60_000
export const pupils = [classmate('anna', 'Anna Petrova'), classmate('boris', 'Boris Ivanov')]

/** A session of the host that was just proved. */
export async function tokenOf({ server, elena }: Classroom): Promise<string> {
  server.clock.advanceBy(1_000)
  return (await server.session(server.world.appContext(elena, null))).token
}

/** Elena teaches for three quarters of an hour, and Zoom tells of it; her sessions end meanwhile. */
export async function teach({
  server,
  lesson,
}: Classroom): Promise<{ startMs: number; endMs: number; rows: CsvRow[] }> {
  server.webhooks.follow(lesson)
  const startMs = server.clock.now()
  for (const key of ['elena', 'anna', 'boris']) lesson.join(key)
  server.clock.advanceBy(45 * MINUTE_MS)
  lesson.end()
  await server.told()
  const endMs = startMs + 45 * MINUTE_MS
  return { startMs, endMs, rows: rowsFrom(startMs, endMs) }
}

/** All three of the lesson, from first to last. */
export const rowsFrom = (fromMs: number, toMs: number): CsvRow[] => [
  { name: 'Elena K.', email: 'elena@school.example', fromMs, toMs },
  { name: 'Anna Petrova', email: 'anna@school.example', fromMs, toMs },
  { name: 'Boris Ivanov', fromMs, toMs },
]

export const lastWeek = Date.UTC(2026, 10, 16, 13, 0)

/** An hour that nobody recorded. */
export const oldLesson = (number = '98765432100', startMs = lastWeek) => ({
  ...{ number, startMs, endMs: startMs + 60 * MINUTE_MS },
})

export const historyOf = async (server: TestServer, token: string): Promise<GatheringList['items']> =>
  ((await (await server.call(token, 'GET', '/api/gatherings')).json()) as GatheringList).items
