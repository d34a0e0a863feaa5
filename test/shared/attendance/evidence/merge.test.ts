import { describe, expect, it } from 'vitest'
import {
  createFold,
  derive,
  join,
  merge,
  type Fact,
  type Facts,
} from '../../../../shared/attendance/index.ts'
import { ended, joined, left, MEETING, read, started } from '../../../support/facts.ts'
import { at } from '../../../support/facts.ts'

const laptop = { segmentId: '16', participantUuid: 'A' }
const none: Facts = new Map()

describe('the state of evidence', () => {
  it('holds a fact once however often it is told', () => {
    const fact = joined('19:00', laptop)
    expect(merge(merge(none, fact), structuredClone(fact)).size).toBe(1)
  })

  it('holds facts of two meetings apart though their keys are equal', () => {
    const fact = joined('19:00', laptop)
    expect(merge(merge(none, fact), { ...fact, meeting: 'restarted' }).size).toBe(2)
  })

  it('lets the smaller canonical JSON count when one key carries two different facts, whoever came first', () => {
    const one: Fact = { ...joined('19:00', laptop), key: 'same' }
    const other: Fact = { ...joined('19:01', laptop), key: 'same' }
    const [a, b] = [merge(none, one), merge(none, other)]
    expect([...join(a, b).values()]).toEqual([one])
    expect([...join(b, a).values()]).toEqual([one])
    expect(derive([other, one])).toEqual(derive([one]))
  })
})

describe('the fold', () => {
  it('tells start, end and witnesses of the gathering', () => {
    const facts = [started('19:00'), joined('19:00', laptop), read('19:05', [['A', 'Anna']])]
    expect(derive(facts)).toMatchObject({
      startedAtMs: at('19:00'),
      endedAtMs: null,
      latestMs: at('19:05'),
      witnesses: ['webhook', 'panel'],
    })
    expect(derive([...facts, ended('20:00')]).endedAtMs).toBe(at('20:00'))
    const restarted: Fact = { ...joined('20:05', laptop), meeting: 'restarted' }
    const both = derive([...facts, ended('20:00'), restarted])
    expect(both.endedAtMs).toBeNull()
    expect(both.meetings).toEqual([
      { meeting: MEETING, startedAtMs: at('19:00'), endedAtMs: at('20:00') },
      { meeting: 'restarted', startedAtMs: null, endedAtMs: null },
    ])
  })

  it('tells nothing of nothing', () => {
    expect(derive([])).toEqual({
      people: [],
      startedAtMs: null,
      endedAtMs: null,
      latestMs: null,
      witnesses: [],
      meetings: [],
      reports: [],
      pendingReports: [],
    })
  })

  it('hands out only whom a fact changed, and keeps the others as the same objects', () => {
    const fold = createFold()
    fold.add([joined('19:00', laptop), joined('19:00', { segmentId: '17', name: 'Boris' })])
    const [anna, boris] = fold.takeChanges().changed
    expect(fold.takeChanges()).toEqual({ changed: [], removed: [] })

    fold.add([left('19:30', laptop)])
    const { changed, removed } = fold.takeChanges()
    expect(changed.map(({ name }) => name)).toEqual(['Anna'])
    expect(removed).toEqual([anna])
    expect(fold.people()).toContain(boris)
    expect(fold.people()[0]).toBe(changed[0])
  })

  it('says nothing of a person who came and went between two questions', () => {
    const fold = createFold()
    fold.add([joined('19:00', laptop)])
    fold.people()
    fold.add([left('19:30', laptop)])
    expect(fold.takeChanges()).toMatchObject({ changed: [{ name: 'Anna' }], removed: [] })
  })

  it('changes nobody when a fact is told again or adds nothing', () => {
    const fold = createFold()
    const fact = joined('19:00', laptop)
    fold.add([fact])
    fold.takeChanges()
    fold.add([structuredClone(fact), joined('19:00', laptop)])
    expect(fold.takeChanges()).toEqual({ changed: [], removed: [] })
  })
})
