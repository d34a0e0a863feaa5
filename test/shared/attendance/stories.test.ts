import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { derive, presenceAt, summarise, type Fact, type Person } from '../../../shared/attendance/index.ts'
import { at } from '../../support/facts.ts'
import { replay } from '../../support/replay.ts'
import { storyText, type Story } from '../../support/stories.ts'

const folder = new URL('../../fixtures/evidence/', import.meta.url)
const storyIn = (file: string): Story => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Story

const personNamed = (facts: readonly Fact[], name: string): Person => {
  const person = derive(facts).people.find((one) => one.name === name)
  if (!person) throw new Error(`nobody is called ${name}`)
  return person
}

describe('a lesson of forty, with the panel opened at 19:05', () => {
  const { facts } = storyIn('lesson-of-forty.json')
  const opening = facts.slice(0, 1)

  it('shows people who joined before as "before 19:05", with no invented join', () => {
    const { people } = derive(opening)
    expect(people).toHaveLength(37)
    for (const person of people) {
      expect(presenceAt(person, at('19:05'))).toMatchObject({
        firstJoinMs: at('19:05'),
        firstJoinKnown: false,
        state: 'here',
      })
    }
  })

  it('takes the real times once the webhooks tell them, and counts nobody twice', () => {
    for (const person of derive(facts).people) {
      const presence = presenceAt(person, at('19:20'))
      if (presence.state === 'here') expect(presence.firstJoinKnown).toBe(true)
    }
    expect(summarise(derive(facts).people, at('19:20'))).toEqual({
      ...{ here: 37, came: 37, left: 0, waiting: 4, connections: 39 },
      ...{ certain: 6, likely: 31, unidentified: 0, conflicts: 0 },
    })
  })

  it('makes one person of laptop and phone', () => {
    const anna = personNamed(facts, 'Анна Шевченко')
    expect(presenceAt(anna, at('19:20'))).toMatchObject({ connectionsNow: 2, presentSeconds: 1_200 })
  })

  it('keeps one line with both names for a rename', () => {
    const { names, identity } = personNamed(facts, 'Мария Иванова')
    expect(names.map(({ name }) => name)).toEqual(['iPhone', 'Мария Иванова'])
    expect(identity.confidence).toBe('likely')
  })

  it('shows a drop of 90 seconds as one person with a gap', () => {
    const vera = personNamed(facts, 'Вера Петренко')
    const { stays, presentSeconds } = presenceAt(vera, at('19:20'))
    expect(stays.map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
      [at('19:01:40'), at('19:15')],
      [at('19:16:30'), null],
    ])
    expect(presentSeconds).toBe(1_100 - 90)
  })

  it('leaves the four who wait out of those who came', () => {
    const waiting = derive(facts).people.filter(
      (person) => presenceAt(person, at('19:20')).state === 'waiting',
    )
    expect(waiting).toHaveLength(4)
    for (const person of waiting) expect(presenceAt(person, at('19:20')).presentSeconds).toBe(0)
  })
})

describe('a public lecture full of devices without names', () => {
  it('counts ten connections that could not be identified, and merges none of them', () => {
    const { people } = derive(storyIn('public-lecture.json').facts)
    expect(summarise(people, at('20:00'))).toMatchObject({ came: 11, likely: 1, unidentified: 10 })
    const rejoined = people.filter((person) => (person.connections[0]?.segments.length ?? 0) > 1)
    expect(rejoined).toHaveLength(1)
    expect(rejoined[0]?.identity).toMatchObject({ rule: 'connection', confidence: 'unidentified' })
  })
})

describe('hostile names', () => {
  it('stay exactly as they were spelled, and are compared without what the eye cannot see', () => {
    const { facts } = storyIn('hostile-names.json')
    const { people } = derive(facts)
    const spelled = facts.flatMap((fact) => ('name' in fact ? [fact.name] : []))
    expect(people.flatMap((person) => person.names.map(({ name }) => name)).toSorted()).toEqual(
      spelled.toSorted(),
    )
    expect(people.find((person) => person.connections.length === 2)?.names.map(({ name }) => name)).toEqual([
      '-Мария-',
      '-Мария-\u200b',
    ])
  })
})

describe('replaying a story', () => {
  it.each(readdirSync(folder))('says of every fact in %s what it changed', (file) => {
    const story = storyIn(file)
    expect(Object.keys(story)[0]).toBe('shape')
    const lines = [...replay(story)]
    expect(lines[0]).toBe(story.story)
    for (const step of story.facts.keys())
      expect(lines.some((line) => line.startsWith(`${step + 1}. `))).toBe(true)
  })

  it('reads what a failing law prints', () => {
    const { facts } = storyIn('breakout-and-promotion.json')
    const printed = JSON.parse(storyText(facts, 'a law')) as Story
    expect([...replay(printed)].slice(1)).toEqual([...replay({ ...printed, facts })].slice(1))
  })

  it('tells each change with its reason', () => {
    expect([...replay(storyIn('breakout-and-promotion.json'))]).toContain(
      '       s:19 breakout room blue 19:45:00 – 19:55:00 (inferred)',
    )
  })
})
