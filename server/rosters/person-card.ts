import { sameData } from '../../shared/attendance/compare.ts'
import { namedBy } from '../../shared/attendance/corrections/corrections.ts'
import {
  proposalsOf,
  recognisableName,
  type Connection,
  type Person,
  type Proposal as Found,
  type Proposals,
  type Segment,
} from '../../shared/attendance/index.ts'
import type { Said } from '../../shared/attendance/evidence/said.ts'
import { ladder } from '../../shared/attendance/identity/ladder.ts'
import type {
  CardConnection,
  CardFact,
  CardSegment,
  PersonCard,
  Proposal,
  ProposalList,
} from '../../shared/wire/index.ts'
import type { Behind } from './behind.ts'
import { cleaningsAbout } from './cleanings.ts'
import { correctionItems } from './correction-items.ts'
import { toCardRegistration } from './registrations.ts'
import type { Registrant } from './expected-ports.ts'
import type { LearnedAlias } from './host-ports.ts'

/** A device that a panel watched for a day has hundreds; more than these nobody reads. */
const MOST_FACTS = 200

/** Everything behind one line: what ties its connections together, what each witness said, and what may be done about it. */
export function toPersonCard(
  behind: Behind,
  person: Person,
  { learned, memberId }: { learned: readonly LearnedAlias[]; memberId: string },
): PersonCard {
  const keys = new Set(person.connections.flatMap((one) => one.keys))
  const seqs = new Set(person.host?.seqs)
  const own = behind.corrections.filter(
    ({ seq, act }) => seqs.has(seq) || namedBy(act).some((key) => keys.has(key)),
  )
  return {
    id: idOf(behind, person),
    connections: person.connections.map((one) => toCardConnection(behind, person, one)),
    proposals: proposalsOf(behind.people, {
      ...{ partings: behind.partings, aliases: learned, about: person },
    }).proposals.map((found) => toProposal(behind, found.one === person ? found : turn(found))),
    cleanings: cleaningsAbout(behind, person),
    registrations: registrationsOf(behind, person),
    corrections: correctionItems(behind, own, memberId),
  }
}

/** What there is to know of somebody who registered and did not come: their registration, and nothing to correct. */
export function toAbsentCard(id: string, registrant: Registrant): PersonCard {
  return {
    ...{ id, connections: [], proposals: [], cleanings: [], corrections: [] },
    registrations: [toCardRegistration(registrant)],
  }
}

function registrationsOf({ expectation }: Behind, person: Person): PersonCard['registrations'] {
  const { own, link } = expectation.registrationsOf(person)
  const theirs = own.map((registrant) => toCardRegistration(registrant))
  return link === null ? theirs : [...theirs, toCardRegistration(link, { ofAnother: true })]
}

/** Pairs of the list that may be one person, each once. */
export function toProposalList(
  behind: Behind,
  learned: readonly LearnedAlias[],
): Pick<ProposalList, 'items' | 'more'> {
  const { proposals, more } = allProposals(behind, learned)
  return {
    items: proposals.map((found) => ({
      personId: idOf(behind, found.one),
      name: found.one.name,
      proposal: toProposal(behind, found),
    })),
    more,
  }
}

interface FoundProposals {
  aliases: readonly LearnedAlias[]
  proposals: Proposals
}
/** Everybody is compared with everybody once for each version of a list, however many screens ask for it. */
const found = new WeakMap<Behind, FoundProposals>()

function allProposals(behind: Behind, aliases: readonly LearnedAlias[]): Proposals {
  const known = found.get(behind)
  // Something may have been learned in other gatherings meanwhile.
  if (known && sameData(known.aliases, aliases)) return known.proposals
  const proposals = proposalsOf(behind.people, { partings: behind.partings, aliases })
  found.set(behind, { aliases, proposals })
  return proposals
}

const turn = ({ one, other, reason, keys: [key, otherKey] }: Found): Found => ({
  ...{ one: other, other: one, reason, keys: [otherKey, key] },
})

const toProposal = (behind: Behind, { other, reason, keys }: Found): Proposal => ({
  ...{ personId: idOf(behind, other), name: other.name, email: other.email, reason, keys },
})

function idOf({ ids }: Behind, person: Person): string {
  const id = ids.get(person)
  if (id === undefined) throw new Error('Every person of a folded gathering has an id.')
  return id
}

function toCardConnection(behind: Behind, person: Person, connection: Connection): CardConnection {
  const facts = behind.saidOf(connection)
  return {
    key: connection.id,
    segments: connection.segments.map(toCardSegment),
    names: connection.names.map(({ name }) => name),
    email: connection.strong.emails[0] ?? null,
    witnesses: connection.witnesses,
    reasons: tiesOf(connection, person),
    facts: facts.slice(0, MOST_FACTS).map(toCardFact),
    moreFacts: Math.max(0, facts.length - MOST_FACTS),
  }
}

/** Which keys tie it to the person's others; their name where no key does; else the host's word. [] for the only one. */
function tiesOf(connection: Connection, person: Person): CardConnection['reasons'] {
  const others = person.connections.filter((one) => one !== connection)
  if (others.length === 0) return []
  const ties = ladder.flatMap(({ values, code }) => {
    const theirs = new Set(others.flatMap((one) => one.strong[values]))
    return connection.strong[values]
      .filter((value) => theirs.has(value))
      .map((value) => ({ code, value: values === 'bonds' ? null : value, among: 'another' as const }))
  })
  if (ties.length > 0) return ties
  const theirNames = new Set(others.flatMap(namesOf))
  const shared = namesOf(connection).find((name) => theirNames.has(name))
  if (shared !== undefined) return [{ code: 'same_name', value: shared, among: 'another' }]
  return person.identity.evidence.filter(({ code }) => code === 'host_merged')
}

const namesOf = ({ names }: Connection): string[] =>
  names.map(({ name }) => recognisableName(name)).filter((name) => name !== null)

const iso = (ms: number): string => new Date(ms).toISOString()

const toCardSegment = ({ place, fromMs, from, toMs, to }: Segment): CardSegment => ({
  ...{ place: place.kind, from: iso(fromMs), fromSeen: from === 'seen' },
  ...{ to: toMs === null ? null : iso(toMs), toKnown: to === 'known' },
})

const toCardFact = ({ atMs, untilMs, ...said }: Said): CardFact => ({
  ...said,
  ...{ at: iso(atMs), until: untilMs === null ? null : iso(untilMs) },
})
