import { createPolicyRules, type PolicyRules } from '../../shared/people/index.ts'
import { defaultPolicy, type Policy, type PolicyAnswer, type PolicyPart } from '../../shared/wire/index.ts'

/** Every rule as the nearest scope that says it. */
export function effectivePolicy({ installation, number, gathering }: PolicyAnswer['parts']): Policy {
  return { ...defaultPolicy, ...rulesIn(installation), ...rulesIn(number ?? {}), ...rulesIn(gathering) }
}

const rulesIn = (part: PolicyPart): Partial<Policy> =>
  Object.fromEntries(Object.entries(part).filter(([, rule]) => rule !== undefined))

/** The policy made ready. A zone this computer does not know any more is read as UTC: the list must still be told. */
export function rulesOf(policy: Policy): PolicyRules {
  try {
    return createPolicyRules(policy)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return createPolicyRules({ ...policy, zone: 'UTC' })
  }
}
