import type { CorrectionAct, PolicyAnswer, PolicyPart, PolicyScope } from '../../shared/wire/index.ts'
import type { MemberViewer, Viewer } from '../access/viewer.ts'

/** What a host said about people, as it stands. `seq` grows with every one of the installation. */
export interface CorrectionRecord {
  seq: number
  /** Keys of meetings that turned out to be others are told as of those. */
  act: CorrectionAct
  /** For each key it names, what else that connection went by when it was made; not of those an older version kept. */
  also?: readonly (readonly string[])[] | undefined
  /** Who said it; null once they are gone. */
  memberId: string | null
  atMs: number
  undone: boolean
}

/** What was learned of somebody in one gathering, to be proposed in later ones of the same number. */
export interface LearnedAlias {
  /** As they called themselves, normalised. */
  name: string
  email: string | null
  /** As the host knows them. */
  knownAs: string
}

/** Corrections of gatherings: those that name a connection of one of its meetings. The caller has asked `mayRead`. */
export interface Corrections {
  /** In the order of `seq`, those that were taken back among them. */
  of(viewer: Viewer, gatheringId: string): Promise<CorrectionRecord[]>
  /**
   * Keeps one, after every other that was made before: of two at once both are kept. Nothing is kept on `conflict`, when a
   * connection is of a meeting that is not in this gathering (any more), nor on `full`: it has `most`, those taken back
   * among them.
   */
  make(
    viewer: MemberViewer,
    gatheringId: string,
    made: {
      act: CorrectionAct
      also: readonly (readonly string[])[]
      learned: readonly LearnedAlias[]
      atMs: number
      most: number
    },
  ): Promise<CorrectionRecord | 'conflict' | 'full'>
  /** Takes one back, or takes that back. `already`: it was so before. Null when the gathering has no such correction. */
  setUndone(
    viewer: MemberViewer,
    gatheringId: string,
    change: { seq: number; undone: boolean; atMs: number },
  ): Promise<{ outcome: 'done' | 'already'; record: CorrectionRecord } | null>
  /** What hosts said in other gatherings of the same meeting numbers, the latest first, `limit` corrections at most. */
  learned(viewer: Viewer, gatheringId: string, limit: number): Promise<LearnedAlias[]>
}

/** What lists are judged by, where it was set. The caller has asked `mayRead`. */
export interface Policies {
  /** `number` null: the gathering has no meeting number. */
  of(viewer: Viewer, gatheringId: string): Promise<PolicyAnswer['parts']>
  /**
   * Puts `part` in the place of everything the scope said; {} takes it all back. `changed`: the scope says something that may
   * not be replaced, as `mayReplace` tells of it, and nothing is. `conflict`: a part of the meeting number of a gathering that
   * has none.
   */
  set(
    viewer: MemberViewer,
    gatheringId: string,
    change: {
      scope: PolicyScope
      part: PolicyPart
      mayReplace: (stored: PolicyPart) => boolean
      atMs: number
    },
  ): Promise<'done' | 'changed' | 'conflict'>
  /** By time alone the rules say something else of a list, which was told at this version: the version grows, unless it has. */
  judgedAnew(viewer: Viewer, gatheringId: string, version: number): Promise<void>
}
