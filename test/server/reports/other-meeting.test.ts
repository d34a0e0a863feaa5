import { afterEach, describe, expect, it } from 'vitest'
import { derive } from '../../../shared/attendance/index.ts'
import { classmate } from '../../support/classroom.ts'
import { createScenario } from '../../zoom/index.ts'
import { afterClass, reportBatches, reportRows, retryAsHost, type AfterClass } from './after-class.ts'

let after: AfterClass
afterEach(() => after.server.stop())

describe('a list of another meeting', () => {
  it('of other hours is refused, named, and none of it is kept', async () => {
    after = await afterClass()
    const { server, switches } = after
    const other = server.world.add(
      createScenario({
        clock: server.clock,
        seed: 9,
        meeting: { topic: 'Another lesson', accountId: 'account-a' },
        host: classmate('zoe', 'Zoe'),
      }),
    )
    server.clock.advanceBy(40 * 60_000)
    other.join('zoe')
    server.clock.advanceBy(20 * 60_000)
    other.end()
    switches.rowsOf = other.meeting.uuid
    await after.pass(60)
    expect(await after.status()).toMatchObject({ state: 'waiting', reason: 'foreign_rows' })
    const facts = await after.facts()
    expect(reportBatches(facts)).toMatchObject([{ refusal: 'outside_time' }])
    expect(reportRows(facts)).toEqual([])
    expect(await server.query('select from report_pages')).toEqual([])
    expect(server.logLines.join('')).not.toContain('Zoe')
  })

  it.each(['meeting', 'webinar'] as const)(
    'in the same hours, whose connections have the same numbers, is refused as a %s’s and replaces no good one',
    async (kind) => {
      after = await afterClass({ kind, ended: false, minutes: 25 })
      const { server, lesson, switches } = after
      const other = server.world.add(
        createScenario({
          clock: server.clock,
          seed: 9,
          meeting: { topic: 'Another lesson', accountId: 'account-a' },
          host: classmate('zoe', 'Zoe'),
          people: [classmate('yan', 'Yan'), classmate('xenia', 'Xenia')],
        }),
      )
      for (const key of ['zoe', 'yan', 'xenia']) other.join(key)
      server.clock.advanceBy(20 * 60_000)
      for (const one of [lesson, other]) one.end()
      await server.told()
      switches.rowsOf = other.meeting.uuid
      await after.pass(300)
      expect(await after.status()).toMatchObject({ state: 'waiting', reason: 'foreign_rows' })
      const facts = await after.facts()
      expect(reportBatches(facts)).toMatchObject([{ refusal: 'other_meeting' }, { refusal: 'other_meeting' }])
      expect(reportRows(facts)).toEqual([])
      expect(await server.query('select from report_pages')).toEqual([])
      const names = derive(facts).people.map(({ name }) => name)
      expect(names.sort()).toEqual(['Elena K.', 'Pupil anna', 'Pupil boris'])
      expect(server.logLines.join('')).not.toContain('Zoe')

      switches.rowsOf = null
      await after.pass(600)
      const final = await after.status()
      expect(final).toMatchObject({ state: 'final', gaps: [] })
      switches.rowsOf = other.meeting.uuid
      await after.pass(60)
      await retryAsHost(after)
      expect(await after.status()).toEqual(final)
    },
  )

  it('is not what guests have who took other names without anybody telling', async () => {
    const pupils = ['anna', 'boris', 'vera', 'gleb']
    after = await afterClass({ pupils, guests: true, ended: false })
    const { server, lesson } = after
    for (const key of pupils) lesson.rename(key, `Cat of ${key.length} lives`)
    after.silence()
    lesson.end()
    await after.pass(2 * 3600, 600)
    expect(reportBatches(await after.facts())[0]).toMatchObject({ refusal: null })
    expect(await after.status()).toMatchObject({ state: 'final', gaps: [] })
    expect(server.logLines.join('')).not.toContain('Cat of')
  })
})
