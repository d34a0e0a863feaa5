import { expect, it } from 'vitest'
import { derive, type Fact } from '../../../../shared/attendance/index.ts'
import { list, listed, listRead } from '../../../support/facts.ts'

const rows = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    listed('19:00', '19:40', { segmentId: `${i}`, name: `Person ${i}` }),
  )
const outcome = (facts: readonly Fact[]) => {
  const { reports, pendingReports, people } = derive(facts)
  return {
    counts: reports.map(({ batch, confirmed }) => `${batch}${confirmed ? ' confirmed' : ''}`),
    waits: pendingReports.map(({ batch }) => batch),
    people: people.length,
  }
}
const nothing = { counts: [], waits: [], people: 0 }

it('believes a list once its end is known and all declared rows are there', () => {
  const whole = list('20:03', rows(3))
  expect(outcome(whole.slice(0, -1))).toEqual(nothing)
  expect(outcome(whole.slice(1))).toEqual(nothing)
  expect(outcome(whole)).toEqual({ counts: ['list'], waits: [], people: 3 })
})

it('takes the list whole that has at least as many rows, and forgets the rows of the one before', () => {
  const [first, second] = [list('20:03', rows(2), 'a'), list('20:07', rows(5).slice(3), 'b')]
  expect(outcome([...first, ...second])).toEqual({ counts: ['b'], waits: [], people: 2 })
  expect(derive([...first, ...second]).people.map(({ name }) => name)).toEqual(['Person 3', 'Person 4'])
})

it('never replaces a list with a shorter or an empty one that nothing confirms', () => {
  const good = list('20:03', rows(5), 'good')
  expect(outcome([...good, ...list('20:07', rows(2), 'short')])).toEqual({
    ...{ counts: ['good'], waits: ['short'], people: 5 },
  })
  expect(outcome([...good, listRead('20:07', 0, { batch: 'empty' })])).toMatchObject({ counts: ['good'] })
  expect(outcome([listRead('20:07', 0, { batch: 'empty' })])).toEqual({ ...nothing, waits: ['empty'] })
})

it('believes the shorter list once a later one is the same', () => {
  const facts = [
    ...list('20:03', rows(5), 'good'),
    ...list('20:07', rows(2), 'short'),
    listRead('20:09', 2, { batch: 'again', sameAs: 'short', digest: 'digest of short' }),
  ]
  expect(outcome(facts)).toEqual({ counts: ['short confirmed'], waits: [], people: 2 })
})

it('forgets a shorter list when a full one comes after it', () => {
  const facts = [
    ...list('20:03', rows(5), 'good'),
    ...list('20:07', rows(2), 'short'),
    listRead('20:09', 5, { batch: 'good again', sameAs: 'good', digest: 'digest of good' }),
    listRead('20:11', 2, { batch: 'short again', sameAs: 'short', digest: 'digest of short' }),
  ]
  expect(outcome(facts)).toEqual({ counts: ['good confirmed'], waits: ['short again'], people: 5 })
})

it('finds the rows of a list that is the same as one that was the same', () => {
  const facts = [
    ...list('20:03', rows(2), 'a'),
    listRead('20:05', 2, { batch: 'b', sameAs: 'a', digest: 'digest of a' }),
    listRead('20:07', 2, { batch: 'c', sameAs: 'b', digest: 'another digest' }),
  ]
  expect(outcome(facts)).toEqual({ counts: ['c'], waits: [], people: 2 })
})

it('never counts a refused list', () => {
  const [row, end] = list('20:03', rows(1))
  expect(outcome([row, { ...end, refusal: 'other_meeting' } as Fact].flatMap((fact) => fact ?? []))).toEqual(
    nothing,
  )
})

it('counts rows Zoom has not computed, and leaves true zeros out', () => {
  const [uncomputed, instant, long] = [
    listed('19:00', '19:40', { segmentId: '1', reportedSeconds: 0 }),
    listed('19:00', '19:00', { segmentId: '2' }),
    listed('19:00', '19:40', { segmentId: '3' }),
  ]
  expect(derive(list('20:03', [uncomputed, instant, long])).reports[0]?.zeroDurations).toBe(1)
  expect(derive(list('20:03', [instant, instant])).reports[0]?.zeroDurations).toBe(2)
})
