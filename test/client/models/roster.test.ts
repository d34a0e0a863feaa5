import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createListModel } from '../../../client/models/list.ts'
import { createRosterModel } from '../../../client/models/roster.ts'
import { createSessionModel } from '../../../client/models/session.ts'
import { presentSeconds } from '../../../client/models/table.ts'
import { noReport } from '../../../shared/wire/report.ts'
import type { PersonRow, RosterChange } from '../../../shared/wire/index.ts'
import { at, crowd, head, person, snapshot, startMs, summarise } from '../people.ts'
import { fakeApi, fakeZoom, problem } from './fakes.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: startMs + 47 * 60_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

const change = (version: number, upserts: PersonRow[], removes: string[] = []): RosterChange => ({
  version,
  at: at(47),
  gathering: head(),
  summary: summarise(upserts),
  upserts,
  removes,
})

async function build(people: PersonRow[] = [person('b'), person('a'), person('c')]) {
  const server = fakeApi()
  const session = createSessionModel(fakeZoom().zoom, server.api)
  await session.open()
  const roster = createRosterModel(server.api, session, 'en')
  const list = createListModel(roster)
  roster.start('g1')
  await vi.advanceTimersByTimeAsync(0)
  server.say({ kind: 'snapshot', data: snapshot(people) })
  const names = () => list.rows.value.map(({ row }) => row.id)
  const hear = async (data: RosterChange) => {
    server.say({ kind: 'change', data })
    await vi.advanceTimersByTimeAsync(300)
  }
  return { server, session, roster, list, names, hear }
}

describe('the live list', () => {
  it('shows a snapshot at once, sorted by state and name', async () => {
    const { names } = await build([person('z', { state: 'left' }), person('b'), person('a')])
    expect(names()).toEqual(['a', 'b', 'z'])
  })

  it('applies changes: rows put, ids dropped', async () => {
    const { names, hear } = await build()
    await hear(change(2, [person('d'), person('a', { state: 'left' })], ['c']))
    expect(names()).toEqual(['b', 'd', 'a'])
  })

  it('passes over a change it already has', async () => {
    const { names, hear } = await build()
    await hear(change(1, [person('old')]))
    expect(names()).not.toContain('old')
  })

  it('adds the time since to whoever is here, and to nobody else', async () => {
    const { roster } = await build([
      person('here', { presentSeconds: 60 }),
      person('left', { state: 'left', presentSeconds: 60 }),
    ])
    await vi.advanceTimersByTimeAsync(120_000)
    const seconds = (id: string) => {
      const entry = roster.table.get(id)
      return entry === undefined ? null : Math.round(presentSeconds(entry, roster.nowMs.value))
    }
    expect(seconds('here')).toBe(180)
    expect(seconds('left')).toBe(60)
  })

  it('goes by the server’s clock, not the computer’s', async () => {
    vi.setSystemTime(startMs)
    const { roster } = await build()
    expect(roster.nowMs.value).toBe(startMs + 47 * 60_000)
  })

  it('knows where the report stands before the stream tells, of the gathering it follows only', async () => {
    const { roster, hear } = await build()
    const asked = { ...noReport, state: 'waiting', nextTryAt: at(48) } as const
    roster.learnReport('another', asked)
    expect(roster.head.value?.report).toEqual(noReport)
    roster.learnReport('g1', asked)
    expect(roster.head.value?.report).toEqual(asked)
    const told = { ...asked, reason: 'not_ready' } as const
    await hear({ ...change(2, []), gathering: head({ report: told }) })
    expect(roster.head.value?.report).toEqual(told)
  })

  it('stands still once the meeting is over', async () => {
    const { roster, hear } = await build()
    await hear({ ...change(2, []), gathering: head({ endedAt: at(50) }) })
    await vi.advanceTimersByTimeAsync(600_000)
    expect(roster.nowMs.value).toBe(Date.parse(at(50)))
  })

  it('resumes after the last version when the line drops, keeping the rows', async () => {
    const { server, names, hear } = await build()
    await hear(change(7, [person('d')]))
    server.lives.at(-1)?.fail(problem('offline'))
    await vi.advanceTimersByTimeAsync(0)
    expect(names()).toEqual(['a', 'b', 'c', 'd'])
    await vi.advanceTimersByTimeAsync(3_000)
    expect(server.lives.at(-1)?.call.after).toBe(7)
  })

  it('asks every five seconds where streams do not get through', async () => {
    const { server, roster, names } = await build()
    server.state.liveFails = problem('offline')
    server.lives.at(-1)?.fail(problem('offline'))
    server.state.roster = snapshot([person('polled')], { version: 9 })
    await vi.advanceTimersByTimeAsync(12_000)
    expect(roster.feed.value).toEqual({ status: 'polling' })
    expect(names()).toEqual(['polled'])
    const before = server.state.polled.length
    await vi.advanceTimersByTimeAsync(10_000)
    expect(server.state.polled.length - before).toBe(2)
    expect(server.state.polled.at(-1)).toBe(9)
  })

  for (const code of ['cohost_policy', 'forbidden'] as const)
    it(`shows nobody any more once the server answers ${code}`, async () => {
      const { server, roster, names } = await build()
      server.lives.at(-1)?.fail(problem(code))
      await vi.advanceTimersByTimeAsync(0)
      expect(names()).toEqual([])
      expect([roster.head.value, roster.summary.value, roster.table.size()]).toEqual([null, null, 0])
      expect(roster.feed.value).toMatchObject({ status: 'retrying', code })
    })

  it('takes a silent line for a dead one', async () => {
    const { server } = await build()
    const first = server.lives.length
    await vi.advanceTimersByTimeAsync(50_000)
    expect(server.lives.length).toBeGreaterThan(first)
  })

  it('renews the session when the stream ends with it, and goes on', async () => {
    const { server } = await build()
    server.say({ kind: 'ended', data: { code: 'session_expired' } })
    server.lives.at(-1)?.end()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(server.lives.at(-1)?.call.token).toBe('t2')
  })

  it('stops, keeps the rows and says so when another window takes over', async () => {
    const { server, session, roster, names } = await build()
    server.say({ kind: 'ended', data: { code: 'session_taken_over' } })
    server.lives.at(-1)?.end()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(session.takenOver.value).toBe(true)
    expect(roster.feed.value.status).toBe('stopped')
    expect(names()).toHaveLength(3)
    await session.useHere()
    roster.resume()
    await vi.advanceTimersByTimeAsync(0)
    expect(server.lives.at(-1)?.call.token).toBe('t2')
  })
})

describe('search, filter and order', () => {
  it('finds a person by any name or address, whatever the case', async () => {
    const { list, names } = await build([
      person('olga', { name: 'Ольга П.', names: ['iPhone', 'Ольга П.'], email: null }),
      person('b', { name: 'Boris' }),
    ])
    for (const search of ['ольга', 'IPHONE']) {
      list.search.value = search
      expect(names()).toEqual(['olga'])
    }
    list.search.value = 'B@EXAMPLE'
    expect(names()).toEqual(['b'])
  })

  it('counts every filter over the whole list', async () => {
    const { list } = await build([
      person('a'),
      person('b', { state: 'left', email: null }),
      person('c', { state: 'waiting' }),
      person('d', { identity: { rule: 'single_row', confidence: 'unidentified', evidence: [] } }),
      person('e', { state: 'left', firstJoin: null }),
    ])
    list.show.value = 'left'
    expect(list.counts.value).toMatchObject({
      all: 5,
      here: 2,
      left: 1,
      waiting: 1,
      waiting_only: 1,
      no_email: 1,
      unidentified: 1,
    })
  })

  it('shows alone who left the waiting room without having come in', async () => {
    const { list, names } = await build([
      person('came', { state: 'left' }),
      person('waits', { state: 'waiting', firstJoin: null }),
      person('waited', { state: 'left', firstJoin: null }),
    ])
    list.show.value = 'waiting_only'
    expect(names()).toEqual(['waited'])
  })

  it('sorts by minutes, longest first', async () => {
    const { list, names } = await build([
      person('a', { presentSeconds: 60 }),
      person('b', { presentSeconds: 600 }),
    ])
    list.setSort('present')
    expect(names()).toEqual(['b', 'a'])
  })

  it('keeps the same order by single changes as by sorting from scratch', async () => {
    const people = crowd(300)
    const { names, hear } = await build(people.slice(0, 200))
    let version = 1
    for (let index = 200; index < 300; index += 7) {
      await hear(change(++version, people.slice(index, index + 7)))
    }
    const fresh = await build(people)
    expect(names()).toEqual(fresh.names())
  })
})

describe('holding the list under the pointer', () => {
  it('never moves, adds or takes away a row, but shows its new content', async () => {
    const { list, names, hear } = await build()
    list.hold(true)
    await hear(change(2, [person('aa', { name: 'Aaron' }), person('b', { state: 'left' })], ['c']))
    expect(names()).toEqual(['a', 'b', 'c'])
    expect(list.rows.value[1]?.row.state).toBe('left')
  })

  it('counts what waits and shows it when the pointer leaves', async () => {
    const { list, names, hear } = await build()
    list.hold(true)
    await hear(change(2, [person('d'), person('e')], ['c']))
    expect(list.waitingChanges.value).toBe(3)
    list.hold(false)
    expect(names()).toEqual(['a', 'b', 'd', 'e'])
    expect(list.waitingChanges.value).toBe(0)
  })

  it('shows it at once on demand', async () => {
    const { list, names, hear } = await build()
    list.hold(true)
    await hear(change(2, [person('d')]))
    list.release()
    expect(names()).toEqual(['a', 'b', 'c', 'd'])
  })

  it('obeys the person at once, held or not', async () => {
    const { list, names } = await build()
    list.hold(true)
    list.search.value = 'person b'
    expect(names()).toEqual(['b'])
  })
})
