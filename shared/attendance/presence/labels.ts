import type { PersonPresence } from '../people.ts'
import { reaches } from './share.ts'
import type { Standing, Status } from './standing.ts'

/** One thing a label looks at. Percent of the base, 0 to 100; minutes of presence; instants in epoch ms. */
export type LabelCondition =
  | { kind: 'share_at_least' | 'share_below'; percent: number }
  | { kind: 'present_at_least'; minutes: number }
  | { kind: 'joined_after' | 'left_before' | 'stayed_until'; atMs: number }
  | { kind: 'has_email' | 'no_email' }
  | { kind: 'email_domain'; domain: string }
  | { kind: 'status'; status: Status }

/** Whoever meets all conditions has the label; nobody has one without conditions. */
export interface LabelRule {
  name: string
  when: readonly LabelCondition[]
}

/** Somebody as labels see them. */
export interface LabelSubject {
  standing: Pick<Standing, 'share' | 'statuses'>
  presence: Pick<PersonPresence, 'presentSeconds' | 'firstJoinMs' | 'firstJoinKnown' | 'lastLeaveMs'>
  email: string | null
  /** The instant of the presence, epoch ms. */
  atMs: number
}

/** A label somebody has. `fromEmail`: only rules that look at addresses give it, so it tells something of one. */
export interface Label {
  name: string
  fromEmail: boolean
}

/**
 * The labels somebody has, each once, in the order of the rules.
 *
 * A condition of which nobody can tell whether it holds does not hold: neither `share_at_least` nor `share_below` without a
 * share, no `joined_after` where nobody saw the join, no `left_before` of whoever is here, no `stayed_until` an instant that has
 * not come yet. Shares are presence alone, whatever the host marked. Exactly the percent is at least, exactly the instant is
 * neither after nor before; until it is. So of an instant that has passed exactly one of `left_before` and `stayed_until` holds
 * of everybody who came. A domain stands for those below it, too: `example.com` holds for `anna@mail.example.com`, not for
 * `anna@notexample.com`.
 *
 * @see docs/attendance.md
 */
export function labelsOf(subject: LabelSubject, rules: readonly LabelRule[]): Label[] {
  const labels = new Map<string, Label>()
  for (const rule of rules) {
    if (rule.when.length === 0 || !rule.when.every((condition) => holds(condition, subject))) continue
    const before = labels.get(rule.name)
    labels.set(rule.name, {
      name: rule.name,
      fromEmail: looksAtEmail(rule) && (before?.fromEmail ?? true),
    })
  }
  return [...labels.values()]
}

/** Whether having the label, or not, tells something of somebody's address. */
export function looksAtEmail({ when }: LabelRule): boolean {
  return when.some(({ kind }) => kind === 'has_email' || kind === 'no_email' || kind === 'email_domain')
}

function holds(condition: LabelCondition, { standing, presence, email, atMs }: LabelSubject): boolean {
  switch (condition.kind) {
    case 'share_at_least':
      return reaches(standing.share, condition.percent / 100) === true
    case 'share_below':
      return reaches(standing.share, condition.percent / 100) === false
    case 'present_at_least':
      return presence.presentSeconds >= condition.minutes * 60
    case 'joined_after':
      return presence.firstJoinKnown && (presence.firstJoinMs ?? -Infinity) > condition.atMs
    case 'left_before':
      return presence.lastLeaveMs !== null && presence.lastLeaveMs < condition.atMs
    case 'stayed_until':
      return presence.firstJoinMs !== null && (presence.lastLeaveMs ?? atMs) >= condition.atMs
    case 'has_email':
      return email !== null
    case 'no_email':
      return email === null
    case 'email_domain':
      return email !== null && isBelow(domainOf(email), domainOf(condition.domain))
    case 'status':
      return standing.statuses.includes(condition.status)
  }
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase()
const isBelow = (domain: string, parent: string): boolean =>
  domain === parent || domain.endsWith(`.${parent}`)
