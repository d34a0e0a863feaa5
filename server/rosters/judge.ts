import {
  presenceAt,
  standingOf,
  type GatheringBase,
  type LabelRule,
  type MeetingTold,
  type Person,
  type PersonPresence,
  type Span,
  type Standing,
  type Thresholds,
} from '../../shared/attendance/index.ts'
import type { PolicyRules } from '../../shared/people/index.ts'
import type { Told } from './expectation.ts'
import type { GatheringHead, RosterSummary } from '../../shared/wire/index.ts'

/** One gathering under its policy as of an instant (epoch ms): what 100 % is, and how everybody stands to it. */
export class Judge {
  readonly labels: readonly LabelRule[]
  /** Equal for two judges that say the same of the same person. */
  readonly signature: string
  private readonly thresholds: Thresholds
  private readonly over: boolean
  private readonly gatheringBase: GatheringBase | null
  /** Of a meeting that is over nobody's standing changes any more while they stay the same object. */
  private readonly known = new WeakMap<Person, { told: Told; standing: Standing }>()

  constructor(
    rules: PolicyRules,
    gathering: { people: readonly Person[]; meetings: readonly MeetingTold[]; planned: readonly Span[] },
    { over, atMs }: { over: boolean; atMs: number },
  ) {
    const { base, labels } = rules.on(gathering, { over, atMs })
    this.thresholds = rules.thresholds
    this.labels = labels
    this.over = over
    this.gatheringBase = base
    // The end of what is not over yet is now, and moves; at its very beginning it has no length.
    const begins = base?.spans.map(({ fromMs }) => fromMs) ?? gathering.meetings.map((one) => one.startedAtMs)
    const settled = base?.isSettled === true ? base : begins
    // Of whoever is here a label by a time of day holds from that time on.
    const passed = labels.flatMap(({ when }) =>
      when.filter((one) => one.kind === 'stayed_until' && one.atMs <= atMs),
    )
    this.signature = JSON.stringify([over, settled, this.thresholds, labels, passed.length])
  }

  standing(person: Person, atMs: number, told: Told, presence?: PersonPresence): Standing {
    const known = this.known.get(person)
    const { expected, role } = told
    if (known?.told.expected === expected && known.told.role === role) return known.standing
    const { identity, host } = person
    const { stays } = presence ?? presenceAt(person, atMs)
    const standing = standingOf(
      { stays, role, confidence: identity.confidence, mark: host?.mark ?? null, expected },
      this.gatheringBase?.spans ?? null,
      this.thresholds,
      { over: this.over, atMs },
    )
    if (this.over) this.known.set(person, { told, standing })
    return standing
  }

  /** Null while the meeting runs, unless its base has passed. */
  base(): GatheringHead['base'] {
    if (this.gatheringBase?.isSettled !== true) return null
    const { kind, spans, seconds } = this.gatheringBase
    return {
      ...{ kind, seconds },
      spans: spans.map(({ fromMs, toMs }) => ({
        from: new Date(fromMs).toISOString(),
        to: new Date(toMs).toISOString(),
      })),
    }
  }

  minimum(
    people: readonly Person[],
    atMs: number,
    toldOf: (person: Person) => Told,
  ): RosterSummary['minimum'] {
    if (this.gatheringBase?.isSettled !== true) return null
    const minimum = { passed: 0, unknown: 0, byHost: 0, neverIn: 0 }
    for (const person of people) {
      const { meetsMinimum, byHost } = this.standing(person, atMs, toldOf(person))
      if (meetsMinimum === null) minimum.unknown++
      if (meetsMinimum !== true) continue
      minimum.passed++
      if (!byHost) continue
      minimum.byHost++
      if (presenceAt(person, atMs).firstJoinMs === null) minimum.neverIn++
    }
    return minimum
  }
}
