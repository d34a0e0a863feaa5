import { assignIds, createFold, summarise, type Person } from '../../shared/attendance/index.ts'
import type { GatheringHead, PersonRow, RosterChange, RosterSnapshot } from '../../shared/wire/index.ts'
import type { SystemViewer } from '../access/viewer.ts'
import type { EvidenceReader, GatheringRecord, PeopleIds, PersonAnchor, Wakeups } from './ports.ts'
import { toHead, toRow } from './rows.ts'

export interface LiveParts {
  evidence: EvidenceReader
  people: PeopleIds
  wakeups: Wakeups
  clock: () => number
  /** How often a watched gathering's version is asked for, should a wake-up get lost. */
  pollMs?: number
  onError: (error: unknown) => void
}

export type ChangeListener = (change: RosterChange) => void

const PAGE = 5_000
/** Changes kept for readers that come back: more than a dropped stream misses, little beside the roster itself. */
const KEPT_CHANGES = 200
/** Clocks of Zoom, panels and ours differ by seconds; who is further ahead is wrong. */
const MOST_AHEAD_MS = 60_000
/** Folds nobody watches are dropped after this long; the next reader folds the evidence again. */
const IDLE_MS = 10 * 60_000

/**
 * Rosters of the gatherings somebody looks at. Each is folded once and then fed only with new evidence; listeners get
 * what changed. Answers hold addresses: the caller hides them from viewers who may not read them.
 */
export function createLiveRosters(parts: LiveParts) {
  const gatherings = new Map<string, LiveGathering>()
  const stopWakeups = parts.wakeups.onGathering((_, gatheringId) => {
    void gatherings.get(gatheringId)?.refresh().catch(parts.onError)
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

  return {
    /** The roster as of now, or null when this installation has no such gathering. */
    async snapshot(installationId: string, gatheringId: string): Promise<RosterSnapshot | null> {
      const gathering = open(installationId, gatheringId)
      const known = await gathering.refresh()
      if (!known) gatherings.delete(gatheringId)
      return known ? gathering.snapshot() : null
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
    wake(gatheringId: string): void {
      void gatherings.get(gatheringId)?.refresh().catch(parts.onError)
    },

    stop(): void {
      clearInterval(poll)
      stopWakeups()
      gatherings.clear()
    },
  }
}

export type LiveRosters = ReturnType<typeof createLiveRosters>

class LiveGathering {
  readonly installationId: string
  idleSinceMs: number
  private readonly gatheringId: string
  private readonly parts: LiveParts
  private readonly viewer: SystemViewer
  private readonly fold = createFold()
  private readonly listeners = new Set<ChangeListener>()
  private readonly changes: RosterChange[] = []
  private anchors: PersonAnchor[] | null = null
  private ids = new Map<Person, string>()
  private readonly aliases = new Set<string>()
  private seq = 0
  private record: GatheringRecord | null = null
  private running: Promise<boolean> | null = null
  private again = false

  constructor(installationId: string, gatheringId: string, parts: LiveParts) {
    this.installationId = installationId
    this.gatheringId = gatheringId
    this.parts = parts
    this.viewer = { kind: 'system', installationId, purpose: 'live_roster' }
    this.idleSinceMs = parts.clock()
  }

  watched(): boolean {
    return this.listeners.size > 0
  }

  watch(listener: ChangeListener): () => void {
    this.listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
      this.idleSinceMs = this.parts.clock()
    }
  }

  /** Takes in what was stored since. Calls that arrive meanwhile share one more round. False: no such gathering. */
  refresh(): Promise<boolean> {
    this.idleSinceMs = this.parts.clock()
    if (this.running !== null) {
      this.again = true
      return this.running
    }
    this.running = this.takeInAll()
    return this.running
  }

  snapshot(): RosterSnapshot {
    const atMs = this.nowMs()
    return {
      version: this.version(),
      at: new Date(atMs).toISOString(),
      gathering: this.head(),
      summary: summarise(this.fold.people(), atMs),
      people: this.fold.people().map((person) => toRow(person, this.idOf(person), atMs)),
    }
  }

  changesAfter(version: number): RosterChange[] | null {
    if (version === this.version()) return []
    const oldest = this.changes[0]
    if (oldest === undefined || version < oldest.version - 1 || version > this.version()) return null
    // A refresh may take several versions at once; only a version that was really told can be resumed from.
    const from = this.changes.findIndex((change) => change.version === version)
    return from === -1 ? null : this.changes.slice(from + 1)
  }

  private async takeInAll(): Promise<boolean> {
    try {
      let known = false
      do {
        this.again = false
        known = await this.takeIn()
      } while (this.again)
      return known
    } finally {
      // In the same turn as the last look at `again`, or a call in between would wait for a round that never comes.
      this.running = null
    }
  }

  private async takeIn(): Promise<boolean> {
    const record = await this.parts.evidence.gathering(this.viewer, this.gatheringId)
    if (record === null) return false
    const before = this.record
    if (before !== null && before.version === record.version) return true
    for (;;) {
      const page = await this.parts.evidence.since(this.viewer, this.gatheringId, this.seq, PAGE)
      this.fold.add(page.map(({ fact }) => fact))
      this.seq = page.at(-1)?.seq ?? this.seq
      if (page.length < PAGE) break
    }
    const previous = this.ids
    this.ids = await this.giveIds()
    this.record = record
    if (before !== null) this.announce(previous)
    return true
  }

  private async giveIds(): Promise<Map<Person, string>> {
    const people = this.fold.people()
    this.anchors ??= await this.parts.people.anchors(this.viewer, this.gatheringId)
    let assigned = assignIds(people, this.anchors)
    if (assigned.unassigned.length > 0) {
      const minted = await this.parts.people.mint(
        this.viewer,
        this.gatheringId,
        assigned.unassigned.map(({ anchorKey }) => anchorKey),
      )
      this.anchors = [...this.anchors, ...minted]
      assigned = assignIds(people, this.anchors)
    }
    const news = assigned.aliases.filter(({ aliasId }) => !this.aliases.has(aliasId))
    if (news.length > 0) {
      await this.parts.people.recordAliases(this.viewer, this.gatheringId, news)
      for (const { aliasId } of news) this.aliases.add(aliasId)
    }
    return assigned.ids
  }

  private announce(previous: Map<Person, string>): void {
    const atMs = this.nowMs()
    const kept = new Set(this.ids.values())
    const upserts: PersonRow[] = []
    for (const [person, id] of this.ids) {
      if (previous.get(person) !== id) upserts.push(toRow(person, id, atMs))
    }
    const change: RosterChange = {
      version: this.version(),
      at: new Date(atMs).toISOString(),
      gathering: this.head(),
      summary: summarise(this.fold.people(), atMs),
      upserts,
      removes: [...new Set(previous.values())].filter((id) => !kept.has(id)),
    }
    this.changes.push(change)
    if (this.changes.length > KEPT_CHANGES) this.changes.shift()
    for (const listener of this.listeners) listener(change)
  }

  private head(): GatheringHead {
    if (this.record === null) throw new Error('A gathering is read before it is shown.')
    return toHead(this.record, this.fold)
  }

  /** A witness whose clock is a little ahead of ours must not have spoken of the future, or a join would not count yet. */
  private nowMs(): number {
    const ours = this.parts.clock()
    const latest = this.fold.latestMs ?? ours
    return latest > ours && latest - ours <= MOST_AHEAD_MS ? latest : ours
  }

  private version(): number {
    return this.record?.version ?? 0
  }

  private idOf(person: Person): string {
    const id = this.ids.get(person)
    if (id === undefined) throw new Error('Every person of a folded gathering has an id.')
    return id
  }
}
