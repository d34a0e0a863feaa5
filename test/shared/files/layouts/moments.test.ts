import { describe, expect, it } from 'vitest'
import { codesOf, readPortal } from '../../../support/read-portal.ts'

const read = (name: string, ...lines: string[]) => readPortal(name, lines.join('\n'))

/** Each row as its name, join and leave. */
const staysIn = async (name: string, ...lines: string[]) =>
  (await read(name, ...lines)).rows.map((row) => [row.name, clock(row.fromMs), clock(row.toMs)].join(' '))

const clock = (ms: number | null): string => (ms === null ? '-' : new Date(ms).toISOString().slice(5, 19))

describe('a day and a clock that stand apart are one moment', () => {
  it('takes the day from a column of its own for either end, or from one for both', async () => {
    expect(
      await staysIn(
        'a.csv',
        'Name,Email,Join Date,Join Time,Leave Date,Leave Time,Duration (Minutes)',
        'Anna,,03/24/2026,11:01:30 PM,03/25/2026,12:40:00 AM,99',
      ),
    ).toEqual(['Anna 03-24T23:01:30 03-25T00:40:00'])
    for (const [date, join, leave] of [
      ['Date', 'Join Time', 'Leave Time'],
      ['Fecha', 'Hora de entrada', 'Hora de salida'],
      ['Дата', 'Время входа', 'Время выхода'],
      ['Date joined', 'Time joined', 'Time left'],
    ] as const)
      expect(
        await staysIn('a.csv', `${date},Name,${join},${leave}`, '24.03.2026 0:00,Anna,18:01:30,18:40'),
      ).toEqual(['Anna 03-24T18:01:30 03-24T18:40:00'])
  })

  it('lets a stay without a day for its end go past midnight, unless its minutes deny it', async () => {
    const header = 'Date,Name,Join Time,Leave Time,Duration (Minutes)'
    expect(await staysIn('a.csv', header, '03/24/2026,Anna,11:01 PM,12:40 AM,99')).toEqual([
      'Anna 03-24T23:01:00 03-25T00:40:00',
    ])
    const { rows, warnings } = await read('a.csv', header, '03/24/2026,Anna,11:40 AM,11:01 AM,1')
    expect(rows[0]?.toMs).toBe(rows[0]?.fromMs)
    expect(codesOf(warnings)).toEqual(['end_before_start'])
  })

  it('takes clocks for those nearest to the beginning of their meeting, which may tell its own end by a clock', async () => {
    const { meetings, rows, warnings, survey } = await read(
      'a.csv',
      'Meeting ID,Host,Email,User Type,Start Time,End Time,Duration (hh:mm:ss),Participants,Recording',
      '812-345-678,Vera Host,vera@school.example,Pro,"Aug 01, 2017 11:23 PM",12:29 AM,01:05:51,3,false',
      '',
      'Participant,Device,Join Time,Leave Time',
      'Ben,Windows,11:20 PM,11:32 PM',
      '',
      'Ben,Windows,11:50 PM,12:28 AM',
      'Vera Host,Mac,12:05 AM,12:29 AM',
    )
    expect([meetings[0]?.startedMs, meetings[0]?.endedMs].map((ms) => clock(ms ?? null))).toEqual([
      '08-01T23:23:00',
      '08-02T00:29:00',
    ])
    expect(rows.map((row) => [row.name, clock(row.fromMs), clock(row.toMs)].join(' '))).toEqual([
      'Ben 08-01T23:20:00 08-01T23:32:00',
      'Ben 08-01T23:50:00 08-02T00:28:00',
      'Vera Host 08-02T00:05:00 08-02T00:29:00',
    ])
    expect(survey.columns[0]).toMatchObject({ header: 'Participant', field: 'name' })
    expect(codesOf(warnings)).toEqual([])
  })

  it('takes the day from the name of the file, and makes none up where it has none', async () => {
    const lines = ['Name,Email,Join Time,Leave Time', 'Anna,,09:01:10,10:31:00'] as const
    expect(await staysIn('participants_81234567890_2026_05_25.csv', ...lines)).toEqual([
      'Anna 05-25T09:01:10 05-25T10:31:00',
    ])
    const { rows, warnings } = await read('participants_81234567890.csv', ...lines)
    expect(rows).toEqual([])
    expect(codesOf(warnings)).toContain('time_unreadable')
  })
})

describe('a zone in the name of a column', () => {
  it('is that of its times, and of the meeting’s where their column tells one', async () => {
    const { rows, meetings, survey, warnings } = await readPortal(
      'a.csv',
      [
        'Topic,Meeting ID,Start Time (UTC+3),End Time (UTC+3)',
        'Algebra,812 3456 7890,03/24/2026 06:00:00 PM,03/24/2026 07:00:00 PM',
        '',
        'Name (Original Name),User Email,Join Time (UTC+3),Leave Time(GMT+03:00),Duration (Minutes)',
        'Anna,,03/24/2026 06:01:30 PM,03/24/2026 06:40:00 PM,39',
        'Boris,,--,--,0',
      ].join('\n'),
      { zone: null },
    )
    expect([rows[0]?.fromMs, rows[0]?.toMs, meetings[0]?.startedMs].map((ms) => clock(ms ?? null))).toEqual([
      '03-24T15:01:30',
      '03-24T15:40:00',
      '03-24T15:00:00',
    ])
    expect(survey).toMatchObject({ zoned: true, needsZone: false, needsConfirmation: false })
    expect(codesOf(warnings)).toEqual([])
  })

  it('gives way to the offset a time carries itself, and says nothing where it is no offset', async () => {
    const stay = '2026-03-24T18:01:30Z,2026-03-24T18:40:00Z'
    for (const zone of ['(UTC-5)', 'UTC', '(GMT)'])
      expect(await staysIn('a.csv', `Name,Join Time ${zone},Leave Time ${zone}`, `Anna,${stay}`)).toEqual([
        'Anna 03-24T18:01:30 03-24T18:40:00',
      ])
    const { survey } = await read(
      'a.csv',
      'Name,Join Time (UTC+25),Leave Time (UTC+25)',
      'Anna,03/24/2026 06:01:30 PM,03/24/2026 06:40:00 PM',
    )
    expect(survey.needsZone).toBe(true)
  })
})

describe('times that all end in :00', () => {
  const header = 'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)'

  it('are exact to the minute, as a spreadsheet leaves them that showed no seconds', async () => {
    const coarse = await read('a.csv', header, 'Anna,,2026-03-20 09:00:00,2026-03-20 09:58:00,58')
    expect(coarse.survey.precisionSeconds).toBe(60)
    const exact = await read(
      'a.csv',
      header,
      'Anna,,2026-03-20 09:00:00,2026-03-20 09:58:00,58',
      'Boris,,2026-03-20 09:00:07,2026-03-20 09:58:00,58',
    )
    expect(exact.survey.precisionSeconds).toBe(1)
  })

  it('stay exact where they carry an offset: no spreadsheet wrote those', async () => {
    const { survey } = await read('a.csv', header, 'Anna,,2026-03-20T09:00:00Z,2026-03-20T09:58:00Z,58')
    expect(survey.precisionSeconds).toBe(1)
  })
})
