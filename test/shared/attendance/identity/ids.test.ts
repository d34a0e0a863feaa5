import { describe, expect, it } from 'vitest'
import { assignIds, derive, type Anchor, type Fact } from '../../../../shared/attendance/index.ts'
import { joined, read } from '../../../support/facts.ts'

const anna = joined('19:00', { segmentId: '16', participantUuid: 'A', name: 'Anna' })
const phone = joined('19:10', { segmentId: '17', participantUuid: 'B', name: 'Anna P' })
const annaAnchor: Anchor = { personId: 'P1', anchorKey: 'lesson|s:16', order: 1 }
const phoneAnchor: Anchor = { personId: 'P2', anchorKey: 'lesson|p:B', order: 2 }

/** What joins the two: one Zoom user told of both. */
const same = (segmentId: string): Fact => joined('19:20', { segmentId, name: 'Anna', zoomUserId: 'u1' })

const named = (facts: Fact[], anchors: Anchor[]) => {
  const { ids, aliases, unassigned } = assignIds(derive(facts).people, anchors)
  return { ids: [...ids].map(([person, id]) => `${person.name}: ${id}`), aliases, unassigned }
}

describe('ids of people', () => {
  it('propose an anchor for somebody new: the segment of their earliest connection', () => {
    const { unassigned } = named([phone, anna, read('19:30', [['C', 'Vera']])], [])
    expect(unassigned.map(({ anchorKey }) => anchorKey)).toEqual(['lesson|s:16', 'lesson|s:17', 'lesson|p:C'])
  })

  it('stay with any key of the anchored connection', () => {
    expect(named([anna, phone], [annaAnchor, phoneAnchor])).toEqual({
      ids: ['Anna: P1', 'Anna P: P2'],
      aliases: [],
      unassigned: [],
    })
  })

  it('become an alias of the older one when two people turn out to be one', () => {
    expect(named([anna, phone, same('16'), same('17')], [phoneAnchor, annaAnchor])).toEqual({
      ids: ['Anna: P1'],
      aliases: [{ aliasId: 'P2', personId: 'P1' }],
      unassigned: [],
    })
  })

  it('stay with the anchor after a split, and the other part is new', () => {
    const { ids, unassigned } = named([anna, phone], [annaAnchor])
    expect(ids).toEqual(['Anna: P1'])
    expect(unassigned.map(({ person }) => person.name)).toEqual(['Anna P'])
  })

  it('pass over anchors of people not asked about', () => {
    expect(named([anna], [annaAnchor, phoneAnchor])).toEqual({
      ids: ['Anna: P1'],
      aliases: [],
      unassigned: [],
    })
  })
})
