import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BegunImport } from '../../../server/imports/ports.ts'
import { testStorage, type TestStorage } from '../../support/database.ts'
import { install, joined, viewerOf } from './fixtures.ts'

let test: TestStorage
let client: pg.Client
beforeAll(async () => {
  test = await testStorage({ clock: () => 1_000 })
  client = new pg.Client({ connectionString: test.connectionString })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await test.close()
})

/** An installation with files, each of a meeting of its own or of the same, and corrections of them. */
async function office(owner: string) {
  const { imports, corrections } = test.storage
  const { installationId, memberId } = await install(test.storage, owner)
  const by = { installationId, memberId }
  const viewer = viewerOf(installationId, memberId)
  /** Reads a file: as storage is asked to, from the beginning to the end. */
  const read = async (file: string, reading: string, uuid: string) => {
    const { id } = await begin(file, reading)
    const begun = { id, hash: file, reading }
    const { meetingId, gatheringId } = await ensure(begun, uuid)
    await imports.append(installationId, begun, [{ meetingId, facts: [joined(uuid, `${file} ${reading}`)] }])
    await imports.finish(by, id, { atMs: 6, detail: {} })
    return { id, gatheringId }
  }
  const ensure = (begun: BegunImport, uuid: string) =>
    imports.ensureMeeting(installationId, begun, 0, {
      ...{ uuid, number: null, kind: 'meeting', topic: null, startedAtMs: 0, endedAtMs: 60_000 },
    })
  const begin = (file: string, reading: string) =>
    imports.begin(by, { hash: file, name: 'lesson.csv', reading, rows: 1, atMs: 5 })
  const make = async (gatheringId: string, uuid: string): Promise<number | string> => {
    const made = await corrections.make(viewer, gatheringId, {
      act: { kind: 'label', connection: `${uuid}|s:a`, label: 'Group' },
      ...{ also: [], learned: [], atMs: 7, most: 1_000 },
    })
    return typeof made === 'string' ? made : made.seq
  }
  const turn = (gatheringId: string, seq: number, undone: boolean) =>
    corrections.setUndone(viewer, gatheringId, { seq, undone, atMs: 8 })
  const undo = (id: string) => imports.undo(by, id, 9)
  const kept = async (): Promise<string[]> =>
    (
      await client.query<{ meeting_uuid: string }>(
        'select meeting_uuid from correction_meetings where installation_id = $1 order by 1',
        [installationId],
      )
    ).rows.map((row) => row.meeting_uuid)
  return { begin, ensure, read, make, turn, undo, kept }
}

/** Resolves when so many statements of our database wait for a lock. */
async function waiting(count: number): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    if (rows[0]?.n === count) return
    await sleep(5)
  }
}

describe('a correction taken back while its file is undone', () => {
  it('waits for it, whoever of them comes first at the gathering', async () => {
    const { read, make, turn, undo, kept } = await office('two at once')
    const { id, gatheringId } = await read('file', 'as UTC', 'import:1')
    const seq = Number(await make(gatheringId, 'import:1'))
    // Somebody holds the gathering until both stand before it.
    const holder = new pg.Client({ connectionString: test.connectionString })
    await holder.connect()
    await holder.query('begin')
    await holder.query('select from gatherings where id = $1 for update', [gatheringId])
    const undone = undo(id)
    await waiting(1)
    const turned = turn(gatheringId, seq, true)
    const another = make(gatheringId, 'import:1')
    await waiting(3)
    await holder.end()
    expect(await Promise.all([undone, turned, another])).toEqual([true, null, 'conflict'])
    expect(await kept()).toEqual([])
  })

  it('never waits for what waits for it, in whatever order they come', async () => {
    const { read, make, turn, undo, kept } = await office('many at once')
    for (let round = 0; round < 12; round++) {
      const uuids = ['a', 'b', 'c'].map((name) => `import:${round}${name}`)
      const files = await Promise.all(uuids.map((uuid) => read(uuid, 'as UTC', uuid)))
      const seqs = await Promise.all(
        files.map(async ({ gatheringId }, i) => Number(await make(gatheringId, uuids[i] ?? ''))),
      )
      const work = files.flatMap(({ id, gatheringId }, i) => [
        () => undo(id),
        () => turn(gatheringId, seqs[i] ?? 0, true),
        () => make(gatheringId, uuids[i] ?? ''),
        () => turn(gatheringId, seqs[i] ?? 0, false),
      ])
      const order = work.map((_, i) => (i * 5 + round) % work.length)
      const outcomes = await Promise.allSettled(order.map(async (at) => work[at]?.()))
      expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([])
      expect(await kept()).toEqual([])
    }
  })
})

describe('a file that is read anew', () => {
  it('loses nothing to the undo of another, while its meetings are gone for a moment', async () => {
    const { begin, read, make, undo, kept } = await office('reading anew')
    const own = await read('own', 'as UTC', 'import:own')
    const other = await read('other', 'as UTC', 'import:other')
    await make(own.gatheringId, 'import:own')
    await make(other.gatheringId, 'import:other')
    await begin('own', 'as Moscow')
    await undo(other.id)
    expect(await kept()).toEqual(['import:own'])
    await read('own', 'as Moscow', 'import:anew')
    expect(await kept()).toEqual(['import:anew'])
  })

  it('keeps what was said of a meeting that another file told of alone meanwhile, and is undone', async () => {
    const { begin, read, make, undo, kept } = await office('sharing a meeting')
    const own = await read('own', 'as UTC', 'import:shared')
    const other = await read('other', 'as UTC', 'import:shared')
    await make(own.gatheringId, 'import:shared')
    await begin('own', 'as Moscow')
    await undo(other.id)
    expect(await kept()).toEqual(['import:shared'])
    await read('own', 'as Moscow', 'import:anew')
    expect(await kept()).toEqual(['import:anew'])
    await undo(own.id)
    expect(await kept()).toEqual([])
  })

  it('is told so when it was undone meanwhile, and leaves no meeting behind', async () => {
    const { begin, ensure, undo } = await office('undone meanwhile')
    const { id } = await begin('file', 'as UTC')
    await undo(id)
    await expect(ensure({ id, hash: 'file', reading: 'as UTC' }, 'import:late')).rejects.toMatchObject({
      code: 'conflict',
    })
    const { rows } = await client.query(`select from meetings where uuid = 'import:late'`)
    expect(rows).toEqual([])
  })
})
