import { describe, expect, it } from 'vitest'
import { hideInProposals, toPersonCard, toProposalList } from '../../../server/rosters/index.ts'
import { Expectation } from '../../../server/rosters/expectation.ts'
import { noWord } from '../../../server/rosters/host-word.ts'
import { correct, createFold, type Correction } from '../../../shared/attendance/index.ts'
import { joined, type About } from '../../support/facts.ts'

/** A list of these people, one device each, all there at once, with what the host said. */
function listOf(everybody: readonly About[], corrections: readonly Correction[] = []) {
  const fold = createFold()
  fold.add(
    everybody.map((about, i) => joined('19:00', { segmentId: `${i}`, participantUuid: `d${i}`, ...about })),
  )
  const { people, partings } = correct(fold.people(), corrections)
  return {
    ...noWord,
    ...{ people, partings, gatheringId: 'lesson' },
    ids: new Map(people.map((person, i) => [person, `P${i}`])),
    expectation: new Expectation(null, people),
    absentWith: () => null,
    saidOf: fold.saidOf,
    current: (id: string) => id,
  }
}
const asked = { learned: [], memberId: 'm' }

describe('proposals of a long list', () => {
  const many = Array.from({ length: 620 }, (_, i): About => ({ name: 'Anna', zoomUserId: `u${i}` }))
  const behind = listOf([...many, { name: 'Anna' }, { name: 'Vera', zoomUserId: 'v' }, { name: 'Vera' }])

  it('are five hundred, with how many more there are, also for whoever may not read addresses', () => {
    const list = toProposalList(behind, [])
    expect([list.items.length, list.more]).toEqual([500, 121])
    expect([hideInProposals(list).items.length, hideInProposals(list).more]).toEqual([500, 121])
  })

  it('stand on the card of everybody they concern, wherever they are on the list', () => {
    const [vera, other] = behind.people.filter(({ name }) => name === 'Vera')
    if (!vera || !other) throw new Error('Vera is there twice.')
    for (const [person, its] of [
      [vera, other],
      [other, vera],
    ] as const)
      expect(toPersonCard(behind, person, asked).proposals.map(({ personId }) => personId)).toEqual([
        behind.ids.get(its),
      ])
  })

  it('are looked for again when something was learned in another gathering', () => {
    const short = listOf([{ name: 'Grandma' }, { name: 'Anna Petrova', zoomUserId: 'u1' }])
    const learned = [{ name: 'grandma', email: null, knownAs: 'Anna Petrova' }]
    const reasons = (...aliases: typeof learned) =>
      toProposalList(short, aliases).items.map(({ proposal }) => proposal.reason.code)
    expect([reasons(), reasons(...learned), reasons()]).toEqual([[], ['alias'], []])
  })
})
