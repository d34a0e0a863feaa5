import type { PanelChange } from '../evidence.ts'
import { SAME_MOMENT_MS } from '../evidence/tolerances.ts'
import { normaliseName, recognisableName } from '../names/names.ts'

/** What panels announced of ONE meeting, in any order, to find changes of role in it. */
export interface RoleChanges {
  /** Notes it; answers the participant uuids that are one device with its own, as far as announced. */
  note(change: PanelChange): string[]
}

/**
 * Nothing announced yet. A change of role can be announced as a leave and, in the same moment, a join with another participant
 * uuid. Equal recognisable names are enough; under a generic name the role must differ, or two phones would become one.
 */
export function createRoleChanges(): RoleChanges {
  const changesByName = new Map<string, PanelChange[]>()
  return {
    note(change) {
      const name = normaliseName(change.person.name).name
      const others = changesByName.get(name) ?? []
      const same = others.filter((other) => isRoleChange(change, other))
      others.push(change)
      changesByName.set(name, others)
      return same.map(({ person }) => person.participantUuid)
    },
  }
}

function isRoleChange(one: PanelChange, other: PanelChange): boolean {
  const [left, joined] = one.change === 'left' ? [one, other] : [other, one]
  const gapMs = joined.atMs - left.atMs
  if (left.change !== 'left' || joined.change !== 'joined' || gapMs < 0 || gapMs > SAME_MOMENT_MS)
    return false
  return recognisableName(one.person.name) !== null || left.person.role !== joined.person.role
}
