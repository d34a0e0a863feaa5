import {
  defaultPolicy,
  type CardConnection,
  type CleaningItem,
  type CorrectionAct,
  type CorrectionAnswer,
  type CorrectionItem,
  type PersonCard,
  type PersonRow,
  type Policy,
  type PolicyAnswer,
  type PolicyChange,
  type PolicyPart,
  type ProposalList,
  type RosterSnapshot,
} from '../../shared/wire/index.ts'
import { at } from './people.ts'

/** What the little server keeps of corrections and rules; a test changes it at any time. */
export interface Corrected {
  items: CorrectionItem[]
  /** Cards that say more than the row; by person. */
  cards: Map<string, Partial<PersonCard>>
  /** Who may be one person, as long as nobody said anything of two connections. */
  pairs: ProposalList['items']
  /** How many there are beyond those. */
  morePairs: number
  /** What may be written tidier, as long as nobody answered it. */
  tidier: CleaningItem[]
  /** Who somebody became. */
  aliases: Map<string, string>
  parts: { installation: PolicyPart; number: PolicyPart | null; gathering: PolicyPart }
  /** A problem code instead of every answer. */
  refuse: string | null
}

export const nothingCorrected = (): Corrected => ({
  items: [],
  cards: new Map(),
  pairs: [],
  morePairs: 0,
  tidier: [],
  aliases: new Map(),
  parts: { installation: {}, number: {}, gathering: {} },
  refuse: null,
})

interface Answer {
  status: number
  body: object
}

/** What the server says about people, corrections and rules of a gathering; null for what is not about them. */
export function answerCorrected(
  corrected: Corrected,
  snapshot: RosterSnapshot,
  { method, path, body }: { method: string; path: string; body: unknown },
): Answer | null {
  const [, , , , what, which, way] = path.split('/')
  if (what === undefined || !['people', 'corrections', 'policy', 'proposals', 'cleanings'].includes(what))
    return null
  if (corrected.refuse !== null)
    return { status: corrected.refuse === 'conflict' ? 409 : 503, body: { code: corrected.refuse } }
  if (what === 'policy') {
    if (method === 'POST') {
      const { scope, part, basedOn } = body as PolicyChange
      if (policyOf(corrected).revisions[scope] !== basedOn) return { status: 409, body: { code: 'conflict' } }
      corrected.parts = { ...corrected.parts, [scope]: part }
    }
    return { status: 200, body: policyOf(corrected) }
  }
  if (what === 'proposals') {
    const answered = new Set(
      corrected.items.flatMap(({ act, undone }) => (undone ? [] : [keysOf(act).join(' ')])),
    )
    const items = corrected.pairs.filter(({ proposal }) => !answered.has(proposal.keys.join(' ')))
    return { status: 200, body: { items, nextCursor: null, more: corrected.morePairs } }
  }
  if (what === 'cleanings') {
    const answered = new Set(
      corrected.items.flatMap(({ act, undone }) => (undone ? [] : [`${act.kind} ${keysOf(act).join(' ')}`])),
    )
    const items = corrected.tidier.filter(
      ({ of, connection }) => !answered.has(`${of === 'name' ? 'rename' : 'email'} ${connection}`),
    )
    return { status: 200, body: { items, nextCursor: null, more: 0 } }
  }
  if (what === 'people') {
    const id = corrected.aliases.get(which ?? '') ?? which
    const row = snapshot.people.find((one) => one.id === id)
    return row === undefined
      ? { status: 404, body: { code: 'not_found' } }
      : { status: 200, body: cardOf(corrected, row) }
  }
  if (method === 'GET')
    return { status: 200, body: { items: [...corrected.items].reverse(), nextCursor: null } }
  if (which === undefined) return { status: 201, body: take(corrected, snapshot, body as CorrectionAct) }
  const found = corrected.items.find(({ seq }) => seq === Number(which))
  if (found === undefined) return { status: 404, body: { code: 'not_found' } }
  found.undone = way === 'undo'
  return { status: 200, body: answerAbout(found, snapshot) }
}

function policyOf({ parts }: Corrected): PolicyAnswer {
  return {
    effective: { ...defaultPolicy, ...parts.installation, ...parts.number, ...parts.gathering } as Policy,
    parts,
    revisions: {
      installation: JSON.stringify(parts.installation),
      number: parts.number && JSON.stringify(parts.number),
      gathering: JSON.stringify(parts.gathering),
    },
  }
}

function take(corrected: Corrected, snapshot: RosterSnapshot, act: CorrectionAct): CorrectionAnswer {
  const item: CorrectionItem = {
    seq: corrected.items.length + 1,
    act,
    at: at(115),
    own: true,
    undone: false,
    idle: false,
    about: nameBehind(act, snapshot),
  }
  corrected.items.push(item)
  return answerAbout(item, snapshot)
}

const keysOf = (act: CorrectionAct): string[] => ('connections' in act ? act.connections : [act.connection])

/** A connection of the little server is called by its person's id and a number. */
const behind = (act: CorrectionAct, { people }: RosterSnapshot): PersonRow | undefined =>
  people.find(({ id }) => keysOf(act).some((key) => key.split('/')[0] === id))

const nameBehind = (act: CorrectionAct, snapshot: RosterSnapshot): string | null =>
  behind(act, snapshot)?.name ?? null

const answerAbout = (correction: CorrectionItem, snapshot: RosterSnapshot): CorrectionAnswer => ({
  correction,
  personId: behind(correction.act, snapshot)?.id ?? null,
})

function cardOf({ cards, items }: Corrected, row: PersonRow): PersonCard {
  const own = items.filter(({ act }) => keysOf(act).some((key) => key.split('/')[0] === row.id))
  return {
    id: row.id,
    connections: row.stays.length === 0 ? [] : connectionsOf(row),
    proposals: [],
    cleanings: [],
    registrations: [],
    corrections: own.reverse(),
    ...cards.get(row.id),
  }
}

/** A connection for every name, or two for several devices; each with a row of the report and a message. */
export function connectionsOf(row: PersonRow): CardConnection[] {
  const many = Math.max(1, row.connectionsNow, row.names.length)
  return Array.from({ length: many }, (_, index) => {
    const stays = row.stays.filter((_stay, place) => place % many === index % Math.max(1, row.stays.length))
    const segments = (stays.length === 0 ? row.stays : stays).map((stay) => ({ ...stay, toKnown: true }))
    const name = row.names[index] ?? row.name
    const fact = {
      at: segments[0]?.from ?? at(0),
      name,
      email: null,
      place: 'main' as const,
      role: null,
      times: 1,
    }
    return {
      key: `${row.id}/${index}`,
      segments,
      names: [name],
      email: row.email,
      witnesses: ['webhook' as const, 'report' as const],
      reasons: many === 1 ? [] : row.identity.evidence.slice(0, 1),
      facts: [
        { ...fact, witness: 'webhook' as const, kind: 'participant_joined', until: null },
        { ...fact, witness: 'report' as const, kind: 'report_row', until: segments.at(-1)?.to ?? null },
      ],
      moreFacts: 0,
    }
  })
}
