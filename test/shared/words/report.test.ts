import { describe, expect, it } from 'vitest'
import { noReport, reportReasons, type ReportReason, type ReportStatus } from '../../../shared/wire/report.ts'
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

  for (const language of languages) {
    it(`says beside the gaps why no later list came, and what can be done, whatever the reason, in ${language}`, () => {
      const gaps = [{ code: 'never_confirmed', count: 3 } as const]
      const gap = said({ state: 'final_with_gaps', gaps }, language)?.why ?? ''
      for (const reason of reportReasons) {
        const told = { reason, zoomCode: '4711', nextTryAt: null }
        const alone = said({ state: 'waiting', ...told }, language)
        const beside = said({ state: 'final_with_gaps', gaps, ...told }, language)
        expect(beside?.why, reason).toBe(`${alone?.why} ${gap}`)
        expect(beside, reason).toMatchObject({ next: alone?.next, todo: alone?.todo })
      }
    })
  }

  it('counts rows with impossible times and people nobody saw', () => {
    const gaps = (count: number) =>
      (['unreadable_rows', 'corrected_times', 'many_unseen'] as const).map((code) => ({ code, count }))
    const why = (count: number, language: 'en' | 'ru') =>
      said({ state: 'final_with_gaps', gaps: gaps(count) }, language)?.why.replaceAll('\u00a0', ' ')
    expect(why(1, 'en')).toContain('1 row left out: unreadable or impossible times. 1 row with impossible')
    expect(why(27, 'en')).toContain('27 rows with impossible times')
    expect(why(27, 'en')).toContain('27 people only in the report; nobody saw them live.')
    expect(why(3, 'ru')).toContain('невозможно: 3 строки.')
    expect(why(21, 'ru')).toContain('обрезано по времени встречи: 21 строка.')
    expect(why(27, 'ru')).toContain('вживую их никто не видел: 27 человек.')
  })

  it('does not put our own failure down to Zoom, and asks nobody to help while we try again', () => {
    const failed = { state: 'unavailable', reason: 'our_failure' } as const
    expect(said(failed)).toMatchObject({
      what: 'Zoom’s report was not taken in',
      why: 'Rollbook itself failed to take in Zoom’s report.',
      next: 'What was recorded live stays. Try again; if it lasts, tell whoever runs Rollbook.',
      todo: true,
    })
    const trying = { ...failed, state: 'waiting', nextTryAt: '2026-11-23T15:07:00Z' } as const
    expect(said(trying)).toMatchObject({ next: 'Next try at 20:07.', todo: false })
  })

  it('says that Zoom has no report only where Zoom has none', () => {
    const what = (reason: ReportReason, language: 'en' | 'ru' = 'en') =>
      said({ state: 'unavailable', reason }, language)?.what
    const none = reportReasons.filter((reason) => what(reason) === 'Zoom has no report of this meeting')
    expect(none).toEqual([
      'not_ready',
      'plan_missing',
      'too_old',
      'no_registration',
      'event_gone',
      'never_came',
      'one_person',
    ])
    expect(what('reconnect')).toBe('Zoom’s report waits for a new consent')
    expect(what('reconnect', 'ru')).toBe('Отчёт Zoom ждёт нового согласия')
    expect(what('host_gone')).toBe('Zoom does not give its report of this meeting')
    expect(what('foreign_rows')).toBe('Zoom’s report of this meeting cannot be used')
    expect(what('zoom_unavailable')).toBe('Zoom’s report could not be fetched')
    expect(what('panel_only')).toBe('Recorded by open panels alone')
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
