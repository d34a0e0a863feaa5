import { describe, expect, it } from 'vitest'
import { createCorrectingModel } from '../../../client/models/correcting.ts'
import type {
  CorrectionAct,
  CorrectionAnswer,
  GatheringDetail,
  PersonCard,
} from '../../../shared/wire/index.ts'
import { connectionsOf } from '../corrections-of.ts'
import { at, person } from '../people.ts'
import { problem } from './fakes.ts'

const card = (id: string): PersonCard => ({
  ...{ id, connections: connectionsOf(person(id)) },
  ...{ proposals: [], cleanings: [], registrations: [], corrections: [] },
})
const rename: CorrectionAct = { kind: 'rename', connection: 'anna/0', name: 'Anna' }
const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

function build() {
  const sent: CorrectionAct[] = []
  const fresh: (string | undefined)[] = []
  const server = { refuses: false, told: 0 }
  const answer = (act: CorrectionAct, undone: boolean): CorrectionAnswer => ({
    correction: { seq: 1, act, at: at(0), own: true, undone, idle: false, about: null },
    personId: 'anna',
  })
  const refusing = <Value>(value: Value): Promise<Value> =>
    server.refuses ? Promise.reject(problem('conflict')) : Promise.resolve(value)
  const model = createCorrectingModel({
    api: {
      card: (_token, _gathering, id) => refusing(card(id)),
      correct: (_token, _gathering, act) => {
        sent.push(act)
        return refusing(answer(act, false))
      },
      turn: (_token, _gathering, _seq, way) => refusing(answer(rename, way === 'undo')),
      corrections: () => refusing([]),
      proposals: () => refusing({ items: [], more: 0 }),
      cleanings: () => refusing({ items: [], more: 0 }),
      policy: () => Promise.reject(problem('unexpected')),
      changePolicy: () => Promise.reject(problem('unexpected')),
    },
    gathering: () => refusing({ mayManage: true } as GatheringDetail),
    session: {
      call: (ask, proof) => {
        fresh.push(proof)
        return ask('t')
      },
    },
    onDone() {
      server.told++
    },
  })
  return { model, sent, fresh, server }
}

describe('correcting', () => {
  it('is done with a fresh proof of the role, told once, and can be taken back and put back', async () => {
    const { model, fresh, server } = build()
    model.openPerson('g1', 'anna')
    expect(await model.correct(rename)).toEqual({ personId: 'anna' })
    expect(fresh).toContain('fresh')
    expect(server.told).toBe(1)
    expect(model.done.value).toEqual({ gatheringId: 'g1', seq: 1, kind: 'rename', undone: false })
    await model.turn(1, 'undo')
    expect(model.done.value?.undone).toBe(true)
    await model.turn(1, 'redo')
    expect(model.done.value?.undone).toBe(false)
  })

  it('does one thing at a time', async () => {
    const { model, sent } = build()
    model.openPerson('g1', 'anna')
    const [, second] = await Promise.all([model.correct(rename), model.correct(rename)])
    expect(second).toBeUndefined()
    expect(sent).toHaveLength(1)
  })

  it('merges by a connection of each', async () => {
    const { model, sent } = build()
    model.openPerson('g1', 'anna')
    await settled()
    await model.mergeWith('denis')
    expect(sent).toEqual([{ kind: 'merge', connections: ['anna/0', 'denis/0'] }])
  })

  it('says why it did not work, until the next act', async () => {
    const { model, server } = build()
    model.openPerson('g1', 'anna')
    await settled()
    server.refuses = true
    expect(await model.correct(rename)).toBeUndefined()
    expect([model.trouble.value, model.working.value, model.done.value]).toEqual(['conflict', false, null])
    expect(model.card.value.status, 'the card on screen stays').toBe('ready')
    server.refuses = false
    await model.correct(rename)
    expect(model.trouble.value).toBeNull()
  })

  it('is possible from the pairs as well, and from no list at all it is not', async () => {
    const { model, sent } = build()
    expect(await model.correct(rename)).toBeUndefined()
    model.openProposals('g1')
    await model.correct({ kind: 'apart', connections: ['anna/0', 'denis/0'] })
    expect(sent).toEqual([{ kind: 'apart', connections: ['anna/0', 'denis/0'] }])
  })

  it('asks for the rights again when nobody answered', async () => {
    const { model, server } = build()
    server.refuses = true
    model.askRights('g1')
    await settled()
    expect(model.mayManage.value).toBe(false)
    server.refuses = false
    model.askRights('g1')
    await settled()
    expect(model.mayManage.value).toBe(true)
  })
})
