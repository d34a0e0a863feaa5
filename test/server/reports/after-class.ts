import type { Fact } from '../../../shared/attendance/evidence.ts'
import type { ReportStatus } from '../../../shared/wire/report.ts'
import { classmate } from '../../support/classroom.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { createScenario, type ReportSwitches, type Scenario, type Trouble } from '../../zoom/index.ts'
import { system } from '../storage/fixtures.ts'

const MINUTE_MS = 60_000

/** A lesson that has just ended, recorded from Zoom's webhooks, and what is to be known of its report. */
export interface AfterClass {
  server: TestServer
  lesson: Scenario
  /** From here on Zoom's webhooks tell nothing of the lesson. */
  silence: () => void
  installationId: string
  gatheringId: string
  /** How Zoom's list of it misbehaves. */
  switches: ReportSwitches
  /** The clock moves on and everything that is due on the way is done, a minute at a time or `stepSeconds`. */
  pass(seconds: number, stepSeconds?: number): Promise<void>
  status(): Promise<ReportStatus>
  facts(): Promise<Fact[]>
  batches(): Promise<Record<string, unknown>[]>
  /** Paths of calls to Zoom's API since the end, without those about tokens. */
  calls(): { path: string; status: number }[]
}

export async function afterClass({
  pupils = ['anna', 'boris'],
  // Shorter than the silence after which Zoom is asked whether it is over: the loop that asks runs on real time.
  minutes = 25,
  ended = true,
  slashes = false,
  kind = 'meeting',
  guests = false,
  settings = {},
}: {
  pupils?: string[]
  minutes?: number
  ended?: boolean
  slashes?: boolean
  kind?: 'meeting' | 'webinar'
  /** The pupils are not signed in: Zoom has nothing but their names. */
  guests?: boolean
  settings?: Record<string, string>
} = {}): Promise<AfterClass> {
  const server = await startServer({ settings })
  const lesson = server.world.add(
    createScenario({
      clock: server.clock,
      seed: 1,
      meeting: { topic: 'Lesson 4', accountId: 'account-a', kind },
      host: classmate('elena', 'Elena K.'),
      people: pupils.map((key) => (guests ? { key, name: `Guest ${key}` } : classmate(key, `Pupil ${key}`))),
      slashesInUuid: slashes,
    }),
  )
  const installer = settings['ZOOM_PROFILE'] === 'account' ? 'user-admin' : 'user-elena'
  server.world.addUser(classmate('admin', 'Adele M.'), 'account-a')
  server.world.admins.add('user-admin')
  await server.install(installer)
  server.world.authorised.add(installer)
  const silence = server.webhooks.follow(lesson)
  lesson.join('elena')
  await server.told()
  // Whether one registers is asked when it begins.
  await server.rollbook.runDue()
  server.clock.advanceBy(MINUTE_MS)
  for (const key of pupils) lesson.join(key)
  // A delivery still on its way when the clock jumps would be stale.
  await server.told()
  server.clock.advanceBy(minutes * MINUTE_MS)
  if (ended) lesson.end()
  await server.told()
  const [row] = await server.query('select installation_id, gathering_id from meetings where uuid = $1', [
    lesson.meeting.uuid,
  ])
  const installationId = String(row?.['installation_id'])
  const gatheringId = String(row?.['gathering_id'])
  server.rest.calls.length = 0
  await server.rollbook.runDue()

  return {
    server,
    lesson,
    silence,
    installationId,
    gatheringId,
    switches: server.rest.reports(lesson.meeting.uuid),
    async pass(seconds, stepSeconds = 60) {
      for (let left = seconds; left > 0; left -= stepSeconds) {
        server.clock.advanceBy(Math.min(left, stepSeconds) * 1000)
        await server.rollbook.runDue()
      }
    },
    async status() {
      const record = await server.storage.evidenceReader.gathering(system(installationId), gatheringId)
      if (!record) throw new Error('The gathering is gone.')
      return record.report
    },
    async facts() {
      const rows = await server.storage.evidenceReader.since(system(installationId), gatheringId, 0, 100_000)
      return rows.map(({ fact }) => fact)
    },
    batches: () => server.query('select * from report_batches order by created_at_ms, id'),
    calls: () => server.rest.calls.filter(({ path }) => /^\/v2\/(past_|report\/)/.test(path)),
  }
}

export const reportRows = (facts: Fact[]) => facts.filter((fact) => fact.kind === 'report_row')
export const reportBatches = (facts: Fact[]) => facts.filter((fact) => fact.kind === 'report_batch')

/** The nth answer from now on is this; the others are as they would be. */
export function troubleAt(nth: number, trouble: Trouble): Trouble[] {
  let asked = 0
  return Object.assign([], { shift: () => (++asked === nth ? trouble : undefined) })
}

/** The host presses the button in the panel, and what is due then is done. */
export async function retryAsHost({ server, lesson, gatheringId }: AfterClass): Promise<void> {
  const session = await server.session(server.world.appContext(lesson.meeting.host, null))
  const path = `/api/gatherings/${gatheringId}/report/retry`
  const answer = await server.call(session.token, 'POST', path, {})
  if (!answer.ok) throw new Error(`Not asked again: ${answer.status} ${await answer.text()}`)
  await server.rollbook.runDue()
}
