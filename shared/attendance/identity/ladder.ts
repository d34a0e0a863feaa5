import type { Connection, EvidenceReason, IdentityRule } from '../people.ts'

/** A kind of strong key: how keys of it begin, which values of a connection they are, and what they make of equal ones. */
export interface KeyKind {
  prefix: 'u:' | 'r:' | 'e:' | 'b:'
  values: Exclude<keyof Connection['strong'], 'phones'>
  rule: IdentityRule
  code: EvidenceReason['code']
}

/** Strong keys, highest first. A phone bond is the lowest: it joins, and never contradicts. */
export const ladder: readonly KeyKind[] = [
  { prefix: 'u:', values: 'zoomUserIds', rule: 'zoom_user_id', code: 'same_zoom_user' },
  { prefix: 'r:', values: 'registrantIds', rule: 'registrant_id', code: 'same_registrant' },
  { prefix: 'e:', values: 'emails', rule: 'email', code: 'same_email' },
  { prefix: 'b:', values: 'bonds', rule: 'phone', code: 'phone_bound' },
]

/** Where a strong key stands on the ladder; 0 is the highest. */
export const rankOf = (key: string): number => ladder.findIndex(({ prefix }) => key.startsWith(prefix))

/** The value of a strong key for people to read; null for a phone bond, whose value says nothing. */
export const valueOf = (key: string): string | null => (key.startsWith('b:') ? null : key.slice(2))
