import { describe, expect, it } from 'vitest'
import { Expectation } from '../../../server/rosters/expectation.ts'
import { Judge } from '../../../server/rosters/judge.ts'
import { correct, derive, type CorrectionAct } from '../../../shared/attendance/index.ts'
import { createPolicyRules } from '../../../shared/people/index.ts'
import { defaultPolicy } from '../../../shared/wire/index.ts'
import { at, ended, joined, left, started, waiting, MEETING } from '../../support/facts.ts'

/** 18:00–20:00: Anna all the time, Boris in the waiting room only; `marks` are the host's. */
function minimumWith(marks: Record<string, 'present' | 'absent'>) {
  const [anna, boris] = [
    { name: 'Anna', segmentId: '1', participantUuid: 'anna' },
    { name: 'Boris', segmentId: '2', participantUuid: 'boris' },
  ]
  const facts = [
    ...[started('18:00'), joined('18:00', anna), left('20:00', anna)],
    ...[joined('18:10', { ...boris, place: waiting }), left('18:40', { ...boris, place: waiting })],
    ended('20:00'),
  ]
  const gathering = derive(facts)
  const acts = Object.entries(marks).map(([device, mark], i) => {
    const act: CorrectionAct = { kind: 'mark', connection: `${MEETING}|p:${device}`, mark, reason: 'seen' }
    return { seq: i + 1, act }
  })
  const { people } = correct(gathering.people, acts)
  const moment = { over: true, atMs: at('20:30') }
  const judge = new Judge(
    createPolicyRules(defaultPolicy),
    { people, meetings: gathering.meetings, planned: [] },
    moment,
  )
  const expectation = new Expectation(null, people)
  return judge.minimum(people, moment.atMs, (person) => expectation.of(person))
}

describe('the count of who reached the minimum', () => {
  it('tells whom the host let pass, and who of them never came in', () => {
    expect(minimumWith({})).toEqual({ passed: 1, unknown: 0, byHost: 0, neverIn: 0 })
    expect(minimumWith({ boris: 'present' })).toEqual({ passed: 2, unknown: 0, byHost: 1, neverIn: 1 })
    expect(minimumWith({ anna: 'present' })).toEqual({ passed: 1, unknown: 0, byHost: 1, neverIn: 0 })
    expect(minimumWith({ anna: 'absent', boris: 'absent' })).toEqual({
      ...{ passed: 0, unknown: 0, byHost: 0, neverIn: 0 },
    })
  })
})
