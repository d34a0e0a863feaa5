/**
 * The answer to "who was really there?" from files alone, as `rollbook people --format json` gives it and as the browser
 * page shows it. Its schema for others is docs/people.schema.json; a test holds the two together.
 * Instants are ISO 8601 UTC, durations seconds, a share a fraction from 0 to 1 rounded down to 0.001.
 */
import type { Confidence, IdentityRule, Role, Status } from '../attendance/index.ts'

export interface Answer {
  summary: AnswerSummary
  meetings: AnswerMeeting[]
  people: AnswerPerson[]
  warnings: AnswerWarning[]
}

/** `people = certain + likely + unidentified + conflicts`: with presence, or listed in a file without times. */
export interface AnswerSummary {
  sentence: string
  rows: number
  people: number
  certain: number
  likely: number
  unidentified: number
  conflicts: number
  waitingRoomOnly: number
  /** Null when no file can tell: none has registration, or only answers of Zoom's API, which hold who came. */
  registeredNoShow: number | null
  /** Sum of everybody's presence, not clipped to the base; null when no file has times. */
  presentSeconds: number | null
}

export interface AnswerMeeting {
  /** m1, m2 …, in the order of their start. */
  id: string
  file: string
  number: string | null
  topic: string | null
  kind: 'meeting' | 'webinar' | 'event_session' | 'unknown'
  startedAt: string | null
  endedAt: string | null
  zone: string
  rows: number
}

export type AnswerStatus = Status

export interface AnswerPerson {
  name: string
  names: string[]
  email: string | null
  role: Role
  meetings: { id: string; presentSeconds: number | null }[]
  segments: number
  firstJoin: string | null
  lastLeave: string | null
  presentSeconds: number | null
  waitingSeconds: number
  reportedSeconds: number | null
  share: number | null
  /** Null unless a minimum was asked for and there is a share. */
  meetsMinimum: boolean | null
  registration: string | null
  statuses: AnswerStatus[]
  identity: { rule: IdentityRule; confidence: Confidence; evidence: string[] }
}

export interface AnswerWarning {
  code: string
  message: string
  file?: string
  line?: number | null
}
