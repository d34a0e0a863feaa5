import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Api } from '../../../client/models/api.ts'
import { createDifferencesModel } from '../../../client/models/differences.ts'
import { boundsOf, createHistoryModel } from '../../../client/models/history.ts'
import type { GatheringList } from '../../../shared/wire/index.ts'
import { gathering } from '../past.ts'
import { fakeApi, problem } from './fakes.ts'

type Wish = Parameters<Api['gatherings']>[1]

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(2026, 10, 23, 18, 4) })
})
afterEach(() => {
  vi.useRealTimers()
})

function build() {
  const server = fakeApi()
  const wishes: Wish[] = []
  const answers: ((list: GatheringList) => void)[] = []
  server.state.gatherings = (wish) => {
    wishes.push(wish)
    return new Promise((resolve) => answers.push(resolve))
  }
  const history = createHistoryModel(server.api, { call: (work) => work('t1') })
  const answer = async (ids: string[], nextCursor: string | null = null, which = answers.length - 1) => {
    answers[which]?.({ items: ids.map((id) => gathering(id)), nextCursor })
    await vi.advanceTimersByTimeAsync(0)
  }
  const ids = () => history.list.items.value.map(({ id }) => id)
  return { server, history, wishes, answer, ids }
}

describe('the history', () => {
  it('asks for everything first, and goes on where the page ended', async () => {
    const { history, wishes, answer, ids } = build()
    history.look()
    await answer(['a', 'b'], 'after b')
    void history.list.more()
    await answer(['c'])
    expect(wishes.map(({ cursor }) => cursor)).toEqual([null, 'after b'])
    expect(ids()).toEqual(['a', 'b', 'c'])
    expect(history.list.hasMore()).toBe(false)
  })

  it('asks once for a word typed, when the typing settles', async () => {
    const { history, wishes, answer } = build()
    history.look()
    await answer([])
    for (const typed of ['l', 'le', 'les ']) history.search.value = typed
    await vi.advanceTimersByTimeAsync(1_000)
    expect(wishes.map(({ search }) => search)).toEqual(['', 'les'])
  })

  it('throws away the answer to a question that is no longer asked', async () => {
    const { history, answer, ids } = build()
    history.look()
    history.search.value = 'new'
    await vi.advanceTimersByTimeAsync(1_000)
    await answer(['new'])
    await answer(['old'], null, 0)
    expect(ids()).toEqual(['new'])
  })

  it('puts what is new before what is known when it is looked at again, all pages staying', async () => {
    const { history, answer, ids } = build()
    history.look()
    await answer(['b', 'c'], 'after c')
    void history.list.more()
    await answer(['d'])
    history.look()
    await answer(['a', 'b'], 'after b')
    expect(ids()).toEqual(['a', 'b', 'c', 'd'])
    expect(history.list.hasMore()).toBe(false)
  })

  it('says what kept a page from coming, and keeps the pages it has', async () => {
    const { history, server, answer, ids } = build()
    history.look()
    await answer(['a'], 'after a')
    server.state.gatherings = () => Promise.reject(problem('storage_unavailable'))
    await history.list.more()
    expect(history.list.state.value).toEqual({ status: 'failed', code: 'storage_unavailable', more: true })
    expect(ids()).toEqual(['a'])
  })

  it('learns what became of one gathering elsewhere in the panel', async () => {
    const { history, answer } = build()
    history.look()
    await answer(['a', 'b'])
    history.learn(gathering('b', { came: 7 }))
    expect(history.list.items.value.map(({ came }) => came)).toEqual([41, 7])
  })
})

describe('a period', () => {
  const nowMs = new Date(2026, 10, 23, 18, 4).getTime()
  const midnight = (month: number, day: number) => new Date(2026, month - 1, day).toISOString()

  it('reaches from midnight to midnight where the reader is, the last day included', () => {
    expect(boundsOf('range', '2026-11-16', '2026-11-21', nowMs)).toEqual({
      from: midnight(11, 16),
      to: midnight(11, 22),
    })
  })

  it('typed the wrong way round is meant all the same, and never begins after today', () => {
    expect(boundsOf('range', '2026-11-21', '2026-11-16', nowMs)).toEqual({
      from: midnight(11, 16),
      to: midnight(11, 22),
    })
    expect(boundsOf('range', '2027-01-01', '', nowMs).from).toBe(midnight(11, 23))
  })

  it('is open on a side that was not given', () => {
    expect(boundsOf('range', '', '', nowMs)).toEqual({ from: null, to: null })
    expect(boundsOf('all', '2026-11-16', '', nowMs)).toEqual({ from: null, to: null })
  })

  it('counts today among the last days', () => {
    expect(boundsOf('week', '', '', nowMs).from).toBe(midnight(11, 17))
    expect(boundsOf('thirty', '', '', nowMs).from).toBe(midnight(10, 25))
    expect(boundsOf('month', '', '', nowMs).from).toBe(midnight(11, 1))
  })
})

describe('the differences', () => {
  it('begin with nothing chosen for another gathering, and keep the choice for the same', async () => {
    const server = fakeApi()
    const wishes: Parameters<Api['differences']>[2][] = []
    server.state.differences = (wish) => {
      wishes.push(wish)
      return Promise.reject(problem('offline'))
    }
    const differences = createDifferencesModel(server.api, { call: (work) => work('t1') })
    differences.open('g1')
    differences.kind.value = 'added'
    await vi.advanceTimersByTimeAsync(1_000)
    differences.open('g1')
    differences.open('g2')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(wishes.map(({ kind }) => kind)).toEqual([null, 'added', 'added', null])
  })
})
