/**
 * A teacher in Yekaterinburg and 40 adults: 36 come in the first three minutes, four sit in the waiting room, two join
 * again from a phone, one is "iPhone" until 19:07, one is away for 90 seconds. Then the lesson goes on: a co-host,
 * breakout rooms, people admitted, leaving, coming late.
 */
import type { Clock } from '../clock.ts'
import { createRandom } from '../random.ts'
import { createScenario, Impossible } from '../scenario.ts'
import type { MeetingWish, PersonInPlay, Scenario } from '../scenario.ts'
import { guest, inventedName, member } from './names.ts'

export interface Lesson {
  scenario: Scenario
  teacher: PersonInPlay
  /** Signed in; becomes co-host twelve minutes in. */
  assistant: PersonInPlay
  /** Minutes after the start, to epoch milliseconds. */
  minute(minutes: number): number
}

export const ROOMS = ['7B0C3A52-1111-4F0E-9A44-0A1B2C3D4E01', '7B0C3A52-2222-4F0E-9A44-0A1B2C3D4E02'] as const

/**
 * Plans the lesson on the clock; nothing happens before the clock moves.
 *
 * @param options.startsAtMs when the meeting starts; in the story it is 19:00 in Yekaterinburg
 * @param options.visited true: somebody else moves these people too (the demo's visitor); steps that no longer fit are skipped
 * @param options.goesOn false: stop at 19:10, with everything the story tells done
 */
export function createLesson(options: {
  clock: Clock
  seed: number
  startsAtMs: number
  goesOn?: boolean
  visited?: boolean
  meeting?: MeetingWish
  /** Gives the people their Zoom ids, so that the same ones come to every lesson of a course; the seed when absent. */
  castSeed?: number
}): Lesson {
  const { clock, startsAtMs } = options
  const random = createRandom(options.seed, 'lesson')
  const ids = options.castSeed === undefined ? random : createRandom(options.castSeed, 'lesson')
  const teacher = member(ids, 'teacher', 'Елена Карпинская')
  const assistant = member(ids, 'assistant', 'Роман Лесной')
  const olga = guest('olga', 'Ольга Пермякова')
  const twoDevices = [member(ids, 'denis', 'Денис Морозко'), member(ids, 'anna', 'Anna Summerfield')]
  const dropper = member(ids, 'marat', 'Марат Сафин-Уральский')
  const students = Array.from({ length: 31 }, (_, index) => {
    const key = `student${index + 1}`
    return index % 5 < 3 ? member(ids, key, inventedName(index)) : guest(key, inventedName(index))
  })
  const waiting = Array.from({ length: 4 }, (_, index) =>
    guest(`waiting${index + 1}`, inventedName(40 + index)),
  )
  const inTime = [assistant, olga, ...twoDevices, dropper, ...students]

  const scenario = createScenario({
    clock,
    seed: options.seed,
    meeting: { topic: 'Управление проектами, занятие 4', timezone: 'Asia/Yekaterinburg', ...options.meeting },
    host: teacher,
    people: [...inTime, ...waiting],
  })
  const minute = (minutes: number): number => startsAtMs + minutes * 60_000
  const at = (minutes: number, action: () => void): void => {
    clock.at(minute(minutes), () => {
      if (scenario.meeting.endedAtMs !== null) return
      try {
        action()
      } catch (error) {
        if (!(options.visited === true && error instanceof Impossible)) throw error
      }
    })
  }

  at(0, () => scenario.join('teacher'))
  random.shuffled(inTime).forEach((person, index) => {
    const name = person === olga ? { name: 'iPhone' } : {}
    at(0.05 + (index / inTime.length) * 2.9, () => scenario.join(person.key, name))
  })
  waiting.forEach((person, index) => at(3.2 + index * 0.3, () => scenario.wait(person.key)))
  at(4.5, () => scenario.join('denis', { device: 'phone' }))
  at(6, () => scenario.join('anna', { device: 'phone' }))
  at(7, () => scenario.rename('olga', 'Ольга Пермякова'))
  at(8, () => scenario.drop('marat'))
  at(9.5, () => scenario.join('marat'))
  if (options.goesOn !== false) planTheRest(scenario, at)

  return { scenario, teacher, assistant, minute }
}

function planTheRest(scenario: Scenario, at: (minutes: number, action: () => void) => void): void {
  at(11, () => scenario.admit('waiting1'))
  at(11.1, () => scenario.admit('waiting2'))
  at(12, () => scenario.promote('assistant'))
  at(13, () => scenario.leave('waiting3'))
  at(14, () => scenario.leave('anna', 'phone'))

  const groups = [
    ['student1', 'student2', 'student3', 'assistant'],
    ['student4', 'student5', 'student6'],
  ] as const
  groups.forEach((group, index) =>
    group.forEach((key, place) => {
      at(15 + place * 0.05, () => scenario.moveToRoom(key, ROOMS[index] ?? ROOMS[0]))
      at(25 + place * 0.05, () => scenario.moveToRoom(key, null))
    }),
  )
  at(18, () => {
    scenario.cast({ key: 'caller', name: '79*****1234', phone: '+7 900 000 12 34' })
    scenario.join('caller')
  })
  at(21, () => {
    scenario.cast(guest('late1', 'iPhone'))
    scenario.join('late1')
  })
  at(27, () => scenario.leave('student7'))
  at(29, () => scenario.drop('student8'))
  at(31, () => scenario.join('student8'))
  at(33, () => scenario.leave('student9'))
  at(36, () => scenario.leave('denis', 'phone'))
}
