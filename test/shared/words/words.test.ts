import { meetingWords } from '../../../shared/words/meetings.ts'
import { unbroken } from '../../../shared/words/format.ts'
import { sheetWords } from '../../../shared/words/sheets.ts'
import { describe, expect, it } from 'vitest'
import { problemStatus, type ProblemCode } from '../../../shared/wire/problem.ts'
import {
  chooseLanguage,
  columnWords,
  formatFor,
  fromTo,
  languages,
  liveSentence,
  pageWords,
  problemWords,
  wordsFor,
} from '../../../shared/words/index.ts'
import { baseStretch } from '../../../shared/words/base.ts'
import { evidenceSentence } from '../../../shared/words/evidence.ts'

const nbsp = '\u00a0'
const plain = (text: string) => text.replaceAll(nbsp, ' ')
const summary = {
  here: 36,
  came: 38,
  left: 2,
  waiting: 4,
  connections: 39,
  certain: 30,
  likely: 6,
  unidentified: 2,
  conflicts: 0,
  minimum: null,
}

describe('the sentence above a live list', () => {
  it('says people first, then connections apart, and flags who could not be identified', () => {
    const { headline, details, doubts } = liveSentence(summary, 'en')
    expect(plain(headline)).toBe('36 people here')
    expect(plain(details.join(' · '))).toBe('38 came · 2 left · 4 in the waiting room · 39 connections')
    expect(doubts.map(plain)).toEqual(['2 unidentified'])
  })

  it('leaves out what is nothing', () => {
    const quiet = { ...summary, left: 0, waiting: 0, unidentified: 0 }
    expect(plain(liveSentence(quiet, 'en').details.join(' · '))).toBe('38 came · 39 connections')
    expect(liveSentence(quiet, 'en').doubts).toEqual([])
  })

  it('speaks Russian with its own plural forms', () => {
    const said = [1, 2, 5, 11, 21, 101].map((here) =>
      plain(liveSentence({ ...summary, here }, 'ru').headline),
    )
    expect(said).toEqual([
      'Сейчас здесь 1 человек',
      'Сейчас здесь 2 человека',
      'Сейчас здесь 5 человек',
      'Сейчас здесь 11 человек',
      'Сейчас здесь 21 человек',
      'Сейчас здесь 101 человек',
    ])
  })

  it('speaks English with its own plural forms', () => {
    const said = [1, 2, 5, 11, 21, 101].map((here) =>
      plain(liveSentence({ ...summary, here }, 'en').headline),
    )
    expect(said).toEqual([
      '1 person here',
      '2 people here',
      '5 people here',
      '11 people here',
      '21 people here',
      '101 people here',
    ])
  })

  it('counts Russian connections in three forms', () => {
    const said = [1, 2, 5, 11, 21, 101].map((connections) =>
      plain(liveSentence({ ...summary, connections }, 'ru').details[3] ?? ''),
    )
    expect(said).toEqual([
      '1 подключение',
      '2 подключения',
      '5 подключений',
      '11 подключений',
      '21 подключение',
      '101 подключение',
    ])
  })
})

describe('numbers and times', () => {
  const format = formatFor('en', 'Asia/Yekaterinburg')

  it('keeps a number and its unit on one line', () => {
    expect(format.minutes(47 * 60 + 59)).toBe(`47${nbsp}min`)
    expect(formatFor('ru').minutes(3600)).toBe(`60${nbsp}мин`)
  })

  it('never rounds a short presence up to a minute', () => {
    expect(plain(format.minutes(59))).toBe('< 1 min')
  })

  it('tells short absences in seconds and longer ones in minutes', () => {
    expect(plain(format.duration(90))).toBe('90 s')
    expect(plain(format.duration(180))).toBe('3 min')
  })

  it('writes clock times in the named zone, midnight as 00', () => {
    expect(format.time(Date.UTC(2026, 10, 23, 13, 4))).toBe('18:04')
    expect(format.time(Date.UTC(2026, 10, 23, 19, 0))).toBe('00:00')
  })
})

describe('the catalogue', () => {
  it('has no empty text in any language', () => {
    for (const language of languages)
      for (const text of [wordsFor(language), sheetWords(language), meetingWords(language)].flatMap(texts))
        expect(text.trim()).not.toBe('')
  })

  it('words every problem in every language: what happened, why, what next', () => {
    for (const code of Object.keys(problemStatus) as ProblemCode[]) {
      for (const language of languages) {
        const { what, why, next } = problemWords(code, language)
        for (const part of [what, why, next]) expect(part).toMatch(/\S/)
        expect(`${why} ${next}`).toMatch(/\.$/)
      }
    }
  })

  it('heads every column in both languages', () => {
    expect(Object.keys(columnWords.ru)).toEqual(Object.keys(columnWords.en))
  })

  it('explains a decision with the value isolated from the sentence around it', () => {
    expect(evidenceSentence({ code: 'same_name', value: 'Анна' }, 'en')).toContain('\u2068“Анна”\u2069')
    expect(evidenceSentence({ code: 'something_newer', value: null }, 'en')).toBe('')
  })

  it('says that all connections share a key only where all do', () => {
    const email = { code: 'same_email', value: 'a@example.test' }
    const said = ([undefined, 'some', 'another'] as const).map((among) =>
      evidenceSentence({ ...email, among }, 'en').replace(/[\u2068\u2069]/g, ''),
    )
    expect(said).toEqual([
      'All connections share one e-mail “a@example.test”.',
      'Some connections share one e-mail “a@example.test”.',
      'Shares the e-mail “a@example.test” with another connection here.',
    ])
  })

  it('names the key that is shared and the one that contradicts', () => {
    const kinds = { shared: 'registrant', differ: 'zoom_user' } as const
    const said = languages.map((language) =>
      evidenceSentence({ code: 'keys_contradict', value: 'r1', kinds }, language),
    )
    expect(said).toContain('Behind one registration there are different Zoom users, so they were kept apart.')
    expect(said).toContain(
      'За одной регистрацией стоят разные пользователи Zoom, поэтому подключения разделены.',
    )
  })

  it('chooses the first wished language it speaks, else English', () => {
    expect(chooseLanguage([null, 'ru-RU', 'en'])).toBe('ru')
    expect(chooseLanguage(['de', 'fr-CH'])).toBe('en')
    expect(chooseLanguage([])).toBe('en')
  })
})

function texts(part: unknown): string[] {
  if (typeof part === 'string') return [part]
  if (typeof part === 'function') return [String((part as (...values: unknown[]) => string)(2, 3))]
  return Object.values(part as object).flatMap(texts)
}

describe('the page before a download', () => {
  it('counts people with the form that goes with the number', () => {
    const said = [1, 17].map((rows) => plain(pageWords.download.en.paragraphs(rows)[0] ?? '').split('.')[0])
    expect(said).toEqual(['1 person', '17 people'])
  })
})

describe('from one time to another', () => {
  it('never breaks after the dash, and ends with it while it lasts', () => {
    expect(fromTo('19:00', '19:48')).toBe('19:00–\u206019:48')
    expect(fromTo('19:00', '')).toBe('19:00–')
    expect(unbroken('29 stayed 75 % of 18:04–19:52.')).toBe(`29 stayed 75${nbsp}% of 18:04–\u206019:52.`)
  })
})

describe('the stretch that 100 % is', () => {
  const stretch = (...spans: [string, string][]) =>
    baseStretch(
      { kind: 'actual', seconds: 0, spans: spans.map(([from, to]) => ({ from, to })) },
      'en',
    ).replaceAll('\u2060', '')

  it('is told by the clock alone within a day, and with its days from a day on', () => {
    expect(stretch(['2026-03-12T12:04:00Z', '2026-03-12T13:52:00Z'])).toMatch(/^\d\d:\d\d–\d\d:\d\d$/)
    const day = String.raw`\w{3} \d+ \w{3}, \d\d:\d\d`
    expect(stretch(['2026-03-12T12:00:00Z', '2026-03-13T12:00:00Z'])).toMatch(new RegExp(`^${day}–${day}$`))
    const twoEvenings = stretch(
      ['2026-03-12T18:00:00Z', '2026-03-12T19:00:00Z'],
      ['2026-03-13T18:00:00Z', '2026-03-13T19:00:00Z'],
    )
    expect(twoEvenings).toMatch(new RegExp(`^${day}–${day}, ${day}–${day}$`))
  })

  it('is nothing where nothing counts', () => {
    expect(stretch()).toBe('nothing')
  })
})
