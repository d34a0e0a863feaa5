import {
  isGenericName,
  normaliseName,
  wordsOf,
  type Fact,
  type ReportRow,
} from '../../shared/attendance/index.ts'

/**
 * What a row of a list and the connection of its `user_id` say of each other. Zoom counts these ids alike in every meeting,
 * so that they are equal proves nothing by itself.
 */
export type Opinion = 'agrees' | 'contradicts' | 'says_nothing'

/** The connections of one meeting as they were heard live, by their segment ids. */
export interface LiveConnections {
  /** Hears a fact of this meeting; what is not live, or names no connection, is passed over. */
  note(fact: Fact): void
  /** Whether any connection is known by a segment id: else no row is ever compared with anything. */
  readonly isEmpty: boolean
  /**
   * A row agrees with its connection when a strong key is equal. It contradicts when one that both have differs. Where they
   * have none in common their names decide, in every spelling that was heard: one word shared agrees, none contradicts,
   * and what a device calls itself says nothing. Nor does a name when the row begins in the very moment of the join:
   * somebody took another name. A row of nobody known says nothing.
   *
   * @param isBeginItsOwn whether `atMs` is what the row itself said
   */
  opinionOf(row: Pick<ReportRow, 'ref' | 'keys' | 'name' | 'atMs'>, isBeginItsOwn: boolean): Opinion
}

const KEYS = ['zoomUserId', 'registrantId', 'email'] as const

/** Both witnesses round to seconds, each in its way. */
const SAME_MOMENT_MS = 2_000

interface Live {
  keys: Record<(typeof KEYS)[number], Set<string>>
  names: Set<string>
  participantUuids: Set<string>
  joinedMs: number[]
}

/** No connection known yet. */
export function createLiveConnections(): LiveConnections {
  const bySegment = new Map<string, Live>()
  const namesByUuid = new Map<string, Set<string>>()

  return {
    note,
    get isEmpty() {
      return bySegment.size === 0
    },
    opinionOf(row, isBeginItsOwn) {
      const live = row.ref.segmentId === null ? undefined : bySegment.get(row.ref.segmentId)
      if (!live) return 'says_nothing'
      const inCommon = KEYS.flatMap((kind) => {
        const value = row.keys[kind]
        return value !== null && live.keys[kind].size > 0 ? [live.keys[kind].has(value)] : []
      })
      if (inCommon.length > 0) return inCommon.includes(true) ? 'agrees' : 'contradicts'
      const byName = opinionByName(row.name, live)
      const beganTogether = live.joinedMs.some((ms) => Math.abs(ms - row.atMs) <= SAME_MOMENT_MS)
      return byName === 'contradicts' && isBeginItsOwn && beganTogether ? 'says_nothing' : byName
    },
  }

  function note(fact: Fact): void {
    switch (fact.kind) {
      case 'participant_joined':
      case 'participant_left':
      case 'role_changed': {
        const { segmentId, participantUuid } = fact.ref
        if (segmentId === null) return
        const live = bySegment.get(segmentId) ?? nobody()
        bySegment.set(segmentId, live)
        for (const kind of KEYS) {
          const value = fact.keys[kind]
          if (value !== null) live.keys[kind].add(value)
        }
        live.names.add(fact.name)
        if (participantUuid !== null) live.participantUuids.add(participantUuid)
        if (fact.kind === 'participant_joined') live.joinedMs.push(fact.atMs)
        return
      }
      case 'panel_read':
        for (const person of fact.people) noteSeen(person.participantUuid, person.name)
        return
      case 'panel_change':
        noteSeen(fact.person.participantUuid, fact.person.name)
        return
      default:
    }
  }

  function noteSeen(participantUuid: string, name: string): void {
    const names = namesByUuid.get(participantUuid)
    if (names) names.add(name)
    else namesByUuid.set(participantUuid, new Set([name]))
  }

  function opinionByName(rowName: string, live: Live): Opinion {
    const rowWords = wordsIn(rowName)
    const names = [...live.names]
    for (const uuid of live.participantUuids) names.push(...(namesByUuid.get(uuid) ?? []))
    const liveWords = new Set(names.flatMap(wordsIn))
    if (rowWords.length === 0 || liveWords.size === 0) return 'says_nothing'
    return rowWords.some((word) => liveWords.has(word)) ? 'agrees' : 'contradicts'
  }
}

const nobody = (): Live => ({
  keys: { zoomUserId: new Set(), registrantId: new Set(), email: new Set() },
  names: new Set(),
  participantUuids: new Set(),
  joinedMs: [],
})

/** The words that may tell who it is, of the name and of the original one behind it. */
function wordsIn(display: string): string[] {
  const { name, original } = normaliseName(display)
  return [name, original ?? ''].filter((said) => !isGenericName(said)).flatMap(wordsOf)
}
