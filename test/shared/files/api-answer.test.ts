import { describe, expect, it } from 'vitest'
import { codesOf, readPortal } from '../../support/read-portal.ts'

const anna = {
  id: '30R7kT7bTIKSNUFEuH_Qlg',
  user_id: '16778240',
  name: 'Anna "A" Berg',
  user_email: 'Anna@mail.example',
  join_time: '2026-05-20T18:00:00Z',
  leave_time: '2026-05-20T18:30:00.66Z',
  duration: 1800,
  failover: false,
  status: 'in_meeting',
}
const read = (answer: unknown, name = 'participants.json') =>
  readPortal(name, JSON.stringify(answer, null, 2))

describe('answers of the API saved as files', () => {
  it('reads a page, pages, and a bare list, in UTC whatever the zone', async () => {
    for (const answer of [
      { page_count: 1, total_records: 1, participants: [anna] },
      [{ participants: [anna] }, { participants: [] }],
      [anna],
      { data: { pages: [{ participants: [anna] }] } },
    ]) {
      const { rows, survey, warnings } = await readPortal('p.json', JSON.stringify(answer), { zone: null })
      expect(rows).toMatchObject([
        {
          line: 1,
          name: 'Anna "A" Berg',
          keys: { email: 'anna@mail.example', zoomUserId: '30R7kT7bTIKSNUFEuH_Qlg', registrantId: null },
          fromMs: Date.UTC(2026, 4, 20, 18),
          toMs: Date.UTC(2026, 4, 20, 18, 30),
          reportedSeconds: 1800,
          role: 'unknown',
          place: 'main',
        },
      ])
      expect(survey).toMatchObject({ layout: 'api_answer', separator: null, zoned: true, rows: 1 })
      expect(warnings).toEqual([])
    }
  })

  it('reads one object a line', async () => {
    const { rows } = await readPortal('p.json', [anna, anna].map((one) => JSON.stringify(one)).join('\n'))
    expect(rows.map(({ line }) => line)).toEqual([1, 2])
  })

  it('knows waiting rooms, breakout rooms, roles and registrants', async () => {
    const { rows, survey } = await read({
      participants: [
        { ...anna, status: 'in_waiting_room' },
        { ...anna, bo_mtg_id: '27423744', registrant_id: 'abc' },
        { ...anna, name: undefined, user_name: 'Vera', role: 'host', duration: undefined },
      ],
    })
    expect(rows.map(({ place, role, registered, name }) => [place, role, registered, name])).toEqual([
      ['waiting', 'unknown', false, anna.name],
      ['breakout', 'unknown', true, anna.name],
      ['main', 'host', false, 'Vera'],
    ])
    expect(survey.hasRegistration).toBe(true)
  })

  it('takes the meeting from what stands around the list, or from the file’s name', async () => {
    const lesson = {
      id: 81_234_567_890,
      topic: 'Algebra',
      type: 2,
      start_time: '2026-05-20T18:00:00Z',
      duration: 60,
    }
    const other = { ...lesson, id: 81_234_567_891, type: 5 }
    const { meetings, rows } = await read({
      lessons: [
        { ...lesson, participants: [anna] },
        { ...other, participants: [anna] },
      ],
    })
    expect(meetings).toMatchObject([
      { number: '81234567890', topic: 'Algebra', kind: 'meeting', endedMs: Date.UTC(2026, 4, 20, 19) },
      { number: '81234567891', kind: 'webinar' },
    ])
    expect(rows.map(({ meeting }) => meeting)).toEqual([0, 1])
    expect((await read([anna], 'participants_81234567890.json')).meetings[0]).toMatchObject({
      number: '81234567890',
      kind: 'unknown',
    })
  })

  it('reads who came to a session of an event, and who did not', async () => {
    const attendee = { display_name: 'Anna', email: 'a@mail.example', session_attendance: 'yes' }
    const times = {
      start_time: '2026-05-20T18:00:00Z',
      end_time: '2026-05-20T18:20:00Z',
      duration_spent_in_session: 20,
    }
    const { rows, meetings } = await read({
      attendees: [
        { ...attendee, ...times, tickets: [{ questions: [{ title: 'First Name', answer: 'Anna' }] }] },
        { ...attendee, display_name: 'Boris', session_attendance: 'no' },
      ],
    })
    expect(rows.map(({ name, attended, reportedSeconds }) => [name, attended, reportedSeconds])).toEqual([
      ['Anna', true, 1200],
      ['Boris', false, null],
    ])
    expect(meetings).toMatchObject([{ kind: 'event_session' }])
  })

  it('reads as far as a file goes that was cut off', async () => {
    const text = JSON.stringify({ participants: [anna, { ...anna, name: 'Boris' }] })
    const { rows, warnings } = await readPortal('p.json', text.slice(0, text.lastIndexOf('leave_time') + 4))
    expect(rows).toMatchObject([{ name: anna.name }, { name: 'Boris', fromMs: Date.UTC(2026, 4, 20, 18) }])
    expect(codesOf(warnings)).toEqual(['file_ends_early', 'time_unreadable'])
  })

  it('tells of every element of a list of participants that is none, by its place', async () => {
    const { rows, warnings } = await read({
      participants: [
        anna,
        5,
        null,
        { name: 'Boris' },
        {},
        [true],
        { ...anna, name: 'Clea', tags: [1, null] },
      ],
    })
    expect(rows.map(({ line, name }) => [line, name])).toEqual([
      [1, anna.name],
      [7, 'Clea'],
    ])
    expect(warnings.map(({ code, line, value }) => [code, line, value])).toEqual([
      ['record_not_understood', 2, '5'],
      ['record_not_understood', 3, 'null'],
      ['record_not_understood', 4, 'Boris'],
      ['record_not_understood', 5, '{}'],
      ['record_not_understood', 6, 'true'],
    ])
    expect((await read([anna, null, { name: 'Boris' }])).warnings).toMatchObject([
      { code: 'record_not_understood', line: 2 },
      { code: 'record_not_understood', line: 3, value: 'Boris' },
    ])
  })

  it('says that pages are missing where the answer goes on or has fewer records than it says', async () => {
    const page = (rows: number, total: number, token: string) => ({
      ...{ page_size: 2, total_records: total, next_page_token: token },
      participants: Array.from({ length: rows }, (_, at) => ({ ...anna, user_id: `${at}` })),
    })
    const told = async (answer: unknown) =>
      (await read(answer)).warnings.map(({ code, line, value, count }) => [code, line, value, count])
    expect(await told(page(2, 1300, 'x'))).toEqual([['pages_missing', null, '1300', 2]])
    expect(await told(page(2, 3, ''))).toEqual([['pages_missing', null, '3', 2]])
    expect(await told([page(2, 3, 'x'), page(1, 3, '')])).toEqual([])
    expect(await told([page(2, 2, 'x')])).toEqual([['pages_missing', null, undefined, 2]])
    expect(await told({ ...page(0, 2, ''), participants: undefined, data: page(2, 2, '') })).toEqual([])
    expect(await told({ total_records: 9, data: { participants: [anna] } })).toEqual([
      ['pages_missing', null, '9', 1],
    ])
    expect(await told({ total_records: 9, meetings: [{ topic: 'A', participants: [anna] }] })).toEqual([])
    expect(await told([{ participants: [anna] }, page(0, 4, '')])).toEqual([['pages_missing', null, '4', 0]])
  })

  it('needs a zone for a meeting whose beginning has none, whatever its participants have', async () => {
    const lesson = { topic: 'Algebra', start_time: '2026-05-20 18:00:00', participants: [anna] }
    const { warnings } = await readPortal('p.json', JSON.stringify(lesson), { zone: null })
    expect(codesOf(warnings)).toEqual(['zone_not_given'])
  })

  it('says that a list is empty, and of a list without times that there are none', async () => {
    expect(codesOf((await read({ participants: [] })).warnings)).toEqual(['no_rows'])
    const { join_time: _join, leave_time: _leave, ...timeless } = anna
    expect(codesOf((await read({ participants: [timeless] })).warnings)).toEqual(['no_times'])
  })

  it('reads who came where an answer tells no more than that, and says who lacks times among others', async () => {
    const clea = { id: '', name: 'Clea', user_email: '' }
    const { rows, survey, warnings } = await read({
      total_records: 2,
      participants: [clea, { id: 'x', name: 'Dan', user_email: 'dan@mail.example' }],
    })
    expect(rows).toMatchObject([
      { name: 'Clea', keys: { email: null }, attended: true, fromMs: null, reportedSeconds: null },
      { name: 'Dan', keys: { email: 'dan@mail.example' }, attended: true },
    ])
    expect(survey.hasTimes).toBe(false)
    expect(codesOf(warnings)).toEqual(['no_times'])
    expect((await read({ participants: [anna, clea] })).warnings).toMatchObject([
      { code: 'time_unreadable', line: 2 },
    ])
  })
})
