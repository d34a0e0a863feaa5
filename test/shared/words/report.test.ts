import { describe, expect, it } from 'vitest'
import { noReport, reportReasons, type ReportStatus } from '../../../shared/wire/report.ts'
import { formatFor, languages } from '../../../shared/words/index.ts'
import { reportSentence } from '../../../shared/words/report.ts'

const nowMs = Date.UTC(2026, 10, 23, 15, 0)
const said = (status: Partial<ReportStatus>, language: 'en' | 'ru' = 'en') =>
  reportSentence({ ...noReport, ...status }, language, formatFor(language, 'Asia/Yekaterinburg'), nowMs)

describe('what is said of a report', () => {
  it('says nothing where nothing is known and nothing is waited for', () => {
    expect(said({})).toBeNull()
  })

  it('tells why a list is provisional and when Zoom is asked next', () => {
    expect(said({ state: 'waiting', reason: 'not_ready', nextTryAt: '2026-11-23T15:07:00Z' })).toMatchObject({
      badge: 'Provisional',
      what: 'Provisional, from live events',
      why: 'Zoom’s report is not ready.',
      next: 'Next try at 20:07.',
    })
  })

  it('names no time that is less than a minute away, or has just passed', () => {
    const next = (nextTryAt: string, language: 'en' | 'ru' = 'en') =>
      said({ state: 'waiting', nextTryAt }, language)?.next
    expect(next('2026-11-23T15:01:00Z')).toBe('Next try at 20:01.')
    expect(next('2026-11-23T15:00:59Z')).toBe('Next try in a moment.')
    expect(next('2026-11-23T14:59:30Z')).toBe('Next try in a moment.')
    expect(next('2026-11-23T15:00:59Z', 'ru')).toBe('Следующая попытка с минуты на минуту.')
  })

  it('names the day when the next try is not today', () => {
    expect(said({ state: 'waiting', nextTryAt: '2026-11-24T15:07:00Z' })?.next).toBe(
      'Next try at Tue 24 Nov, 20:07.',
    )
  })

  it('counts every gap in words, with the plural of the language', () => {
    const status: Partial<ReportStatus> = {
      state: 'final_with_gaps',
      fetchedAt: '2026-11-23T15:02:00Z',
      gaps: [
        { code: 'seen_live_missing', count: 2 },
        { code: 'zero_durations', count: 1 },
      ],
    }
    expect(said(status)?.why.replaceAll('\u00a0', ' ')).toBe(
      '2 people seen live but not in the report. 1 row without minutes.',
    )
    expect(said(status, 'ru')?.why.replaceAll('\u00a0', ' ')).toContain('2 человека')
  })

  it('keeps Zoom’s code for support where Zoom refused for a reason of its own', () => {
    expect(said({ state: 'unavailable', reason: 'refused', zoomCode: '4711' })?.why).toContain('4711')
  })

  for (const language of languages) {
    it(`has a sentence for every reason, and something to do or to expect, in ${language}`, () => {
      for (const reason of reportReasons) {
        const sentence = said({ state: 'unavailable', reason }, language)
        expect(sentence?.why, reason).toMatch(/[.]$/)
        expect(sentence?.next, reason).not.toBe('')
      }
    })
  }
})
