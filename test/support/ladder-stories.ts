import fc from 'fast-check'
import type { Fact, StrongKeys } from '../../shared/attendance/index.ts'
import { minutes, noKeys, orNull } from './stories.ts'

/** Stories for property tests of the ladder: devices that come again under other names, and keys that contradict one another. */

const name = fc.constantFrom(
  ...['Anna', 'Anna Petrova', 'Vera Petrova', 'Vera', 'Boris', 'Boris Smith', 'Carl Smith', 'Dora'],
  ...['iPhone', 'Guest', 'iPad (Anna)', ''],
)

/** Nearly everybody has one, and there are few of each. */
const keys: fc.Arbitrary<StrongKeys> = fc.record({
  zoomUserId: orNull(fc.constantFrom('u1', 'u2', 'u3')),
  registrantId: orNull(fc.constantFrom('r1', 'r2')),
  email: orNull(fc.constantFrom('a@example.test', 'b@example.test')),
  phone: fc.constant(null),
})

const stretch = fc.record({ name, fromMinute: fc.nat({ max: 20 }), stayMinutes: fc.nat({ max: 12 }) })
const device = (of: fc.Arbitrary<StrongKeys>) =>
  fc.record({
    keys: of,
    stretches: fc.array(stretch, { minLength: 1, maxLength: 4 }),
    meeting: fc.constantFrom('M1', 'M1', 'M2'),
  })

type Device = typeof device extends (...args: never) => fc.Arbitrary<infer One> ? One : never

const told = (devices: readonly Device[]): Fact[] =>
  devices.flatMap(({ keys, stretches, meeting }, i) =>
    stretches.flatMap(({ name, fromMinute, stayMinutes }, n): Fact[] => {
      const fact = (kind: 'participant_joined' | 'participant_left', minute: number): Fact => ({
        ...{ key: `${kind} ${i} ${n}`, meeting, witness: 'webhook', kind, atMs: minutes(minute) },
        ...{ place: { kind: 'main' }, name, keys },
        ref: { segmentId: `${i}-${n}`, participantUuid: `device-${i}`, parentSegmentId: null },
      })
      return [fact('participant_joined', fromMinute), fact('participant_left', fromMinute + stayMinutes)]
    }),
  )

/** Up to seven devices without any key, each under up to four names. */
export const renamedDevices: fc.Arbitrary<Fact[]> = fc
  .array(device(fc.constant(noKeys)), { minLength: 1, maxLength: 7 })
  .map(told)

/** The same, most of them with keys: every other person is in conflict. */
export const keyedDevices: fc.Arbitrary<Fact[]> = fc
  .array(device(fc.oneof({ weight: 4, arbitrary: keys }, { weight: 1, arbitrary: fc.constant(noKeys) })), {
    minLength: 1,
    maxLength: 7,
  })
  .map(told)
