import type { Connection, EvidenceReason, IdentityKind, IdentityRule } from '../people.ts'

/** A kind of strong key: how keys of it begin, which values of a connection they are, and what equal ones make of people. */
export interface KeyKind {
  kind: IdentityKind
  prefix: 'u:' | 'r:' | 'e:' | 'b:'
  values: Exclude<keyof Connection['strong'], 'phones'>
  rule: IdentityRule
  code: EvidenceReason['code']
}

/** Strong keys, highest first. A phone bond is the lowest: it joins, and never contradicts. */
export const ladder: readonly KeyKind[] = [
  { kind: 'zoom_user', prefix: 'u:', values: 'zoomUserIds', rule: 'zoom_user_id', code: 'same_zoom_user' },
  {
    kind: 'registrant',
    prefix: 'r:',
    values: 'registrantIds',
    rule: 'registrant_id',
    code: 'same_registrant',
  },
  { kind: 'email', prefix: 'e:', values: 'emails', rule: 'email', code: 'same_email' },
  { kind: 'phone', prefix: 'b:', values: 'bonds', rule: 'phone', code: 'phone_bound' },
]

/** Where a strong key stands on the ladder; 0 is the highest. */
export const rankOf = (key: string): number => ladder.findIndex(({ prefix }) => key.startsWith(prefix))

/** The value of a strong key for people to read; null for a phone bond, whose value says nothing. */
export const valueOf = (key: string): string | null => (key.startsWith('b:') ? null : key.slice(2))
