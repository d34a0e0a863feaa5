/**
 * `npm run replay -- FILE`: tells an evidence file step by step: what each fact says, what it changed, and why.
 * The file is `{ shape, story, facts }`, as in test/fixtures/evidence and as a failing law prints it.
 */
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import {
  createFold,
  presenceAt,
  summarise,
  type Connection,
  type Fact,
  type Fold,
  type Person,
  type Segment,
} from '../../shared/attendance/index.ts'
import type { Story } from './stories.ts'

/** The story as lines of text. Facts are told in the order of the file; the result would be the same in any other. */
export function* replay({ story, facts }: Story): Generator<string> {
  yield story
  const fold = createFold()
  let step = 0
  for (const fact of facts) {
    fold.add([fact])
    yield ''
    yield `${++step}. ${clock(fact.atMs)} ${fact.witness}: ${tell(fact)}`
    if (fact.kind === 'report_batch') yield* describeReports(fold, fact.meeting)
    const { changed, removed } = fold.takeChanges()
    if (changed.length === 0) yield '   changes nobody'
    for (const person of changed) {
      const before = removed.filter((old) => sharesConnection(old, person))
      yield* describeChange(person, before)
    }
    for (const old of removed) {
      if (!changed.some((person) => sharesConnection(old, person)))
        yield `   - ${nameOf(old)} is nobody any more`
    }
  }
  yield ''
  const nowMs = fold.latestMs ?? 0
  const sum = summarise(fold.people(), nowMs)
  yield `At ${clock(nowMs)}: ${Object.entries(sum)
    .map(([what, count]) => `${what} ${count}`)
    .join(', ')}`
  for (const person of fold.people()) {
    const { state, presentSeconds, waitingSeconds } = presenceAt(person, nowMs)
    yield `  ${nameOf(person)}: ${state}, present ${presentSeconds} s, waited ${waitingSeconds} s, ${why(person)}`
  }
}

function* describeReports({ reports, pendingReports }: Fold, uuid: string): Generator<string> {
  const counts = reports.find(({ meeting }) => meeting === uuid)
  if (!counts) yield '   no official list counts'
  else {
    const sure = counts.confirmed ? 'confirmed by a later one' : 'not confirmed yet'
    yield `   batch ${counts.batch} counts: ${counts.rows} rows, ${sure}, ${counts.zeroDurations} without a duration`
  }
  for (const { meeting, batch, rows } of pendingReports)
    if (meeting === uuid) yield `   batch ${batch} waits to be confirmed: only ${rows} rows`
}

function* describeChange(person: Person, before: readonly Person[]): Generator<string> {
  const [old, ...others] = before
  if (!old) yield `   + ${nameOf(person)}: ${why(person)}`
  else if (others.length > 0) yield `   * ${before.map(nameOf).join(' and ')} are one: ${why(person)}`
  else if (why(old) !== why(person)) yield `   * ${nameOf(person)}: ${why(person)} (was: ${why(old)})`
  else yield `   * ${nameOf(person)}`
  const known = new Set(before.flatMap(linesOf))
  const now = linesOf(person)
  for (const line of now) if (!known.has(line)) yield `       ${line}`
  for (const line of known) if (!now.includes(line)) yield `       no longer: ${line}`
}

const sharesConnection = (a: Person, b: Person): boolean => {
  const keys = new Set(a.connections.flatMap((connection) => connection.keys))
  return b.connections.some((connection) => connection.keys.some((key) => keys.has(key)))
}

const why = ({ identity }: Person): string =>
  `${identity.confidence} by ${identity.rule} (${identity.evidence
    .map(({ code, value }) => (value === null ? code : `${code} ${JSON.stringify(value)}`))
    .join(', ')})`

/** Everything about a person, a line each, so that two states can be compared line by line. */
const linesOf = (person: Person): string[] =>
  person.connections.flatMap((connection) => [
    `connection ${connection.keys.join(' = ')}`,
    ...connection.segments.map((segment) => `${segment.key} ${describeSegment(segment)}`),
    ...connection.names.map(({ name, fromMs }) => `called ${JSON.stringify(name)} from ${clock(fromMs)}`),
    ...connection.roles.map(({ role, fromMs }) => `${role} from ${clock(fromMs)}`),
    ...strongLines(connection),
  ])

const describeSegment = ({ place, fromMs, from, toMs, to }: Segment): string => {
  const where = place.kind === 'breakout' ? `breakout room ${place.room}` : place.kind
  return `${where} ${from === 'seen' ? 'before ' : ''}${clock(fromMs)} – ${toMs === null ? 'now' : `${clock(toMs)} (${to})`}`
}

const strongLines = ({ strong }: Connection): string[] =>
  Object.entries(strong).flatMap(([kind, values]) => values.map((value) => `${kind}: ${value}`))

const nameOf = (person: Person): string => JSON.stringify(person.name)
const clock = (ms: number): string => new Date(ms).toISOString().slice(11, 23).replace('.000', '')

function tell(fact: Fact): string {
  switch (fact.kind) {
    case 'meeting_started':
    case 'meeting_ended':
      return fact.kind.replace('_', ' ')
    case 'participant_joined':
    case 'participant_left':
      return `${JSON.stringify(fact.name)} ${fact.kind.slice('participant_'.length)} ${fact.place.kind} as ${refOf(fact.ref)}`
    case 'role_changed':
      return `${JSON.stringify(fact.name)} is ${fact.newRole}, was ${fact.oldRole}`
    case 'phone_bound':
      return `phone ${refOf(fact.ref)} belongs to ${fact.boundSegmentId ?? fact.boundParticipantUuid ?? '?'}`
    case 'panel_read':
      return `${fact.reader} lists ${fact.people.length} in ${fact.scope.kind}`
    case 'panel_change':
      return `${fact.reader} hears that ${JSON.stringify(fact.person.name)} ${fact.change} ${fact.scope.kind}`
    case 'email_shared':
      return `${fact.participantUuid} shares an address`
    case 'report_row':
      return `batch ${fact.batch} lists ${JSON.stringify(fact.name)} ${fact.place.kind} until ${clock(fact.leftMs)} as ${refOf(fact.ref)}`
    case 'report_batch':
      return `batch ${fact.batch} ends, ${fact.declared} rows declared${fact.sameAs === null ? '' : `, the same as ${fact.sameAs}`}${fact.refusal === null ? '' : `, refused: ${fact.refusal}`}`
    case 'import_row':
      return `file row ${fact.key} has ${JSON.stringify(fact.name)} ${fact.place.kind} until ${clock(fact.leftMs)}`
  }
}

const refOf = (ref: { segmentId: string | null; participantUuid: string | null }): string =>
  [ref.segmentId, ref.participantUuid].filter((part) => part !== null).join(' / ') || 'nobody in particular'

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const file = process.argv[2]
  if (file === undefined) {
    console.error('Which file? npm run replay -- test/fixtures/evidence/lesson-of-forty.json')
    process.exit(64)
  }
  for (const line of replay(JSON.parse(readFileSync(file, 'utf8')) as Story)) console.log(line)
}
