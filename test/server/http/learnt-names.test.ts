import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CorrectionAct, CorrectionAnswer, PersonCard, ProposalList } from '../../../shared/wire/index.ts'
import { openClassroom, type Classroom } from '../../support/classroom.ts'
import { exportOf, imported, rosterOf } from '../imports/handing-in.ts'

const MINUTE_MS = 60_000
const WEEK_MS = 7 * 86_400_000
const firstMs = Date.UTC(2026, 9, 5, 13, 0)
const number = '98765432100'

let room: Classroom
let token: string
beforeAll(async () => {
  room = await openClassroom()
  token = (await room.server.session(room.server.world.appContext(room.elena, null))).token
})
afterAll(() => room.server.stop())

/** Who was there, each for half an hour after the other. */
type Attended = readonly (readonly [name: string, email?: string])[]

/** A lesson of that week and number, from a file; answers its gathering. */
async function lesson(week: number, people: Attended, of = number): Promise<string> {
  const startMs = firstMs + week * WEEK_MS
  const rows = people.map(([name, email = ''], i) => {
    const fromMs = startMs + i * 30 * MINUTE_MS
    return { name, email, fromMs, toMs: fromMs + 30 * MINUTE_MS }
  })
  const meeting = { number: of, startMs, endMs: startMs + people.length * 30 * MINUTE_MS }
  const { gatherings } = await imported(room.server, token, exportOf(meeting, rows))
  return gatherings[0]?.gatheringId ?? ''
}
const read = async <Answer>(gathering: string, what: string): Promise<Answer> =>
  (await (await room.server.call(token, 'GET', `/api/gatherings/${gathering}/${what}`)).json()) as Answer
const rowsOf = async (gathering: string): Promise<string[]> =>
  (await rosterOf(room.server, token, gathering)).people
    .map(({ name, email }) => (email === null ? name : `${name} <${email}>`))
    .sort()
const cardOf = async (gathering: string, name: string): Promise<PersonCard> => {
  const { people } = await rosterOf(room.server, token, gathering)
  return read(gathering, `people/${people.find((one) => one.names.includes(name))?.id ?? ''}`)
}
const keyOf = async (gathering: string, name: string): Promise<string> =>
  (await cardOf(gathering, name)).connections[0]?.key ?? ''
async function correct(gathering: string, act: CorrectionAct): Promise<number> {
  const answer = await room.server.call(token, 'POST', `/api/gatherings/${gathering}/corrections`, act)
  expect(answer.status).toBe(201)
  return ((await answer.json()) as CorrectionAnswer).correction.seq
}
const merge = async (gathering: string, one: string, other: string): Promise<number> =>
  correct(gathering, {
    kind: 'merge',
    connections: [await keyOf(gathering, one), await keyOf(gathering, other)],
  })
/** Pairs proposed because of an earlier lesson. */
const learnt = async (gathering: string): Promise<ProposalList['items']> =>
  (await read<ProposalList>(gathering, 'proposals')).items.filter(
    ({ proposal }) => proposal.reason.code === 'alias',
  )
const namesIn = (pairs: ProposalList['items']): string[][] =>
  pairs.map(({ name, proposal }) => [name, proposal.name].sort())

describe('a name learnt in one gathering', () => {
  const anna = ['Anna Petrova', 'anna@school.example'] as const
  const grandma = ['Grandma'] as const

  it('is proposed in the next of the same number, done only when the host agrees, and not once it is taken back', async () => {
    const first = await lesson(0, [anna, grandma])
    expect(await learnt(first)).toEqual([])
    const seq = await merge(first, 'Anna Petrova', 'Grandma')
    expect(await rowsOf(first)).toEqual(['Anna Petrova <anna@school.example>'])

    const next = await lesson(1, [grandma, anna])
    expect(await rowsOf(next)).toEqual(['Anna Petrova <anna@school.example>', 'Grandma'])
    const [pair, ...others] = await learnt(next)
    expect(others).toEqual([])
    expect(pair).toMatchObject({
      name: 'Grandma',
      proposal: { name: 'Anna Petrova', reason: { code: 'alias', value: 'grandma' } },
    })
    expect((await cardOf(next, 'Anna Petrova')).proposals).toMatchObject([
      { name: 'Grandma', reason: { code: 'alias' } },
    ])
    await correct(next, { kind: 'merge', connections: pair?.proposal.keys ?? [] })
    expect(await rowsOf(next)).toEqual(['Grandma <anna@school.example>'])
    expect(await learnt(next)).toEqual([])

    // What was agreed to there teaches by itself.
    const turn = (gathering: string, which: number) =>
      room.server.call(token, 'POST', `/api/gatherings/${gathering}/corrections/${which}/undo`, {})
    expect((await turn(first, seq)).status).toBe(200)
    const third = await lesson(2, [grandma, anna])
    expect(namesIn(await learnt(third))).toEqual([['Anna Petrova', 'Grandma']])
    expect((await turn(next, seq + 1)).status).toBe(200)
    expect(await learnt(third)).toEqual([])
  })

  it('is nothing to gatherings of another number', async () => {
    const other = await lesson(3, [grandma, anna], '91234567890')
    const again = await lesson(3, [grandma, anna])
    await merge(again, 'Anna Petrova', 'Grandma')
    expect(await learnt(other)).toEqual([])
    expect(namesIn(await learnt(await lesson(4, [grandma, anna])))).toEqual([['Anna Petrova', 'Grandma']])
  })

  it('joins nobody across different addresses, though the host once did', async () => {
    const [vera, work] = [
      ['Vera Lind', 'vera@school.example'] as const,
      ['V. L.', 'vera@work.example'] as const,
    ]
    const first = await lesson(5, [vera, work])
    await merge(first, 'Vera Lind', 'V. L.')
    expect(await rowsOf(first)).toHaveLength(1)
    const next = await lesson(6, [work, vera])
    expect(await rowsOf(next)).toEqual(['V. L. <vera@work.example>', 'Vera Lind <vera@school.example>'])
    expect(namesIn(await learnt(next))).toEqual([['V. L.', 'Vera Lind']])
    // Under the same name, another's address is another's.
    const namesake = await lesson(7, [['V. L.', 'vova@home.example'], vera])
    expect(await rowsOf(namesake)).toEqual(['V. L. <vova@home.example>', 'Vera Lind <vera@school.example>'])
  })

  it('by a rename renames nobody by itself', async () => {
    const first = await lesson(8, [['Vova']])
    await correct(first, { kind: 'rename', connection: await keyOf(first, 'Vova'), name: 'Vladimir Ivanov' })
    const next = await lesson(9, [['Vova'], ['Vladimir Ivanov', 'vladimir@school.example']])
    expect(await rowsOf(next)).toEqual(['Vladimir Ivanov <vladimir@school.example>', 'Vova'])
    expect(namesIn(await learnt(next))).toEqual([['Vladimir Ivanov', 'Vova']])
  })
})
