import { describe, expect, it } from 'vitest'
import type { ImportApi } from '../../../client/models/import-api.ts'
import { createImportModel } from '../../../client/models/importing.ts'
import type { Look, Wish } from '../../../client/reading/index.ts'
import type { Survey } from '../../../shared/files/index.ts'
import type { ImportAnswer, ImportOptions } from '../../../shared/wire/index.ts'
import { problem } from './fakes.ts'

const survey: Survey = {
  ...{ file: 'list.csv', layout: 'participants', encoding: 'utf-8', separator: ',' },
  columns: [{ at: 0, header: 'Nimi', field: 'name', by: 'shape' }],
  ...{ needsConfirmation: false, dates: { order: 'mdy', by: 'file', line: null }, hasTimes: true },
  ...{ zoned: false, needsZone: true, hasRegistration: false, precisionSeconds: 1, rows: 2 },
  ...{ meetings: [], firstRows: [] },
} satisfies Partial<Survey>

const list = (given: Partial<Extract<Look, { as: 'list' }>> = {}): Look => ({
  ...{ as: 'list', survey, hash: 'a'.repeat(64), rows: 2, withoutTimes: 0, warnings: [] },
  meetings: [{ index: 0, number: '812', topic: 'Choir', startMs: 0, endMs: 60_000, rows: 2 }],
  ...given,
})
const answer: ImportAnswer = {
  ...{ id: 'i1', outcome: 'imported', people: { added: 2, matched: 0 } },
  rows: { read: 2, added: 2, known: 0, withoutTimes: 0 },
  gatherings: [{ gatheringId: 'g1', isNew: true }],
}
const fileOf = (name: string, size = 10): File => {
  const file = new File(['x'], name)
  Object.defineProperty(file, 'size', { value: size })
  return file
}
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}

function build(given: { look?: (wish: Wish, name: string) => Look | Promise<Look> } = {}) {
  const state = {
    looks: [] as { name: string; wish: Wish }[],
    stopped: 0,
    previewed: [] as number[],
    sent: [] as ImportOptions[],
    undone: [] as string[],
    changes: 0,
    fails: null as Error | null,
    hold: null as Promise<void> | null,
  }
  const api: ImportApi = {
    preview: (_token, { meetings }) => {
      if (state.fails) return Promise.reject(state.fails)
      state.previewed.push(meetings.length)
      return Promise.resolve({
        importedAt: null,
        meetings: meetings.map(() => ({ goesTo: null, maybe: [] })),
      })
    },
    send: async (_token, _file, options) => {
      await state.hold
      if (state.fails) throw state.fails
      state.sent.push(options)
      return answer
    },
    undo: (_token, id) => {
      if (state.fails) return Promise.reject(state.fails)
      state.undone.push(id)
      return Promise.resolve()
    },
    list: () => Promise.resolve([]),
  }
  const model = createImportModel({
    api,
    session: { call: (work) => work('t1') },
    lookAt: (file, wish) => {
      state.looks.push({ name: file.name, wish })
      return {
        look: Promise.resolve((given.look ?? (() => list()))(wish, file.name)),
        stop: () => (state.stopped += 1),
      }
    },
    zone: 'Europe/Berlin',
    onChange: () => (state.changes += 1),
  })
  return { model, state }
}

describe('a file on its way in', () => {
  it('is looked at, previewed, handed in as it was answered, and undone', async () => {
    const { model, state } = build()
    model.choose([fileOf('list.csv')])
    await settled()
    expect(model.step.value).toMatchObject({ status: 'looking', look: { as: 'list' } })
    expect(model.ready.value).toBe(true)
    await model.send()
    expect(state.sent).toEqual([
      { name: 'list.csv', zone: 'Europe/Berlin', dates: null, columns: null, confirmed: false, into: [] },
    ])
    expect(model.step.value).toEqual({ status: 'done', answer, undone: false, trouble: null })
    await model.undo()
    expect(state.undone).toEqual(['i1'])
    expect(model.step.value).toMatchObject({ status: 'done', undone: true })
    expect(state.changes).toBe(2)
  })

  it('stays in sight while another answer is looked into, and cannot be sent meanwhile', async () => {
    let release = (): void => undefined
    const { model } = build({
      look: ({ zone }) =>
        zone === 'UTC' ? new Promise((resolve) => (release = () => resolve(list()))) : list(),
    })
    model.choose([fileOf('list.csv')])
    await settled()
    model.setZone('UTC')
    await settled()
    expect(model.step.value).toMatchObject({ status: 'looking', look: { as: 'list' }, preview: null })
    expect(model.ready.value).toBe(false)
    release()
    await settled()
    expect(model.ready.value).toBe(true)
  })

  it('asks about more meetings than one question holds in pieces', async () => {
    const meetings = Array.from({ length: 4_100 }, (_, index) => ({
      ...{ index, number: null, topic: null, startMs: index, endMs: index, rows: 1 },
    }))
    const { model, state } = build({ look: () => list({ meetings }) })
    model.choose([fileOf('year.csv')])
    await settled()
    expect(state.previewed).toEqual([2_000, 2_000, 100])
    expect(model.step.value).toMatchObject({ preview: { meetings: { length: 4_100 } } })
  })

  it('waits for columns known by their shape to be confirmed, and tells which were chosen', async () => {
    const { model, state } = build({ look: () => list({ survey: { ...survey, needsConfirmation: true } }) })
    model.choose([fileOf('list.csv')])
    await settled()
    expect(model.ready.value).toBe(false)
    model.setColumn(0, 'first_name')
    await settled()
    expect(state.looks.at(-1)?.wish.columns).toEqual([[0, 'first_name']])
    await model.send()
    expect(state.sent).toMatchObject([{ confirmed: true, columns: [{ at: 0, field: 'first_name' }] }])
  })

  it('lets somebody say what the columns of an unrecognised list mean', async () => {
    const refused: Look = {
      as: 'refused',
      refusal: { code: 'not_recognised', file: 'list.csv', line: null },
      table: { columns: [{ at: 0, header: 'X', field: null, by: 'shape' }], firstRows: [['Anna']] },
    }
    const { model } = build({ look: ({ columns }) => (columns === null ? refused : list()) })
    model.choose([fileOf('list.csv')])
    await settled()
    expect(model.ready.value).toBe(false)
    model.setColumn(0, 'name')
    await settled()
    expect(model.ready.value).toBe(true)
  })

  it('forgets answers about another file, and hears of the last one only', async () => {
    const { model, state } = build({ look: (_wish, name) => list({ rows: name === 'b.csv' ? 7 : 2 }) })
    model.choose([fileOf('a.csv')])
    model.setDates('dmy')
    model.choose([fileOf('b.csv')])
    await settled()
    expect(state.stopped).toBeGreaterThan(0)
    expect(model.dates.value).toBeNull()
    expect(model.step.value).toMatchObject({ look: { rows: 7 } })
  })

  it('is not replaced by another while it is being sent', async () => {
    const { model, state } = build()
    model.choose([fileOf('a.csv')])
    await settled()
    let release = (): void => undefined
    state.hold = new Promise((resolve) => (release = resolve))
    const sending = model.send()
    model.choose([fileOf('b.csv')])
    expect(model.step.value.status).toBe('sending')
    expect(model.file.value?.name).toBe('a.csv')
    release()
    await sending
    expect(model.step.value.status).toBe('done')
  })

  it('of more than 32 MiB is not even read', () => {
    const { model, state } = build()
    model.choose([fileOf('big.csv', 33 * 1024 * 1024)])
    expect(model.step.value).toEqual({ status: 'too_large' })
    expect(state.looks).toEqual([])
  })

  it('that could not be sent can be tried again, and an undo that failed leaves what is known', async () => {
    const { model, state } = build()
    model.choose([fileOf('a.csv')])
    await settled()
    state.fails = problem('offline')
    await model.send()
    expect(model.step.value).toEqual({ status: 'failed', code: 'offline' })
    state.fails = null
    model.tryAgain()
    await settled()
    await model.send()
    state.fails = problem('offline')
    await model.undo()
    expect(model.step.value).toMatchObject({ status: 'done', undone: false, trouble: 'offline' })
  })
})

describe('several files', () => {
  it('are looked at and handed in one at a time, in their order, those chosen meanwhile first', async () => {
    const { model, state } = build()
    model.choose([fileOf('a.csv'), fileOf('b.csv')])
    await settled()
    await model.send()
    expect(model.waiting.value.map(({ name }) => name)).toEqual(['b.csv'])
    model.choose([fileOf('c.csv')])
    await settled()
    model.next()
    await settled()
    await model.send()
    expect(model.waiting.value).toEqual([])
    expect(state.sent.map(({ name }) => name)).toEqual(['a.csv', 'b.csv'])
    expect(state.looks.map(({ name }) => name)).toEqual(['a.csv', 'c.csv', 'b.csv'])
    model.next()
    expect(model.file.value?.name).toBe('b.csv')
  })

  it('wait until the one on its way has arrived', async () => {
    const { model, state } = build()
    model.choose([fileOf('a.csv'), fileOf('b.csv')])
    await settled()
    let arrive = (): void => undefined
    state.hold = new Promise((resolve) => (arrive = resolve))
    const sending = model.send()
    model.next()
    expect(model.file.value?.name).toBe('a.csv')
    arrive()
    await sending
    expect(state.sent.map(({ name }) => name)).toEqual(['a.csv'])
  })
})
