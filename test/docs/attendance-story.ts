import {
  aliasesIn,
  assignIds,
  cleaningsOf,
  correct,
  derive,
  presenceAt,
  proposalsOf,
  type Alias,
  type Anchor,
  type Correction,
  type CorrectionAct,
  type Fact,
  type Parting,
  type Person,
  type Role,
} from '../../shared/attendance/index.ts'
import * as facts from '../support/facts.ts'

/** An example of docs/attendance.md: a small story, and what comes out. The notation is told in the document itself. */
export interface Example {
  /** The heading it stands under. */
  heading: string
  told: string[]
  expected: string[]
}

/** Every block marked `story` of a page. */
export function examplesIn(page: string): Example[] {
  let heading = ''
  const examples: Example[] = []
  for (const [, title, block] of page.matchAll(/^#+ (.*)$|^```story\n([^`]*)^```$/gm)) {
    heading = title ?? heading
    if (block === undefined) continue
    const [told = '', expected = ''] = block.split(/^→\n/m)
    examples.push({ heading, told: linesOf(told), expected: linesOf(expected) })
  }
  return examples
}

/**
 * What comes out of an example, in the same notation: all lines of each kind that is expected. The kinds are told in
 * `outcomes`; a line's first word names it.
 */
export function outcomeOf({ told, expected }: Example): string[] {
  const story = readStory(told)
  const kinds = [...new Set(expected.map((line) => wordsIn(line)[0] ?? ''))]
  return kinds.flatMap((kind) => {
    const outcome = outcomes[kind]
    if (!outcome) throw new Error(`No outcome is called "${kind}".`)
    return outcome(story).map((columns) => [kind, ...columns].join('  '))
  })
}

/** Columns are two spaces apart or more; how many does not matter. */
export const tidy = (line: string): string => columnsIn(line).join('  ')

const linesOf = (block: string): string[] => block.split('\n').filter((line) => line.trim() !== '')
const columnsIn = (line: string): string[] => line.trim().split(/ {2,}/)
const wordsIn = (text: string): string[] => text.trim().split(/\s+/)

interface Story {
  facts: Fact[]
  corrections: Correction[]
  anchors: Anchor[]
  people: readonly Person[]
  idle: readonly number[]
  partings: readonly Parting[]
  /** Learned in the meeting before. */
  aliases: readonly Alias[]
  atMs: number
}

function readStory(lines: readonly string[]): Story {
  const next = lines.lastIndexOf('next')
  const earlier = next < 0 ? null : readStory(lines.slice(0, next))
  const aliases = earlier ? aliasesIn(earlier.people) : []
  const all: Fact[] = []
  const rows = new Map<string, ReturnType<typeof facts.listed>[]>()
  const acts = new Map<number, CorrectionAct>()
  const anchors: Anchor[] = []
  let [nowMs, number] = [-Infinity, 0]
  for (const line of lines.slice(next + 1)) {
    const [first = '', second = '', third = '', fourth = ''] = columnsIn(line)
    const [word = first, rest = ''] = first.split(' ')
    if (word === 'list') rows.set(rest, [...(rows.get(rest) ?? []), listRow(second, third, fourth)])
    else if (word === 'file') all.push(fileRow(second, third, fourth))
    else if (word === 'panel') all.push(facts.read(second, third.split(', ').map(sightOf)))
    else if (word === 'bound') all.push(facts.bound(second, deviceOf(third), deviceOf(fourth)))
    else if (word === 'role') all.push(roleFact(second, third, fourth))
    else if (word === 'ended') all.push(facts.ended(second))
    else if (word === 'now') nowMs = facts.at(second)
    else if (word === 'host') acts.set(++number, actOf(second, third, fourth))
    else if (word === 'undo') acts.delete(Number(second))
    else if (word === 'id') anchors.push({ personId: second, anchorKey: keyOf(third), order: anchors.length })
    else all.push(...deviceFacts(first, second, third, fourth, all.length))
  }
  for (const [time, own] of rows) {
    const digest = own.map(({ name, atMs, leftMs }) => `${name} ${atMs} ${leftMs}`).join(', ')
    const told = facts.list(time === '' ? '21:00' : time, own, `list ${time}`)
    all.push(...told.map((fact) => (fact.kind === 'report_batch' ? { ...fact, digest } : fact)))
  }
  const corrections = [...acts].map(([seq, act]): Correction => ({ seq, act }))
  const { people, latestMs } = derive(all)
  const { people: corrected, idle, partings } = correct(people, corrections)
  const atMs = Math.max(nowMs, nowMs === -Infinity ? (latestMs ?? 0) : nowMs)
  return { facts: all, corrections, anchors, people: corrected, idle, partings, aliases, atMs }
}

/** `19:00–19:30`, `19:00–` (still there) or `–19:30` (only the leave was told). */
function deviceFacts(device: string, time: string, name: string, more: string, n: number): Fact[] {
  const [from = '', to = ''] = time.split('–')
  const about = { ...aboutOf(name, more), segmentId: `${device} ${n}`, participantUuid: device }
  return [...(from === '' ? [] : [facts.joined(from, about)]), ...(to === '' ? [] : [facts.left(to, about)])]
}

const listRow = (time: string, name: string, more: string) =>
  facts.listed(...spanOf(time), { ...aboutOf(name, more), segmentId: null, participantUuid: null })
/** `minutes`: the file knows times to the minute only; `odd`: times that cannot well be right. */
function fileRow(time: string, name: string, more: string): Fact {
  const words = wordsIn(more)
  const keys = words.filter((word) => word !== 'minutes' && word !== 'odd').join(' ')
  const precisionSeconds = words.includes('minutes') ? 60 : 1
  const row = facts.imported(...spanOf(time), { ...aboutOf(name, keys), precisionSeconds })
  return words.includes('odd') ? { ...row, odd: true } : row
}

function roleFact(time: string, device: string, roles: string): Fact {
  const [oldRole = 'unknown', newRole = 'unknown'] = roles.split(' to ') as Role[]
  return facts.roleChanged(time, { ...deviceOf(device), oldRole, newRole })
}

function spanOf(time: string): [string, string] {
  const [from = '', to = from] = time.split('–')
  return [from, to]
}

const keyNames: Record<string, keyof facts.About> = {
  ...{ user: 'zoomUserId', registrant: 'registrantId', email: 'email', phone: 'phone' },
}
function aboutOf(name: string, more: string): facts.About {
  const about: facts.About = { name: name === '(empty)' ? '' : name }
  for (const word of wordsIn(more)) {
    const [what = '', value = ''] = word.split('=')
    const key = keyNames[what]
    if (key) Object.assign(about, { [key]: value })
    else if (what === 'room') about.place = facts.room(value)
    else if (what === 'waiting') about.place = facts.waiting
    else if (what === 'meeting') about.meeting = value
    else if (what !== '') throw new Error(`Nothing of a row is called "${what}".`)
  }
  return about
}

const sightOf = (text: string): facts.Listed => {
  const [uuid = '', ...name] = text.split(' ')
  return [uuid, name.join(' ')]
}
const deviceOf = (device: string): facts.About => ({ participantUuid: device })
const keyOf = (device: string): string => `${facts.MEETING}|p:${device}`

function actOf(kind: string, devices: string, text: string): CorrectionAct {
  const connections = devices.split(', ').map(keyOf)
  const [connection = ''] = connections
  switch (kind) {
    case 'merge':
    case 'split':
    case 'apart':
      return { kind, connections }
    case 'rename':
      return { kind, connection, name: text }
    case 'email':
      return { kind, connection, email: text === 'none' ? null : text }
    case 'label':
      return { kind, connection, label: text }
    case 'present':
    case 'absent':
      return { kind: 'mark', connection, mark: kind, reason: text }
    default:
      throw new Error(`No correction is called "${kind}".`)
  }
}

/** What may be told of a story, each kind whole. */
const outcomes: Record<string, (story: Story) => string[][]> = {
  person: ({ people }) =>
    people.map((person) => [
      person.name || '(empty)',
      `${person.identity.confidence} by ${person.identity.rule}`,
      devicesOf(person).join(' + '),
      `(${person.identity.evidence.map(({ code }) => code).join(', ')})`,
    ]),
  role: ({ people }) => people.map((person) => [person.name, person.role]),
  roles: ({ people }) =>
    people.flatMap(({ connections }) =>
      connections.map(({ keys, roles }) => [
        deviceIn(keys),
        roles.map(({ role, fromMs }) => `${role} from ${clock(fromMs)}`).join(', ') || 'none told',
      ]),
    ),
  email: ({ people }) => people.map((person) => [person.name, person.email ?? 'none']),
  present: ({ people, atMs }) =>
    people.map((person) => {
      const { presentSeconds, waitingSeconds, firstJoinMs, firstJoinKnown, state } = presenceAt(person, atMs)
      const join =
        firstJoinMs === null ? 'never in' : `${firstJoinKnown ? 'from' : 'before'} ${clock(firstJoinMs)}`
      const waited = waitingSeconds > 0 ? [`waited ${length(waitingSeconds)}`] : []
      return [person.name || '(empty)', length(presentSeconds), [join, ...waited, state].join(', ')]
    }),
  segments: ({ people }) =>
    people.flatMap((person) =>
      person.connections.map(({ keys, segments }) => [deviceIn(keys), segments.map(written).join(', ')]),
    ),
  said: ({ people }) =>
    people
      .filter(({ host }) => host !== null)
      .map(({ name, host }) => [
        name,
        [...(host?.labels ?? []), ...(host?.mark ? [`${host.mark.mark}: ${host.mark.reason}`] : [])].join(
          ', ',
        ) || '–',
        `(${host?.seqs.join(', ')})`,
      ]),
  idle: ({ idle }) => [[idle.join(', ') || 'none']],
  proposal: ({ people, partings, aliases }) => {
    const { proposals } = proposalsOf(people, { partings, aliases })
    if (proposals.length === 0) return [['none']]
    return proposals.map(({ one, other, reason }) => [
      `${one.name} = ${other.name}`,
      `${reason.code}${reason.value === null ? '' : `: ${reason.value}`}`,
    ])
  },
  cleaning: ({ people }) =>
    people.flatMap(({ name, email }) =>
      cleaningsOf(name, email).map(({ code, proposed }) => [name, `${code}: ${proposed ?? 'told'}`]),
    ),
  id: ({ people, anchors }) => {
    const { ids, aliases } = assignIds(people, anchors)
    return [
      ...people.map((person) => [ids.get(person) ?? 'new', person.name]),
      ...aliases.map(({ aliasId, personId }) => [aliasId, `is ${personId}`]),
    ]
  },
}

const devicesOf = (person: Person): string[] => person.connections.map(({ keys }) => deviceIn(keys))
/** The device of a connection; `row` for one only lists know. */
const deviceIn = (keys: readonly string[]): string =>
  keys.find((key) => key.includes('|p:'))?.split('|p:')[1] ?? 'row'

const clock = (ms: number): string => new Date(ms).toISOString().slice(11, 19).replace(/:00$/, '')
function length(seconds: number): string {
  const two = (n: number): string => `${n}`.padStart(2, '0')
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

type Segment = Person['connections'][number]['segments'][number]
function written({ place, fromMs, from, toMs, to }: Segment): string {
  const where = place.kind === 'breakout' ? `room ${place.room}` : place.kind
  const start = from === 'seen' ? `?${clock(fromMs)}` : clock(fromMs)
  const end = toMs === null ? '' : to === 'known' ? clock(toMs) : `${clock(toMs)}?`
  return `${where} ${start}–${end}`
}
