import type { CardRegistration, RosterSnapshot } from '../../shared/wire/index.ts'
import type { Person } from '../../shared/attendance/index.ts'
import { byText } from '../../shared/attendance/compare.ts'
import type { Expectation } from './expectation.ts'
import type { Registrant } from './expected-ports.ts'
import { maskAddresses } from './rows.ts'

/** A roster with what the rows leave out. */
export interface AnsweredRoster {
  roster: RosterSnapshot
  /** The registrations of everybody on the list of who should come, the earliest first; null where there is none. */
  registrations: readonly CardRegistration[] | null
  /** By the id of a row, the registration it tells of; whoever has none is not there. */
  byRow: ReadonlyMap<string, CardRegistration>
}

/** A registration as cards and exports tell it; of another one's nothing that one said. */
export function toCardRegistration(
  { name, email, standing, cancelledBy, registeredAtMs, source, answers }: Registrant,
  { ofAnother }: { ofAnother: boolean } = { ofAnother: false },
): CardRegistration {
  const known = { name, email, standing, cancelledBy, ofAnother }
  if (ofAnother) return { ...known, registeredAt: null, source: null, answers: [] }
  return {
    ...{ ...known, source, answers },
    registeredAt: registeredAtMs === null ? null : new Date(registeredAtMs).toISOString(),
  }
}

/** The same registration for somebody who may not read addresses: those typed as a name or an answer are masked. */
export function hideRegistration(registration: CardRegistration): CardRegistration {
  const { name, source, answers } = registration
  return {
    ...registration,
    ...{ name: maskAddresses(name), email: null, source: source === null ? null : maskAddresses(source) },
    answers: answers.map(({ field, title, value }) => ({
      ...{ field, title: maskAddresses(title), value: maskAddresses(value) },
    })),
  }
}

/** `ids`: of the rows of people; `absent`: those of whoever registered and did not come. */
export function answeredRoster(
  roster: RosterSnapshot,
  {
    expectation,
    ids,
    absent,
  }: {
    expectation: Expectation
    ids: ReadonlyMap<Person, string>
    absent: ReadonlyMap<string, unknown>
  },
): AnsweredRoster {
  const byRow = new Map<string, CardRegistration>()
  for (const [person, id] of ids) {
    const { own, link } = expectation.registrationsOf(person)
    const registrant = own[0] ?? link
    if (registrant) byRow.set(id, toCardRegistration(registrant, { ofAnother: own.length === 0 }))
  }
  for (const id of absent.keys()) {
    const registrant = expectation.absentees.get(id)
    if (registrant) byRow.set(id, toCardRegistration(registrant))
  }
  if (roster.summary.expected === null) return { roster, registrations: null, byRow }
  const told = [...expectation.registrants()].sort(
    (a, b) => (a.registeredAtMs ?? Infinity) - (b.registeredAtMs ?? Infinity) || byText(a.id, b.id),
  )
  return { roster, registrations: told.map((one) => toCardRegistration(one)), byRow }
}
