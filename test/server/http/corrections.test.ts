import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type {
  CorrectionAct,
  CorrectionAnswer,
  CorrectionList,
  PersonCard,
  PersonRow,
  Problem,
  ProposalList,
  RosterChange,
  RosterSnapshot,
} from '../../../shared/wire/index.ts'
import { cleaningsOf } from '../../../shared/attendance/index.ts'
import { classmate, openClassroom } from '../../support/classroom.ts'
import { readEvents } from '../../support/event-stream.ts'
import type { TestServer } from '../../support/server.ts'
import type { PersonInPlay, Scenario } from '../../zoom/index.ts'

let server: TestServer
let lesson: Scenario
let elena: PersonInPlay
let host: string
let cohost: string
let base: string
const anna = classmate('anna', 'Anna S.')
const oleg = classmate('oleg', 'Oleg P.')
const rita = classmate('rita', 'rita@typed.example')
const guest: PersonInPlay = { key: 'guest', name: 'Anna S.' }
const tablet: PersonInPlay = { key: 'tablet', name: 'iPad' }

beforeAll(async () => {
  ;({ server, lesson, elena } = await openClassroom({
    others: [anna, oleg, rita, guest, tablet],
    installed: [oleg],
  }))
  server.webhooks.follow(lesson)
  lesson.start()
  for (const key of ['elena', 'oleg', 'anna', 'rita', 'guest', 'tablet']) lesson.join(key)
  lesson.promote('oleg')
  await server.told()
  const session = await server.session(server.world.appContext(elena, lesson))
  host = session.token
  cohost = (await server.session(server.world.appContext(oleg, lesson))).token
  base = `/api/gatherings/${session.meeting?.gatheringId ?? ''}`
})
afterAll(() => server.stop())

const get = async <Answer>(path: string, by = host): Promise<Answer> =>
  (await (await server.call(by, 'GET', base + path)).json()) as Answer
const people = async (): Promise<PersonRow[]> => (await get<RosterSnapshot>('/roster')).people
const card = (id: string, by = host) => get<PersonCard>(`/people/${id}`, by)
const post = (path: string, body: unknown, by = host) => server.call(by, 'POST', base + path, body)
const correct = async (act: unknown): Promise<CorrectionAnswer> => {
  const answer = await post('/corrections', act)
  expect(answer.status, JSON.stringify(act).slice(0, 200)).toBe(201)
  return (await answer.json()) as CorrectionAnswer
}
const turn = async (seq: number, way: 'undo' | 'redo'): Promise<CorrectionAnswer> => {
  const answer = await post(`/corrections/${seq}/${way}`, {})
  expect(answer.status).toBe(200)
  return (await answer.json()) as CorrectionAnswer
}
/** The row of whoever is in the meeting under an address, or of the only one without any under a name. */
const rowOf = async (who: PersonInPlay): Promise<PersonRow> => {
  const found = (await people()).find(
    ({ email, names }) => email === (who.email ?? null) && names.includes(who.name),
  )
  if (!found) throw new Error(`${who.key} is not on the list.`)
  return found
}
const keyOf = async (who: PersonInPlay): Promise<string> => {
  const { connections } = await card((await rowOf(who)).id)
  return connections[0]?.key ?? ''
}
const codeOf = async (answer: Response): Promise<[number, string, boolean]> => {
  const problem = (await answer.json()) as Problem
  return [answer.status, problem.code, (problem.detail ?? '').endsWith('.')]
}

describe('an evidence card', () => {
  it('shows each connection with what ties it, and what each witness said of it', async () => {
    const { connections, cleanings } = await card((await rowOf(anna)).id)
    expect(connections).toHaveLength(1)
    const [connection] = connections
    expect(connection).toMatchObject({
      ...{ email: 'anna@school.example', names: ['Anna S.'], witnesses: ['webhook'], reasons: [] },
      segments: [{ place: 'main', fromSeen: false, to: null }],
      moreFacts: 0,
    })
    expect(connection?.facts).toMatchObject([
      { witness: 'webhook', kind: 'participant_joined', name: 'Anna S.', place: 'main', times: 1 },
    ])
    expect(cleanings).toEqual([])
  })

  it('proposes whoever may be the same person, on both cards and in the list of pairs', async () => {
    const [one, other] = [await rowOf(anna), await rowOf(guest)]
    expect((await card(other.id)).proposals).toMatchObject([
      { personId: one.id, email: 'anna@school.example', reason: { code: 'same_name' } },
    ])
    expect((await card(one.id)).proposals).toMatchObject([{ personId: other.id, email: null }])
    const { items } = await get<ProposalList>('/proposals')
    expect(items.map(({ personId, proposal }) => [personId, proposal.personId].sort())).toEqual([
      [one.id, other.id].sort(),
    ])
  })

  it('of nobody is not found, whatever it is called', async () => {
    for (const id of ['00000000-0000-4000-8000-000000000000', "'%20or%201=1", '%00', 'x'.repeat(5_000)])
      expect(await codeOf(await server.call(host, 'GET', `${base}/people/${id}`))).toEqual([
        404,
        'not_found',
        true,
      ])
  })
})

describe('a correction', () => {
  it('merges, and comes apart again with the ids as they were', async () => {
    const [one, other] = [await rowOf(anna), await rowOf(guest)]
    const merged = await correct({ kind: 'merge', connections: [await keyOf(anna), await keyOf(guest)] })
    expect(merged.correction).toMatchObject({ own: true, undone: false, idle: false, about: 'Anna S.' })
    expect([one.id, other.id]).toContain(merged.personId)
    expect((await people()).filter(({ name }) => name === 'Anna S.')).toHaveLength(1)
    const both = await card(other.id)
    expect(both).toMatchObject({ id: merged.personId, proposals: [] })
    expect(both.connections).toHaveLength(2)
    expect(both.corrections).toEqual([merged.correction])
    await turn(merged.correction.seq, 'undo')
    expect([(await rowOf(anna)).id, (await rowOf(guest)).id]).toEqual([one.id, other.id])
    expect((await card(other.id)).corrections).toMatchObject([{ undone: true }])
  })

  it('reaches another open panel with whom it changed, and nobody else', async () => {
    const events = readEvents(
      await fetch(`${server.url}${base}/live`, { headers: { authorization: `Bearer ${cohost}` } }),
    )
    await events.next()
    const renamed = await correct({ kind: 'rename', connection: await keyOf(tablet), name: '  Ivan Q.  ' })
    const change = (await events.next())?.data as RosterChange
    expect(change.upserts).toMatchObject([
      { id: renamed.personId, name: 'Ivan Q.', host: { name: 'Ivan Q.', email: null, mark: null } },
    ])
    expect(change.upserts[0]?.identity).toMatchObject({ confidence: 'likely', rule: 'host_correction' })
    await events.close()
  })

  it('gives labels, addresses and marks, and each can be taken back in any order', async () => {
    const connection = await keyOf(tablet)
    const seqs: number[] = []
    for (const act of [
      { kind: 'email', connection, email: 'Ivan@Mail.Example' },
      { kind: 'label', connection, label: 'Group 2' },
      { kind: 'mark', connection, mark: 'present', reason: 'Was in the room' },
    ])
      seqs.push((await correct(act)).correction.seq)
    const row = async () => (await people()).find(({ names }) => names.includes('iPad'))
    expect(await row()).toMatchObject({
      ...{ name: 'Ivan Q.', email: 'ivan@mail.example', meetsMinimum: true },
      labels: [{ name: 'Group 2', by: 'host', fromEmail: false }],
      host: { name: 'Ivan Q.', mark: { mark: 'present', reason: 'Was in the room' } },
    })
    await turn(seqs[0] ?? 0, 'undo')
    await turn(seqs[2] ?? 0, 'undo')
    expect(await row()).toMatchObject({ email: null, meetsMinimum: null, labels: [{ name: 'Group 2' }] })
    await turn(seqs[1] ?? 0, 'undo')
    await turn(seqs[0] ?? 0, 'redo')
    expect(await row()).toMatchObject({ email: 'ivan@mail.example', labels: [] })
  })

  it('taken back twice stays taken back, and the log has one line', async () => {
    const { correction } = await correct({ kind: 'label', connection: await keyOf(anna), label: 'Twice' })
    const first = await turn(correction.seq, 'undo')
    expect(await turn(correction.seq, 'undo')).toEqual(first)
    expect(first).toMatchObject({ correction: { undone: true }, personId: (await rowOf(anna)).id })
    const lines = await server.query(
      `select act, detail from audit where (detail ->> 'seq')::bigint = $1 and act like 'correction%' order by seq`,
      [correction.seq],
    )
    expect(lines).toEqual(
      ['correction_made', 'correction_undone'].map((act) => ({
        act,
        detail: { seq: correction.seq, kind: 'label' },
      })),
    )
  })

  it('of two hosts at the same moment are both kept', async () => {
    const connection = await keyOf(rita)
    const answers = await Promise.all(
      ['A', 'B', 'C', 'D'].map((label) => correct({ kind: 'label', connection, label })),
    )
    expect(new Set(answers.map(({ correction }) => correction.seq)).size).toBe(4)
    const row = (await people()).find(({ email }) => email === rita.email)
    expect(row?.labels.map(({ name }) => name).sort()).toEqual(['A', 'B', 'C', 'D'])
  })
})

describe('a correction that cannot be', () => {
  const hostile = ["'; drop table corrections; --", 'a\u0000b', '|s:1', 'x'.repeat(2_000), '%', '__proto__']

  it('is a conflict when a connection it names is not on the list', async () => {
    const known = await keyOf(anna)
    const before = (await get<CorrectionList>('/corrections')).items.length
    const acts: CorrectionAct[] = [
      ...hostile.map((connection) => ({ kind: 'label' as const, connection, label: 'x' })),
      { kind: 'merge', connections: [known, `${lesson.meeting.uuid}|s:999`] },
      { kind: 'split', connections: [known.replace(lesson.meeting.uuid, 'another')] },
    ]
    for (const act of acts)
      expect(await codeOf(await post('/corrections', act))).toEqual([409, 'conflict', true])
    expect((await get<CorrectionList>('/corrections')).items).toHaveLength(before)
  })

  it('takes whatever is proposed as an address, and those of every script', async () => {
    const connection = await keyOf(anna)
    const typed = [
      ...[
        ' müller@ example.de',
        '<info@пример.рф>',
        'info@xn--e1afmkfd.xn--p1ai,',
        'mailto:o!x@example.test',
      ],
      ...['a/b@gmial.com', 'ÄNNA@yandex.tu', "(o'brien+x@mail.tu)", 'anna @example,test'],
    ]
    const proposed = typed.flatMap((email) => cleaningsOf('Anna', email).flatMap((one) => one.proposed ?? []))
    expect(proposed.length).toBeGreaterThanOrEqual(typed.length)
    for (const email of proposed) {
      const { correction } = await correct({ kind: 'email', connection, email })
      expect(correction.act).toMatchObject({ email: email.toLowerCase() })
      await turn(correction.seq, 'undo')
    }
  })

  it('with an address that is none is refused with a sentence of its own', async () => {
    const connection = await keyOf(anna)
    for (const email of [
      'no address',
      'anna@',
      '@',
      'a b@example.test',
      `${'x'.repeat(250)}@example.test`,
      '',
    ])
      expect(await codeOf(await post('/corrections', { kind: 'email', connection, email }))).toEqual([
        422,
        'email_invalid',
        true,
      ])
  })

  it('is refused by its shape', async () => {
    const connection = await keyOf(anna)
    for (const act of [
      null,
      [],
      {},
      { kind: 'delete', connection },
      { kind: 'rename', connection, name: 'x'.repeat(10_000) },
      { kind: 'rename', connection, name: '   ' },
      { kind: 'rename', connection: 'x'.repeat(10_000), name: 'x' },
      { kind: 'rename', connection, name: '\u200b' },
      { kind: 'rename', connection, name: '\u2060 \ufeff\u3164\u2800' },
      { kind: 'label', connection, label: '\u200d\u00ad' },
      { kind: 'mark', connection, mark: 'late', reason: 'x' },
      { kind: 'mark', connection, mark: 'present', reason: '' },
      { kind: 'merge', connections: [connection] },
      { kind: 'merge', connections: Array.from({ length: 501 }, () => connection) },
      { kind: 'apart', connections: [connection, connection, connection] },
    ])
      expect(await codeOf(await post('/corrections', act))).toEqual([400, 'bad_request', true])
  })

  it('to be taken back is not found by a number nobody has', async () => {
    for (const seq of ['0', '999999', '-1', '1.5', '1e3', 'x', '9'.repeat(40), "1'--"])
      for (const way of ['undo', 'redo'])
        expect(await codeOf(await post(`/corrections/${encodeURIComponent(seq)}/${way}`, {}))).toEqual([
          404,
          'not_found',
          true,
        ])
  })

  it('keeps names as they were typed, and harms nobody with them', async () => {
    const connection = await keyOf(guest)
    const names = [
      "Robert'); drop table people;--",
      '=HYPERLINK("x")',
      'Анна\u0000И.',
      '\u202egnirts',
      '𝕬'.repeat(140),
    ]
    for (const name of names) {
      const { correction } = await correct({ kind: 'rename', connection, name })
      expect((await people()).some((row) => row.name === name)).toBe(true)
      await turn(correction.seq, 'undo')
    }
  })
})

describe('who may not read addresses', () => {
  it('gets cards, proposals and corrections without them, and without keys made of them', async () => {
    const [row, connection] = [await rowOf(rita), await keyOf(rita)]
    await correct({ kind: 'email', connection, email: 'rita@secret.example' })
    await correct({
      kind: 'mark',
      connection,
      mark: 'absent',
      reason: 'ill, says her doctor',
    })
    const said = JSON.stringify([
      await card(row.id, cohost),
      await get('/corrections', cohost),
      await get('/proposals', cohost),
      await get('/cleanings', cohost),
      await get('/roster', cohost),
    ])
    for (const secret of ['typed.example', 'school.example', 'secret.example', 'doctor', lesson.meeting.uuid])
      expect(said).not.toContain(secret)
    expect(said).toContain('r…@…')
    const own = JSON.stringify([await card(row.id), await get('/corrections')])
    for (const told of ['typed.example', 'secret.example', 'doctor']) expect(own).toContain(told)
  })

  it('may correct nothing, nor put anything back', async () => {
    const act = { kind: 'label', connection: await keyOf(anna), label: 'x' }
    expect(await codeOf(await post('/corrections', act, cohost))).toEqual([403, 'forbidden', true])
    expect(await codeOf(await post('/corrections/1/undo', {}, cohost))).toEqual([403, 'forbidden', true])
  })

  it('nor may a host whose proof of being one is old', async () => {
    server.clock.advanceBy(130_000)
    const act = { kind: 'label', connection: await keyOf(anna), label: 'x' }
    expect(await codeOf(await post('/corrections', act))).toEqual([403, 'context_stale', true])
  })
})
