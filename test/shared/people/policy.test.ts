import { describe, expect, it } from 'vitest'
import { derive } from '../../../shared/attendance/index.ts'
import { createPolicyRules, type ClockPolicy } from '../../../shared/people/index.ts'
import { at, ended, joined, started } from '../../support/facts.ts'

const policy: ClockPolicy = {
  ...{ lateAfterMinutes: 10, leftEarlyMinutes: 5, returnedAfterMinutes: 3, minPercent: 70 },
  base: { kind: 'actual', from: 'start' },
  breaks: [],
  zone: 'Europe/Berlin',
  labels: [],
}
const over = { over: true, atMs: at('23:00') }
/** 18:04 to 19:52 UTC, which is 19:04 to 20:52 in Berlin. */
const lesson = [started('18:04'), joined('18:04', { segmentId: '1' }), ended('19:52')]
const rulesOn = (
  part: Partial<ClockPolicy>,
  facts = lesson,
  planned: { fromMs: number; toMs: number }[] = [],
) => createPolicyRules({ ...policy, ...part }).on({ ...derive(facts), planned }, over)
const baseOn = (...parts: Parameters<typeof rulesOn>): string[] =>
  (rulesOn(...parts).base?.spans ?? []).map(({ fromMs, toMs }) =>
    [fromMs, toMs].map((ms) => new Date(ms).toISOString().slice(11, 16)).join('–'),
  )

describe('a policy on a gathering', () => {
  it('has thresholds in seconds and a minimum as a fraction', () => {
    expect(createPolicyRules(policy).thresholds).toEqual({
      lateAfterSeconds: 600,
      leftEarlySeconds: 300,
      returnedAfterSeconds: 180,
      minShare: 0.7,
    })
  })

  it('reads windows and breaks on the clocks of its zone', () => {
    expect(baseOn({ base: { kind: 'window', from: '19:00', to: '21:00' } })).toEqual(['18:00–20:00'])
    expect(baseOn({ breaks: [{ from: '19:50', to: '20:10' }] })).toEqual(['18:04–18:50', '19:10–19:52'])
    expect(baseOn({ breaks: [{ from: '12:00', to: '12:00' }] })).toEqual(['18:04–19:52'])
  })

  it('counts a window once however often the meeting was restarted in it, and keeps to those it meets', () => {
    const again = [
      { ...started('19:55'), meeting: 'again' },
      { ...joined('19:55', { segmentId: '2' }), meeting: 'again' },
      { ...ended('20:10'), meeting: 'again' },
    ]
    const window = { kind: 'window', from: '19:00', to: '21:30' } as const
    expect(baseOn({ base: window }, [...lesson, ...again])).toEqual(['18:00–20:30'])
    expect(baseOn({ base: { ...window, from: '06:00', to: '07:00' } }, [...lesson, ...again])).toEqual([
      '05:00–06:00',
    ])
  })

  it('takes a break out of what was planned, too, where the meeting itself was not', () => {
    const planned = [{ fromMs: at('17:00'), toMs: at('20:00') }]
    expect(
      baseOn({ base: { kind: 'scheduled' }, breaks: [{ from: '18:10', to: '18:20' }] }, lesson, planned),
    ).toEqual(['17:00–17:10', '17:20–20:00'])
  })

  it('is the meeting as it was, and says so, where nobody told when it was planned', () => {
    expect(rulesOn({ base: { kind: 'scheduled' } }).base).toMatchObject({ kind: 'actual', seconds: 108 * 60 })
  })

  it('turns the times of day of labels into instants, and leaves their other conditions alone', () => {
    const labels = [
      { name: 'late', when: [{ kind: 'joined_after', clock: '19:15' } as const] },
      { name: 'home early', when: [{ kind: 'left_before', clock: '20:40' }, { kind: 'no_email' }] as const },
    ]
    expect(rulesOn({ labels }).labels).toEqual([
      { name: 'late', when: [{ kind: 'joined_after', atMs: at('18:15') }] },
      { name: 'home early', when: [{ kind: 'left_before', atMs: at('19:40') }, { kind: 'no_email' }] },
    ])
  })

  it('has neither base nor labels where no time is known', () => {
    const labels = [{ name: 'anybody', when: [{ kind: 'no_email' } as const] }]
    expect(rulesOn({ labels, base: { kind: 'window', from: '18:00', to: '20:00' } }, [])).toEqual({
      base: null,
      labels: [],
    })
  })

  it('is refused for a zone nobody knows', () => {
    expect(() => createPolicyRules({ ...policy, zone: 'Europe/Nowhere' })).toThrow(RangeError)
  })
})
