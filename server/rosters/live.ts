import type { GatheringHead, PersonRow, RosterChange, RosterSnapshot } from '../../shared/wire/index.ts'
import type { ChangedByReport } from './changed-by-report.ts'
import { LiveGathering, type ChangeListener } from './live-gathering.ts'
import type { AnsweredRoster } from './registrations.ts'
import type { Behind } from './behind.ts'
import type { ExpectedLists } from './expected-ports.ts'
import type { Corrections, Policies } from './host-ports.ts'
import type { EvidenceReader, PeopleIds, Wakeups } from './ports.ts'

export interface LiveParts {
  evidence: EvidenceReader
  people: PeopleIds
  corrections: Pick<Corrections, 'of'>
  policies: Pick<Policies, 'of' | 'judgedAnew'>
  expected: ExpectedLists
  wakeups: Wakeups
  clock: () => number
  /** How often a watched gathering's version is asked for, should a wake-up get lost. */
  pollMs?: number
  onError: (error: unknown) => void
}

/** Folds nobody watches are dropped after this long; the next reader folds the evidence again. */
const IDLE_MS = 10 * 60_000

/**
 * Rosters of the gatherings somebody looks at. Each is folded once and then fed only with new evidence; listeners get
 * what changed. Answers hold addresses: the caller hides them from viewers who may not read them.
 */
export function createLiveRosters(parts: LiveParts) {
  const gatherings = new Map<string, LiveGathering>()
  const wake = (gatheringId: string): void => {
    void gatherings.get(gatheringId)?.refresh().catch(parts.onError)
    // Whoever looked at a gathering by its own id before it was joined to this one looks at this one.
    for (const gathering of gatherings.values()) {
      if (gathering.isNow(gatheringId)) void gathering.refresh().catch(parts.onError)
    }
  }
  const stopWakeups = parts.wakeups.onGathering((_, gatheringId) => {
    wake(gatheringId)
  })
  const poll = setInterval(() => {
    const nowMs = parts.clock()
    for (const [id, gathering] of gatherings) {
      if (gathering.watched()) void gathering.refresh().catch(parts.onError)
      else if (gathering.idleSinceMs < nowMs - IDLE_MS) gatherings.delete(id)
    }
  }, parts.pollMs ?? 5_000)
  poll.unref()

  const open = (installationId: string, gatheringId: string): LiveGathering => {
    let gathering = gatherings.get(gatheringId)
    if (gathering?.installationId !== installationId) {
      gathering = new LiveGathering(installationId, gatheringId, parts)
      gatherings.set(gatheringId, gathering)
    }
    return gathering
  }

  const fresh = async (installationId: string, gatheringId: string): Promise<LiveGathering | null> => {
    const gathering = open(installationId, gatheringId)
    const known = await gathering.refresh()
    if (!known) gatherings.delete(gatheringId)
    return known ? gathering : null
  }

  return {
    /** The roster as of now, or null when this installation has no such gathering. */
    async snapshot(installationId: string, gatheringId: string): Promise<RosterSnapshot | null> {
      return (await fresh(installationId, gatheringId))?.snapshot() ?? null
    },

    /** The same, and how everybody on it registered with what they answered; null when there is no such gathering. */
    async answered(installationId: string, gatheringId: string): Promise<AnsweredRoster | null> {
      return (await fresh(installationId, gatheringId))?.answered() ?? null
    },

    /** What the official list changed about the live one; null when this installation has no such gathering. */
    async changedByReport(installationId: string, gatheringId: string): Promise<ChangedByReport | null> {
      return (await fresh(installationId, gatheringId))?.changedByReport() ?? null
    },

    /**
     * The row of the one person with a Zoom user id that `isThem` recognises, with what stands above it; `row` null when
     * nobody has one. Nothing of anybody else is answered. Null when this installation has no such gathering.
     */
    async ownLine(
      installationId: string,
      gatheringId: string,
      isThem: (zoomUserId: string) => boolean,
    ): Promise<{ head: GatheringHead; row: PersonRow | null } | null> {
      return (await fresh(installationId, gatheringId))?.ownLine(isThem) ?? null
    },

    /** What the rows of the list are made of; null when this installation has no such gathering. */
    async behind(installationId: string, gatheringId: string): Promise<Behind | null> {
      return (await fresh(installationId, gatheringId))?.behind() ?? null
    },

    /** Changes after `version`, when all of them are still at hand; null: take a snapshot. */
    changesAfter(gatheringId: string, version: number): RosterChange[] | null {
      return gatherings.get(gatheringId)?.changesAfter(version) ?? null
    },

    /** Calls back for every change from here on, in order, until the returned function is called. */
    watch(installationId: string, gatheringId: string, listener: ChangeListener): () => void {
      return open(installationId, gatheringId).watch(listener)
    },

    /** A hint that this gathering grew, from the process that stored the evidence itself. */
    wake,

    stop(): void {
      clearInterval(poll)
      stopWakeups()
      gatherings.clear()
    },
  }
}

export type LiveRosters = ReturnType<typeof createLiveRosters>
