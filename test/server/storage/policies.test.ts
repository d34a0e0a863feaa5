import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PolicyPart, PolicyScope } from '../../../shared/wire/index.ts'
import { testStorage, type TestStorage } from '../../support/database.ts'
import { install, joined, mention, STRANGER, system, viewerOf } from './fixtures.ts'

const DAY = 86_400_000

let test: TestStorage
let nowMs = 500 * DAY
beforeAll(async () => {
  test = await testStorage({ clock: () => nowMs })
})
afterAll(() => test.close())

const anything: (stored: PolicyPart) => boolean = () => true

/** Gatherings with these meeting numbers (null: none). */
async function school(host: string, numbers: readonly (string | null)[]) {
  const { storage } = test
  const { installationId, memberId } = await install(storage, host)
  const viewer = viewerOf(installationId, memberId)
  const ids: string[] = []
  for (const [i, number] of numbers.entries()) {
    const uuid = `${host} ${i}`
    const { meetingId, gatheringId } = await storage.directory.openMeeting({
      ...{ installationId, meetingUuid: uuid, hostZoomUserId: host, atMs: nowMs },
    })
    const facts = [joined(uuid, 'a')]
    await storage.evidenceLog.append({ installationId, meetingId, facts, mention: mention(uuid, { number }) })
    ids.push(gatheringId)
  }
  const set = (gatheringId: string, scope: PolicyScope, part: PolicyPart, mayReplace = anything) =>
    storage.policies.set(viewer, gatheringId, { scope, part, mayReplace, atMs: nowMs })
  const of = (gatheringId: string) => storage.policies.of(viewer, gatheringId)
  const rulings = () =>
    Promise.all(
      ids.map(
        async (id) => (await storage.evidenceReader.gathering(system(installationId), id))?.rulings ?? -1,
      ),
    )
  return { installationId, ids, set, of, rulings }
}

describe('a policy', () => {
  it('is kept for everything, for a number and for a gathering, and concerns those it is about', async () => {
    const { ids, set, of, rulings } = await school('scopes', ['81', '81', '82', null])
    const [first = '', second = '', third = '', numberless = ''] = ids
    expect(await of(first)).toEqual({ installation: {}, number: {}, gathering: {} })
    expect(await set(first, 'installation', { minPercent: 80 })).toBe('done')
    expect(await rulings()).toEqual([1, 1, 1, 1])
    expect(await set(first, 'number', { minPercent: 70, zone: 'Asia/Yekaterinburg' })).toBe('done')
    expect(await rulings()).toEqual([2, 2, 1, 1])
    expect(await set(first, 'gathering', { lateAfterMinutes: 1 })).toBe('done')
    expect(await rulings()).toEqual([3, 2, 1, 1])
    const installation = { minPercent: 80 }
    const number = { minPercent: 70, zone: 'Asia/Yekaterinburg' }
    expect(await of(first)).toEqual({ installation, number, gathering: { lateAfterMinutes: 1 } })
    expect(await of(second)).toEqual({ installation, number, gathering: {} })
    expect(await of(third)).toEqual({ installation, number: {}, gathering: {} })
    expect(await of(numberless)).toEqual({ installation, number: null, gathering: {} })
  })

  it('takes the place of what the scope said before, and nothing takes it all back', async () => {
    const { ids, set, of } = await school('again', ['91'])
    const [id = ''] = ids
    await set(id, 'gathering', { minPercent: 80, lateAfterMinutes: 2 })
    await set(id, 'gathering', { minPercent: 81 })
    expect((await of(id)).gathering).toEqual({ minPercent: 81 })
    await set(id, 'gathering', {})
    expect((await of(id)).gathering).toEqual({})
  })

  it('stays where it may not be replaced, and whoever decides is told what it is', async () => {
    const { ids, set, of, rulings } = await school('replaced', ['95'])
    const [id = ''] = ids
    for (const scope of ['installation', 'number', 'gathering'] as const) {
      const seen: PolicyPart[] = []
      const refuse = (stored: PolicyPart): boolean => seen.push(stored) < 0
      await set(id, scope, { minPercent: 80 })
      const before = await rulings()
      expect(await set(id, scope, { minPercent: 10 }, refuse)).toBe('changed')
      expect([seen, (await of(id))[scope]]).toEqual([[{ minPercent: 80 }], { minPercent: 80 }])
      expect(await rulings()).toEqual(before)
    }
  })

  it('of a number is refused where there is none', async () => {
    const { ids, set, rulings } = await school('numberless', [null])
    expect(await set(ids[0] ?? '', 'number', { minPercent: 80 })).toBe('conflict')
    expect(await rulings()).toEqual([0])
  })

  it('of one installation is nothing to another', async () => {
    const own = await school('own policy', ['71'])
    const other = await school('other policy', ['71'])
    await own.set(own.ids[0] ?? '', 'installation', { minPercent: 10 })
    await own.set(own.ids[0] ?? '', 'number', { minPercent: 20 })
    expect(await other.of(other.ids[0] ?? '')).toEqual({ installation: {}, number: {}, gathering: {} })
    expect(await other.rulings()).toEqual([0])
    expect(await other.of(own.ids[0] ?? '')).toMatchObject({ gathering: {} })
    expect(await other.of(STRANGER)).toEqual({ installation: {}, number: null, gathering: {} })
  })

  it('leaves lists alone that are older than any that is kept', async () => {
    const { ids, set, rulings } = await school('old', ['61', '61'])
    nowMs += 400 * DAY
    await set(ids[0] ?? '', 'installation', { minPercent: 80 })
    expect(await rulings()).toEqual([0, 0])
    nowMs -= 400 * DAY
  })

  it('is set by several hosts at once, and the audit log tells which rules, not what they say', async () => {
    const { installationId, ids, set } = await school('together', ['51', '52'])
    const scopes: PolicyScope[] = ['installation', 'number', 'gathering']
    const labels = [{ name: 'Secret', when: [{ kind: 'no_email' as const }] }]
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, (_, i) => set(ids[i % 2] ?? '', scopes[i % 3] ?? 'number', { labels })),
    )
    expect(new Set(outcomes)).toEqual(new Set(['done']))
    const lines = (await test.storage.audit.list(installationId)).filter(
      ({ act }) => act === 'policy_changed',
    )
    expect(lines).toHaveLength(12)
    expect(lines[0]?.detail).toMatchObject({ rules: ['labels'] })
    expect(JSON.stringify(lines)).not.toContain('Secret')
  })
})
