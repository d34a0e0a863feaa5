import { sameData } from '../../shared/attendance/compare.ts'
import {
  correct,
  createFold,
  isSeenLiveOnly,
  namedNow,
  summarise,
  type MeetingReport,
  type Parting,
  type Person,
} from '../../shared/attendance/index.ts'
import type {
  GatheringHead,
  PersonRow,
  RosterChange,
  RosterSnapshot,
  RosterSummary,
} from '../../shared/wire/index.ts'
import type { SystemViewer } from '../access/viewer.ts'
import type { Behind } from './behind.ts'
import { Expectation } from './expectation.ts'
import type { ExpectedList } from './expected-ports.ts'
import { changedByReport, type ChangedByReport } from './changed-by-report.ts'
import { GivenIds } from './given-ids.ts'
import { countingOf, noWord, readHostWord, type HostWord } from './host-word.ts'
import { Judge } from './judge.ts'
import type { LiveParts } from './live.ts'
import type { GatheringRecord } from './ports.ts'
import { meetingsOf, sameFacts, sameWord } from './records.ts'
import { answeredRoster, type AnsweredRoster } from './registrations.ts'
import { toHead, toRow } from './rows.ts'

export type ChangeListener = (change: RosterChange) => void

const PAGE = 5_000
/** Changes kept for readers that come back: more than a dropped stream misses, little beside the roster itself. */
const KEPT_CHANGES = 200
/** Clocks of Zoom, panels and ours differ by seconds; who is further ahead is wrong. */
const MOST_AHEAD_MS = 60_000

/** What was told of the people at one version. */
interface Told {
  ids: ReadonlyMap<Person, string>
  liveOnly: ReadonlySet<Person>
  expectation: Expectation
  absent: ReadonlyMap<string, PersonRow>
}

/**
 * One gathering, folded, corrected and kept up to date. When its meetings change, by joining or splitting, or facts go, the fold
 * starts anew; what hosts said is read again when it changed.
 */
export class LiveGathering {
  readonly installationId: string
  idleSinceMs: number
  private readonly gatheringId: string
  private readonly parts: LiveParts
  private readonly viewer: SystemViewer
  private fold = createFold()
  private readonly listeners = new Set<ChangeListener>()
  private readonly changes: RosterChange[] = []
  private givenIds: GivenIds
  private word: HostWord = noWord
  /** As corrected. */
  private people: readonly Person[] = []
  private partings: readonly Parting[] = []
  private lastBehind: Behind | null = null
  private judge: Judge | null = null
  /** Of the judge whose word listeners have last heard. */
  private toldSignature = ''
  private ids = new Map<Person, string>()
  private liveOnly = new Set<Person>()
  private expected: ExpectedList | null = null
  private expectation = new Expectation(null, [])
  /** Rows of those who registered and did not come, by id; none while the meeting runs. */
  private absent: ReadonlyMap<string, PersonRow> = new Map()
  private changed: { version: number; answer: Promise<ChangedByReport> } | null = null
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
    this.givenIds = new GivenIds(parts.people, this.viewer)
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
    const judge = this.judgeAt(atMs)
    return {
      version: this.version(),
      at: new Date(atMs).toISOString(),
      gathering: this.head(judge),
      summary: this.summary(judge, atMs),
      people: [...this.people.map((person) => this.rowOf(person, judge, atMs)), ...this.absent.values()],
    }
  }

  /** The same with what the rows leave out, for exports. */
  answered(): AnsweredRoster {
    const { expectation, ids, absent } = this
    return answeredRoster(this.snapshot(), { expectation, ids, absent })
  }

  /** What the rows are made of, for evidence cards and corrections. */
  behind(): Behind {
    const { fold, people, ids, partings, word, expectation, absent } = this
    return (this.lastBehind ??= {
      ...{ people, ids, partings, parts: word.parts, policy: word.policy, expectation },
      absentWith: (rowId) => (absent.has(rowId) ? (expectation.absentees.get(rowId) ?? null) : null),
      corrections: namedNow(people, word.corrections),
      gatheringId: this.record?.gatheringId ?? this.gatheringId,
      saidOf: (connection) => fold.saidOf(connection),
      current: (personId) => this.givenIds.current(personId),
    })
  }

  /** Folded once a version, however many ask. */
  changedByReport(): Promise<ChangedByReport> {
    const version = this.version()
    if (this.changed?.version !== version) {
      const answer = changedByReport({
        evidence: this.parts.evidence,
        viewer: this.viewer,
        gatheringId: this.record?.gatheringId ?? this.gatheringId,
        people: this.people,
        corrections: countingOf(this.word),
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
    const person = this.people.find(({ zoomUserIds }) => zoomUserIds.some(isThem))
    const atMs = this.nowMs()
    const judge = this.judgeAt(atMs)
    return { head: this.head(judge), row: person ? this.rowOf(person, judge, atMs) : null }
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
    if (before !== null && before.version === record.version) {
      // Nobody joined or left, but what the rules name passed: everybody is to hear of it as of any other change.
      if (this.judgeAt(this.nowMs()).signature === this.toldSignature) return true
      await this.parts.policies.judgedAnew(this.viewer, record.gatheringId, record.version)
      this.again = true
      return true
    }
    if (before !== null && !sameFacts(before, record)) this.startAnew()
    for (;;) {
      const page = await this.parts.evidence.since(this.viewer, record.gatheringId, this.seq, PAGE)
      this.fold.add(page.map(({ fact }) => fact))
      this.seq = page.at(-1)?.seq ?? this.seq
      if (page.length < PAGE) break
    }
    const { gatheringId } = record
    const isHeard = before !== null && sameWord(before, record)
    const [word, expected] = isHeard
      ? [this.word, this.expected]
      : await Promise.all([
          readHostWord(this.parts, this.viewer, gatheringId),
          this.parts.expected.of(this.viewer, gatheringId),
        ])
    const { people, partings } = correct(this.fold.people(), countingOf(word), this.people)
    const ids = await this.givenIds.give(gatheringId, people)
    const { liveOnly, expectation, absent } = this
    const previous = { ids: this.ids, liveOnly, expectation, absent }
    // All at once: whoever reads meanwhile finds an id for everybody.
    this.record = record
    this.word = word
    this.people = people
    this.partings = partings
    this.ids = ids
    this.lastBehind = null
    const reports = this.countingReports()
    this.liveOnly = new Set(
      reports.length === 0 ? [] : people.filter((person) => isSeenLiveOnly(person, reports)),
    )
    this.expected = expected
    this.expectation = new Expectation(expected, people)
    this.absent = new Map(this.isOver() ? this.expectation.absentRows().map((row) => [row.id, row]) : [])
    this.tell(before === null ? null : previous)
    return true
  }

  /** Connections, seqs and anchors of other meetings mean nothing here; what readers have is put right by the next change. */
  private startAnew(): void {
    this.fold = createFold()
    this.seq = 0
    this.givenIds = new GivenIds(this.parts.people, this.viewer)
  }

  /** Tells listeners what became different; null: nobody heard anything yet. */
  private tell(previous: Told | null): void {
    const atMs = this.nowMs()
    const judge = this.judgeAt(atMs)
    const judgedAlike = judge.signature === this.toldSignature
    this.toldSignature = judge.signature
    if (previous === null) return
    const kept = new Set(this.ids.values())
    const upserts: PersonRow[] = []
    for (const [person, id] of this.ids) {
      const isSame =
        judgedAlike &&
        previous.ids.get(person) === id &&
        previous.liveOnly.has(person) === this.liveOnly.has(person) &&
        previous.expectation.wordOf(person) === this.expectation.wordOf(person)
      if (!isSame) upserts.push(this.rowOf(person, judge, atMs))
    }
    for (const [id, row] of this.absent) {
      kept.add(id)
      if (!sameData(previous.absent.get(id), row)) upserts.push(row)
    }
    const shown = new Set([...previous.ids.values(), ...previous.absent.keys()])
    const change: RosterChange = {
      version: this.version(),
      at: new Date(atMs).toISOString(),
      gathering: this.head(judge),
      summary: this.summary(judge, atMs),
      upserts,
      removes: [...shown].filter((id) => !kept.has(id)),
    }
    this.changes.push(change)
    if (this.changes.length > KEPT_CHANGES) this.changes.shift()
    for (const listener of this.listeners) listener(change)
  }

  private summary(judge: Judge, atMs: number): RosterSummary {
    const { people, expectation } = this
    const minimum = judge.minimum(people, atMs, (person) => expectation.of(person))
    return { ...summarise(people, atMs), minimum, expected: expectation.summary(atMs) }
  }

  /** The list under its policy as of an instant; what was found of people stays known while everybody is judged the same. */
  private judgeAt(atMs: number): Judge {
    const { people, word, fold } = this
    const record = this.known()
    const over = this.isOver()
    const gathering = { people, meetings: meetingsOf(record, fold.meetings), planned: record.planned }
    const judge = new Judge(word.rules, gathering, { over, atMs })
    if (this.judge?.signature !== judge.signature) this.judge = judge
    return over ? this.judge : judge
  }

  private isOver(): boolean {
    return (this.known().endedAtMs ?? this.fold.endedAtMs) !== null
  }

  /** An empty list, however often Zoom tells it, says of nobody that they were not there. */
  private countingReports(): MeetingReport[] {
    return this.fold.reports.filter(({ rows }) => rows > 0)
  }

  private head(judge: Judge): GatheringHead {
    const { minPercent, zone } = this.word.policy
    return { ...toHead(this.known(), this.fold), base: judge.base(), minPercent, zone }
  }

  private known(): GatheringRecord {
    if (this.record === null) throw new Error('A gathering is read before it is shown.')
    return this.record
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

  private rowOf(person: Person, judge: Judge, atMs: number): PersonRow {
    const id = this.ids.get(person)
    if (id === undefined) throw new Error('Every person of a folded gathering has an id.')
    const { expectation } = this
    return toRow(person, { id, atMs, judge, expectation, seenLiveOnly: this.liveOnly.has(person) })
  }
}
