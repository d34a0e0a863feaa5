import fc from 'fast-check'
import type { Correction, CorrectionAct, Fact, Person } from '../../shared/attendance/index.ts'
import { keys, minutes, name } from './stories.ts'

/** Stories for property tests in which a host corrects: who is there, and what is said of them. */

/** A few devices that come and partly go, told by webhooks: cheap to fold, with keys and names that collide. */
export const fewDevices: fc.Arbitrary<Fact[]> = fc
  .array(fc.record({ name, keys, minute: fc.integer({ min: 0, max: 9 }), leaves: fc.boolean() }), {
    minLength: 1,
    maxLength: 7,
  })
  .map((devices) =>
    devices.flatMap(({ minute, leaves, ...said }, i): Fact[] => {
      const told = (kind: 'participant_joined' | 'participant_left', atMinute: number): Fact => ({
        ...{ key: `${kind} ${i}`, meeting: i % 4 === 3 ? 'M2' : 'M1', witness: 'webhook', kind },
        ...{ atMs: minutes(atMinute), place: { kind: 'main' }, ...said },
        ref: { segmentId: `${i}`, participantUuid: `device-${i}`, parentSegmentId: null },
      })
      const joined = told('participant_joined', minute)
      return leaves ? [joined, told('participant_left', minute + 5)] : [joined]
    }),
  )

/** A correction before it is known who is there: `who` picks among the keys of all connections, and beyond them. */
export interface Intent {
  what: CorrectionAct['kind']
  who: number[]
  text: string
  seq: number
}

export const intents: fc.Arbitrary<Intent[]> = fc.uniqueArray(
  fc.record({
    what: fc.constantFrom<CorrectionAct['kind']>(
      ...([
        'merge',
        'merge',
        'merge',
        'split',
        'split',
        'apart',
        'rename',
        'email',
        'label',
        'mark',
      ] as const),
    ),
    who: fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 4 }),
    text: fc.constantFrom('Dora', 'iPhone', 'x@example.test'),
    seq: fc.nat({ max: 30 }),
  }),
  { maxLength: 6, selector: ({ seq }) => seq },
)

/** The corrections somebody who sees these people would make; some name connections nobody has. */
export function correctionsOf(people: readonly Person[], wanted: readonly Intent[]): Correction[] {
  const all = people.flatMap((person) => person.connections.flatMap((connection) => connection.keys))
  const keyAt = (n: number): string => (n % 8 === 7 ? `M1|s:nobody ${n}` : (all[n % all.length] ?? 'nobody'))
  return wanted.map(({ what, who, text, seq }) => ({ seq, act: actOf(what, who.map(keyAt), text) }))
}

function actOf(what: Intent['what'], connections: string[], text: string): CorrectionAct {
  const connection = connections[0] ?? ''
  switch (what) {
    case 'rename':
      return { kind: what, connection, name: text }
    case 'email':
      return { kind: what, connection, email: text.includes('@') ? text : null }
    case 'label':
      return { kind: what, connection, label: text }
    case 'mark':
      return { kind: what, connection, mark: text === 'Dora' ? 'present' : 'absent', reason: text }
    default:
      return { kind: what, connections }
  }
}
