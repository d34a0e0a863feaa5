import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer } from '../../../shared/people/index.ts'
import type { PersonRow } from '../../../shared/wire/index.ts'
import { classmate, openClassroom, type Classroom } from '../../support/classroom.ts'
import { exportOf, imported, rosterOf, type CsvRow } from '../imports/handing-in.ts'

const MINUTE_MS = 60_000
let room: Classroom
let token: string
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollbook-odd-'))
  room = await openClassroom({ others: [classmate('anna', 'Anna Petrova')] })
  token = (await room.server.session(room.server.world.appContext(room.elena, null))).token
})
afterAll(async () => {
  await room.server.stop()
  await rm(folder, { recursive: true, force: true })
})

const startMs = Date.UTC(2026, 10, 5, 13, 0)
const row = (name: string, from: number, to: number): CsvRow => ({
  ...{ name, fromMs: startMs + from * MINUTE_MS, toMs: startMs + to * MINUTE_MS },
})
const rows = [
  row('Anna Petrova', 0, 60),
  row('Boris Ivanov', 5, 50),
  { ...row('Dora', 10, 40), toMs: Date.UTC(2090, 0, 1) },
  { ...row('Egor', 10, 40), fromMs: Date.UTC(2019, 0, 1) },
  { ...row('Fedor', 10, 40), fromMs: Date.UTC(2090, 0, 1), toMs: Date.UTC(2090, 0, 1, 1) },
]
const meeting = { number: '98765432100', startMs, endMs: startMs + 60 * MINUTE_MS }
const bare = (some: readonly CsvRow[]): string => exportOf(meeting, some).split('\r\n').slice(3).join('\r\n')

/** What the command line makes of a file, as a process of its own. */
async function rollbookPeople(text: string): Promise<Answer> {
  await writeFile(join(folder, 'file.csv'), text)
  const program = join(import.meta.dirname, '../../../server/cli/rollbook.ts')
  const words = ['--import', import.meta.resolve('tsx'), program, 'people', 'file.csv', '--tz', 'UTC']
  const child = spawn(process.execPath, words, { cwd: folder, env: { PATH: process.env['PATH'] ?? '' } })
  const pieces: Buffer[] = []
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece))
  await new Promise((resolve) => child.on('close', resolve))
  return JSON.parse(Buffer.concat(pieces).toString('utf8')) as Answer
}

describe('rows whose times cannot be right', () => {
  it.each([
    ['of a list without times of its meeting', bare(rows), '13:00–14:00'],
    ['of a list that tells when its meeting was', exportOf(meeting, rows), '13:00–14:00'],
  ])('%s measure no meeting: the panel shows what the command line tells', async (_, text, base) => {
    const told = await rollbookPeople(text)
    const { gatherings } = await imported(room.server, token, text)
    const roster = await rosterOf(room.server, token, gatherings[0]?.gatheringId ?? '')
    expect(roster.people.map(seenOf)).toEqual(told.people.map(seenOf))
    expect(roster.summary).toMatchObject({ here: 0, came: told.summary.people })
    expect(told.summary.sentence).toContain(`100 % is ${base}.`)
    const { base: shown } = roster.gathering
    expect(shown?.spans.map(({ from, to }) => `${from} ${to}`)).toEqual([
      `${roster.gathering.startedAt} ${roster.gathering.endedAt}`,
    ])
    expect(shown?.spans.map(({ from, to }) => `${clock(from)}–${clock(to)}`)).toEqual([base])
  })
})

const clock = (iso: string): string => iso.slice(11, 16)
const second = (iso: string | null): string | null => iso?.replace('.000Z', 'Z') ?? null
const seenOf = ({
  name,
  presentSeconds,
  share,
  firstJoin,
  lastLeave,
}: Pick<PersonRow, 'name' | 'share' | 'firstJoin' | 'lastLeave'> & { presentSeconds: number | null }) => ({
  ...{ name, presentSeconds, share, firstJoin: second(firstJoin), lastLeave: second(lastLeave) },
})
