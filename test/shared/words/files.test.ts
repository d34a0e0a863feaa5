import { describe, expect, it } from 'vitest'
import { refusalCodes, warningCodes } from '../../../shared/files/index.ts'
import { fileRefusalSentence, fileWarningSentence, whereSentence } from '../../../shared/words/files.ts'
import { languages } from '../../../shared/words/index.ts'
import { listSentence, rosterCounts, type ListCounts } from '../../../shared/words/list-sentence.ts'

const plain = (text: string): string => text.replaceAll(/[\u2068\u2069]/g, '')

describe('sentences about files', () => {
  it.each(languages)(
    'are whole ones in %s for every warning and refusal, with and without a value',
    (language) => {
      const said = (['command_line', 'page'] as const).flatMap((asker) => [
        ...warningCodes.flatMap((code) =>
          [{}, { value: 'x, y' }, { count: 1 }, { count: 21, value: 'z' }].map((more) =>
            fileWarningSentence({ code, ...more }, asker, language),
          ),
        ),
        ...refusalCodes.map((code) => fileRefusalSentence({ code }, asker, language)),
      ])
      for (const sentence of said) {
        expect(sentence).toMatch(/^[\p{L}\u2068\d][^]*\.$/u)
        expect(sentence).not.toMatch(/undefined|null| {2}| ,| \./)
      }
    },
  )

  it.each(languages)('name options to whoever types them only, in %s', (language) => {
    for (const code of warningCodes)
      expect(fileWarningSentence({ code }, 'page', language)).not.toMatch(/--\w/)
    for (const code of refusalCodes)
      expect(fileRefusalSentence({ code }, 'page', language)).not.toMatch(/--\w/)
    const named = [
      fileWarningSentence({ code: 'zone_not_given' }, 'command_line', language),
      fileRefusalSentence({ code: 'date_order_open' }, 'command_line', language),
    ]
    expect(named).toEqual([expect.stringContaining('--tz'), expect.stringContaining('--dates')])
  })

  it('count what is told of together', () => {
    expect(fileWarningSentence({ code: 'ragged_row', count: 1234 }, 'page', 'en')).toMatch(
      /^1,234 more like this/,
    )
    const both = { code: 'meeting_in_two_files', value: 'a.csv', count: 1 } as const
    expect(plain(fileWarningSentence(both, 'page', 'en'))).toBe(
      'A meeting in this file is also in “a.csv”: they are one meeting, and 1 row equal in both count once.',
    )
  })

  it('show a value of the file cut, in one line', () => {
    const value = `a\nb\u202e${'c'.repeat(100)}`
    const said = fileWarningSentence({ code: 'minutes_unreadable', value }, 'page', 'en')
    expect(plain(said)).toMatch(/^The length “a b c+…” cannot be read/)
  })

  it('say where it is', () => {
    expect(whereSentence({ file: 'a.csv', line: 12 }, 'It is so.', 'en')).toBe('a.csv, line 12: It is so.')
    expect(whereSentence({ file: 'a.csv', line: null }, 'Это так.', 'ru')).toBe('a.csv: Это так.')
  })
})

const evening = { fromMs: Date.UTC(2026, 2, 12, 18, 4), toMs: Date.UTC(2026, 2, 12, 19, 52) }
const counts: ListCounts = {
  ...{ people: 41, certain: 36, likely: 3, unidentified: 2, conflicts: 0, waitingRoomOnly: 0 },
  ...{ registeredNoShow: null, hasTimes: true, base: evening, zone: 'UTC' },
  minimum: { percent: 75, passed: 29, unknown: 0 },
}
const en = (change: Partial<ListCounts>): string => listSentence({ ...counts, ...change }, 'en').text
const ru = (change: Partial<ListCounts>): string => listSentence({ ...counts, ...change }, 'ru').text

describe('the sentence on top of a list', () => {
  it('tells who came, how sure that is, and who stayed', () => {
    expect(en({})).toBe(
      '41 people came (36 certain, 3 likely, 2 unidentified); 29 stayed 75 % of 18:04–19:52.',
    )
    expect(ru({})).toBe(
      'Пришёл 41 человек (точно 36, вероятно 3, не опознаны 2); пробыли 75 % от 18:04–19:52: 29.',
    )
  })

  it('names no minimum unless one was asked for, but says what 100 % is', () => {
    expect(en({ minimum: null })).toMatch(/\); 100 % is 18:04–19:52\.$/)
    expect(en({ minimum: null, base: { meetings: 3, of: 3 } })).toMatch(/; 100 % is all 3 meetings\.$/)
  })

  it('tells the window in the zone of the list, with days where it is longer than one', () => {
    expect(en({ zone: 'Asia/Yekaterinburg' })).toMatch(/of 23:04–00:52\.$/)
    const days = { fromMs: evening.fromMs, toMs: evening.toMs + 2 * 86_400_000 }
    expect(en({ base: days })).toMatch(/of Thu 12 Mar 2026, 18:04 – Sat 14 Mar 2026, 19:52\.$/)
  })

  it('is about all meetings where there are several', () => {
    expect(en({ base: { meetings: 2, of: 2 } })).toMatch(/29 stayed 75 % of both meetings\.$/)
    expect(en({ base: { meetings: 2, of: 3 } })).toMatch(/of the 2 of 3 meetings that have times\.$/)
    expect(ru({ base: { meetings: 5, of: 5 } })).toMatch(/пробыли 75 % от всех 5 встреч: 29\.$/)
  })

  it('names conflicts, who only waited and who never came, where there are any', () => {
    expect(en({ conflicts: 1, people: 42, waitingRoomOnly: 4, registeredNoShow: 1 })).toBe(
      '42 people came (36 certain, 3 likely, 2 unidentified, 1 conflict); 29 stayed 75 % of 18:04–19:52; 4 only waited in the waiting room; 1 registered person never came.',
    )
  })

  it('does not say that people came of a list without times', () => {
    const listed = { ...{ people: 2, certain: 2, likely: 0, unidentified: 0 }, hasTimes: false, base: null }
    expect(en({ ...listed, minimum: null })).toBe('2 people were listed (2 certain); the list has no times.')
    expect(en(listed)).toMatch(/; who stayed 75 % cannot be told\.$/)
  })

  it('says nobody where nobody is', () => {
    const nobody = { people: 0, certain: 0, likely: 0, unidentified: 0 }
    expect(en({ ...nobody, minimum: null })).toBe('Nobody came.')
    expect(ru(nobody)).toBe('Никто не пришёл.')
    expect(en({ minimum: { percent: 75, passed: 0, unknown: 2 } })).toMatch(
      /; nobody stayed 75 % of 18:04–19:52; of 2 more this cannot be told\.$/,
    )
  })

  it('has the plural forms of each language, and ordinary spaces', () => {
    const heads = [1, 2, 5, 21, 1234].map(
      (people) => ru({ people, minimum: null, base: null }).split(' (')[0],
    )
    expect(heads).toEqual([
      ...['Пришёл 1 человек', 'Пришли 2 человека', 'Пришли 5 человек', 'Пришёл 21 человек'],
      'Пришли 1 234 человека',
    ])
    expect(en({ people: 1, minimum: { percent: 74.5, passed: 1, unknown: 0 } })).toMatch(
      /^1 person came.*74\.5 %/,
    )
  })
})

/** The base of an evening 18:04–19:52 UTC, as it is told to the panel, with a break. */
const headWithBreak = {
  minPercent: 75,
  base: {
    kind: 'first_guest' as const,
    spans: [
      { from: '2026-03-12T18:04:00.000Z', to: '2026-03-12T18:50:00.000Z' },
      { from: '2026-03-12T19:10:00.000Z', to: '2026-03-12T19:52:00.000Z' },
    ],
    seconds: 88 * 60,
  },
}
const roster = {
  ...{ here: 0, came: 41, left: 41, waiting: 0, connections: 0 },
  ...{ certain: 36, likely: 3, unidentified: 2, conflicts: 0 },
  minimum: { passed: 29, unknown: 0, byHost: 2, neverIn: 0 },
}
const about = { waitedOnly: 1, zone: 'UTC' }

describe('the sentence on top of a gathering that is over', () => {
  const counted = rosterCounts(roster, headWithBreak, about)

  it('says the break, and whom the host let pass', () => {
    expect(listSentence(counted, 'en').text).toBe(
      '41 people came (36 certain, 3 likely, 2 unidentified); 29 stayed 75 % of 18:04–19:52 without the break 18:50–19:10, 2 of them by the host’s word; 1 only waited in the waiting room.',
    )
    expect(listSentence(counted, 'ru').text).toBe(
      'Пришёл 41 человек (точно 36, вероятно 3, не опознаны 2); пробыли 75 % от 18:04–19:52 без перерыва 18:50–19:10: 29, из них по слову организатора 2; только ждал в зале ожидания: 1.',
    )
  })

  it('lets nobody stay who never came in, also where nobody came', () => {
    const said = (summary: Partial<typeof roster>, language: 'en' | 'ru') =>
      listSentence(
        rosterCounts({ ...roster, ...summary }, headWithBreak, { ...about, waitedOnly: 0 }),
        language,
      ).text
    const minimum = { passed: 5, unknown: 0, byHost: 4, neverIn: 2 }
    expect(said({ minimum }, 'en')).toMatch(
      /; 3 stayed 75 % of .*, 2 of them by the host’s word; 2 who never came in pass by the host’s word\.$/,
    )
    expect(said({ minimum }, 'ru')).toMatch(
      /: 3, из них по слову организатора 2; не входили, но засчитаны по слову организатора: 2\.$/,
    )
    const nobody = { came: 0, certain: 0, likely: 0, unidentified: 0 }
    expect(said({ ...nobody, minimum: { passed: 1, unknown: 0, byHost: 1, neverIn: 1 } }, 'en')).toBe(
      'Nobody came; 1 who never came in passes by the host’s word.',
    )
  })

  it.each(languages)('is the same in its parts as in one line, in %s', (language) => {
    const { headline, details, doubts, text } = listSentence(counted, language)
    const plainly = (part: string) => part.replaceAll('\u00a0', ' ')
    for (const part of [headline, ...details, ...doubts]) expect(text).toContain(plainly(part))
    const said = [headline, ...details, ...doubts]
      .map(plainly)
      .join('')
      .replaceAll(/[^\p{L}\d]/gu, '')
    expect([...said].sort()).toEqual([...text.replaceAll(/[^\p{L}\d]/gu, '')].sort())
  })

  it('counts several breaks, in the plural forms of each language', () => {
    const breaks = (n: number) => {
      const without = Array.from({ length: n }, () => evening)
      return { ...counts, minimum: null, base: { ...evening, without } }
    }
    expect(listSentence(breaks(2), 'en').text).toMatch(/; 100 % is 18:04–19:52 without 2 breaks\.$/)
    const russian = [2, 5, 21].map((n) => /без .*$/.exec(listSentence(breaks(n), 'ru').text)?.[0])
    expect(russian).toEqual(['без 2 перерывов.', 'без 5 перерывов.', 'без 21 перерыва.'])
  })

  it('names no share where there is no base, and who only waited where somebody did', () => {
    const noBase = rosterCounts({ ...roster, minimum: null }, { ...headWithBreak, base: null }, about)
    expect(listSentence(noBase, 'en').text).toBe(
      '41 people came (36 certain, 3 likely, 2 unidentified); 1 only waited in the waiting room.',
    )
    const nobody = rosterCounts(
      { ...roster, came: 0, certain: 0, likely: 0, unidentified: 0 },
      headWithBreak,
      { ...about, waitedOnly: 0 },
    )
    expect(listSentence(nobody, 'en')).toMatchObject({ headline: 'Nobody came', details: [], doubts: [] })
  })
})
