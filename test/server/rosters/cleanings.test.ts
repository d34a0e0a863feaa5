import { describe, expect, it } from 'vitest'
import { hideInCleanings, toCleaningList } from '../../../server/rosters/index.ts'
import { Expectation } from '../../../server/rosters/expectation.ts'
import { noWord } from '../../../server/rosters/host-word.ts'
import { correct, createFold } from '../../../shared/attendance/index.ts'
import type { CorrectionAct } from '../../../shared/wire/index.ts'
import { joined, type About } from '../../support/facts.ts'

/** A list of these people, one device each, all there at once, with what the host said. */
function listOf(everybody: readonly About[], acts: readonly CorrectionAct[] = []) {
  const corrections = acts.map((act, i) => ({ seq: i + 1, act }))
  const fold = createFold()
  fold.add(
    everybody.map((about, i) => joined('19:00', { segmentId: `${i}`, participantUuid: `d${i}`, ...about })),
  )
  const { people, partings } = correct(fold.people(), corrections)
  return {
    ...noWord,
    ...{ people, partings, gatheringId: 'lesson', saidOf: fold.saidOf, current: (id: string) => id },
    corrections: corrections.map((one) => ({ ...one, atMs: 0, memberId: 'm', undone: false, also: [] })),
    ids: new Map(people.map((person, i) => [person, `P${i}`])),
    ...{ expectation: new Expectation(null, people), absentWith: () => null },
  }
}
const all = (behind: ReturnType<typeof listOf>) => toCleaningList(behind, { emails: true })

const everybody: About[] = [
  { name: ' ANNA  PETROVA (iPad 7)', email: 'anna@gmial.com' },
  { name: 'Boris Karlov', email: 'info@school.example' },
  { name: 'Vera Ivanova', email: 'vera@school.example' },
]

describe('tidier spellings of a list', () => {
  it('are one for each name and address, tidy in every way, with all that speaks for it', () => {
    expect(all(listOf(everybody)).items).toMatchObject([
      { of: 'name', written: ' ANNA  PETROVA (iPad 7)', proposed: 'Anna Petrova' },
      { of: 'email', written: 'anna@gmial.com', proposed: 'anna@gmail.com', codes: ['typo'] },
      { of: 'email', written: 'info@school.example', proposed: null, codes: ['role_address'] },
    ])
    expect(all(listOf(everybody)).items[0]?.codes).toEqual(['spaces', 'original_name', 'case'])
  })

  it('are gone once the host took them, or left what stands there', () => {
    const [name, typo, role] = all(listOf(everybody)).items
    if (!name || !typo || !role) throw new Error('There are three.')
    const answered = listOf(everybody, [
      { kind: 'rename', connection: name.connection, name: name.written },
      { kind: 'email', connection: typo.connection, email: typo.proposed },
      { kind: 'email', connection: role.connection, email: role.email },
    ])
    expect(all(answered)).toEqual({ items: [], more: 0 })
    expect(answered.people.map(({ email }) => email)).toEqual([
      ...['anna@gmail.com', 'info@school.example', 'vera@school.example'],
    ])
  })

  it('of names alone, without keys, for whoever may not read addresses, also of a name that is one', () => {
    const behind = listOf([...everybody, { name: 'VERA@SCHOOL.EXAMPLE  (Vera)' }])
    const { items } = hideInCleanings(toCleaningList(behind, { emails: false }))
    expect(items.map(({ of, email, connection }) => [of, email, connection])).toEqual(
      items.map(() => ['name', null, '…']),
    )
    expect(items).toHaveLength(2)
    expect(JSON.stringify(items)).not.toMatch(/school/iu)
  })

  it('are five hundred, with how many more there are', () => {
    const behind = listOf(
      Array.from({ length: 620 }, (_, i) => ({
        name: `PUPIL NUMBER${'X'.repeat(i % 7)}`,
        zoomUserId: `u${i}`,
      })),
    )
    expect([all(behind).items.length, all(behind).more]).toEqual([500, 120])
  })
})
