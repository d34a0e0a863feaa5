import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { differenceChunks, selectDifferences } from '../../../server/exports/index.ts'
import { createLiveRosters, type LiveRosters } from '../../../server/rosters/index.ts'
import type { Fact } from '../../../shared/attendance/index.ts'
import type { RosterChange } from '../../../shared/wire/index.ts'
import { testStorage, type TestStorage } from '../../support/database.ts'
import { at, ended, joined, left, listed, listRead, MEETING } from '../../support/facts.ts'
import { buildExport } from '../../support/rows.ts'
import { install } from '../storage/fixtures.ts'

let test: TestStorage
let live: LiveRosters
let installationId: string
let gatheringId: string
let reads = 0
let append: (...facts: Fact[]) => Promise<unknown>

beforeAll(async () => {
  test = await testStorage({ clock: () => at('20:00') })
  const { storage } = test
  ;({ installationId } = await install(storage, 'elena'))
  const opened = await storage.directory.openMeeting({
    installationId,
    meetingUuid: MEETING,
    hostZoomUserId: 'elena',
    atMs: 0,
  })
  gatheringId = opened.gatheringId
  append = (...facts) =>
    storage.evidenceLog.append({ installationId, meetingId: opened.meetingId, mention: null, facts })
  live = createLiveRosters({
    evidence: {
      gathering: storage.evidenceReader.gathering,
      since: (viewer, id, seq, limit) => {
        if (seq === 0) reads++
        return storage.evidenceReader.since(viewer, id, seq, limit)
      },
    },
    people: storage.peopleIds,
    corrections: storage.corrections,
    policies: storage.policies,
    expected: storage.expectedLists,
    wakeups: { onGathering: () => () => undefined },
    clock: () => at('20:00'),
    pollMs: 3_600_000,
    onError: (error) => {
      throw error
    },
  })
})
afterAll(async () => {
  live.stop()
  await test.close()
})

const anna = { name: 'Anna', segmentId: '1', email: 'anna@school.example' }
const boris = { name: '=Boris', segmentId: '2', email: 'boris@school.example' }
const clara = { name: 'Clara', segmentId: '3', email: 'clara@school.example' }

describe('what the official list changed', () => {
  it('is nothing before there is one', async () => {
    await append(joined('19:00', anna), left('19:40', anna), joined('19:00', boris), left('19:50', boris))
    await append(ended('19:50'))
    expect(await live.changedByReport(installationId, gatheringId)).toEqual({
      items: [],
      counts: { added: 0, minutes_changed: 0, not_in_report: 0, merged: 0, split: 0, unchanged: 2 },
    })
  })

  it('names everybody it added, changed, or does not have, and marks who was seen live only', async () => {
    const told: RosterChange[] = []
    live.watch(installationId, gatheringId, (change) => told.push(change))
    await append(
      listed('19:00', '19:45', { ...anna, ordinal: 0 }),
      listed('19:10', '19:20', { ...clara, ordinal: 1 }),
      listRead('19:55', 2),
    )
    const changed = await live.changedByReport(installationId, gatheringId)
    expect(changed?.counts).toEqual({
      added: 1,
      minutes_changed: 1,
      not_in_report: 1,
      merged: 0,
      split: 0,
      unchanged: 0,
    })
    expect(
      changed?.items.map(({ kind, name, liveSeconds, seconds }) => [kind, name, liveSeconds, seconds]),
    ).toEqual(
      expect.arrayContaining([
        ['minutes_changed', 'Anna', 2_400, 2_700],
        ['not_in_report', '=Boris', 3_000, 3_000],
        ['added', 'Clara', null, 600],
      ]),
    )
    const marked = (await live.snapshot(installationId, gatheringId))?.people.filter(
      (row) => row.seenLiveOnly,
    )
    expect(marked?.map(({ name }) => name)).toEqual(['=Boris'])
    expect(told.at(-1)?.upserts.find(({ name }) => name === '=Boris')?.seenLiveOnly).toBe(true)
  })

  it('is compared once a version, however many ask', async () => {
    const before = reads
    await Promise.all(Array.from({ length: 5 }, () => live.changedByReport(installationId, gatheringId)))
    expect(reads).toBe(before)
  })

  it('leaves as a table that no spreadsheet runs, with the filter of the screen', async () => {
    const { items = [] } = (await live.changedByReport(installationId, gatheringId)) ?? {}
    const write = (search: string, kind?: 'not_in_report') => {
      const request = buildExport({
        list: 'differences',
        filter: { search, show: 'all', ...(kind && { kind }) },
      })
      return [...differenceChunks(selectDifferences(items, request.filter), request)].join('')
    }
    expect(write('', 'not_in_report')).toBe(
      'Change,Name,Names concerned,Minutes live,Minutes now\r\n"Seen live, not in Zoom’s report",\'=Boris,,50.0,50.0\r\n',
    )
    expect(write('CLA')).toContain('Only in Zoom’s report,Clara,,,10.0\r\n')
  })
})
