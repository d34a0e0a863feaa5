import { comesAnyway, measure, passes, shareFrom, type Base, type ListedPerson } from '../attendance/index.ts'
import { listEvidenceSentence } from '../words/evidence.ts'
import type { Language } from '../words/index.ts'
import type { AnswerPerson, AnswerStatus } from './answer.ts'
import type { GatheredMeeting } from './gather.ts'

interface PersonParts {
  meetings: readonly GatheredMeeting[]
  /** Of each meeting by its number in the listing. */
  ids: ReadonlyMap<number, string>
  bases: readonly Base[]
  /** Percent; null when none was asked for. */
  minShare: number | null
  language: Language
}

/** Writes people of a listing as the answer tells them. */
export function createPersonWriter({ meetings, ids, bases, minShare, language }: PersonParts) {
  const hasRegistration = (meeting: number): boolean => meetings[meeting]?.hasRegistration ?? false
  const position = new Map([...ids.keys()].map((meeting, i) => [meeting, i]))
  const place = (meeting: number): number => position.get(meeting) ?? 0

  return (listed: ListedPerson): AnswerPerson => {
    const { person } = listed
    const { rule, confidence, evidence } = person.identity
    const measured = measure(listed, bases)
    const stays = listed.meetings.flatMap((meeting) => meeting.stays ?? [])
    const [firstMs, lastMs] = [
      stays.reduce((least, { fromMs }) => Math.min(least, fromMs), Infinity),
      stays.reduce((most, { fromMs, toMs }) => Math.max(most, toMs ?? fromMs), -Infinity),
    ]
    return {
      name: person.name,
      names: person.names.map(({ name }) => name),
      email: person.email,
      role: person.role,
      meetings: [...listed.meetings]
        .sort((a, b) => place(a.meeting) - place(b.meeting))
        .map(({ meeting, presentSeconds }) => ({ id: ids.get(meeting) ?? '', presentSeconds })),
      segments: listed.rows,
      firstJoin: timeOf(stays.length > 0 ? firstMs : null),
      lastLeave: timeOf(stays.length > 0 ? lastMs : null),
      presentSeconds: listed.presentSeconds,
      waitingSeconds: listed.waitingSeconds,
      reportedSeconds: listed.reportedSeconds,
      share: shareFrom(measured),
      meetsMinimum: minShare === null ? null : passes(measured, minShare / 100),
      registration: listed.registration,
      statuses: statusesOf(listed, hasRegistration),
      identity: {
        rule,
        confidence,
        evidence: evidence
          .map((reason) => listEvidenceSentence(reason, language))
          .filter((said) => said !== ''),
      },
    }
  }
}

/** How it ended for somebody on a list: they came, got no further than the waiting room, or stayed away. */
export function outcomeOf({ came, waited }: ListedPerson): 'came' | 'waited' | 'stayed_away' {
  if (came) return 'came'
  return waited ? 'waited' : 'stayed_away'
}

/** ISO 8601 UTC, with milliseconds only where there are any. */
export function timeOf(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString().replace('.000Z', 'Z')
}

/** What is to be said of somebody on a list that sets no thresholds. `hasRegistration`: of a meeting, by its number. */
export function statusesOf(
  listed: ListedPerson,
  hasRegistration: (meeting: number) => boolean,
): AnswerStatus[] {
  const { role, identity } = listed.person
  const outcome = outcomeOf(listed)
  const walkedIn = !comesAnyway(role) && listed.unregisteredIn.some(hasRegistration)
  const statuses: AnswerStatus[] = [
    { came: 'present', waited: 'waiting_room_only', stayed_away: 'absent' } as const,
  ].map((words) => words[outcome])
  if (walkedIn) statuses.push('walk_in')
  if (identity.confidence === 'unidentified' || identity.confidence === 'conflict')
    statuses.push(identity.confidence)
  return statuses
}
