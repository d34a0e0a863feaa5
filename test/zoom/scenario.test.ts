import { describe, expect, it } from 'vitest'
import { createClock } from './clock.ts'
import { createScenario } from './scenario.ts'
import type { Scenario, ScenarioEvent } from './scenario.ts'
import { createHostileNames, hostileNames } from './scenarios/hostile-names.ts'
import { createLesson, ROOMS } from './scenarios/lesson.ts'
import { inventedName } from './scenarios/names.ts'
import { createStorm } from './scenarios/storm.ts'

const start = Date.UTC(2026, 10, 23, 14, 0)

function smallMeeting(): { scenario: Scenario; clock: ReturnType<typeof createClock> } {
  const clock = createClock(start)
  const scenario = createScenario({
    clock,
    seed: 1,
    meeting: { topic: 'Lesson' },
    host: { key: 'host', name: 'Host', zoomUserId: 'HOST', email: 'host@example.org' },
    people: [{ key: 'anna', name: 'Anna' }],
  })
  scenario.join('host')
  return { scenario, clock }
}

describe('the clock', () => {
  it('does what was planned in order of time, then of planning, each at its own instant', () => {
    const clock = createClock(1000)
    const told: string[] = []
    clock.at(3000, () => told.push(`later ${clock.now()}`))
    clock.at(2000, () => {
      told.push(`first ${clock.now()}`)
      clock.at(2500, () => told.push(`planned meanwhile ${clock.now()}`))
    })
    clock.at(2000, () => told.push(`second ${clock.now()}`))
    clock.at(2000, () => told.push('taken back'))()
    clock.advanceTo(4000)
    expect(told).toEqual(['first 2000', 'second 2000', 'planned meanwhile 2500', 'later 3000'])
    expect(clock.now()).toBe(4000)
  })
})

describe('one meeting', () => {
  it('gives a new connection id on every rejoin and keeps the participant uuid only over a short drop', () => {
    const { scenario, clock } = smallMeeting()
    const first = scenario.join('anna')
    scenario.drop('anna')
    clock.advanceBy(90_000)
    const back = scenario.join('anna')
    scenario.leave('anna')
    const later = scenario.join('anna')

    expect(back.userId).not.toBe(first.userId)
    expect(back.participantUuid).toBe(first.participantUuid)
    expect(later.participantUuid).not.toBe(first.participantUuid)
  })

  it('gives a new participant uuid with a new role', () => {
    const { scenario } = smallMeeting()
    const before = scenario.join('anna')
    scenario.promote('anna')
    const after = scenario.connectionsOf('anna')[0]
    expect(after?.role).toBe('cohost')
    expect(after?.userId).toBe(before.userId)
    expect(after?.participantUuid).not.toBe(before.participantUuid)
  })

  it('shows a viewer only the people of the room they are in', () => {
    const { scenario } = smallMeeting()
    scenario.join('anna')
    scenario.moveToRoom('anna', ROOMS[0])
    expect(scenario.participantsNow().map((c) => c.person.key)).toEqual(['host'])
    expect(scenario.participantsNow({ kind: 'breakout', room: ROOMS[0] }).map((c) => c.person.key)).toEqual([
      'anna',
    ])
  })

  it('lets everybody leave before it says that it ended', () => {
    const { scenario } = smallMeeting()
    scenario.join('anna')
    scenario.end()
    expect(scenario.history.map((event) => event.kind).slice(-3)).toEqual(['left', 'left', 'meeting_ended'])
    expect(() => scenario.join('anna')).toThrow('The meeting has ended')
  })

  it('starts again under the same number and a new uuid, and people come back by name, device and role', () => {
    const { scenario, clock } = smallMeeting()
    scenario.join('anna', { name: 'Anna S.' })
    scenario.join('anna', { device: 'phone' })
    scenario.promote('anna')
    const nexts: Scenario[] = []
    scenario.onNext((next) => nexts.push(next))
    const next = scenario.restart({ afterMs: 5 * 60_000, backWithinMs: 60_000 })
    expect(nexts).toEqual([next])
    expect(scenario.meeting.endedAtMs).toBe(start)
    expect(next.meeting.number).toBe(scenario.meeting.number)
    expect(next.meeting.uuid).not.toBe(scenario.meeting.uuid)
    clock.advanceTo(start + 5 * 60_000 - 1)
    expect(next.connections()).toEqual([])
    clock.advanceTo(start + 6 * 60_000 + 1)
    expect(next.meeting.startedAtMs).toBe(start + 5 * 60_000)
    const back = next.connections().map(({ device, name, role }) => [device, name, role])
    expect(back.sort()).toEqual([
      ['laptop', 'Anna S.', 'cohost'],
      ['laptop', 'Host', 'host'],
      ['phone', 'Anna', 'cohost'],
    ])
  })

  it('refuses to admit somebody who does not wait', () => {
    const { scenario } = smallMeeting()
    scenario.join('anna')
    expect(() => scenario.admit('anna')).toThrow('"anna" does not wait')
  })
})

describe('the scripted scenarios', () => {
  it('tell the same story for the same seed and another for another', () => {
    const story = (seed: number): ScenarioEvent[] => {
      const clock = createClock(start)
      const { scenario } = createLesson({ clock, seed, startsAtMs: start })
      clock.advanceTo(start + 60 * 60_000)
      return [...scenario.history]
    }
    expect(story(7)).toEqual(story(7))
    expect(story(7)).not.toEqual(story(8))
  })

  it('have the lesson as told: 36 in three minutes, four waiting, two phones, a rename, a drop of 90 seconds', () => {
    const clock = createClock(start)
    const { scenario, minute } = createLesson({ clock, seed: 7, startsAtMs: start, goesOn: false })
    clock.advanceTo(minute(3))
    expect(scenario.participantsNow().filter((c) => c.person.key !== 'teacher')).toHaveLength(36)
    clock.advanceTo(minute(5))
    expect(scenario.waitingNow()).toHaveLength(4)
    clock.advanceTo(minute(10))
    const devices = scenario.participantsNow().filter((c) => c.device === 'phone')
    expect(devices.map((c) => c.person.key)).toEqual(['denis', 'anna'])
    expect(scenario.connectionsOf('olga')[0]?.name).toBe('Ольга Пермякова')
    const marat = scenario.history.filter((event) => 'who' in event && event.who.person.key === 'marat')
    expect(marat.map(({ kind, atMs }) => [kind, (atMs - start) / 60_000]).slice(1)).toEqual([
      ['left', 8],
      ['joined', 9.5],
    ])
  })

  it('bring every hostile name into the room untouched', () => {
    const clock = createClock(start)
    const scenario = createHostileNames({ clock, seed: 1, startsAtMs: start })
    clock.advanceTo(start + 60_000)
    const names = scenario.participantsNow().map((c) => c.name)
    expect(names).toEqual(expect.arrayContaining(hostileNames.map((person) => person.name)))
    expect(Math.max(...names.map((name) => name.length))).toBe(10_000)
  })

  it('storm with a thousand people of whom a tenth leaves', () => {
    const clock = createClock(start)
    const scenario = createStorm({ clock, seed: 3, startsAtMs: start })
    clock.advanceTo(start + 6 * 60_000)
    expect(scenario.participantsNow()).toHaveLength(1 + 900)
    expect(scenario.history.filter((event) => event.kind === 'left')).toHaveLength(334 + 100)
  })

  it('invent names that differ', () => {
    const names = Array.from({ length: 1000 }, (_, index) => inventedName(index))
    expect(new Set(names).size).toBe(1000)
    expect(names.every((name) => !name.includes('undefined') && /^\S+ \S+( \d+)?$/.test(name))).toBe(true)
  })
})
