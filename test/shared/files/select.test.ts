import { describe, expect, it } from 'vitest'
import { showsRow, type Show } from '../../../shared/files/index.ts'
import { person } from '../../client/people.ts'

describe('which rows a list shows', () => {
  it('puts everybody into exactly one of here, left, waiting and only waited, so that the numbers add up', () => {
    const people = (['here', 'left', 'waiting'] as const).flatMap((state) => [
      person(`${state}, came`, { state }),
      person(`${state}, never in`, { state, firstJoin: null }),
    ])
    const shown = (show: Show) => people.filter((row) => showsRow(row, show)).map(({ id }) => id)
    expect(shown('waiting_only')).toEqual(['left, never in'])
    expect(shown('left')).toEqual(['left, came'])
    const parts = (['here', 'left', 'waiting', 'waiting_only'] as const).flatMap(shown)
    expect(parts.sort()).toEqual(shown('all').sort())
  })
})
