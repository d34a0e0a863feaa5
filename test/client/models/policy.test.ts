import { describe, expect, it } from 'vitest'
import { createPolicyModel, type PolicyModel } from '../../../client/models/policy.ts'
import { defaultPolicy, type PolicyAnswer, type PolicyChange } from '../../../shared/wire/index.ts'
import { problem } from './fakes.ts'

/** A model opened on what a server says, which takes every change unless it is told to refuse. */
async function opened(parts: Partial<PolicyAnswer['parts']> = {}) {
  const sent: PolicyChange[] = []
  const server = { refuses: false, parts: { installation: {}, number: {}, gathering: {}, ...parts } }
  const answer = (): PolicyAnswer => ({
    effective: defaultPolicy,
    parts: server.parts,
    revisions: {
      installation: JSON.stringify(server.parts.installation),
      number: JSON.stringify(server.parts.number),
      gathering: JSON.stringify(server.parts.gathering),
    },
  })
  const model: PolicyModel = createPolicyModel({
    api: {
      policy: () => Promise.resolve(answer()),
      changePolicy: (_token, _gathering, change) => {
        if (server.refuses) return Promise.reject(problem('storage_unavailable'))
        if (answer().revisions[change.scope] !== change.basedOn) return Promise.reject(problem('conflict'))
        sent.push(change)
        server.parts = { ...server.parts, [change.scope]: change.part }
        return Promise.resolve(answer())
      },
    },
    session: { call: (ask) => ask('t') },
    zone: 'Asia/Yekaterinburg',
  })
  model.open('g1')
  await Promise.resolve()
  await model.refresh()
  return { model, sent, server }
}

describe('a rule', () => {
  it('stands as the nearest scope says, and says which that is', async () => {
    const { model } = await opened({ installation: { minPercent: 60 }, number: { lateAfterMinutes: 10 } })
    expect(model.standing('lateAfterMinutes')).toEqual({ value: 10, own: false, source: 'number' })
    expect(model.standing('minPercent')).toEqual({ value: 60, own: false, source: 'installation' })
    expect(model.standing('leftEarlyMinutes')).toEqual({ value: 5, own: false, source: 'default' })
    model.choose('number')
    expect(model.standing('lateAfterMinutes')).toEqual({ value: 10, own: true, source: 'default' })
  })

  it('is changed only once it differs, and not any more when it is taken over again', async () => {
    const { model } = await opened()
    model.set('minPercent', 80)
    expect(model.changed.value).toBe(true)
    model.inherit('minPercent')
    expect(model.changed.value).toBe(false)
  })

  it('with times of day is meant in the reader’s zone until a zone is set', async () => {
    const { model } = await opened()
    model.set('breaks', [{ from: '18:50', to: '19:10' }])
    expect(model.standing('zone')).toMatchObject({ value: 'Asia/Yekaterinburg', own: true })
    const zoned = await opened({ installation: { zone: 'Europe/Berlin' } })
    zoned.model.set('breaks', [{ from: '18:50', to: '19:10' }])
    expect(zoned.model.standing('zone')).toMatchObject({ value: 'Europe/Berlin', own: false })
  })
})

describe('saving', () => {
  it('sends what this scope says, and is undone by sending what it said before', async () => {
    const { model, sent } = await opened({ gathering: { minPercent: 70 } })
    model.set('minPercent', 80)
    await model.save()
    expect([model.done.value, model.changed.value]).toEqual(['saved', false])
    await model.undo()
    expect(model.done.value).toBe('undone')
    expect(sent).toEqual([
      { scope: 'gathering', part: { minPercent: 80 }, basedOn: '{"minPercent":70}' },
      { scope: 'gathering', part: { minPercent: 70 }, basedOn: '{"minPercent":80}' },
    ])
  })

  it('that is refused keeps what was typed and says why', async () => {
    const { model, server } = await opened()
    server.refuses = true
    model.set('minPercent', 80)
    await model.save()
    expect(model.trouble.value).toBe('storage_unavailable')
    expect(model.standing('minPercent')).toMatchObject({ value: 80, own: true })
    expect(model.working.value).toBe(false)
  })

  it('what somebody else changed meanwhile shows theirs, keeps what was typed on top, and saves both', async () => {
    const labels = [{ name: 'Theirs', when: [{ kind: 'no_email' as const }] }]
    const { model, server } = await opened({
      gathering: { minPercent: 70, lateAfterMinutes: 1, zone: 'UTC' },
    })
    model.set('minPercent', 80)
    model.inherit('lateAfterMinutes')
    const theirs = { minPercent: 60, lateAfterMinutes: 1, leftEarlyMinutes: 9, labels }
    server.parts = { ...server.parts, gathering: theirs }
    await model.save()
    expect(model.trouble.value).toBe('conflict')
    expect(model.standing('labels')).toMatchObject({ value: labels, own: true })
    expect(model.standing('minPercent')).toMatchObject({ value: 80, own: true })
    expect(model.standing('lateAfterMinutes').own).toBe(false)
    // They took it back, and it was not touched here.
    expect(model.standing('zone').own).toBe(false)
    expect(model.changed.value).toBe(true)
    await model.save()
    expect([model.trouble.value, model.done.value]).toEqual([null, 'saved'])
    expect(server.parts.gathering).toEqual({ leftEarlyMinutes: 9, labels, minPercent: 80 })
  })

  it('is not undone over what somebody else made of it', async () => {
    const { model, server } = await opened()
    model.set('minPercent', 80)
    await model.save()
    server.parts = { ...server.parts, gathering: { minPercent: 81 } }
    await model.undo()
    expect([model.trouble.value, model.done.value, model.changed.value]).toEqual(['conflict', null, false])
    expect(model.standing('minPercent')).toMatchObject({ value: 81, own: true })
    await model.undo()
    expect(server.parts.gathering).toEqual({ minPercent: 81 })
  })
})
