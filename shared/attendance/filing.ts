import { createBatchLog, type BatchLog } from './evidence/batches.ts'
import type { EmailShared, Fact, PhoneBound, ReportRow } from './evidence.ts'
import { createMeeting, type Meeting, type MeetingChange } from './connections/meeting.ts'
import { chosen } from './evidence/merge.ts'
import type { Connection } from './people.ts'
import { saidOf, type Said } from './evidence/said.ts'

/** One meeting's facts, each key counted once, with the rows of the official list that counts among them and no other's. */
export interface Filing {
  /** Files a fact; false when it tells nothing new. After the last one call `complete`, before asking anything. */
  add(fact: Fact): boolean
  complete(): void
  /** What changed about the meeting's connections since the last call. */
  settle(): MeetingChange
  times: Meeting['times']
  /** Everything that counts of what witnesses said of one of its connections, by time. */
  saidOf(connection: Connection): Said[]
  readonly witnesses: Meeting['witnesses']
  readonly batches: Pick<BatchLog, 'counting' | 'pending'>
}

/** A meeting with nothing known of it. */
export function createFiling(uuid: string): Filing {
  const facts = new Map<string, Fact>()
  let meeting = createMeeting(uuid)
  let batches = createBatchLog(uuid)
  /** The rows that are filed in `meeting`; null while no official list counts. */
  let rows: readonly ReportRow[] | null = null
  let rowsFiled: number | undefined
  let isContradicted = false
  let isReported = false
  /** Ids of the connections as last settled. */
  const drawn = new Set<string>()
  /** Those of them that are dropped unless derived again, because everything was filed anew. */
  const doubtful = new Set<string>()

  return {
    add,
    complete,
    settle,
    times: () => meeting.times(),
    saidOf: said,
    get witnesses() {
      return meeting.witnesses
    },
    get batches() {
      return batches
    },
  }

  function add(fact: Fact): boolean {
    const before = facts.get(fact.key)
    const counts = before ? chosen(before, fact) : fact
    if (counts === before) return false
    facts.set(fact.key, counts)
    if (isOfReport(fact) || (before && isOfReport(before))) isReported = true
    if (before) isContradicted = true
    else file(fact)
    return true
  }

  function complete(): void {
    if (isContradicted) fileAnew()
    if (isContradicted || isReported) fileRows()
    isContradicted = false
    isReported = false
  }

  /** Rows of the official list only wait in their batch until it counts. */
  function file(fact: Fact): void {
    if (fact.kind === 'report_row') batches.noteRow(fact)
    else if (fact.kind === 'report_batch') batches.noteEnd(fact)
    else meeting.file(fact)
  }

  /**
   * Everything once more: a fact was replaced by another with its key, which never happens in health, or another official
   * list counts now, which happens a few times after the end.
   */
  function fileAnew(): void {
    for (const id of drawn) doubtful.add(id)
    meeting = createMeeting(uuid)
    batches = createBatchLog(uuid)
    rows = null
    rowsFiled = undefined
    for (const fact of facts.values()) file(fact)
  }

  /** Puts the rows of the list that counts among the other evidence, and those of one that counts no more away. */
  function fileRows(): void {
    const counting = batches.counting()?.rows ?? null
    // The rows of one batch are one array, which only grows.
    if (counting === rows && counting?.length === rowsFiled) return
    if (rows !== null) fileAnew()
    rows = batches.counting()?.rows ?? null
    rowsFiled = rows?.length
    for (const row of rows ?? []) meeting.file(row)
  }

  function said({ keys }: Connection): Said[] {
    const own = new Set(keys.map((key) => key.slice(uuid.length + 1)))
    const names = (ref: { segmentId: string | null; participantUuid: string | null }): boolean =>
      own.has(`s:${ref.segmentId}`) || own.has(`p:${ref.participantUuid}`)
    const apart = [...facts.values()].filter((fact): fact is EmailShared | PhoneBound => {
      if (fact.kind === 'email_shared') return own.has(`p:${fact.participantUuid}`)
      if (fact.kind !== 'phone_bound') return false
      return (
        names(fact.ref) ||
        names({ segmentId: fact.boundSegmentId, participantUuid: fact.boundParticipantUuid })
      )
    })
    const [key = ''] = own
    return saidOf(meeting.behind(key), apart)
  }

  function settle(): MeetingChange {
    const change = meeting.settle()
    const gone = new Set([...doubtful, ...change.removed])
    doubtful.clear()
    for (const { connection } of change.derived) {
      gone.delete(connection.id)
      drawn.add(connection.id)
    }
    for (const id of gone) drawn.delete(id)
    return { derived: change.derived, removed: [...gone] }
  }
}

const isOfReport = ({ kind }: Fact): boolean => kind === 'report_row' || kind === 'report_batch'
