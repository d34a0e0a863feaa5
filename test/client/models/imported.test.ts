import { describe, expect, it } from 'vitest'
import { createImportedModel } from '../../../client/models/imported.ts'
import type { ImportItem } from '../../../shared/wire/index.ts'
import { problem } from './fakes.ts'

const item = (id: string, state: ImportItem['state'] = 'done'): ImportItem => ({
  ...{ id, state, name: `${id}.csv`, importedAt: '2026-11-20T18:00:00.000Z', undoneAt: null },
  ...{ byViewer: true, rows: 3, gatheringIds: ['g1'] },
})

function build(items: ImportItem[] = [item('a'), item('b', 'undone'), item('c', 'running')]) {
  const state = { undone: [] as string[], changes: 0, fails: null as Error | null }
  const model = createImportedModel({
    api: {
      list: () => (state.fails ? Promise.reject(state.fails) : Promise.resolve(items)),
      undo: (_token, id) => {
        if (state.fails) return Promise.reject(state.fails)
        state.undone.push(id)
        return Promise.resolve()
      },
    },
    session: { call: (work) => work('t1') },
    onChange: () => (state.changes += 1),
  })
  return { model, state }
}

describe('files imported earlier', () => {
  it('are listed unless they were taken back', async () => {
    const { model } = build()
    await model.load()
    expect(model.items.value?.map(({ id }) => id)).toEqual(['a', 'c'])
  })

  it('are taken back only once that was asked and answered', async () => {
    const { model, state } = build()
    await model.takeBack('a')
    expect(state.undone).toEqual([])
    model.ask('a')
    model.keep('a')
    await model.takeBack('a')
    expect(state.undone).toEqual([])
    model.ask('a')
    await model.takeBack('a')
    expect(state).toMatchObject({ undone: ['a'], changes: 1 })
    expect(model.taking.value.get('a')).toBe('gone')
  })

  it('stay when taking one back fails, and the reason is told', async () => {
    const { model, state } = build()
    model.ask('a')
    state.fails = problem('offline')
    await model.takeBack('a')
    expect(model.taking.value.has('a')).toBe(false)
    expect(model.trouble.value).toBe('offline')
  })

  it('are nobody’s but the owner’s', async () => {
    const { model, state } = build()
    state.fails = problem('forbidden')
    await model.load()
    expect(model.forbidden.value).toBe(true)
    expect(model.trouble.value).toBeNull()
  })
})
