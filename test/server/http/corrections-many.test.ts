import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHttpApi } from '../../../client/models/api.ts'
import { createCorrectionsApi } from '../../../client/models/corrections-api.ts'
import type {
  CorrectionList,
  PersonCard,
  Problem,
  ProposalList,
  RosterSnapshot,
} from '../../../shared/wire/index.ts'
import { classmate, openClassroom } from '../../support/classroom.ts'
import type { TestServer } from '../../support/server.ts'
import { exportOf, imported } from '../imports/handing-in.ts'

let server: TestServer
let host: string
let gathering: string
let connection: string

beforeAll(async () => {
  const room = await openClassroom({ others: [classmate('anna', 'Anna S.')] })
  ;({ server } = room)
  server.webhooks.follow(room.lesson)
  room.lesson.start()
  for (const key of ['elena', 'anna']) room.lesson.join(key)
  await server.told()
  const session = await server.session(server.world.appContext(room.elena, room.lesson))
  host = session.token
  gathering = session.meeting?.gatheringId ?? ''
  const { people } = await get<RosterSnapshot>('roster')
  const anna = people.find(({ name }) => name === 'Anna S.')
  connection = (await get<PersonCard>(`people/${anna?.id ?? ''}`)).connections[0]?.key ?? ''
})
afterAll(() => server.stop())

const path = (what: string): string => `/api/gatherings/${gathering}/${what}`
const get = async <Answer>(what: string): Promise<Answer> =>
  (await (await server.call(host, 'GET', path(what))).json()) as Answer
const label = (text: string): Promise<Response> =>
  server.call(host, 'POST', path('corrections'), { kind: 'label', connection, label: text })
/** The server as the panel speaks to it. */
const panel = () =>
  createCorrectionsApi(createHttpApi(((to: string, init) => fetch(server.url + to, init)) as typeof fetch))
const seqsOf = ({ items }: Pick<CorrectionList, 'items'>): number[] => items.map(({ seq }) => seq)
const from = (high: number, low: number): number[] =>
  Array.from({ length: high - low + 1 }, (_, i) => high - i)

describe('of more corrections than a page holds', () => {
  beforeAll(async () => {
    for (let done = 0; done < 220; done += 20) {
      const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => label(`Label ${done + i}`)))
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
    }
  }, 120_000)

  it('each is on one page, the newest first, whatever is corrected while they are read', async () => {
    const first = await get<CorrectionList>('corrections')
    expect(seqsOf(first)).toEqual(from(220, 21))
    expect((await label('Meanwhile')).status).toBe(201)
    const last = await get<CorrectionList>(`corrections?cursor=${first.nextCursor ?? ''}`)
    expect([seqsOf(last), last.nextCursor]).toEqual([from(20, 1), null])
  })

  it('the panel shows all', async () => {
    expect((await panel().corrections(host, gathering)).map(({ seq }) => seq)).toEqual(from(221, 1))
  })

  it('ten thousand are kept of one list, and no more; whoever tries is told what to do', async () => {
    // As many as are missing, as they lie in the database; the list is not read while they are there.
    await server.query(
      `insert into corrections (installation_id, seq, kind, sealed, member_id, at_ms)
       select installation_id, n, kind, sealed, member_id, at_ms from corrections, generate_series(1001, 10779) n where seq = 1`,
    )
    await server.query(
      `insert into correction_meetings (installation_id, meeting_uuid, seq)
       select installation_id, meeting_uuid, n from correction_meetings, generate_series(1001, 10779) n where seq = 1`,
    )
    const refused = await label('One too many')
    const problem = (await refused.json()) as Problem
    expect([refused.status, problem.code]).toEqual([409, 'corrections_full'])
    expect(problem.detail).toContain('10000')
    await server.query('delete from corrections where seq > 1000')
    expect((await label('The next')).status).toBe(201)
  })

  it('a cursor of nobody’s is refused', async () => {
    for (const cursor of ['x', 'W10', Buffer.from('["1"]').toString('base64url')]) {
      const answer = await server.call(host, 'GET', path(`corrections?cursor=${cursor}`))
      const problem = (await answer.json()) as Problem
      expect([answer.status, problem.code, problem.errors?.[0]?.path]).toEqual([400, 'bad_request', 'cursor'])
    }
  })
})

describe('of more pairs than a page holds', () => {
  it('each is on one page, and the panel shows all', async () => {
    const span = { fromMs: Date.UTC(2026, 10, 16, 13, 0), toMs: Date.UTC(2026, 10, 16, 14, 0) }
    const emails = ['', ...Array.from({ length: 230 }, (_, i) => `anna${i}@school.example`)]
    const rows = emails.map((email) => ({ name: 'Anna Petrova', email, ...span }))
    const file = exportOf({ number: '98765432100', startMs: span.fromMs, endMs: span.toMs }, rows)
    const { gatherings } = await imported(server, host, file)
    const id = gatherings[0]?.gatheringId ?? ''
    const page = async (query: string): Promise<ProposalList> =>
      (await (
        await server.call(host, 'GET', `/api/gatherings/${id}/proposals${query}`)
      ).json()) as ProposalList
    const first = await page('')
    const last = await page(`?cursor=${first.nextCursor ?? ''}`)
    expect([first.items.length, last.items.length, last.nextCursor, last.more]).toEqual([200, 30, null, 0])
    const all = await panel().proposals(host, id)
    expect(all.items).toEqual([...first.items, ...last.items])
    const pairs = all.items.map(({ personId, proposal }) => [personId, proposal.personId].sort().join(' '))
    expect(new Set(pairs).size).toBe(230)
  })
})
