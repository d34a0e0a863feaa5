import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, describe, expect, it } from 'vitest'
import { classmate } from '../../support/classroom.ts'
import { afterClass, type AfterClass } from './after-class.ts'

let after: AfterClass
afterEach(() => after.server.stop())

/**
 * The lesson broke off and went on for a minute under another UUID. Its first report was read once and is gone now, so the
 * next try of it, the last, has only evidence to judge by.
 */
async function beforeTheLastTry(): Promise<{
  first: Place
  second: Place
  as: (path: string, body: object) => Promise<void>
}> {
  after = await afterClass({ settings: { REPORT_PLAN: '60,420', REPORT_CONFIRM_SECONDS: '3000' } })
  const { server, lesson } = after
  const again = lesson.restart()
  await after.pass(120)
  again.join('elena')
  again.cast(classmate('vera', 'Vera'))
  again.join('vera')
  await server.told()
  await after.pass(60)
  again.end()
  await server.told()
  after.switches.readyAfterMs = Number.MAX_SAFE_INTEGER
  await after.pass(239, 30)
  const { token } = await server.session(server.world.appContext(lesson.meeting.host, null))
  return {
    first: await placeOf(lesson.meeting.uuid),
    second: await placeOf(again.meeting.uuid),
    async as(path, body) {
      const answer = await server.call(token, 'POST', `/api/gatherings/${path}`, body)
      expect(answer.ok).toBe(true)
    },
  }
}

interface Place {
  meetingId: string
  gatheringId: string
}

async function placeOf(uuid: string): Promise<Place> {
  const [row] = await after.server.query('select id, gathering_id from meetings where uuid = $1', [uuid])
  return { meetingId: String(row?.['id']), gatheringId: String(row?.['gathering_id']) }
}

const reportOf = async ({ meetingId }: Place) =>
  (await after.server.query('select state, reason, gaps from reports where meeting_id = $1', [meetingId]))[0]
const cameTo = async ({ gatheringId }: Place) =>
  (await after.server.query('select came from gatherings where id = $1', [gatheringId]))[0]?.['came']

/** What is due is done; when Zoom has answered and the evidence is about to be read, `host` does something. */
async function runDueWhile(host: () => Promise<void>): Promise<void> {
  const { server } = after
  const atZoom = await gate('report_batches')
  // Only now is it due: the loop on real time must not have done it before the gate stood.
  server.clock.advanceBy(1000)
  const done = server.runDue()
  await atZoom.reached()
  // Planning looks at the evidence, too; that is over by now.
  const atEvidence = await gate('evidence')
  await atZoom.open()
  await atEvidence.reached()
  await host()
  await atEvidence.open()
  await done
}

/** Whoever wants anything of this table waits from now on. */
async function gate(table: string): Promise<{ reached(): Promise<void>; open(): Promise<void> }> {
  const client = new pg.Client({ connectionString: after.server.database.connectionString })
  await client.connect()
  await client.query('begin')
  await client.query(`lock table ${table} in access exclusive mode`)
  const waiting = async (): Promise<number | null> => {
    const locks = 'select from pg_locks where relation = $1::regclass and not granted'
    return (await client.query(locks, [table])).rowCount
  }
  return {
    async reached() {
      while ((await waiting()) === 0) await sleep(5)
    },
    async open() {
      await client.query('commit')
      await client.end()
    },
  }
}

describe('a report that is judged in the very moment in which the host', () => {
  const judged = {
    ...{ state: 'final_with_gaps', reason: null, gaps: [{ code: 'never_confirmed', count: 3 }] },
  }

  it('joins its meeting to another is judged by the evidence it has there', async () => {
    const { first, second, as } = await beforeTheLastTry()
    expect(await reportOf(first)).toMatchObject({ state: 'partial', reason: 'confirming' })
    await runDueWhile(() => as(`${second.gatheringId}/joined`, { otherId: first.gatheringId }))
    expect(await reportOf(first)).toEqual(judged)
    expect(await cameTo(second)).toBe(4)
  })

  it('takes its meeting out again is judged by the evidence it has of its own', async () => {
    const { first, second, as } = await beforeTheLastTry()
    await as(`${second.gatheringId}/joined`, { otherId: first.gatheringId })
    await runDueWhile(() => as(`${second.gatheringId}/split`, { meetingId: first.meetingId }))
    expect(await reportOf(first)).toEqual(judged)
    expect(await cameTo(first)).toBe(3)
    expect(await cameTo(second)).toBe(2)
  })
})
