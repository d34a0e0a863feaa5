import { describe, expect, it } from 'vitest'
import {
  labelsOf,
  looksAtEmail,
  type LabelCondition,
  type LabelSubject,
} from '../../../../shared/attendance/index.ts'
import { at } from '../../../support/facts.ts'

/** Somebody who was there from 18:10 to 20:30, 80 % of the base. */
const anna: LabelSubject = {
  standing: { share: 0.8, statuses: ['present', 'late'] },
  presence: {
    presentSeconds: 45 * 60,
    firstJoinMs: at('18:10'),
    firstJoinKnown: true,
    lastLeaveMs: at('20:30'),
  },
  email: 'anna@mail.Example.com',
  atMs: at('21:00'),
}
const has = (when: LabelCondition, about: Partial<LabelSubject> = {}): boolean =>
  labelsOf({ ...anna, ...about }, [{ name: 'it', when: [when] }]).length > 0
const joins = (about: Partial<LabelSubject['presence']>) => ({ presence: { ...anna.presence, ...about } })

describe('a label by rule', () => {
  it('looks at the share as it is told: exactly the percent is enough, and 74.9 % is below 75', () => {
    const told = (share: number | null) => ({ standing: { ...anna.standing, share } })
    const shares = [0.749, 0.75, null].map(told)
    expect(shares.map((about) => has({ kind: 'share_at_least', percent: 75 }, about))).toEqual([
      false,
      true,
      false,
    ])
    expect(shares.map((about) => has({ kind: 'share_below', percent: 75 }, about))).toEqual([
      true,
      false,
      false,
    ])
  })

  it('looks at minutes of presence, full ones only', () => {
    expect([45, 46].map((minutes) => has({ kind: 'present_at_least', minutes }))).toEqual([true, false])
  })

  it('joined after needs a join somebody saw, left before somebody who is gone; the very instant is neither', () => {
    const after = (time: string): LabelCondition => ({ kind: 'joined_after', atMs: at(time) })
    expect([after('18:09'), after('18:10')].map((when) => has(when))).toEqual([true, false])
    expect(has(after('18:00'), joins({ firstJoinKnown: false }))).toBe(false)
    expect(has(after('18:00'), joins({ firstJoinMs: null, firstJoinKnown: false }))).toBe(false)
    const before = (time: string): LabelCondition => ({ kind: 'left_before', atMs: at(time) })
    expect([before('20:40'), before('20:30')].map((when) => has(when))).toEqual([true, false])
    expect(has(before('20:40'), joins({ lastLeaveMs: null }))).toBe(false)
  })

  it('stayed until an instant holds of whoever left then or later, and of whoever is here once it has come', () => {
    const until = (time: string): LabelCondition => ({ kind: 'stayed_until', atMs: at(time) })
    expect([until('20:29'), until('20:30'), until('20:31')].map((when) => has(when))).toEqual([
      ...[true, true, false],
    ])
    const here = joins({ lastLeaveMs: null })
    expect([until('21:00'), until('21:01')].map((when) => has(when, here))).toEqual([true, false])
    const neverCame = joins({ firstJoinMs: null, lastLeaveMs: null })
    expect(has(until('20:00'), neverCame)).toBe(false)
  })

  it('looks at addresses, and says that it does', () => {
    const domain = (name: string): LabelCondition => ({ kind: 'email_domain', domain: name })
    expect(has({ kind: 'has_email' })).toBe(true)
    expect(has({ kind: 'no_email' })).toBe(false)
    expect(has({ kind: 'no_email' }, { email: null })).toBe(true)
    const domains = ['example.com', '@EXAMPLE.com', 'mail.example.com', 'ample.com', 'com', 'anna', '']
    expect(domains.map((name) => has(domain(name)))).toEqual([true, true, true, false, true, false, false])
    expect(has(domain('example.com'), { email: null })).toBe(false)
    const asking = [domain('example.com'), { kind: 'has_email' } as const, { kind: 'no_email' } as const]
    expect(asking.map((when) => looksAtEmail({ name: 'x', when: [when] }))).toEqual([true, true, true])
    expect(looksAtEmail({ name: 'x', when: [{ kind: 'status', status: 'late' }] })).toBe(false)
  })

  it('looks at statuses', () => {
    expect(has({ kind: 'status', status: 'late' })).toBe(true)
    expect(has({ kind: 'status', status: 'absent' })).toBe(false)
  })

  it('needs all of its conditions, and some', () => {
    const late: LabelCondition = { kind: 'status', status: 'late' }
    const rules = [
      { name: 'both', when: [late, { kind: 'has_email' }] },
      { name: 'one of two', when: [late, { kind: 'no_email' }] },
      { name: 'nothing asked', when: [] },
    ] as const
    expect(labelsOf(anna, rules)).toEqual([{ name: 'both', fromEmail: true }])
  })

  it('is had once however many rules give it, and tells of no address when one of them asks for none', () => {
    const byStatus = { name: 'guest', when: [{ kind: 'status', status: 'late' }] } as const
    const byEmail = { name: 'guest', when: [{ kind: 'has_email' }] } as const
    for (const rules of [
      [byStatus, byEmail],
      [byEmail, byStatus],
    ])
      expect(labelsOf(anna, rules)).toEqual([{ name: 'guest', fromEmail: false }])
    expect(labelsOf(anna, [byEmail, byEmail])).toEqual([{ name: 'guest', fromEmail: true }])
  })
})
