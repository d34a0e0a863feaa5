import { describe, expect, it } from 'vitest'
import { answerOf, gather, type AnswerChoices } from '../../../shared/people/index.ts'
import { expectPublished } from '../../support/people-schema.ts'
import { sourceOf } from '../../support/read-portal.ts'

const nowMs = Date.UTC(2030, 0, 1)
const header =
  'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,In Waiting Room\n'
const block = (start: string, end: string): string =>
  `Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants\n812 3456 7890,Latin,${start},${end},host@school.example,120,3\n\n`

async function told(csv: string | string[], choices: Partial<AnswerChoices> = {}) {
  const zone = choices.zone ?? null
  const sources = [csv].flat().map((text, at) => sourceOf(`${'abc'.charAt(at)}.csv`, text))
  const gathered = await gather(sources, { zone, dates: null, columns: null, nowMs })
  const answer = answerOf(gathered, {
    ...{ base: 'actual', minShare: null, zone, asker: 'command_line', language: 'en', ...choices },
  })
  const { meetings, warnings } = answer
  const whole = { summary: answer.summary(), meetings, people: [...answer.people()], warnings }
  expectPublished(whole)
  return whole
}

/** 18:00 to 20:00, and how long Anna was there within it. */
const annaUntil = (leave: string): string =>
  `${block('03/13/2026 18:00:00', '03/13/2026 20:00:00')}${header}Anna,,03/13/2026 18:00:00,03/13/2026 ${leave},1,No,No\n`

describe('the share', () => {
  it('is rounded down: 74.96 % is 0.749 and fails 75 %, and exactly 75 % passes', async () => {
    const short = await told(annaUntil('19:29:57'), { minShare: 75 })
    expect(short.people[0]).toMatchObject({ share: 0.749, meetsMinimum: false })
    const enough = await told(annaUntil('19:30:00'), { minShare: 75 })
    expect(enough.people[0]).toMatchObject({ share: 0.75, meetsMinimum: true })
    expect((await told(annaUntil('19:30:00'))).people[0]?.meetsMinimum).toBeNull()
  })

  it('marks and never filters', async () => {
    const { people, summary } = await told(annaUntil('18:10:00'), { minShare: 75 })
    expect(people).toHaveLength(1)
    expect(summary.sentence).toBe('1 person came (1 likely); nobody stayed 75 % of 18:00–20:00.')
  })

  it('is of presence clipped to the base, while presence itself is not', async () => {
    const csv = annaUntil('20:30:00').replace('Anna,,03/13/2026 18:00:00', 'Anna,,03/13/2026 17:40:00')
    expect((await told(csv)).people[0]).toMatchObject({ share: 1, presentSeconds: 10_200 })
  })

  it('is of the first join to the last leave where the file tells no start and end', async () => {
    const csv = `${header}Anna,,03/13/2026 18:00:00,03/13/2026 19:00:00,60,No,No\nBoris,,03/13/2026 18:30:00,03/13/2026 20:00:00,90,No,No\n`
    const { people, warnings } = await told(csv, { zone: 'UTC' })
    expect(people.map(({ share }) => share)).toEqual([0.5, 0.75])
    expect(warnings).toMatchObject([{ code: 'base_from_rows', file: 'a.csv' }])
  })

  it('is stretched by no row of the future or of two years, and the warning names their lines', async () => {
    const csv = `${header}Anna,,03/13/2026 18:00:00,03/13/2026 19:00:00,60,No,No\nBoris,,03/13/2026 18:00:00,03/13/2028 19:00:00,60,No,No\nClea,,03/13/2031 18:00:00,03/13/2031 19:00:00,60,No,No\n`
    const { people, warnings } = await told(csv, { zone: 'UTC' })
    expect(people.map(({ share }) => share)).toEqual([1, 1, 0])
    const message = warnings.find(({ code }) => code === 'base_from_rows')?.message ?? ''
    expect(message).toMatch(/do not stretch it: .*3, 4/)
  })

  it('is none of what was scheduled, for no exported file says it', async () => {
    const { people, warnings, summary } = await told(annaUntil('19:30:00'), {
      ...{ base: 'scheduled', minShare: 75, zone: 'UTC' },
    })
    expect(people[0]).toMatchObject({ share: null, meetsMinimum: null })
    expect(warnings).toMatchObject([{ code: 'base_not_in_file' }])
    expect(summary.sentence).toBe('1 person came (1 likely); who stayed 75 % cannot be told.')
  })
})

describe('a window', () => {
  const window = (from: string, to: string) => {
    const minute = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
    return { fromMinute: minute(from), toMinute: minute(to) }
  }

  it('is read in the zone, on the meeting’s own day', async () => {
    const { people, summary } = await told(annaUntil('19:30:00'), {
      ...{ base: window('19:00', '20:00'), zone: 'Asia/Yekaterinburg', minShare: 50 },
    })
    expect(people[0]).toMatchObject({ share: 0.5, firstJoin: '2026-03-13T13:00:00Z' })
    expect(summary.sentence).toBe('1 person came (1 likely); 1 stayed 50 % of 19:00–20:00.')
  })

  it('passes midnight, also for a meeting that began after it', async () => {
    const late = `${header}Anna,,03/14/2026 00:30:00,03/14/2026 01:30:00,60,No,No\n`
    expect((await told(late, { base: window('22:00', '02:00'), zone: 'UTC' })).people[0]?.share).toBe(0.25)
    const early = `${header}Anna,,03/13/2026 22:00:00,03/14/2026 00:00:00,120,No,No\n`
    expect((await told(early, { base: window('22:00', '02:00'), zone: 'UTC' })).people[0]?.share).toBe(0.5)
  })

  it('is named where there are several meetings, too', async () => {
    const days = ['13', '20', '27'].map(
      (day, i) =>
        `${i}12 3456 7890,Latin,03/${day}/2026 18:00:00,03/${day}/2026 20:00:00,03/${day}/2026 19:00:00,03/${day}/2026 20:00:00,60,Anna,anna@mail.example\n`,
    )
    const history = (rows: string[]): string =>
      `Meeting ID,Topic,Start Time,End Time,Join Time,Leave Time,Duration (Minutes),Name (Original Name),User Email\n${rows.join('')}`
    const choices = { base: window('19:00', '20:00'), zone: 'UTC', minShare: 75 } as const
    const sentence = async (rows: string[], more: Partial<AnswerChoices> = {}): Promise<string> =>
      (await told(history(rows), { ...choices, ...more })).summary.sentence
    expect(await sentence(days)).toMatch(/1 stayed 75 % of 19:00–20:00 in all 3 meetings\.$/)
    expect(await sentence(days.slice(1))).toMatch(/1 stayed 75 % of 19:00–20:00 in both meetings\.$/)
    expect(await sentence(days, { minShare: null })).toMatch(/100 % is 19:00–20:00 in all 3 meetings\.$/)
    expect(await sentence(days, { language: 'ru' })).toMatch(/75 % от 19:00–20:00 во всех 3 встречах: 1\.$/)
    expect(await sentence(days.slice(1), { language: 'ru' })).toMatch(/от 19:00–20:00 в обеих встречах: 1\.$/)
  })

  it('has the length the clock gives it on the night clocks change', async () => {
    const night = `${header}Anna,,03/29/2026 01:30:00,03/29/2026 03:30:00,60,No,No\n`
    const { people } = await told(night, { base: window('01:30', '03:30'), zone: 'Europe/Berlin' })
    expect(people[0]).toMatchObject({ share: 1, presentSeconds: 3600 })
  })
})

describe('people who did not get in', () => {
  it('are told of and counted apart: waiting is not presence', async () => {
    const csv = `${annaUntil('19:30:00')}Boris,,03/13/2026 18:00:00,03/13/2026 18:05:00,5,Yes,Yes\n`
    const { people, summary } = await told(csv)
    expect(people.find(({ name }) => name === 'Boris')).toMatchObject({
      ...{ statuses: ['waiting_room_only'], presentSeconds: 0, waitingSeconds: 300, segments: 0, share: 0 },
      ...{ firstJoin: null, lastLeave: null },
    })
    expect(summary).toMatchObject({
      ...{ people: 1, waitingRoomOnly: 1, registeredNoShow: null },
      sentence: '1 person came (1 likely); 100 % is 18:00–20:00; 1 only waited in the waiting room.',
    })
  })
})

describe('a webinar with registration', () => {
  const webinar = `Attendee Report
Report generated time,05/20/2026 10:00:00 AM
Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered,# Cancelled,Unique Viewers,Total Users
Open day,812 3456 7890,05/13/2026 09:00:00 AM,60,4,1,2,2
Host Details
Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name
Yes,Hera,hera@school.example,05/13/2026 08:55:00 AM,05/13/2026 10:00:00 AM,65,No,Greece
Attendee Details
Attended,User Name (Original Name),First Name,Last Name,Email,Registration Time,Approval Status,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name
Yes,Anna,Anna,Berg,anna@mail.example,05/01/2026 08:00:00 AM,approved,05/13/2026 09:00:00 AM,05/13/2026 09:20:00 AM,20,Yes,France
Yes,Anna,,,anna@mail.example,--,--,05/13/2026 09:30:00 AM,05/13/2026 10:00:00 AM,30,Yes,France
Yes,Walter,,,walter@mail.example,--,--,05/13/2026 09:30:00 AM,05/13/2026 10:00:00 AM,30,Yes,France
No,Nora,Nora,Nilsen,nora@mail.example,05/02/2026 08:00:00 AM,approved,--,--,--,--,--
No,Denis,Denis,Dahl,denis@mail.example,05/02/2026 08:00:00 AM,denied,--,--,--,--,--
No,Carl,Carl,Cruz,carl@mail.example,05/02/2026 08:00:00 AM,cancelled,--,--,--,--,--
`

  it('proposes who comes back without an address elsewhere in the list, and never calls them unregistered', async () => {
    const nina = 'Yes,Nina,,,--,--,--,05/13/2026 09:50:00 AM,05/13/2026 10:00:00 AM,10,Yes,France\n'
    const { people } = await told(webinar + nina.replace('Nina', 'Anna') + nina)
    expect(people.filter(({ name }) => name === 'Anna').map((one) => [one.email, one.statuses])).toEqual([
      ['anna@mail.example', ['present']],
      [null, ['present']],
    ])
    expect(
      people.find(({ email, name }) => name === 'Anna' && email === null)?.identity.evidence,
    ).toHaveLength(2)
    expect(people.find(({ name }) => name === 'Nina')?.statuses).toEqual(['present', 'walk_in'])
  })

  it('calls unregistered who comes back under the name of somebody who is it, too', async () => {
    const back = 'Yes,Walter,,,--,--,--,05/13/2026 09:10:00 AM,05/13/2026 09:20:00 AM,10,Yes,France\n'
    const { people } = await told(webinar.replace('Yes,Walter', `${back}Yes,Walter`))
    const walters = people.filter(({ name }) => name === 'Walter')
    expect(walters.map(({ email, statuses }) => [email, statuses])).toEqual([
      [null, ['present', 'walk_in']],
      ['walter@mail.example', ['present', 'walk_in']],
    ])
  })

  it('calls unregistered who is registered for another webinar only, and nobody for a meeting without registration', async () => {
    const week = webinar.replaceAll('05/13/2026', '05/20/2026').replace(/Yes,Anna,Anna.*\n/, '')
    expect((await told(week)).people.find(({ name }) => name === 'Anna')?.statuses).toContain('walk_in')
    const both = await told([webinar, week])
    expect(both.people.find(({ name }) => name === 'Anna')).toMatchObject({
      ...{ registration: 'approved', statuses: ['present', 'walk_in'] },
    })
    const walter = 'Walter,walter@mail.example,03/13/2026 18:00:00,03/13/2026 19:00:00,60,No,No\n'
    const block18 = block('03/13/2026 18:00:00', '03/13/2026 20:00:00')
    const without = webinar.replace(/Yes,Walter.*\n/, '')
    const { people } = await told([without, `${block18}${header}${walter}`])
    expect(people.find(({ name }) => name === 'Walter')?.statuses).toEqual(['present'])
  })

  it('tells who came unregistered and who never came, without denied and cancelled', async () => {
    const { people, summary } = await told(webinar, { minShare: 75 })
    const statuses = Object.fromEntries(people.map((person) => [person.name, person.statuses]))
    expect(statuses).toEqual({
      ...{ Hera: ['present'], Anna: ['present'], Walter: ['present', 'walk_in'] },
      ...{ Nora: ['absent'], Denis: ['absent'], Carl: ['absent'] },
    })
    expect(summary).toMatchObject({
      ...{ people: 3, registeredNoShow: 1 },
      sentence: '3 people came (3 certain); 2 stayed 75 % of 09:00–10:00; 1 registered person never came.',
    })
    expect(people.find(({ name }) => name === 'Anna')).toMatchObject({
      ...{ segments: 2, presentSeconds: 3000, registration: 'approved', share: 0.833 },
    })
    expect(people.find(({ name }) => name === 'Hera')?.role).toBe('host')
  })
})

describe('an answer of Zoom’s API', () => {
  it('says who came unregistered, and never that no registrant stayed away: it holds only who came', async () => {
    const participant = (name: string, registrant: string) => ({
      ...{ id: '', user_id: name, name, user_email: '', registrant_id: registrant, duration: 600 },
      ...{ join_time: '2026-03-13T18:00:00Z', leave_time: '2026-03-13T18:10:00Z', status: 'in_meeting' },
    })
    const json = JSON.stringify({
      ...{ page_count: 1, page_size: 30, total_records: 2, next_page_token: '' },
      participants: [participant('Anna', 'r1'), participant('Walter', '')],
    })
    const { people, summary } = await told(json)
    expect(people.map(({ name, statuses }) => [name, statuses])).toEqual([
      ['Anna', ['present']],
      ['Walter', ['present', 'walk_in']],
    ])
    expect(summary.registeredNoShow).toBeNull()
  })
})

describe('a list without times', () => {
  it('gives people and what it reports, and invents nothing', async () => {
    const csv = 'Name (original name),Email,Total duration (minutes),Guest\nAnna,anna@mail.example,28,No\n'
    const { people, summary } = await told(csv, { minShare: 75 })
    expect(people).toMatchObject([
      {
        ...{ firstJoin: null, lastLeave: null, presentSeconds: null, reportedSeconds: 1680, share: null },
        ...{ meetsMinimum: null, statuses: ['present'], meetings: [{ id: 'm1', presentSeconds: null }] },
      },
    ])
    expect(summary).toMatchObject({
      presentSeconds: null,
      sentence: '1 person was listed (1 certain); the list has no times; who stayed 75 % cannot be told.',
    })
  })
})

describe('the reasons of an identity', () => {
  it('are sentences', async () => {
    const csv = `${annaUntil('18:30:00')}Anna,,03/13/2026 19:00:00,03/13/2026 19:30:00,30,No,No\n`
    const { people } = await told(csv)
    expect(people[0]?.identity).toMatchObject({ rule: 'name', confidence: 'likely' })
    expect(people[0]?.identity.evidence).toEqual([
      'All connections carry the same name \u2068“anna”\u2069, and nothing speaks against it.',
    ])
  })

  it('do not speak of identifiers no file has, where one row goes on in another', async () => {
    const csv = `${annaUntil('18:30:00')}Anna,,03/13/2026 18:30:01,03/13/2026 19:30:00,60,No,No\n`
    const { people } = await told(csv)
    expect(people[0]?.identity).toMatchObject({
      rule: 'connection',
      evidence: ['One row begins where another of the same name ends, so they are one device.'],
    })
  })
})
