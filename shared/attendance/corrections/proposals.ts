import type { Person } from '../people.ts'
import { acquaintance, areSurelyTwo, type Acquaintance } from './acquaintance.ts'
import type { Alias } from './aliases.ts'
import { fittingNames } from './fitting-names.ts'
import { partedBy, type Parting } from './parted.ts'
import { knownAlias, sameKey, sameName, typedEmail, type ProposalReason, type Reason } from './reasons.ts'

/** `one` may be `other`. Accepting is a merge of the two keys, refusing sets them apart. */
export interface Proposal {
  one: Person
  other: Person
  reason: ProposalReason
  /** A key of a connection of each. */
  keys: [string, string]
}

export interface Proposals {
  /** At most 500, each pair once, the best reason first. */
  proposals: Proposal[]
  /** How many more there are; of very many at least as many as said. */
  more: number
}

export interface ProposalOptions {
  /** Whom the host parted, as `correct` tells it. */
  partings: readonly Parting[]
  /** Learned in earlier gatherings of the same meeting number. */
  aliases: readonly Alias[]
  /** One of the people: only pairs with them are looked for. */
  about?: Person
}

const MOST = 500
/** Pairs looked at for one reason, whatever becomes of them: a thousand people behind one link are half a million pairs. */
const MOST_LOOKED_AT = 20_000

/**
 * Who may be the same person though nothing joins them, for a host to decide: the address typed by the host is somebody's;
 * a name alone beside a strong key; kept apart by contradicting keys, of which one is shared; an alias learned earlier; a
 * name within another of somebody who left just before.
 *
 * Never whom the host parted. People who were there at one time under names without a common word are proposed only where the
 * host's own word proposes it, and, last of all, where they share a key: somebody has to say whether they are two.
 * Near-linear in people and their segments.
 */
export function proposalsOf(
  people: readonly Person[],
  { partings, aliases, about }: ProposalOptions,
): Proposals {
  const all = people.map(acquaintance)
  const own = about && all.filter(({ person }) => person === about)
  const isParted = partedBy(partings)
  const seen = new Set<string>()
  const proposals: Proposal[] = []
  let more = 0

  propose(typedEmail, { evenIfTwo: true })
  propose(sameName)
  propose(sameKey)
  propose(knownAlias(aliases), { evenIfTwo: true })
  propose(fittingNames)
  propose(sameKey, { evenIfTwo: true })
  return { proposals, more }

  function propose(pairs: Reason, { evenIfTwo } = { evenIfTwo: false }): void {
    for (const looked of own ? [pairs(own, all), pairs(all, own)] : [pairs(all, all)]) {
      let lookedAt = 0
      for (const pair of looked) {
        if (lookedAt++ === MOST_LOOKED_AT) break
        if (pair) note(...pair, evenIfTwo)
      }
    }
  }

  function note(one: Acquaintance, other: Acquaintance, reason: ProposalReason, evenIfTwo: boolean): void {
    const pair = one.at < other.at ? `${one.at} ${other.at}` : `${other.at} ${one.at}`
    if (one === other || seen.has(pair) || isParted(one.person, other.person)) return
    if (!evenIfTwo && areSurelyTwo(one, other)) return
    seen.add(pair)
    if (proposals.length === MOST) more++
    else proposals.push({ one: one.person, other: other.person, reason, keys: [keyOf(one), keyOf(other)] })
  }
}

const keyOf = ({ person }: Acquaintance): string => person.connections[0]?.id ?? ''
