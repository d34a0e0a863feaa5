import { describe, expect, it } from 'vitest'
import type { FileRow } from '../../../../shared/files/index.ts'
import { codesOf, readPortal } from '../../../support/read-portal.ts'

const header = 'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),In Waiting Room'
const good = 'Anna,anna@mail.example,05/20/2026 06:05:00 PM,05/20/2026 06:55:00 PM,50,No'

const read = (row: string, zone = 'UTC') => readPortal('a.csv', [header, good, row].join('\n'), { zone })
const second = async (row: string, zone?: string): Promise<{ row: FileRow | undefined; codes: string[] }> => {
  const { rows, warnings } = await read(row, zone)
  return { row: rows[1], codes: codesOf(warnings) }
}
const minutes = ({ row }: { row: FileRow | undefined }): number =>
  ((row?.toMs ?? NaN) - (row?.fromMs ?? NaN)) / 60_000

describe('times of a row', () => {
  it('counts a row that ends before it began at its beginning, without a length', async () => {
    const { row, codes } = await second('B,,05/20/2026 06:55:00 PM,05/20/2026 06:05:00 PM,50,No')
    expect(row).toMatchObject({ fromMs: Date.UTC(2026, 4, 20, 18, 55), toMs: Date.UTC(2026, 4, 20, 18, 55) })
    expect(codes).toEqual(['end_before_start'])
  })

  it('keeps rows in the future and very long ones, with a warning each', async () => {
    expect((await second('B,,05/20/2040 06:05:00 PM,05/20/2040 06:15:00 PM,10,No')).codes).toEqual([
      'time_in_future',
    ])
    expect((await second('B,,05/18/2026 06:05:00 PM,05/20/2026 06:15:00 PM,2890,No')).codes).toEqual([
      'very_long_stay',
    ])
  })

  it('keeps a row far outside of its meeting, with a warning', async () => {
    const { rows, warnings } = await readPortal(
      'a.csv',
      [
        'Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants',
        '81234567890,Algebra,05/20/2026 06:00:00 PM,05/20/2026 07:00:00 PM,v@school.example,60,2',
        ...[header, good, good.replaceAll('/20/', '/21/')],
      ].join('\n'),
    )
    expect(rows).toHaveLength(2)
    expect(warnings).toMatchObject([{ code: 'outside_meeting', line: 5 }])
  })

  it('gives a row with one readable time no length, and invents no other', async () => {
    const { row, codes } = await second('B,,05/20/2026 06:05:00 PM,later,50,No')
    expect(row?.fromMs).toBe(Date.UTC(2026, 4, 20, 18, 5))
    expect(row?.toMs).toBe(row?.fromMs)
    expect(codes).toEqual(['time_unreadable'])
  })

  it('calls a time missing where the other one is good', async () => {
    const { rows, warnings } = await read('B,,05/20/2026 06:05:00 PM,,50,No')
    expect(rows[1]?.fromMs).toBe(Date.UTC(2026, 4, 20, 18, 5))
    expect(warnings).toEqual([{ code: 'time_unreadable', file: 'a.csv', line: 3 }])
  })

  it('never says that there is no column of times where its times cannot be read', async () => {
    const read = async (row: string) => codesOf((await readPortal('a.csv', `${header}\n${row}`)).warnings)
    expect(await read('B,b@mail.example,soon,later,50,No')).toEqual(['time_unreadable', 'time_unreadable'])
    expect(await read('B,b@mail.example,--,--,--,No')).toEqual([])
  })

  it('keeps somebody with an address whose times cannot be read, and leaves a mere name out', async () => {
    expect(await second('B,b@mail.example,soon,later,,No')).toMatchObject({
      row: { fromMs: null, toMs: null, attended: true },
      codes: ['time_unreadable', 'time_unreadable'],
    })
    const { row, codes } = await second('B,,soon,later,,No')
    expect(row).toBeUndefined()
    expect(codes).toContain('record_not_understood')
  })

  it('reads an hour the clock showed twice as the row’s minutes say', async () => {
    const night = (to: string, length: number) =>
      second(`B,,10/25/2026 01:30:00 AM,10/25/2026 ${to} AM,${length},No`, 'Europe/Berlin')
    expect(minutes(await night('02:45:00', 75))).toBe(75)
    const later = await night('02:45:00', 135)
    expect(minutes(later)).toBe(135)
    expect(later.codes).toEqual(['time_twice'])
  })

  it('moves a time the clock skipped forward, with a warning', async () => {
    const { row, codes } = await second(
      'B,,03/29/2026 02:30:00 AM,03/29/2026 04:00:00 AM,30,No',
      'Europe/Berlin',
    )
    expect(row?.fromMs).toBe(Date.UTC(2026, 2, 29, 1, 30))
    expect(codes).toEqual(['time_skipped'])
  })
})

describe('what else a row says', () => {
  it('reads minutes with fractions, and takes seconds for seconds where its times prove them', async () => {
    const told = async (cell: string) =>
      (await second(`B,,05/20/2026 06:00:00 PM,05/20/2026 06:50:00 PM,${cell},No`)).row?.reportedSeconds
    expect(await told('77.99999999')).toBe(4680)
    expect(await told('"77,5"')).toBe(4650)
    expect(await told('0:50:00')).toBe(3000)
    expect(await told('3000')).toBe(3000)
    expect(await told('"1,234"')).toBeNull()
  })

  it('keeps what is no address out of the keys', async () => {
    for (const cell of ['anna.mail.example', 'j***@mail.example', 'two@mail.example x@mail.example'])
      expect(await second(`B,${cell},05/20/2026 06:00:00 PM,05/20/2026 06:50:00 PM,50,No`)).toMatchObject({
        row: { keys: { email: null } },
        codes: ['email_unreadable'],
      })
    expect((await second('B,--,05/20/2026 06:00:00 PM,05/20/2026 06:50:00 PM,50,No')).codes).toEqual([])
  })

  it('takes time in the waiting room for what it is, and an answer it cannot read for no', async () => {
    const at = (answer: string) => second(`B,,05/20/2026 06:00:00 PM,05/20/2026 06:50:00 PM,50,${answer}`)
    expect(await at('はい')).toMatchObject({ row: { place: 'waiting' }, codes: [] })
    expect(await at('perhaps')).toMatchObject({ row: { place: 'main' }, codes: ['answer_unreadable'] })
  })

  it('keeps somebody who waited without a time in the waiting room: they did not stay away', async () => {
    for (const row of ['B,,--,--,5,Yes', 'B,,,,,Yes'])
      expect(await second(row)).toMatchObject({
        row: { place: 'waiting', attended: true, fromMs: null },
        codes: ['time_unreadable'],
      })
    expect(await second('B,,--,--,--,No')).toMatchObject({ row: { place: 'main', attended: false } })
  })

  it('tells of a zone that was not given', async () => {
    const { warnings } = await readPortal('a.csv', [header, good].join('\n'), { zone: null })
    expect(warnings).toEqual([{ code: 'zone_not_given', file: 'a.csv', line: null }])
    await expect(readPortal('a.csv', [header, good].join('\n'), { zone: 'Mars/Olympus' })).rejects.toThrow(
      RangeError,
    )
  })

  it('refuses dates that can be read both ways, and reads them as it is told', async () => {
    const text = [header, 'A,,03/04/2026 18:05:00,03/04/2026 18:55:00,50,No'].join('\n')
    await expect(readPortal('a.csv', text)).rejects.toMatchObject({
      refusal: { code: 'date_order_open', line: 2 },
    })
    const { rows } = await readPortal('a.csv', text, { dates: 'dmy' })
    expect(rows[0]?.fromMs).toBe(Date.UTC(2026, 3, 3, 18, 5))
  })
})
