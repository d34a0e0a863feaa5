import type { Correction } from '../../shared/attendance/index.ts'
import type { PolicyRules } from '../../shared/people/index.ts'
import { defaultPolicy, type Policy, type PolicyAnswer } from '../../shared/wire/index.ts'
import type { SystemViewer } from '../access/viewer.ts'
import type { CorrectionRecord, Corrections, Policies } from './host-ports.ts'
import { effectivePolicy, rulesOf } from './policy.ts'

/** Everything hosts said about one gathering. */
export interface HostWord {
  /** In the order of `seq`, those that were taken back among them. */
  corrections: readonly CorrectionRecord[]
  parts: PolicyAnswer['parts']
  policy: Policy
  rules: PolicyRules
}

/** Nobody said anything. */
export const noWord: HostWord = {
  corrections: [],
  parts: { installation: {}, number: null, gathering: {} },
  policy: defaultPolicy,
  rules: rulesOf(defaultPolicy),
}

/** Reads it anew. */
export async function readHostWord(
  stored: { corrections: Pick<Corrections, 'of'>; policies: Pick<Policies, 'of'> },
  viewer: SystemViewer,
  gatheringId: string,
): Promise<HostWord> {
  const [corrections, parts] = await Promise.all([
    stored.corrections.of(viewer, gatheringId),
    stored.policies.of(viewer, gatheringId),
  ])
  const policy = effectivePolicy(parts)
  return { corrections, parts, policy, rules: rulesOf(policy) }
}

/** Those that were not taken back. */
export const countingOf = ({ corrections }: Pick<HostWord, 'corrections'>): Correction[] =>
  corrections.filter(({ undone }) => !undone).map(({ seq, act, also }) => ({ seq, act, also }))
