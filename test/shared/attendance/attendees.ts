import type { Attendee, Span } from '../../../shared/attendance/index.ts'
import { at } from '../../support/facts.ts'

export const span = (from: string, to: string): Span => ({ fromMs: at(from), toMs: at(to) })

type Stay = Attendee['stays'][number]

/** A stay of which everything is known; to '' is still there. */
export const stay = (from: string, to: string, about: Partial<Stay> = {}): Stay => ({
  place: 'main',
  fromMs: at(from),
  from: 'known',
  toMs: to === '' ? null : at(to),
  to: to === '' ? 'open' : 'known',
  ...about,
})

/** Somebody certain, of whom neither the host nor a list said anything. */
export const attendee = (stays: Stay[], about: Partial<Attendee> = {}): Attendee => ({
  stays,
  role: 'attendee',
  confidence: 'certain',
  mark: null,
  expected: null,
  ...about,
})
