import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CardRegistration, PersonCard, RosterSnapshot } from '../../../shared/wire/index.ts'
import { readCsv } from '../../support/csv.ts'
import { buildExport } from '../../support/rows.ts'
import { guestOf } from '../../zoom/index.ts'
import { openLesson, type Lesson } from '../http/afterwards-lesson.ts'

const HOUR_MS = 3_600_000

let the: Lesson
let host: string
let cohost: string

/** A lesson people registered for: Vera came, with a friend by her link; Boris did not. */
beforeAll(async () => {
  the = await openLesson()
  const { server, lesson, elena, oleg, inMainClient, sessionOf } = the
  const desk = server.world.openRegistration(lesson.meeting.number, { seed: 1 })
  server.webhooks.followRegistrations(desk)
  const register = (name: string, ...values: string[]) =>
    desk.register(
      { first_name: name, last_name: 'Test', email: `${name.toLowerCase()}@example.org`, org: 'Lighthouse' },
      { answers: values.map((value) => ({ title: 'Reach you at?', value })) },
    )
  const vera = register('Vera', 'at vera@example.org', '=1+1')
  register('Boris', 'nowhere')
  lesson.cast(guestOf(vera, 'vera'))
  lesson.cast(guestOf(vera, 'friend', { name: 'Ivy Redfern' }))
  await server.told()
  server.clock.advanceBy(1_000)
  lesson.join('vera')
  lesson.join('friend')
  await sessionOf(oleg, lesson)
  await server.told()
  server.clock.advanceBy(60_000)
  lesson.end()
  await server.told()
  server.clock.advanceBy(HOUR_MS)
  await server.runDue()
  host = await inMainClient(elena)
  cohost = await inMainClient(oleg)
})
afterAll(() => the.server.stop())

const rows = async (token: string) => (await the.get<RosterSnapshot>(token, the.about('/roster'))).people
async function cardOf(token: string, name: string): Promise<PersonCard> {
  const row = (await rows(token)).find((one) => one.name === name)
  if (!row) throw new Error(`Nobody is called ${name}`)
  return the.get<PersonCard>(token, the.about(`/people/${row.id}`))
}
const file = async (token: string, request = buildExport({ filter: { search: '', show: 'everybody' } })) => {
  const text = await (await the.post(token, the.about('/clipboard'), request)).text()
  const [headers = [], ...lines] = readCsv(text.slice(0, -2), '\t')
  return lines.map((cells) => Object.fromEntries(headers.map((header, i) => [header, cells[i] ?? ''])))
}

describe('how somebody registered', () => {
  it('is on the card of whoever came, with what they answered', async () => {
    const { registrations } = await cardOf(host, 'Vera Test')
    expect(registrations).toEqual([
      {
        ...{ name: 'Vera Test', email: 'vera@example.org', standing: 'approved', cancelledBy: null },
        ...{ ofAnother: false, registeredAt: expect.any(String) as string, source: null },
        answers: [
          { field: 'org', title: 'org', value: 'Lighthouse' },
          { field: null, title: 'Reach you at?', value: 'at vera@example.org' },
          { field: null, title: 'Reach you at?', value: '=1+1' },
        ],
      } satisfies CardRegistration,
    ])
  })

  it('is a card of its own of whoever did not come, with nothing to correct', async () => {
    const card = await cardOf(host, 'Boris Test')
    expect(card.id).toMatch(/^x-/)
    expect(card).toMatchObject({ connections: [], proposals: [], cleanings: [], corrections: [] })
    expect(card.registrations).toMatchObject([{ name: 'Boris Test', answers: [{}, { value: 'nowhere' }] }])
    const { server, about } = the
    expect((await server.call(host, 'GET', about('/people/x-nobody'))).status).toBe(404)
  })

  it('is told of whoever came by the link of another as that one’s, without what that one said', async () => {
    const { registrations } = await cardOf(host, 'Ivy Redfern')
    expect(registrations).toMatchObject([
      { name: 'Vera Test', ofAnother: true, answers: [], source: null, registeredAt: null },
    ])
  })

  it('is told without addresses, in answers too, to whoever may not read them', async () => {
    for (const name of ['Vera Test', 'Boris Test', 'Ivy Redfern']) {
      const card = await cardOf(cohost, name)
      expect(JSON.stringify(card.registrations)).not.toContain('example.org')
      expect(card.registrations).toMatchObject([{ email: null }])
    }
    expect(JSON.stringify(await cardOf(cohost, 'Vera Test'))).toContain('at v…@…')
    const [line] = await file(cohost)
    expect(line).not.toHaveProperty('Registered e-mail')
    expect(JSON.stringify(await file(cohost))).not.toContain('example.org')
  })

  it('leaves with the list: one line each, and of the questions only that there were answers in the audit log', async () => {
    const lines = await file(host)
    const of = (name: string) => lines.find((line) => line['Name'] === name)
    expect(of('Boris Test')).toMatchObject({
      ...{ Status: 'absent', Registration: 'approved', 'Reach you at?': 'nowhere', State: '' },
    })
    expect(of('Vera Test')).toMatchObject({
      ...{ 'Reach you at?': 'at vera@example.org', 'Reach you at? (2)': "'=1+1", Organisation: 'Lighthouse' },
    })
    expect(of('Ivy Redfern')).toMatchObject({ Registration: 'link of somebody else', Organisation: '' })
    const [act] = (await the.acts('roster_copied')).slice(-1)
    expect(act?.['detail']).toMatchObject({ show: 'everybody', rows: lines.length })
    expect(JSON.stringify(act)).toContain('answers')
    expect(JSON.stringify(act)).not.toMatch(/Reach|Lighthouse/)
  })

  it('leaves without whoever comes anyway on request', async () => {
    const filter = { search: '', show: 'all' as const, withoutStaff: true }
    const names = (await file(host, buildExport({ filter }))).map((line) => line['Name'])
    expect(names).not.toContain('Elena K.')
    expect(names).toEqual(expect.arrayContaining(['Ivy Redfern', 'Vera Test']))
    expect(names).not.toContain('Boris Test')
  })
})
