import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CleaningList, CorrectionAct, PersonCard, PersonRow } from '../../../shared/wire/index.ts'
import { openClassroom, type Classroom } from '../../support/classroom.ts'
import { exportOf, imported, rosterOf } from '../imports/handing-in.ts'

const HOUR_MS = 3_600_000
const startMs = Date.UTC(2026, 10, 16, 13, 0)

let room: Classroom
let token: string
let gathering: string
beforeAll(async () => {
  room = await openClassroom()
  token = (await room.server.session(room.server.world.appContext(room.elena, null))).token
  const span = { fromMs: startMs, toMs: startMs + HOUR_MS }
  const written: [string, string][] = [
    ['Jane Roe', '"jane@gmail,com"'],
    ['Jane Doe', '"jane@gmail,com"'],
    ['Masked', 'm***@gmial.com'],
    ['Note', 'see the list'],
    ['Essay', 'x'.repeat(5_000)],
    ['Anna', 'anna@school.example'],
  ]
  const file = exportOf(
    { number: '98765432100', startMs, endMs: startMs + HOUR_MS },
    written.map(([name, email]) => ({ name, email, ...span })),
  )
  gathering = (await imported(room.server, token, file)).gatherings[0]?.gatheringId ?? ''
})
afterAll(() => room.server.stop())

const rowOf = async (name: string): Promise<PersonRow> => {
  const row = (await rosterOf(room.server, token, gathering)).people.find((one) => one.name === name)
  if (!row) throw new Error(`${name} is not on the list.`)
  return row
}
const cardOf = async (name: string): Promise<PersonCard> => {
  const path = `/api/gatherings/${gathering}/people/${(await rowOf(name)).id}`
  return (await (await room.server.call(token, 'GET', path)).json()) as PersonCard
}
const factsOf = ({ connections }: PersonCard) => connections.flatMap(({ facts }) => facts)

describe('what a file has in the place of an address', () => {
  it('is no address of anybody and joins nobody; the card has it as written, and what was meant', async () => {
    expect([(await rowOf('Jane Roe')).email, (await rowOf('Jane Doe')).email]).toEqual([null, null])
    const card = await cardOf('Jane Roe')
    expect(factsOf(card)).toMatchObject([{ witness: 'import', name: 'Jane Roe', email: 'jane@gmail,com' }])
    expect(card.connections.map(({ email, key }) => [email, key.includes('jane@')])).toEqual([[null, false]])
    expect(card.cleanings).toEqual([{ of: 'email', code: 'syntax', proposed: 'jane@gmail.com' }])
    expect(card.proposals).toEqual([])
  })

  it('is only pointed out where nobody knows what was meant, and a masked one is left alone', async () => {
    expect((await cardOf('Note')).cleanings).toEqual([{ of: 'email', code: 'syntax', proposed: null }])
    expect((await cardOf('Masked')).cleanings).toEqual([])
    expect(factsOf(await cardOf('Masked'))).toMatchObject([{ email: 'm***@gmial.com' }])
    expect(factsOf(await cardOf('Essay'))).toMatchObject([{ email: null }])
    expect((await cardOf('Anna')).cleanings).toEqual([])
  })

  it('stands among the tidier spellings of the list, page by page', async () => {
    const cleanings = async (query = ''): Promise<CleaningList> =>
      (await (
        await room.server.call(token, 'GET', `/api/gatherings/${gathering}/cleanings${query}`)
      ).json()) as CleaningList
    const { items, nextCursor, more } = await cleanings()
    expect([nextCursor, more]).toEqual([null, 0])
    expect(
      items.map(({ name, of, written, proposed, codes }) => [name, of, written, proposed, codes]),
    ).toEqual(
      expect.arrayContaining([
        ['Jane Doe', 'email', 'jane@gmail,com', 'jane@gmail.com', ['syntax']],
        ['Note', 'email', 'see the list', null, ['syntax']],
      ]),
    )
    expect(items.map(({ name }) => name).sort()).toEqual(['Jane Doe', 'Jane Roe', 'Note'])
    const cursor = Buffer.from('[2]').toString('base64url')
    expect((await cleanings(`?cursor=${cursor}`)).items).toEqual(items.slice(2))
  })

  it('is the address once the host agrees, and is not proposed again when the host says there is none', async () => {
    const [proposed] = (await cardOf('Jane Roe')).cleanings
    const connection = (await cardOf('Jane Roe')).connections[0]?.key ?? ''
    const say = async (email: string | null): Promise<void> => {
      const act: CorrectionAct = { kind: 'email', connection, email }
      const answer = await room.server.call(token, 'POST', `/api/gatherings/${gathering}/corrections`, act)
      expect(answer.status).toBe(201)
    }
    await say(proposed?.proposed ?? null)
    expect((await rowOf('Jane Roe')).email).toBe('jane@gmail.com')
    expect((await cardOf('Jane Roe')).cleanings).toEqual([])
    expect((await rowOf('Jane Doe')).email).toBeNull()
    await say(null)
    expect((await rowOf('Jane Roe')).email).toBeNull()
    expect((await cardOf('Jane Roe')).cleanings).toEqual([])
  })
})
