import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayOf, parseStamp, type DateOrder } from '../../../shared/files/index.ts'

/** "2026-04-03 14:05:11", as the stamp reads in a file of that order; with its form behind. */
function read(text: string, order: DateOrder | null = null): string | null {
  const stamp = parseStamp(text)
  if (stamp === null) return null
  const day = dayOf(stamp, { order, by: 'file' })
  const two = (value: number): string => String(value).padStart(2, '0')
  const seconds = stamp.secondsOfDay
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':')
  return `${day === null ? 'open' : [day.year, two(day.month), two(day.day)].join('-')} ${clock}`
}

describe('a moment is read however a portal, a spreadsheet or an API writes it', () => {
  it.each<[string, DateOrder | null, string]>([
    ['04/03/2026 02:05:11 PM', 'mdy', '2026-04-03 14:05:11'],
    ['04/03/2026 02:05:11 PM', 'dmy', '2026-03-04 14:05:11'],
    ['04/03/2026 12:05:11 AM', 'mdy', '2026-04-03 00:05:11'],
    ['04/03/2026 12:05:11 PM', 'mdy', '2026-04-03 12:05:11'],
    ['11/19/2021 9:54:15 AM', null, '2021-11-19 09:54:15'],
    ['1/26/2021 7:45', null, '2021-01-26 07:45:00'],
    ['08/31/2021 10:58:43', null, '2021-08-31 10:58:43'],
    ['2026/06/21 07:05:20 PM', null, '2026-06-21 19:05:20'],
    ['2026-04-03T14:05:11Z', null, '2026-04-03 14:05:11'],
    ['2026-04-03 14:05:11', null, '2026-04-03 14:05:11'],
    ['Mar 28, 2020 09:07:11', null, '2020-03-28 09:07:11'],
    ['Apr 09, 2020 8:50 PM', null, '2020-04-09 20:50:00'],
    ['28-Mar-2020 10:05', null, '2020-03-28 10:05:00'],
    ['March 3rd, 2026 10:05', null, '2026-03-03 10:05:00'],
    ['03.04.2026 14:05', null, '2026-04-03 14:05:00'],
    ['10.04.2020 07:21:08 PM', null, '2020-04-10 19:21:08'],
    ['04.13.2026 14:05', null, '2026-04-13 14:05:00'],
    ['03.04.26 14:05', null, '2026-04-03 14:05:00'],
    ['26.04.03 14:05', null, '2026-04-03 14:05:00'],
    ['1/26/21 7:45', null, '2021-01-26 07:45:00'],
    ['26-04-03 07:45', null, '2026-04-03 07:45:00'],
    ['3-4-2026 14:05', 'dmy', '2026-04-03 14:05:00'],
    ['3. 4. 2026 14:05:11', null, '2026-04-03 14:05:11'],
    ['3.4.2026 klo 14.05.11', null, '2026-04-03 14:05:11'],
    ['14:05:11 3/4/2026', 'dmy', '2026-04-03 14:05:11'],
    ['02:05:11 PM 04/03/2026', 'mdy', '2026-04-03 14:05:11'],
    ['2026-04-03 14:05:11.500+00:00', null, '2026-04-03 14:05:11'],
    ['2026. 4. 3. 오후 2:05:11', null, '2026-04-03 14:05:11'],
    ['2026년 4월 3일 오후 2시 5분 11초', null, '2026-04-03 14:05:11'],
    ['2026年4月3日(金) 午後2時05分', null, '2026-04-03 14:05:00'],
    ['2026年4月3日 下午2:05:11', null, '2026-04-03 14:05:11'],
    ['2026/4/3 上午12:05', null, '2026-04-03 00:05:00'],
    ['２０２６／０４／０３　１４：０５', null, '2026-04-03 14:05:00'],
    ['3 de abril de 2026, 2:05:11 p. m.', null, '2026-04-03 14:05:11'],
    ['03/04/2026 02:05:11 p.m.', 'dmy', '2026-04-03 14:05:11'],
    ['3 апр. 2026 г., 14:05:11', null, '2026-04-03 14:05:11'],
    ['ven. 3 avril 2026 à 14:05', null, '2026-04-03 14:05:00'],
    ['3 avril 2026 14 h 05', null, '2026-04-03 14:05:00'],
    ['Freitag, 3. April 2026 um 14:05:11', null, '2026-04-03 14:05:11'],
    ['3 Nisan 2026 14:05', null, '2026-04-03 14:05:00'],
    ['3 kwietnia 2026 14:05', null, '2026-04-03 14:05:00'],
    ['  04/03/2026  02:05 PM ', 'mdy', '2026-04-03 14:05:00'],
    ['\u200e04/03/2026\u200f 02:05\u202fPM', 'mdy', '2026-04-03 14:05:00'],
    ['02/29/2024 10:00', null, '2024-02-29 10:00:00'],
    ['jan. 12, 2021 8:53 da manhã', null, '2021-01-12 08:53:00'],
    ['jul. 13, 2021 1:41 da tarde', null, '2021-07-13 13:41:00'],
    ['13 de julio de 2021 a las 8:41 de la noche', null, '2021-07-13 20:41:00'],
    ['13 juillet 2021 1:41 de l’après-midi', null, '2021-07-13 13:41:00'],
    ['13 luglio 2021 1:41 di notte', null, '2021-07-13 01:41:00'],
    ['13 июля 2021 г. 1:41 дня', null, '2021-07-13 13:41:00'],
    ['3월 05, 2024 1:00 오후', null, '2024-03-05 13:00:00'],
    ['3月 05, 2024 13:00:10', null, '2024-03-05 13:00:10'],
  ])('%s (%s) is %s', (text, order, expected) => {
    expect(read(text, order)).toBe(expected)
  })

  it.each([
    ...[
      '',
      ' ',
      '-',
      '--',
      'NA',
      'Anna',
      'Anna 10:05',
      '5',
      '120',
      '8461389 0849',
      '04/03/2026',
      '14:05:11',
      'PM',
    ],
    ...[
      '31/04/2026 10:00',
      '04/31/2026 10:00',
      '02/29/2026 10:00',
      '13/13/2026 10:00',
      '00/00/0000 00:00:00',
    ],
    ...['04/03/2026 25:00', '04/03/2026 24:00', '04/03/2026 10:61', '04/03/2026 10:00:61', '04/03/2026 1:5'],
    ...['04/03/202 10:00', '4/3/6 10:00', '04/03/20266 10:00', '04-03/2026 10:00', '12026-04-03 10:00'],
    ...['04/03/2026 10:00 Room 5', 'Lesson 04/03/2026 10:00', '04/03/2026 10:00:00 11', '1/2/3/4 10:00'],
    ...[
      '03/04/1066 10:00',
      '2026-13-01T00:00:00Z',
      '2026-04-03T14:05:11+25:00',
      '=04/03/2026 10:00',
      '10:05 - 11:05',
    ],
  ])('%j is no moment', (text) => {
    expect(parseStamp(text)).toBeNull()
  })

  it.each([
    ['05/20/2026 06:05:09 م', 18],
    ['05/20/2026 06:05:09 ص', 6],
    ['٢٠/٠٥/٢٠٢٦، ٦:٠٥:٠٩ م', 18],
    ['20/05/2026, 12:05:09 ص', 0],
  ])('%s has an Arabic half of the day', (text, hour) => {
    expect(parseStamp(text)?.secondsOfDay).toBe(hour * 3600 + 309)
  })

  it('tells apart what says its order, what follows custom and what may be either', () => {
    const form = (text: string) => parseStamp(text)?.form
    expect(form('2026-04-03 10:00')).toBe('ymd')
    expect(form('Apr 03, 2026 10:00')).toBe('named_month')
    expect(form('03.04.2026 10:00')).toBe('dotted')
    expect(form('04.13.2026 10:00')).toBe('numeric')
    expect(form('03/04/2026 10:00')).toBe('numeric')
    expect(form('03-04-2026 10:00')).toBe('numeric')
  })

  it('ignores AM or PM beside a time of 24 hours, and says so', () => {
    expect(parseStamp('04/03/2026 14:05:11 PM')).toMatchObject({
      secondsOfDay: 50_711,
      stray: true,
      meridiem: 'pm',
    })
    expect(parseStamp('04/03/2026 13:05 AM')).toMatchObject({ secondsOfDay: 47_100, stray: true })
    expect(parseStamp('04/03/2026 02:05:11 PM')).toMatchObject({ secondsOfDay: 50_711, stray: false })
    expect(parseStamp('04/03/2026 00:15:00 AM')).toMatchObject({ secondsOfDay: 900, stray: false })
  })

  it('knows whether seconds were written', () => {
    expect(parseStamp('1/26/2021 7:45')?.hasSeconds).toBe(false)
    expect(parseStamp('1/26/2021 7:45:00')?.hasSeconds).toBe(true)
  })

  it.each([
    ['2026-04-03T14:05:11Z', 0],
    ['2026-04-03T14:05:11.123Z', 0],
    ['2026-04-03T14:05:11+05:30', 330],
    ['2026-04-03 14:05:11 -0500', -300],
    ['2026-04-03T14:05:11-03', -180],
    ['04/03/2026 02:05 PM UTC', 0],
    ['04/03/2026 02:05 PM GMT+3', 180],
    ['2026-04-03 14:05:11', null],
    ['14:05 28-03-20', null],
  ])('%s carries the offset %s', (text, minutes) => {
    expect(parseStamp(text)?.offsetMinutes).toBe(minutes)
  })

  it('leaves a date open that can be read both ways when nobody decided, and takes the only possible reading else', () => {
    const open = parseStamp('03/04/2026 10:00')
    const sure = parseStamp('13/04/2026 10:00')
    if (open === null || sure === null) throw new Error('both are moments')
    expect(dayOf(open, { order: null, by: 'open' })).toBeNull()
    expect(dayOf(sure, { order: null, by: 'open' })).toMatchObject({ month: 4, day: 13, mixed: false })
    expect(dayOf(sure, { order: 'mdy', by: 'file' })).toMatchObject({ month: 4, day: 13, mixed: true })
  })

  it('reads dots day first beside slashes month first, unless the person said otherwise', () => {
    const stamp = parseStamp('03.04.2026 10:00')
    if (stamp === null) throw new Error('it is a moment')
    expect(dayOf(stamp, { order: 'mdy', by: 'file' })).toMatchObject({ month: 4, day: 3 })
    expect(dayOf(stamp, { order: 'mdy', by: 'given' })).toMatchObject({ month: 3, day: 4 })
  })
})

const LOCALES: [string, DateOrder][] = [
  ['en-US', 'mdy'],
  ['en-GB', 'dmy'],
  ['es', 'dmy'],
  ['es-MX', 'dmy'],
  ['pt-BR', 'dmy'],
  ['pt-PT', 'dmy'],
  ['fr', 'dmy'],
  ['fr-CA', 'ymd'],
  ['it', 'dmy'],
  ['de', 'dmy'],
  ['ru', 'dmy'],
  ['ko', 'ymd'],
  ['ja', 'ymd'],
  ['zh-CN', 'ymd'],
  ['zh-TW', 'ymd'],
  ['nl', 'dmy'],
  ['pl', 'dmy'],
  ['tr', 'dmy'],
  ['sv', 'ymd'],
  ['da', 'dmy'],
  ['nb', 'dmy'],
  ['fi', 'dmy'],
  ['cs', 'dmy'],
  ['uk', 'dmy'],
  ['id', 'dmy'],
  ['ro', 'dmy'],
]

describe('what a language writes by itself is read back', () => {
  it.each(LOCALES)('%s: short, medium and long dates, 12 and 24 hours', (locale, order) => {
    const moment = fc.date({
      min: new Date('2012-01-01T00:00:00Z'),
      max: new Date('2049-12-31T23:59:59Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(
        moment,
        fc.constantFrom('numeric', '2-digit', 'short', 'long'),
        fc.boolean(),
        (date, month, hour12) => {
          const text = new Intl.DateTimeFormat(locale, {
            timeZone: 'UTC',
            year: 'numeric',
            month,
            day: 'numeric',
            hour: 'numeric',
            minute: '2-digit',
            second: '2-digit',
            ...(hour12 ? { hour12: true } : { hourCycle: 'h23' }),
          }).format(date)
          expect([text, read(text, order)]).toEqual([text, date.toISOString().slice(0, 19).replace('T', ' ')])
        },
      ),
      { numRuns: 150 },
    )
  })
})

describe('months have names', () => {
  it.each(LOCALES)('%s: every month, in full and short, alone or beside its day', (locale) => {
    for (const style of ['long', 'short'] as const)
      for (let month = 1; month <= 12; month += 1) {
        const instant = Date.UTC(2026, month - 1, 15)
        const names = [{ month: style }, { month: style, day: 'numeric' } as const].map(
          (options) =>
            new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
              .formatToParts(instant)
              .find(({ type }) => type === 'month')?.value ?? '',
        )
        for (const name of names.filter((text) => !/\d/.test(text)))
          expect([name, read(`15 ${name} 2026 10:00`)]).toEqual([
            name,
            new Date(instant).toISOString().slice(0, 10) + ' 10:00:00',
          ])
      }
  })
})

describe('no cell is too strange', () => {
  it('answers for any string, and keeps to its promises', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const stamp = parseStamp(text)
        if (stamp !== null) expect(stamp.secondsOfDay).toBeLessThan(86_400)
      }),
    )
    const bits = fc.constantFrom(
      ...'0123456789',
      '/',
      '-',
      '.',
      ':',
      ' ',
      'AM',
      'pm',
      'T',
      'Z',
      '+',
      '年',
      '오후',
      'мая',
      'Mar',
    )
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 40 }), (parts) => {
        const stamp = parseStamp(parts.join(''))
        if (stamp === null) return
        expect(stamp.secondsOfDay).toBeGreaterThanOrEqual(0)
        expect(stamp.secondsOfDay).toBeLessThan(86_400)
        expect(
          (['dmy', 'mdy', 'ymd'] as const).some((order) => dayOf(stamp, { order, by: 'file' }) !== null),
        ).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it.each(['1', '/', '1/', ' ', ':', 'a', 'AM ', '年', '\u0301', '.1', '+1', '\u200e'])(
    'gives up at once on a long run of %j',
    (bit) => {
      expect(parseStamp(bit.repeat(10_000))).toBeNull()
      expect(parseStamp(`04/03/2026 10:00${bit.repeat(1_000_000)}`)).toBeNull()
    },
  )
})
