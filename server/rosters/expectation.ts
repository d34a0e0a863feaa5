import {
  comesAnyway,
  matchExpected,
  onStage,
  sumsOf,
  wasExpected,
  type Matched,
  type Person,
  type Role,
} from '../../shared/attendance/index.ts'
import type { PersonRow, RosterSummary } from '../../shared/wire/index.ts'
import type { ExpectedList, Registrant } from './expected-ports.ts'

/** What the rules are told of somebody beside their presence. */
export interface Told {
  /** Whether they should have come; null where nobody says who should. */
  expected: boolean | null
  role: Role
}

/** Who should have come to a gathering, held against who is there; null list: nobody says who should. */
export class Expectation {
  private readonly list: ExpectedList | null
  private readonly matched: Matched<Registrant> | null
  private readonly stage: ReadonlySet<Person>
  private readonly people: readonly Person[]
  /** Whoever registered and did not come, by the id of their row. */
  readonly absentees: ReadonlyMap<string, Registrant>

  constructor(list: ExpectedList | null, people: readonly Person[]) {
    this.list = list
    this.people = people
    this.matched = list?.registrants ? matchExpected(people, list.registrants) : null
    this.absentees = new Map((this.matched?.absent ?? []).map((one) => [rowIdOf(one.id), one]))
    this.stage = onStage(people, list?.panelists ?? [])
  }

  of(person: Person): Told {
    const role = this.stage.has(person) && !comesAnyway(person.role) ? 'panelist' : person.role
    return { expected: wasExpected(this.matched, person), role }
  }

  /** Equal for two that say the same of this person. */
  wordOf(person: Person): string {
    const { id: link = '' } = this.matched?.linkOf(person) ?? {}
    const those = (this.matched?.of(person) ?? []).map(({ id, standing }) => `${id} ${standing}`)
    return `${those.join(',')}/${link}/${this.of(person).role}`
  }

  registrationOf(person: Person): PersonRow['registration'] {
    const link = this.matched?.linkOf(person) ?? null
    const [first, ...others] = this.matched?.of(person) ?? []
    const told = first ?? link
    if (!told) return null
    const { name, email, standing } = told
    return { name, email, standing, others: others.length, ofAnother: first === undefined }
  }

  /** Every registration of theirs, the one the row tells of first; with whose link they came by where they are somebody else. */
  registrationsOf(person: Person): { own: readonly Registrant[]; link: Registrant | null } {
    return { own: this.matched?.of(person) ?? [], link: this.matched?.linkOf(person) ?? null }
  }

  /** Everybody on the list, whatever became of their registration; [] without a list. */
  registrants(): readonly Registrant[] {
    return this.list?.registrants ?? []
  }

  /** Those who registered and did not come, each as a row of their own; only of a gathering that is over. */
  absentRows(): PersonRow[] {
    return (this.matched?.absent ?? []).map(absentRow)
  }

  summary(atMs: number): RosterSummary['expected'] {
    const { registrants = null, readAtMs = null } = this.list ?? {}
    if (registrants === null || this.matched === null) return null
    const cancelledUnseen = registrants.filter(({ cancelledBy }) => cancelledBy === 'missing').length
    return {
      ...sumsOf(this.people, registrants, this.matched, atMs, this.stage),
      cancelledUnseen,
      readAt: readAtMs === null ? null : new Date(readAtMs).toISOString(),
    }
  }
}

const rowIdOf = (id: string): string => `x-${id}`

/** Whom a list of absent ones names: they have no connection and no times, and nobody doubts who they are. */
function absentRow({ id, name, email, standing }: Registrant): PersonRow {
  return {
    ...{ id: rowIdOf(id), name, names: name === '' ? [] : [name], email, emailHidden: false },
    ...{ role: 'unknown', state: 'left', connectionsNow: 0, segments: 0 },
    ...{ firstJoin: null, firstJoinKnown: false, lastLeave: null, presentSeconds: 0, waitingSeconds: 0 },
    ...{ renamedAt: null, stays: [], seenLiveOnly: false, share: null, meetsMinimum: null },
    ...{ labels: [], host: null, statuses: ['absent'] },
    identity: { rule: 'registrant_id', confidence: 'certain', evidence: [] },
    registration: { name, email, standing, others: 0, ofAnother: false },
    onListOnly: true,
  }
}
