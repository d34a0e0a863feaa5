import {
  assignIds,
  createFold,
  isSeenLiveOnly,
  summarise,
  type MeetingReport,
  type Person,
} from '../../shared/attendance/index.ts'
import type { GatheringHead, PersonRow, RosterChange, RosterSnapshot } from '../../shared/wire/index.ts'
import type { SystemViewer } from '../access/viewer.ts'
import { changedByReport, type ChangedByReport } from './changed-by-report.ts'
import type { LiveParts } from './live.ts'
import type { GatheringRecord, PersonAnchor } from './ports.ts'
import { toHead, toRow } from './rows.ts'

export type ChangeListener = (change: RosterChange) => void

const PAGE = 5_000
/** Changes kept for readers that come back: more than a dropped stream misses, little beside the roster itself. */
const KEPT_CHANGES = 200
/** Clocks of Zoom, panels and ours differ by seconds; who is further ahead is wrong. */
const MOST_AHEAD_MS = 60_000

/** One gathering, folded and kept up to date. When its meetings change, by joining or splitting, or facts go, the fold starts anew. */
export class LiveGathering {
  readonly installationId: string
  idleSinceMs: number
  private readonly gatheringId: string
  private readonly parts: LiveParts
  private readonly viewer: SystemViewer
  private fold = createFold()
  private readonly listeners = new Set<ChangeListener>()
  private readonly changes: RosterChange[] = []
  private anchors: PersonAnchor[] | null = null
  private ids = new Map<Person, string>()
  private liveOnly = new Set<Person>()
  private changed: { version: number; answer: Promise<ChangedByReport> } | null = null
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

  /** Whether this id was joined into that gathering. */
  isNow(gatheringId: string): boolean {
    return this.gatheringId !== gatheringId && this.record?.gatheringId === gatheringId
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
      summary: { ...summarise(this.fold.people(), atMs), minimum: null },
      people: this.fold.people().map((person) => this.rowOf(person, atMs)),
    }
  }

  /** Folded once a version, however many ask. */
  changedByReport(): Promise<ChangedByReport> {
    const version = this.version()
    if (this.changed?.version !== version) {
      const answer = changedByReport({
        evidence: this.parts.evidence,
        viewer: this.viewer,
        gatheringId: this.record?.gatheringId ?? this.gatheringId,
        people: this.fold.people(),
        reports: this.countingReports(),
        ids: this.ids,
        atMs: this.nowMs(),
      })
      const asked = { version, answer }
      this.changed = asked
      answer.catch(() => {
        if (this.changed === asked) this.changed = null
      })
    }
    return this.changed.answer
  }

  ownLine(isThem: (zoomUserId: string) => boolean): { head: GatheringHead; row: PersonRow | null } {
    const person = this.fold.people().find(({ zoomUserIds }) => zoomUserIds.some(isThem))
    return { head: this.head(), row: person ? this.rowOf(person, this.nowMs()) : null }
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
    if (before !== null && !sameFacts(before, record)) this.startAnew()
    for (;;) {
      const page = await this.parts.evidence.since(this.viewer, record.gatheringId, this.seq, PAGE)
      this.fold.add(page.map(({ fact }) => fact))
      this.seq = page.at(-1)?.seq ?? this.seq
      if (page.length < PAGE) break
    }
    const previous = { ids: this.ids, liveOnly: this.liveOnly }
    this.ids = await this.giveIds(record.gatheringId)
    const reports = this.countingReports()
    this.liveOnly = new Set(
      reports.length === 0 ? [] : this.fold.people().filter((person) => isSeenLiveOnly(person, reports)),
    )
    this.record = record
    if (before !== null) this.announce(previous)
    return true
  }

  /** Connections, seqs and anchors of other meetings mean nothing here; what readers have is put right by the next change. */
  private startAnew(): void {
    this.fold = createFold()
    this.seq = 0
    this.anchors = null
    this.aliases.clear()
  }

  private async giveIds(gatheringId: string): Promise<Map<Person, string>> {
    const people = this.fold.people()
    this.anchors ??= await this.parts.people.anchors(this.viewer, gatheringId)
    let assigned = assignIds(people, this.anchors)
    if (assigned.unassigned.length > 0) {
      const minted = await this.parts.people.mint(
        this.viewer,
        gatheringId,
        assigned.unassigned.map(({ anchorKey }) => anchorKey),
      )
      this.anchors = [...this.anchors, ...minted]
      assigned = assignIds(people, this.anchors)
    }
    const news = assigned.aliases.filter(({ aliasId }) => !this.aliases.has(aliasId))
    if (news.length > 0) {
      await this.parts.people.recordAliases(this.viewer, gatheringId, news)
      for (const { aliasId } of news) this.aliases.add(aliasId)
    }
    return assigned.ids
  }

  private announce(previous: { ids: Map<Person, string>; liveOnly: ReadonlySet<Person> }): void {
    const atMs = this.nowMs()
    const kept = new Set(this.ids.values())
    const upserts: PersonRow[] = []
    for (const [person, id] of this.ids) {
      const isSame =
        previous.ids.get(person) === id && previous.liveOnly.has(person) === this.liveOnly.has(person)
      if (!isSame) upserts.push(this.rowOf(person, atMs))
    }
    const change: RosterChange = {
      version: this.version(),
      at: new Date(atMs).toISOString(),
      gathering: this.head(),
      summary: { ...summarise(this.fold.people(), atMs), minimum: null },
      upserts,
      removes: [...new Set(previous.ids.values())].filter((id) => !kept.has(id)),
    }
    this.changes.push(change)
    if (this.changes.length > KEPT_CHANGES) this.changes.shift()
    for (const listener of this.listeners) listener(change)
  }

  /** An empty list, however often Zoom tells it, says of nobody that they were not there. */
  private countingReports(): MeetingReport[] {
    return this.fold.reports.filter(({ rows }) => rows > 0)
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

  private rowOf(person: Person, atMs: number): PersonRow {
    const id = this.ids.get(person)
    if (id === undefined) throw new Error('Every person of a folded gathering has an id.')
    return toRow(person, id, atMs, this.liveOnly.has(person))
  }
}

/** Whether what was folded for the one still holds for the other. */
function sameFacts(a: GatheringRecord, b: GatheringRecord): boolean {
  const isSame = a.gatheringId === b.gatheringId && a.generation === b.generation
  return isSame && a.meetings.join('\n') === b.meetings.join('\n')
}
