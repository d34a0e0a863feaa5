import { describe, expect, it } from 'vitest'
import { codesOf, readPortal } from '../../../support/read-portal.ts'

const header = 'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest'
const anna = 'Anna,anna@mail.example,05/20/2026 06:05:00 PM,05/20/2026 06:55:00 PM,50,Yes'
const boris = 'Boris,,05/20/2026 06:06:00 PM,05/20/2026 06:36:00 PM,30,No'
const info = 'Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants,'
const lesson = '812 3456 7890,Algebra,05/20/2026 06:00:00 PM,05/20/2026 07:00:00 PM,vera@school.example,60,2,'

const read = (...lines: string[]) => readPortal('participants.csv', lines.join('\n'))
const namesIn = async (...lines: string[]) => (await read(...lines)).rows.map(({ name }) => name)

describe('tables of participants', () => {
  it('takes columns in any order, and leaves columns it does not know unread', async () => {
    const { rows, warnings } = await read(
      'Duration (Minutes),Leave Time,Shoe size,Join Time,User Email,Name (Original Name)',
      '50,05/20/2026 06:55:00 PM,42,05/20/2026 06:05:00 PM,anna@mail.example,Anna',
    )
    expect(rows[0]).toMatchObject({
      name: 'Anna',
      keys: { email: 'anna@mail.example' },
      reportedSeconds: 3000,
    })
    expect(warnings).toEqual([])
  })

  it('says which columns behind the times it could not name, as one may be the waiting room', async () => {
    const { warnings, rows } = await read(`${header},Lobby`, `${anna},No`, `${boris},Yes`)
    expect(warnings).toMatchObject([{ code: 'column_unread', line: 1, value: 'Lobby' }])
    expect(rows.map(({ place }) => place)).toEqual(['main', 'main'])
    expect((await read(`${header},In Waiting Room,Grade`, `${anna},No,5`)).warnings).toEqual([])
  })

  it('knows who waited in a table made of an answer of Zoom’s API', async () => {
    const { rows, warnings } = await read(
      'name,user_email,join_time,leave_time,duration,status',
      'Anna,,2026-05-20T18:05:00Z,2026-05-20T18:06:00Z,60,in_waiting_room',
      'Anna,,2026-05-20T18:06:00Z,2026-05-20T18:30:00Z,1440,in_meeting',
    )
    expect(rows.map(({ place, reportedSeconds }) => [place, reportedSeconds])).toEqual([
      ['waiting', 60],
      ['main', 1440],
    ])
    expect(warnings).toEqual([])
  })

  it('makes a name of first and last name where there is none', async () => {
    expect(
      await namesIn(
        'First Name,Last Name,Email,Join Time,Leave Time',
        'Anna,Berg,,05/20/2026 06:05:00 PM,05/20/2026 06:55:00 PM',
      ),
    ).toEqual(['Anna Berg'])
  })

  it('goes on through a header that is repeated, blank lines, and lines of commas', async () => {
    const { rows, warnings, meetings } = await read(header, anna, '', ',,,,,', header, boris)
    expect(rows.map(({ name, line }) => [name, line])).toEqual([
      ['Anna', 2],
      ['Boris', 6],
    ])
    expect(meetings).toHaveLength(1)
    expect(warnings).toEqual([])
  })

  it('leaves a row of totals out, and says so', async () => {
    for (const total of ['Total,,,,80,', 'Итого;;;;80;', '합계,,,,80,', 'Total participants,2,,,,'])
      expect((await read(header, anna, boris, total.replaceAll(';', ','))).warnings).toMatchObject([
        { code: 'record_not_understood', line: 4 },
      ])
    expect(
      await namesIn('Name (Original Name),User Email,Total Duration (Minutes)', 'Anna,,50', 'Total,,50'),
    ).toEqual(['Anna'])
    expect((await read(header, anna, boris, ',,,,80,')).warnings).toMatchObject([
      { code: 'record_not_understood', line: 4 },
    ])
  })

  it('keeps equal rows apart by their lines', async () => {
    const { rows } = await read(header, anna, anna)
    expect(rows.map(({ line }) => line)).toEqual([2, 3])
  })

  it('puts a name with an unquoted comma together, and a row short of its address right, with a warning each', async () => {
    const { rows, warnings } = await read(
      header,
      'Berg, Anna,anna@mail.example,05/20/2026 06:05:00 PM,05/20/2026 06:55:00 PM,50,Yes',
      'Solo,05/20/2026 06:05:00 PM,05/20/2026 06:55:00 PM,50,Yes',
      boris,
    )
    expect(rows.map(({ name, keys, reportedSeconds }) => [name, keys.email, reportedSeconds])).toEqual([
      ['Berg, Anna', 'anna@mail.example', 3000],
      ['Solo', null, 3000],
      ['Boris', null, 1800],
    ])
    expect(warnings.map(({ code, line }) => [code, line])).toEqual([
      ['ragged_row', 2],
      ['ragged_row', 3],
    ])
  })

  it('reads lines a spreadsheet put into one cell each', async () => {
    const lines = [header, anna, boris].map((line) => `"${line}"`)
    expect(await namesIn(...lines)).toEqual(['Anna', 'Boris'])
    expect(await namesIn(...lines.map((line) => `${line},,,`))).toEqual(['Anna', 'Boris'])
  })

  it('reads rows whose header was cut off by their values, and asks for confirmation', async () => {
    const { rows, survey, warnings } = await read(anna, boris, anna)
    expect(rows).toHaveLength(3)
    expect(survey.needsConfirmation).toBe(true)
    expect(codesOf(warnings)).toEqual(['columns_by_shape'])
  })

  it('says when the file ends inside a row, and keeps what is there', async () => {
    const { rows, warnings } = await read(header, anna, 'Boris,boris@mail.exa')
    expect(rows[1]).toMatchObject({ name: 'Boris', fromMs: null, attended: true })
    expect(codesOf(warnings)).toContain('file_ends_early')
  })

  it('takes columns for what the person says they are', async () => {
    const columns = new Map([
      [0, 'name'],
      [1, null],
    ] as const)
    const { rows, survey } = await readPortal('a.csv', [header, anna].join('\n'), { columns })
    expect(rows[0]?.keys.email).toBeNull()
    expect(survey.columns.slice(0, 2).map(({ by, field }) => [by, field])).toEqual([
      ['chosen', 'name'],
      ['chosen', null],
    ])
  })

  it('takes a spreadsheet at its word about the separator', async () => {
    expect(await namesIn('sep=;', header.replaceAll(',', ';'), anna.replaceAll(',', ';'))).toEqual(['Anna'])
  })
})

describe('blocks about meetings', () => {
  it('reads several meetings one after another, each with its people', async () => {
    const { meetings, rows, survey } = await read(
      ...[info, lesson, '', header, anna, boris, ''],
      ...[info, lesson.replace('812 3456 7890,Algebra', '81234567891,Geometry'), header, anna],
    )
    expect(meetings.map(({ number, topic }) => [number, topic])).toEqual([
      ['81234567890', 'Algebra'],
      ['81234567891', 'Geometry'],
    ])
    expect(rows.map(({ meeting }) => meeting)).toEqual([0, 0, 1])
    expect(survey.meetings.map(({ rows }) => rows)).toEqual([2, 1])
  })

  it('knows the host by the block, and by the mark behind a name', async () => {
    const { rows, meetings } = await read(
      info,
      lesson,
      header,
      anna.replace('anna@mail.example', 'VERA@school.example'),
      boris.replace('Boris', 'Boris (Co-host)'),
      boris.replace('Boris', 'Boris (Host)'),
    )
    expect(meetings[0]?.hostEmail).toBe('vera@school.example')
    expect(rows.map(({ name, role }) => [name, role])).toEqual([
      ['Anna', 'host'],
      ['Boris', 'cohost'],
      ['Boris', 'host'],
    ])
  })

  it('reads a block written as pairs of a name and a value', async () => {
    const { meetings } = await read('Meeting ID,81234567890', 'Topic,Algebra', '', header, anna)
    expect(meetings).toMatchObject([{ number: '81234567890', topic: 'Algebra' }])
  })

  it('takes a title before such pairs for a title', async () => {
    const { warnings, meetings } = await read(
      '회의 보고서,,',
      '주제,대수학,',
      ',,',
      '이름(원래 이름),사용자 이메일,참가 시간(분)',
      '김,kim@mail.example,92',
    )
    expect(meetings).toMatchObject([{ topic: '대수학' }])
    expect(codesOf(warnings)).toEqual(['no_times'])
  })

  it('takes the number from the name of the file where the file tells none', async () => {
    for (const name of ['participants_81234567890.csv', 'participants_812 3456 7890_2024_05_03.csv'])
      expect((await readPortal(name, [header, anna].join('\n'))).meetings[0]?.number).toBe('81234567890')
    expect((await readPortal('list_20240503.csv', [header, anna].join('\n'))).meetings[0]?.number).toBeNull()
  })

  it('does not believe a number a spreadsheet has rounded', async () => {
    const { meetings, warnings } = await read(
      info,
      lesson.replace('812 3456 7890', '8.1235E+10'),
      header,
      anna,
    )
    expect(meetings[0]?.number).toBeNull()
    expect(warnings).toMatchObject([{ code: 'record_not_understood', line: 2, value: '8.1235E+10' }])
  })

  it('finds number and beginning by their look where their columns have names it cannot read', async () => {
    const { meetings, warnings } = await read(
      'Topic,Kennung,Duration (Minutes),Los,Participants',
      'Algebra,812 3456 7890,60,05/20/2026 06:00:00 PM,2',
      header,
      anna,
    )
    expect(meetings).toMatchObject([
      { number: '81234567890', startedMs: Date.UTC(2026, 4, 20, 18), endedMs: Date.UTC(2026, 4, 20, 19) },
    ])
    expect(codesOf(warnings)).toEqual(['columns_by_shape'])
  })
})

describe('flattened histories', () => {
  const columns = `Topic,Meeting ID,Start Time,End Time,Duration (Minutes),Participants,${header}`
  const on = (day: number, row: string) =>
    `Algebra,812 3456 7890,05/${day}/2026 06:00:00 PM,05/${day}/2026 07:00:00 PM,60,2,${row.replaceAll('/20/', `/${day}/`)}`

  it('puts rows of one meeting together that do not stand together', async () => {
    const { meetings, rows, warnings } = await read(
      columns,
      on(20, anna),
      '',
      on(21, anna),
      '',
      on(20, boris),
    )
    expect(meetings).toHaveLength(2)
    expect(rows.map(({ name, meeting }) => [name, meeting])).toEqual([
      ['Anna', 0],
      ['Anna', 1],
      ['Boris', 0],
    ])
    expect(warnings).toEqual([])
  })

  it('lets the date of creation speak for the order of all dates', async () => {
    const { survey } = await read(
      `Creation Time,${columns}`,
      `04/30/2026 10:00:00,${on(3, anna)}`.replaceAll(' PM', ''),
    )
    expect(survey.dates).toMatchObject({ order: 'mdy', by: 'file' })
  })
})

describe('times of a meeting', () => {
  const about = 'Meeting ID,Topic,Start Time,End Time,Duration (Minutes)'
  const totals = 'Name (Original Name),User Email,Total Duration (Minutes)\nAnna,anna@mail.example,50'
  const told = async (line: string, zone: string | null = 'UTC') => {
    const text = [about, `81234567890,Algebra,${line}`, totals].join('\n')
    const { warnings, meetings } = await readPortal('a.csv', text, { zone })
    return { meetings, warnings: warnings.map(({ code, line: at, value }) => [code, at, value]) }
  }
  const none = ['no_times', null, undefined]

  it('of more than a day are kept and told of, as its end or its length says them', async () => {
    const { meetings, warnings } = await told('05/20/2024 06:00:00 PM,05/20/2026 06:00:00 PM,60')
    expect(meetings[0]?.endedMs).toBe(Date.UTC(2026, 4, 20, 18))
    expect(warnings).toEqual([none, ['very_long_meeting', 2, '05/20/2026 06:00:00 PM']])
    expect((await told('05/20/2024 06:00:00 PM,,1051200')).warnings).toEqual([
      none,
      ['very_long_meeting', 2, '1051200'],
    ])
    expect((await told('05/20/2026 06:00:00 PM,05/21/2026 06:00:00 PM,1440')).warnings).toEqual([none])
  })

  it('whose end lies before the start lose their end, and are not called a stay', async () => {
    const { meetings, warnings } = await told('05/20/2026 06:00:00 PM,05/20/2026 05:00:00 PM,60')
    expect(meetings).toMatchObject([{ startedMs: Date.UTC(2026, 4, 20, 18), endedMs: null }])
    expect(warnings).toEqual([none, ['meeting_times_odd', 2, '05/20/2026 05:00:00 PM']])
  })

  it('need a zone where rows have no times', async () => {
    expect((await told('05/20/2026 06:00:00 PM,,60', null)).warnings).toEqual([
      none,
      ['zone_not_given', null, undefined],
    ])
    expect((await told('2026-05-20T18:00:00Z,,60', null)).warnings).toEqual([none])
    expect((await told(',,60', null)).warnings).toEqual([none])
  })
})

describe('webinars', () => {
  const report = [
    'Attendee Report,,,,',
    'Report Generated:,"May 20, 2026 8:50 PM",,',
    'Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered,# Cancelled,Unique Viewers,Total Users,,',
    'Launch,812 3456 7890,"May 20, 2026 18:00:00",60,3,0,2,3,,',
    'Panelist Details,,',
    'Attended,User Name,Email,Join Time,Leave Time,Time in Session (minutes),Country/Region Name',
    'Yes,Vera,vera@school.example,"May 20, 2026 18:00:00","May 20, 2026 19:00:00",60,Germany',
    'No,Paul,paul@school.example,--,--,--,--',
    'Attendee Details,,',
    'Attended,User Name,First Name,Last Name,Email,Phone,Registration Time,Approval Status,Join Time,Leave Time,Time in Session (minutes),Country/Region Name',
    'Yes,Anna,Anna,Berg,anna@mail.example,,"May 19, 2026 06:00:00",approved,"May 20, 2026 18:01:00","May 20, 2026 18:30:00",29,Germany',
    'Yes,Anna,,,anna@mail.example,,,,"May 20, 2026 18:40:00","May 20, 2026 18:59:00",19,Germany',
    'No,Cyril,Cyril,Dee,cyril@mail.example,,"May 18, 2026 06:00:00",approved,--,--,--,--',
    'Other Attended',
    'User Name,Join Time,Leave Time,Time in Session (minutes),Country/Region Name',
    '1617****123,"May 20, 2026 18:10:00","May 20, 2026 18:20:00",10,US',
  ]

  it('reads sections whose columns change, absent people, rejoins and telephones', async () => {
    const { meetings, rows, survey, warnings } = await read(...report)
    expect(meetings).toMatchObject([
      {
        kind: 'webinar',
        startedMs: Date.UTC(2026, 4, 20, 18),
        endedMs: Date.UTC(2026, 4, 20, 19),
        hasRegistration: true,
      },
    ])
    expect(
      rows.map(({ name, section, role, attended, registered, registration }) => [
        ...[name, section, role, attended, registered, registration],
      ]),
    ).toEqual([
      ['Vera', 'panelist', 'panelist', true, false, null],
      ['Paul', 'panelist', 'panelist', false, false, null],
      ['Anna', 'attendee', 'attendee', true, true, 'approved'],
      ['Anna', 'attendee', 'attendee', true, false, null],
      ['Cyril', 'attendee', 'attendee', false, true, 'approved'],
      ['1617****123', 'other', 'unknown', true, false, null],
    ])
    expect(survey.layout).toBe('webinar')
    expect(warnings).toEqual([])
  })

  it('gives returns directly behind a registrant their keys, and nobody else', async () => {
    const at = report.findIndex((line) => line.startsWith('Yes,Anna,,,'))
    const back = 'Yes,anna ,,,,,--,--,"May 20, 2026 18:40:00","May 20, 2026 18:59:00",19,Germany'
    const other = back.replace('anna ', 'Boris')
    const lines = [
      ...report.slice(0, at),
      back,
      back.replace('18:40', '18:50'),
      other,
      back,
      ...report.slice(at + 1),
    ]
    const { rows, warnings } = await read(...lines)
    expect(
      rows
        .filter(({ section }) => section === 'attendee')
        .map(({ name, keys, registered }) => [name.trim(), keys.email, registered]),
    ).toEqual([
      ['Anna', 'anna@mail.example', true],
      ['anna', 'anna@mail.example', false],
      ['anna', 'anna@mail.example', false],
      ['Boris', null, false],
      ['anna', null, false],
      ['Cyril', 'cyril@mail.example', true],
    ])
    expect(warnings).toEqual([])
    const between = await read(...report.slice(0, at + 1), back)
    expect(between.rows.at(-1)?.keys.email).toBe('anna@mail.example')
    const typed = back.replace('anna ,,,', 'Anna,,,nobody')
    expect((await read(...report.slice(0, at), typed)).rows.at(-1)?.keys.email).toBeNull()
    const absent = report.slice(0, -3).concat(back.replace('anna', 'Cyril'))
    expect((await read(...absent)).rows.at(-1)?.keys.email).toBeNull()
  })

  it('reads two reports in one file, and says which has registration', async () => {
    const second = report
      .filter((_, at) => at < 7)
      .join('\n')
      .replace('7890', '7899')
    const { meetings, survey } = await read(...report, second)
    expect(meetings.map(({ number, hasRegistration }) => [number, hasRegistration])).toEqual([
      ['81234567890', true],
      ['81234567899', false],
    ])
    expect(survey.hasRegistration).toBe(true)
  })

  it('knows who else attended by these words alone', async () => {
    for (const heading of ['Otros asistentes', 'Autres participants', 'Weitere Details: andere Teilnehmer']) {
      const lines = report.map((line) => (line.startsWith('Other Attended') ? heading : line))
      const { rows, warnings } = await read(...lines)
      expect(rows.at(-1)).toMatchObject({ name: '1617****123', section: 'other' })
      expect(warnings).toEqual([])
    }
  })

  it('keeps people of a section it has no name for, without a role', async () => {
    const { rows, warnings } = await read(...report.slice(0, 4), 'Celebrities,,', ...report.slice(5, 7))
    expect(rows).toMatchObject([{ name: 'Vera', section: null, role: 'unknown' }])
    expect(warnings).toMatchObject([{ code: 'section_unknown', line: 5, value: 'Celebrities' }])
  })
})
