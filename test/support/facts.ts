import type {
  Fact,
  ImportRow,
  Place,
  ReportBatch,
  ReportRow,
  Role,
  SegmentRef,
  StrongKeys,
} from '../../shared/attendance/index.ts'

/** Facts for hand-written stories: name only what matters. All in one meeting unless told otherwise. */

export const MEETING = 'lesson'
export const main: Place = { kind: 'main' }
export const waiting: Place = { kind: 'waiting' }
export const room = (name: string): Place => ({ kind: 'breakout', room: name })

/** '19:05' or '19:05:30' on the day of the lesson, UTC, as epoch milliseconds; '19:05+730d' so many days later. */
export function at(time: string): number {
  const [clock = '', days = '0d'] = time.split('+')
  return (
    Date.parse(`2026-03-12T${clock.length === 5 ? `${clock}:00` : clock}Z`) +
    Number.parseInt(days, 10) * 86_400_000
  )
}

let count = 0
const base = (time: string, meeting: string) => ({ key: `fact ${++count}`, meeting, atMs: at(time) })

export interface About extends Partial<SegmentRef>, Partial<StrongKeys> {
  name?: string
  place?: Place
  meeting?: string
}

const refOf = (about: About): SegmentRef => ({
  segmentId: about.segmentId ?? null,
  participantUuid: about.participantUuid ?? null,
  parentSegmentId: about.parentSegmentId ?? null,
})
const keysOf = (about: About): StrongKeys => ({
  zoomUserId: about.zoomUserId ?? null,
  registrantId: about.registrantId ?? null,
  email: about.email ?? null,
  phone: about.phone ?? null,
})
const told = (time: string, about: About) => ({
  ...base(time, about.meeting ?? MEETING),
  witness: 'webhook' as const,
  ref: refOf(about),
  name: about.name ?? 'Anna',
  keys: keysOf(about),
})

export const joined = (time: string, about: About & { owner?: true }): Fact => ({
  ...told(time, about),
  kind: 'participant_joined',
  place: about.place ?? main,
  ...(about.owner ? { owner: true } : {}),
})
export const left = (time: string, about: About): Fact => ({
  ...told(time, about),
  kind: 'participant_left',
  place: about.place ?? main,
})
export const roleChanged = (time: string, about: About & { oldRole: Role; newRole: Role }): Fact => ({
  ...told(time, about),
  kind: 'role_changed',
  oldRole: about.oldRole,
  newRole: about.newRole,
})
export const bound = (time: string, phone: About, client: About): Fact => ({
  ...base(time, MEETING),
  witness: 'webhook',
  kind: 'phone_bound',
  ref: refOf(phone),
  boundSegmentId: client.segmentId ?? null,
  boundParticipantUuid: client.participantUuid ?? null,
  phone: phone.phone ?? null,
})
export const ended = (time: string, witness: 'webhook' | 'panel' = 'webhook'): Fact => ({
  ...base(time, MEETING),
  witness,
  kind: 'meeting_ended',
})
export const started = (time: string): Fact => ({
  ...base(time, MEETING),
  witness: 'webhook',
  kind: 'meeting_started',
})

/** [participant uuid, name, role] */
export type Listed = readonly [string, string, Role?]
const sighting = ([participantUuid, name, role = 'attendee']: Listed) => ({ participantUuid, name, role })

/** A panel read the whole list. */
export const read = (time: string, people: readonly Listed[], scope: Place = main): Fact => ({
  ...base(time, MEETING),
  witness: 'panel',
  kind: 'panel_read',
  reader: 'host',
  scope,
  people: people.map(sighting),
})
/** A panel was told of one change. */
export const change = (time: string, what: 'joined' | 'left', person: Listed, scope: Place = main): Fact => ({
  ...base(time, MEETING),
  witness: 'panel',
  kind: 'panel_change',
  reader: 'host',
  change: what,
  scope,
  person: sighting(person),
})
export const emailShared = (time: string, participantUuid: string, email: string): Fact => ({
  ...base(time, MEETING),
  witness: 'panel',
  kind: 'email_shared',
  participantUuid,
  email,
})

/** A row of the official list, told as part of batch `about.batch` ("list" unless said). Its end is never before its join. */
export const listed = (
  from: string,
  to: string,
  about: About & { batch?: string; ordinal?: number; reportedSeconds?: number },
): ReportRow => {
  const batch = about.batch ?? 'list'
  const { key, ...rest } = base(from, about.meeting ?? MEETING)
  const leftMs = Math.max(at(to), rest.atMs)
  return {
    ...rest,
    key: about.ordinal === undefined ? `${batch}/${key}` : `${batch}/${about.ordinal}`,
    witness: 'report',
    kind: 'report_row',
    batch,
    place: about.place ?? main,
    leftMs,
    ref: refOf(about),
    name: about.name ?? 'Anna',
    keys: keysOf(about),
    reportedSeconds: about.reportedSeconds ?? (leftMs - rest.atMs) / 1_000,
  }
}
/** The end of a batch of the official list. */
export const listRead = (
  time: string,
  declared: number,
  about: Partial<Pick<ReportBatch, 'batch' | 'digest' | 'sameAs' | 'refusal' | 'meeting'>> = {},
): ReportBatch => {
  const batch = about.batch ?? 'list'
  return {
    key: batch,
    meeting: about.meeting ?? MEETING,
    atMs: at(time),
    witness: 'report',
    kind: 'report_batch',
    batch,
    declared,
    digest: about.digest ?? `digest of ${about.sameAs ?? batch}`,
    sameAs: about.sameAs ?? null,
    refusal: about.refusal ?? null,
  }
}
/** A whole official list: these rows and the batch they make, read at `time`. */
export const list = (time: string, rows: readonly ReportRow[], batch = 'list'): Fact[] => [
  ...rows.map((row, i) => ({ ...row, batch, key: `${batch}/${i}` })),
  listRead(time, rows.length, { batch, ...(rows[0] && { meeting: rows[0].meeting }) }),
]

/** A row of an imported file ("file" unless said). Its end is never before its join. */
export const imported = (
  from: string,
  to: string,
  about: About & { file?: string; role?: Role; precisionSeconds?: 1 | 60; reportedSeconds?: number },
): ImportRow => {
  const { key, ...rest } = base(from, about.meeting ?? MEETING)
  return {
    ...{ ...rest, key: `${about.file ?? 'file'}/${key}`, witness: 'import', kind: 'import_row' },
    ...{ place: about.place ?? main, leftMs: Math.max(at(to), rest.atMs), name: about.name ?? 'Anna' },
    ...{ keys: keysOf(about), role: about.role ?? 'unknown', precisionSeconds: about.precisionSeconds ?? 1 },
    reportedSeconds: about.reportedSeconds ?? null,
  }
}
