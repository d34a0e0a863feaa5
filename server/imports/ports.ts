import type { Fact } from '../../shared/attendance/evidence.ts'
import type { SystemViewer } from '../access/viewer.ts'

/** A meeting of an installation that one of a file may be. Instants in epoch ms. */
export interface KnownMeeting {
  meetingId: string
  gatheringId: string
  number: string | null
  startedAtMs: number
  endedAtMs: number | null
  /** Only files tell of it. */
  imported: boolean
}

/** A meeting as a file tells of it. */
export interface FiledMeeting {
  /** What it goes by while nothing but files tells of it. */
  uuid: string
  number: string | null
  topic: string | null
  kind: 'meeting' | 'webinar' | 'event_session' | 'unknown'
  startedAtMs: number
  endedAtMs: number
}

/** Where rows of a file go. */
export interface ImportTarget {
  meetingId: string
  meetingUuid: string
  gatheringId: string
  isNew: boolean
}

export interface ImportRecord {
  id: string
  /** As the person called the file when they imported it last; null once it was undone. */
  name: string | null
  importedAtMs: number
  state: 'running' | 'done' | 'undone'
  undoneAtMs: number | null
  memberId: string | null
  rows: number
  gatheringIds: string[]
}

/** Who imports: the owner of an installation, as a member of it. */
export interface Importer {
  installationId: string
  memberId: string
}

/** An import under way, as it was begun. */
export interface BegunImport {
  id: string
  /** Of the bytes, and of what was read out of them. */
  hash: string
  reading: string
}

export interface Imports {
  /** Meetings that may have been on between these instants; of one only a panel saw the start is when it was first seen. [] without instants. */
  around(installationId: string, fromMs: number, toMs: number): Promise<KnownMeeting[]>
  /** Topic and times of gatherings, by their meetings' ids. */
  described(
    installationId: string,
    meetingIds: string[],
  ): Promise<Map<string, { topic: string | null; number: string | null }>>
  /** The import of a file by its hash; null when there was none. */
  ofFile(installationId: string, fileHash: string): Promise<ImportRecord | null>
  /**
   * Begins an import, or goes on with one that broke off. `known`: it is done, with this very reading. A file that was read
   * otherwise before loses those facts first; the same after an undo.
   */
  begin(
    by: Importer,
    file: { hash: string; name: string; reading: string; rows: number; atMs: number },
  ): Promise<{ id: string; outcome: 'new' | 'known' | 'replaced' }>
  /**
   * The how many-th meeting of a file, from 0, in a gathering of its own, made at first mention. What hosts said of the meeting
   * this was by an earlier reading of the file is said of it, too; so in `learn`.
   *
   * @throws RollbookError conflict when the import was undone, or begun with another reading, meanwhile; so in `learn` and `append`
   */
  ensureMeeting(
    installationId: string,
    begun: BegunImport,
    place: number,
    meeting: FiledMeeting,
  ): Promise<ImportTarget>
  /**
   * A known meeting as a target; what nobody told of it yet is learnt from the file, and goes again with the last import
   * that told of it. Null when it went meanwhile.
   */
  learn(
    installationId: string,
    begun: BegunImport,
    place: number,
    meetingId: string,
    meeting: FiledMeeting,
  ): Promise<ImportTarget | null>
  /**
   * Facts of one import, all or none; those already there change nothing. Answers how many were added. Two may hand the same
   * file in at once: the second adds nothing.
   */
  append(
    installationId: string,
    begun: BegunImport,
    meetings: { meetingId: string; facts: Fact[] }[],
  ): Promise<number>
  /** The import is whole, with a line in the audit. */
  finish(
    by: Importer,
    importId: string,
    said: { atMs: number; detail: Record<string, string | number> },
  ): Promise<void>
  /** The latest first. */
  list(installationId: string, limit: number): Promise<ImportRecord[]>
  /** Takes all facts of an import back, and gatherings only it told of, with what hosts said of them. False: undone before. Null: there is none. */
  undo(by: Importer, importId: string, atMs: number): Promise<boolean | null>
  /**
   * Brings meetings only files told of together with the ones Zoom or a panel told of since, where number and time agree:
   * one gathering, one meeting. Answers how many.
   */
  adopt(): Promise<number>
}

/** Evidence as the fold takes it; the same port as the rosters'. */
export interface EvidenceSource {
  since(
    viewer: SystemViewer,
    gatheringId: string,
    seq: number,
    limit: number,
  ): Promise<{ seq: number; fact: Fact }[]>
}
