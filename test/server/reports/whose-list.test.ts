import { describe, expect, it } from 'vitest'
import { createLiveConnections } from '../../../server/reports/whose-list.ts'
import type { Fact } from '../../../shared/attendance/index.ts'
import { at, change, joined, left, read, roleChanged, type About } from '../../support/facts.ts'

/** What a row that begins at 10:05, unless said, says of what was heard. */
function opinion(heard: Fact[], row: About & { from?: string; cut?: boolean }) {
  const live = createLiveConnections()
  for (const fact of heard) live.note(fact)
  const { segmentId = '1', zoomUserId = null, registrantId = null, email = null, name = 'Zoe' } = row
  const ref = { segmentId, participantUuid: null, parentSegmentId: null }
  const keys = { zoomUserId, registrantId, email, phone: null }
  return live.opinionOf({ ref, keys, name, atMs: at(row.from ?? '10:05') }, !row.cut)
}

const anna: About = { segmentId: '1', participantUuid: 'p1', name: 'Anna Ivanova' }

describe('a row with the number of a connection heard live', () => {
  it('agrees by any equal key, whatever else differs', () => {
    const heard = [joined('10:00', { ...anna, zoomUserId: 'u1', email: 'anna@school.example' })]
    expect(opinion(heard, { zoomUserId: 'u1' })).toBe('agrees')
    expect(opinion(heard, { zoomUserId: 'u1', email: 'a@home.example' })).toBe('agrees')
    expect(opinion(heard, { zoomUserId: 'u2', email: 'anna@school.example' })).toBe('agrees')
    expect(opinion([joined('10:00', { ...anna, registrantId: 'r1' })], { registrantId: 'r1' })).toBe('agrees')
  })

  it('contradicts when a key both have differs, though the names are equal and the moment is the same', () => {
    const heard = [joined('10:00', { ...anna, zoomUserId: 'u1' })]
    expect(opinion(heard, { zoomUserId: 'u2', name: 'Anna Ivanova', from: '10:00' })).toBe('contradicts')
  })

  it('is judged by name where keys are left out', () => {
    const heard = [joined('10:00', { ...anna, zoomUserId: 'u1' })]
    expect(opinion(heard, { name: 'IVANOVA, Maria' })).toBe('agrees')
    expect(opinion(heard, { name: 'Anna', email: 'a@home.example' })).toBe('agrees')
    expect(opinion(heard, { name: 'Zoe' })).toBe('contradicts')
  })

  it('agrees by any name that was heard, the one taken later and the original one too', () => {
    expect(opinion([joined('10:00', anna), left('10:30', { ...anna, name: 'Zoe' })], {})).toBe('agrees')
    const promoted = roleChanged('10:20', { ...anna, name: 'Zoe', oldRole: 'attendee', newRole: 'cohost' })
    expect(opinion([promoted], {})).toBe('agrees')
    expect(opinion([read('10:10', [['p1', 'Zoe']]), joined('10:00', anna)], {})).toBe('agrees')
    expect(opinion([joined('10:00', anna), change('10:10', 'left', ['p1', 'Zoe'])], {})).toBe('agrees')
    expect(opinion([joined('10:00', anna)], { name: 'Cat (Anna)' })).toBe('agrees')
    expect(opinion([joined('10:00', anna), read('10:10', [['p2', 'Zoe']])], {})).toBe('contradicts')
  })

  it('says nothing under another name when it begins in the very moment of the join', () => {
    const heard = [joined('10:00', anna)]
    expect(opinion(heard, { from: '10:00:02' })).toBe('says_nothing')
    expect(opinion(heard, { from: '10:00:03' })).toBe('contradicts')
    expect(opinion(heard, { from: '10:00', cut: true })).toBe('contradicts')
  })

  it('says nothing when a name is what a device calls itself, or missing', () => {
    expect(opinion([joined('10:00', anna)], { name: 'iPhone' })).toBe('says_nothing')
    expect(opinion([joined('10:00', anna)], { name: '' })).toBe('says_nothing')
    expect(opinion([joined('10:00', { ...anna, name: 'Guest' })], {})).toBe('says_nothing')
  })

  it('says nothing when nobody of that number was heard', () => {
    expect(opinion([joined('10:00', anna)], { segmentId: '2', zoomUserId: 'u2' })).toBe('says_nothing')
    expect(opinion([joined('10:00', { ...anna, segmentId: null })], {})).toBe('says_nothing')
    expect(createLiveConnections().isEmpty).toBe(true)
  })
})
