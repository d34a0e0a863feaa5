import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CorrectionAct } from '../../../shared/wire/index.ts'
import { testStorage, type TestStorage } from '../../support/database.ts'
import { install, joined, mention, STRANGER, system, viewerOf } from './fixtures.ts'

let test: TestStorage
beforeAll(async () => {
  test = await testStorage({ clock: () => 1_000 })
})
afterAll(() => test.close())

const rename = (meeting: string, key: string, name: string): CorrectionAct => ({
  kind: 'rename',
  connection: `${meeting}|s:${key}`,
  name,
})
const merge = (...connections: string[]): CorrectionAct => ({ kind: 'merge', connections })

/** Meetings of one number, an hour apart unless told otherwise, each with Anna and Boris. */
async function lessons(host: string, startsMs: readonly number[] = [0]) {
  const { storage } = test
  const { installationId, memberId } = await install(storage, host)
  const viewer = viewerOf(installationId, memberId)
  const gatherings: { uuid: string; gatheringId: string; meetingId: string }[] = []
  for (const [i, startedAtMs] of startsMs.entries()) {
    const uuid = `${host} ${i}`
    const { meetingId, gatheringId } = await storage.directory.openMeeting({
      ...{ installationId, meetingUuid: uuid, hostZoomUserId: host, atMs: startedAtMs },
    })
    await storage.evidenceLog.append({
      ...{ installationId, meetingId },
      mention: mention(uuid, { number: `1${host.length}`, startedAtMs, endedAtMs: startedAtMs + 60_000 }),
      facts: [joined(uuid, 'a', 'Anna'), joined(uuid, 'b', 'Boris')],
    })
    gatherings.push({ uuid, gatheringId, meetingId })
  }
  const make = (gatheringId: string, act: CorrectionAct, learned = learnedNothing, most = 100) =>
    storage.corrections.make(viewer, gatheringId, { act, also: [], learned, atMs: 5_000, most })
  const change = (gatheringId: string, seq: number, undone: boolean) =>
    storage.corrections.setUndone(viewer, gatheringId, { seq, undone, atMs: 6_000 })
  const of = async (gatheringId: string) =>
    (await storage.corrections.of(system(installationId), gatheringId)).map(({ seq, undone }) =>
      undone ? -seq : seq,
    )
  const record = async (gatheringId: string) =>
    storage.evidenceReader.gathering(system(installationId), gatheringId)
  return { installationId, viewer, gatherings, make, change, of, record }
}
const learnedNothing: { name: string; email: string | null; knownAs: string }[] = []

describe('corrections', () => {
  it('are kept in the order they were made, and wake whoever shows the list', async () => {
    const { viewer, gatherings, make, record } = await lessons('keeper')
    const [{ gatheringId = '', uuid = '' } = {}] = gatherings
    const before = await record(gatheringId)
    expect(await make(gatheringId, rename(uuid, 'a', 'Анна\u0000И.'))).toMatchObject({ seq: 1 })
    expect(await make(gatheringId, merge(`${uuid}|s:a`, `${uuid}|s:b`))).toMatchObject({ seq: 2 })
    expect(await test.storage.corrections.of(viewer, gatheringId)).toEqual([
      {
        ...{ seq: 1, act: rename(uuid, 'a', 'Анна\u0000И.'), also: [], memberId: viewer.memberId },
        ...{ atMs: 5_000, undone: false },
      },
      expect.objectContaining({ seq: 2 }),
    ])
    const after = await record(gatheringId)
    expect(after?.version).toBe((before?.version ?? 0) + 2)
    expect(after?.rulings).toBe((before?.rulings ?? 0) + 2)
  })

  it('of two hosts at once are both kept, each with a number of its own', async () => {
    const { gatherings, make, of } = await lessons('at once')
    const [{ gatheringId = '', uuid = '' } = {}] = gatherings
    const made = await Promise.all(
      Array.from({ length: 12 }, (_, i) => make(gatheringId, rename(uuid, 'a', `Anna ${i}`))),
    )
    expect(made.map((one) => (typeof one === 'string' ? 0 : one.seq)).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 12 }, (_, i) => i + 1),
    )
    expect(await of(gatheringId)).toHaveLength(12)
  })

  it('can be taken back and put back in any order, each once', async () => {
    const { gatherings, make, change, of } = await lessons('back and forth')
    const [{ gatheringId = '', uuid = '' } = {}] = gatherings
    for (const name of ['A', 'B', 'C']) await make(gatheringId, rename(uuid, 'a', name))
    expect(await change(gatheringId, 1, true)).toMatchObject({ outcome: 'done', record: { undone: true } })
    expect(await change(gatheringId, 3, true)).toMatchObject({ outcome: 'done' })
    expect(await change(gatheringId, 3, true)).toMatchObject({ outcome: 'already', record: { seq: 3 } })
    expect(await of(gatheringId)).toEqual([-1, 2, -3])
    expect(await change(gatheringId, 1, false)).toMatchObject({ outcome: 'done', record: { undone: false } })
    expect(await change(gatheringId, 2, false)).toMatchObject({ outcome: 'already' })
    expect(await of(gatheringId)).toEqual([1, 2, -3])
  })

  it('of one installation are nothing to another, nor to another gathering', async () => {
    const own = await lessons('mine', [0, 3_600_000])
    const other = await lessons('theirs')
    const [{ gatheringId = '', uuid = '' } = {}, { gatheringId: laterId = '' } = {}] = own.gatherings
    await own.make(gatheringId, rename(uuid, 'a', 'A'))
    expect(await other.of(gatheringId)).toEqual([])
    expect(await other.change(gatheringId, 1, true)).toBeNull()
    expect(await other.make(gatheringId, rename(uuid, 'a', 'B'))).toBe('conflict')
    expect(await own.of(laterId)).toEqual([])
    expect(await own.change(laterId, 1, true)).toBeNull()
    expect(await own.make(laterId, rename(uuid, 'a', 'B'))).toBe('conflict')
    expect(await own.of(gatheringId)).toEqual([1])
  })

  it('that name no meeting at all, or nothing that could be one, are not kept', async () => {
    const { gatherings, make, change, of } = await lessons('hostile')
    const [{ gatheringId = '' } = {}] = gatherings
    for (const connection of ['', '|s:a', "'; drop table corrections; --", 's:a', '%|s:a'])
      expect(await make(gatheringId, { kind: 'label', connection, label: 'x' })).toBe('conflict')
    for (const seq of [0, -1, 1.5, Number.NaN, 2 ** 60])
      expect(await change(gatheringId, seq, true)).toBeNull()
    expect(await change("' or 1=1", 1, true)).toBeNull()
    expect(await of(gatheringId)).toEqual([])
    expect(await of(STRANGER)).toEqual([])
  })

  it('go where their meetings go, when gatherings are joined and taken apart', async () => {
    const { viewer, gatherings, make, of, record } = await lessons('restarted', [0, 120_000])
    const [first, second] = gatherings
    const [firstId, secondId] = [first?.gatheringId ?? '', second?.gatheringId ?? '']
    await make(firstId, rename(first?.uuid ?? '', 'a', 'A'))
    await make(secondId, rename(second?.uuid ?? '', 'a', 'B'))
    expect(await test.storage.restarts.join(viewer, firstId, secondId, 7_000)).toBe('done')
    expect(await of(firstId)).toEqual([1, 2])
    await make(firstId, merge(`${first?.uuid}|s:a`, `${second?.uuid}|s:a`))
    await test.storage.restarts.split(viewer, firstId, second?.meetingId ?? '', 8_000)
    expect(await of(firstId)).toEqual([1, 3])
    expect(await of(secondId)).toEqual([2, 3])
    // Taken back in one of them, it is taken back in the other, which hears of it.
    const before = await record(secondId)
    await test.storage.corrections.setUndone(viewer, firstId, { seq: 3, undone: true, atMs: 9_000 })
    expect(await of(secondId)).toEqual([2, -3])
    expect((await record(secondId))?.version).toBe((before?.version ?? 0) + 1)
  })

  it('are learned from in other gatherings of the number, unless they were taken back', async () => {
    const { viewer, gatherings, make, change } = await lessons('teacher of many', [0, 3_600_000, 7_200_000])
    const [first, second, third] = gatherings
    const alias = { name: 'ann', email: null, knownAs: 'Anna Ivanova' }
    await make(first?.gatheringId ?? '', rename(first?.uuid ?? '', 'a', 'Anna Ivanova'), [alias])
    await make(second?.gatheringId ?? '', rename(second?.uuid ?? '', 'b', 'B'), [{ ...alias, name: 'b' }])
    const learned = async () =>
      (await test.storage.corrections.learned(viewer, third?.gatheringId ?? '', 10)).map(({ name }) => name)
    expect(await learned()).toEqual(['b', 'ann'])
    await change(second?.gatheringId ?? '', 2, true)
    expect(await learned()).toEqual(['ann'])
    expect(await test.storage.corrections.learned(viewer, first?.gatheringId ?? '', 10)).toEqual([])
  })

  it('are no more than one list keeps, those taken back and those of all its meetings among them', async () => {
    const { gatherings, make, change, of } = await lessons('full', [0, 3_600_000])
    const [{ gatheringId = '', uuid = '' } = {}, other] = gatherings
    const tryTo = (most: number) => make(gatheringId, rename(uuid, 'a', 'Anna'), learnedNothing, most)
    for (const seq of [1, 2]) expect(await tryTo(2)).toMatchObject({ seq })
    expect(await tryTo(2)).toBe('full')
    await change(gatheringId, 1, true)
    expect(await tryTo(2)).toBe('full')
    expect(await of(gatheringId)).toEqual([-1, 2])
    // Another list has its own; of many at once no more are kept than one by one.
    const there = other?.gatheringId ?? ''
    const made = await Promise.all(
      Array.from({ length: 6 }, () => make(there, rename(other?.uuid ?? '', 'a', 'Anna'), learnedNothing, 4)),
    )
    expect(made.filter((one) => one === 'full')).toHaveLength(2)
    expect(await of(there)).toHaveLength(4)
    expect(await tryTo(3)).toMatchObject({ act: { kind: 'rename' } })
  })

  it('have lines in the audit log that name nobody', async () => {
    const { installationId, viewer, gatherings, make, change } = await lessons('audited')
    const [{ gatheringId = '', uuid = '' } = {}] = gatherings
    await make(gatheringId, rename(uuid, 'a', 'Secret Name'))
    await change(gatheringId, 1, true)
    await change(gatheringId, 1, true)
    await change(gatheringId, 1, false)
    const lines = (await test.storage.audit.list(installationId)).filter(({ act }) => act.startsWith('corr'))
    const line = { actorMemberId: viewer.memberId, gatheringId, detail: { seq: 1, kind: 'rename' } }
    expect(lines).toMatchObject(
      ['correction_made', 'correction_undone', 'correction_redone'].map((act) => ({ act, ...line })),
    )
    expect(JSON.stringify(lines)).not.toContain('Secret')
  })

  it('lie sealed, and go with the installation', async () => {
    const { installationId, gatherings, make } = await lessons('leaves')
    const [{ gatheringId = '', uuid = '' } = {}] = gatherings
    await make(gatheringId, rename(uuid, 'a', 'Secret Name'), [
      { name: 'secret name', email: null, knownAs: 'Secret Name' },
    ])
    const left = () => rowsOf(installationId)
    expect(await left()).toHaveLength(2)
    for (const word of ['Secret', Buffer.from('Secret').toString('hex')])
      expect(JSON.stringify(await left())).not.toContain(word)
    await test.storage.deauthorize(installationId, 'leaves')
    expect(await left()).toEqual([])
  })
})

/** What is stored of them, as somebody with the database alone reads it. */
async function rowsOf(installationId: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: test.connectionString })
  await client.connect()
  try {
    const told = await Promise.all(
      ['corrections', 'correction_meetings'].map((table) =>
        client.query<{ text: string }>(`select t::text as text from ${table} t where installation_id = $1`, [
          installationId,
        ]),
      ),
    )
    return told.flatMap(({ rows }) => rows)
  } finally {
    await client.end()
  }
}
