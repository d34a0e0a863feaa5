import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  concurrency,
  defaultThresholds,
  derive,
  labelsOf,
  standingOf,
  type Attendee,
  type Fact,
  type LabelCondition,
  type LabelSubject,
  type Span,
  type Standing,
  type Status,
} from '../../shared/attendance/index.ts'
import { createPolicyRules } from '../../shared/people/index.ts'
import { defaultPolicy, type PolicyBase } from '../../shared/wire/index.ts'
import { listSentence, rosterCounts } from '../../shared/words/list-sentence.ts'
import { at, ended, joined, left, roleChanged, started, waiting } from '../support/facts.ts'
import { attendee, span, stay } from '../shared/attendance/attendees.ts'

const page = readFileSync('docs/attendance.md', 'utf8')

/** The lines of every fenced block of this language, with the result after "=>" apart. */
function blocks(language: string): { said: string; result: string | null }[][] {
  const fenced = [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))]
  return fenced.map(([, text = '']) =>
    text
      .trim()
      .split('\n')
      .map((line) => {
        const [said = '', result = null] = line.split(' => ')
        return { said: said.trim(), result }
      }),
  )
}

const TIMES = /(?:(waiting|breakout|seen) )?(\d\d:\d\d(?::\d\d)?)–(\d\d:\d\d(?::\d\d)?(?:\+\d+d)?)?/g
const placesIn = (text: string) =>
  [...text.matchAll(TIMES)].map(([, how = '', from = '', to = '']) => ({ how, from, to }))
const spansIn = (text: string): Span[] => placesIn(text).map(({ from, to }) => span(from, to))
const clock = (ms: number): string => new Date(ms).toISOString().slice(11, 16)
const written = (spans: readonly Span[]): string =>
  spans.map(({ fromMs, toMs }) => `${clock(fromMs)}–${clock(toMs)}`).join(', ')

describe('the page about attendance', () => {
  it('tells of its examples of a base what the rules tell', () => {
    expect(blocks('base').length).toBeGreaterThan(1)
    for (const lines of blocks('base')) {
      const facts = lines.flatMap(({ said, result }, i) => (result === null ? factsOf(said, i) : []))
      const all = (word: string) => lines.filter(({ said }) => said.startsWith(word)).map(({ said }) => said)
      for (const { said, result } of lines) {
        if (result === null) continue
        const rules = createPolicyRules({
          ...defaultPolicy,
          ...{ base: ruleOf(said), breaks: all('break').flatMap(placesIn) },
        })
        const gathering = { ...derive(facts), planned: all('planned').flatMap(spansIn) }
        const { base } = rules.on(gathering, { over: true, atMs: at('23:59') })
        expect(`${written(base?.spans ?? [])}: ${(base?.seconds ?? 0) / 60} min`).toBe(result)
      }
    }
  })

  it('tells of its examples of shares and statuses what the rules tell', () => {
    expect(blocks('standing').length).toBeGreaterThan(5)
    for (const lines of blocks('standing')) {
      const base = lines.find(({ said }) => said.startsWith('base'))?.said ?? ''
      const now = lines.find(({ said }) => said.startsWith('now'))?.said.slice('now '.length)
      const moment = { over: now === undefined, atMs: at(now ?? '23:00') }
      for (const { said, result } of lines) {
        if (result === null) continue
        const spans = base === 'base none' ? null : spansIn(base)
        // What went on until now is as long as now says.
        expect(
          `${said} => ${told(standingOf(attendeeOf(said, now), spans, defaultThresholds, moment))}`,
        ).toBe(`${said} => ${result}`)
      }
    }
  })

  it('tells of its examples of labels what the rules tell', () => {
    expect(blocks('labels')).toHaveLength(1)
    for (const lines of blocks('labels')) {
      const people = lines.filter(({ result }) => result === null).map(({ said }) => subjectOf(said))
      for (const { said, result } of lines) {
        if (result === null) continue
        const rule = { name: said, when: said.split(' and ').map(conditionOf) }
        const names = people
          .filter(({ subject }) => labelsOf(subject, [rule]).length > 0)
          .map(({ name }) => name)
        expect(`${said} => ${names.join(', ') || 'nobody'}`).toBe(`${said} => ${result}`)
      }
    }
  })

  it('counts its examples of a curve as the rules count', () => {
    expect(blocks('curve').length).toBeGreaterThan(0)
    for (const lines of blocks('curve')) {
      const stays = lines.flatMap(({ said, result }) =>
        result === null ? Array.from({ length: Number.parseInt(said, 10) }, () => spansIn(said)).flat() : [],
      )
      const { peak, dropOffs } = concurrency(stays)
      expect(lines.filter(({ result }) => result !== null)).toEqual([
        { said: 'most', result: `${peak?.count} at ${clock(peak?.atMs ?? 0)}` },
        {
          said: 'left',
          result: dropOffs
            .map(({ fromMs, lost, count }) => `${lost} from ${clock(fromMs)}, ${count} stayed`)
            .join('; '),
        },
      ])
    }
  })

  it('says its sentences as they are said everywhere', () => {
    expect(blocks('sentence').length).toBeGreaterThan(2)
    for (const lines of blocks('sentence')) {
      const about = (word: string): string => lines.find(({ said }) => said.startsWith(word))?.said ?? ''
      for (const { said, result } of lines) {
        if (said !== 'en' && said !== 'ru') continue
        const counts = countsOf(about('came'), about('minimum'), about('base'), about('waited'))
        expect(listSentence(counts, said).text).toBe(result)
      }
    }
  })
})

/** "meeting 17:40–19:52", "host 17:40–19:52", "Boris waiting 17:50–18:06, 18:06–19:30"; each meeting is one of its own. */
function factsOf(said: string, number: number): Fact[] {
  const [who = ''] = said.split(' ')
  if (who === 'break' || who === 'planned') return []
  return placesIn(said).flatMap(({ how, from, to }, i) => {
    const about = { segmentId: `${number} ${i}`, name: who, ...(how === 'waiting' ? { place: waiting } : {}) }
    if (who === 'meeting')
      return [started(from), ended(to)].map((fact) => ({ ...fact, meeting: meetings(from) }))
    const role = who === 'host' ? [roleChanged(from, { ...about, oldRole: 'unknown', newRole: 'host' })] : []
    return [joined(from, about), ...role, left(to, about)].map((fact) => ({
      ...fact,
      meeting: meetings(from),
    }))
  })
}

/** In the examples a meeting that was started again begins after 18:30, and the first one before. */
const meetings = (time: string): string => (at(time) > at('18:30') ? 'again' : 'first')

function ruleOf(said: string): PolicyBase {
  const [window] = placesIn(said)
  if (window) return { kind: 'window', from: window.from, to: window.to }
  if (said === 'as planned') return { kind: 'scheduled' }
  return { kind: 'actual', from: said === 'from first guest' ? 'first_guest' : 'start' }
}

function attendeeOf(said: string, now: string | undefined): Attendee {
  const stays = placesIn(said).map(({ how, from, to }) =>
    stay(from, now === undefined ? to : '', {
      ...(how === 'waiting' || how === 'breakout' ? { place: how } : {}),
      ...(how === 'seen' ? { from: 'seen' } : {}),
    }),
  )
  const mark = /marked (present|absent)/.exec(said)?.[1] as 'present' | 'absent' | undefined
  return attendee(stays, {
    mark: mark === undefined ? null : { mark },
    expected: said.includes('unexpected') ? false : said.includes('expected') ? true : null,
    role: said.includes(' host ') ? 'host' : 'attendee',
    confidence: said.includes(' unidentified ')
      ? 'unidentified'
      : said.includes(' conflict ')
        ? 'conflict'
        : 'certain',
  })
}

function told({ share, meetsMinimum, secondsToLine, byHost, statuses }: Standing): string {
  const reached = `${meetsMinimum === true ? 'reached' : 'below the minimum'}${byHost ? ' by the host' : ''}`
  const measured =
    share === null ? 'no share' : `${(share * 100).toFixed(1)} %, ${reached}, ${secondsToLine} s`
  return `${measured}; ${statuses.join(', ')}`
}

function subjectOf(said: string): { name: string; subject: LabelSubject } {
  const [, name = '', percent = ''] = /^(\S+) ([\d.]+) %/.exec(said) ?? []
  const [place = { how: '', from: '00:00', to: '00:00' }] = placesIn(said)
  const [firstJoinMs, lastLeaveMs] = [at(place.from), at(place.to)]
  return {
    name,
    subject: {
      standing: {
        share: Number(percent) / 100,
        statuses: (/\((.*)\)/.exec(said)?.[1]?.split(', ') ?? []) as Standing['statuses'],
      },
      presence: {
        presentSeconds: (lastLeaveMs - firstJoinMs) / 1000,
        firstJoinMs,
        firstJoinKnown: place.how !== 'seen',
        lastLeaveMs,
      },
      email: /\S+@\S+/.exec(said)?.[0] ?? null,
      atMs: at('23:00'),
    },
  }
}

function conditionOf(said: string): LabelCondition {
  const value = said.split(' ').at(-1) ?? ''
  if (said.startsWith('share at least')) return { kind: 'share_at_least', percent: Number(value) }
  if (said.startsWith('share below')) return { kind: 'share_below', percent: Number(value) }
  if (said.startsWith('present at least')) return { kind: 'present_at_least', minutes: Number(value) }
  if (said.startsWith('joined after')) return { kind: 'joined_after', atMs: at(value) }
  if (said.startsWith('left before')) return { kind: 'left_before', atMs: at(value) }
  if (said.startsWith('stayed until')) return { kind: 'stayed_until', atMs: at(value) }
  if (said.startsWith('domain')) return { kind: 'email_domain', domain: value }
  if (said === 'an e-mail') return { kind: 'has_email' }
  if (said === 'no e-mail') return { kind: 'no_email' }
  if (said.startsWith('status')) return { kind: 'status', status: value as Status }
  throw new Error(`docs/attendance.md has a condition nobody knows: ${said}`)
}

function countsOf(came: string, minimum: string, base: string, waited: string) {
  const numbersIn = (text: string): number[] => [...text.matchAll(/\d+/g)].map(Number)
  const [people = 0, certain = 0, likely = 0, unidentified = 0, conflicts = 0] = numbersIn(came)
  const [minPercent = 75, passed = 0, byHost = 0, neverIn = 0] = numbersIn(minimum)
  const spans = spansIn(base).map(({ fromMs, toMs }) => ({
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
  }))
  const summary = {
    ...{ here: 0, came: people, left: people, waiting: 0, connections: 0 },
    ...{ certain, likely, unidentified, conflicts },
    minimum: minimum === '' ? null : { passed, unknown: 0, byHost, neverIn },
  }
  const head = { base: base === '' ? null : { kind: 'actual' as const, spans, seconds: 0 }, minPercent }
  return rosterCounts(summary, head, { waitedOnly: numbersIn(waited)[0] ?? 0, zone: 'UTC' })
}
