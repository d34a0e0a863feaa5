import { concurrency, type Base as SpanBase, type ListedPerson } from '../../shared/attendance/index.ts'
import type { Choices, FileRefusal, FileSource } from '../../shared/files/index.ts'
import {
  answerOf,
  baseSaid,
  basesOf,
  createCounter,
  gather,
  GatherRefused,
  spanOfMeeting,
  type AnswerSummary,
  type BaseChoice,
  type Gathered,
} from '../../shared/people/index.ts'
import type { Base, Desk, FileToRead, Measured, MeetingSaid, Overview } from './desk.ts'
import { look } from './look.ts'
import { csvOf, tableOf } from './export.ts'
import { createPeopleTable, type PeopleTable } from './people-table.ts'
import { detailsOf, rowOf } from './row-of.ts'

/** As many warnings are told one by one. */
const MOST_WARNINGS = 200

/** Told how far reading has come, 0 to 1. */
export type Told = (part: number) => void

/** What has been read, and how it is measured now. */
interface Read {
  gathered: Gathered
  zone: string
  drawn: { readonly count: number; at: (index: number) => ListedPerson }
  table: PeopleTable
  hasRegistration: (meeting: number) => boolean
  base: Base
  bases: SpanBase[]
  selected: Int32Array
}

/** The desk itself: it holds the list in the Worker, and hands out what is asked of it. */
export function createDesk(told: Told): Desk {
  let read: Read | null = null

  function list(): Read {
    if (read === null) throw new Error('Nothing was read yet; ask gather first.')
    return read
  }

  return {
    look: (file) => look(file, sourceOf(file), told),
    async gather(files, zone) {
      read = null
      const broken = new Set<FileToRead>()
      const chosen = new Map(files.map((file) => [sourceOf(file, () => broken.add(file)), file]))
      const choicesOf = (source: FileSource): Choices => choicesFor(chosen.get(source), zone)
      let gathered: Gathered
      try {
        gathered = await gather([...chosen.keys()], choicesOf, (_file, part) => {
          if (part !== null) told(part)
        })
      } catch (error) {
        const refused = refusedBy(error, files, broken)
        if (refused.length === 0) throw error
        return { refused }
      }
      const drawn = gathered.listing.drawn()
      const hasRegistration = (meeting: number): boolean =>
        gathered.meetings[meeting]?.hasRegistration ?? false
      const counter = createCounter({ ...gathered, bases: [], minShare: null, zone, language: 'en' })
      const table = createPeopleTable({ drawn, hasRegistration, count: counter.add })
      read = {
        ...{ gathered, zone, drawn, table, hasRegistration },
        ...{ base: 'told', bases: [], selected: new Int32Array() },
      }
      return { overview: overviewOf(gathered, counter.end()) }
    },
    measure(base) {
      const now = list()
      const { gathered, table, zone } = now
      const { bases, warnings } = basesOf(meetingsFor(gathered, base), gathered.listing, choiceOf(base), zone)
      Object.assign(now, { base, bases })
      const measured: Measured = {
        ...table.measure(bases),
        base: baseSaid(bases, gathered.meetings.length, choiceOf(base)),
        warnings: base === 'told' ? warnings : [],
      }
      return Promise.resolve(measured)
    },
    select(query) {
      const now = list()
      now.selected = now.table.select(query)
      return Promise.resolve({ count: now.selected.length, counts: now.table.counts(query.minimum) })
    },
    rows(first, last) {
      const now = list()
      const wanted = [...now.selected.subarray(first, last)]
      return Promise.resolve(wanted.map((index) => rowOf(index, now.drawn.at(index), now)))
    },
    person(index) {
      const now = list()
      return Promise.resolve(detailsOf(index, now.drawn.at(index), now))
    },
    curve(meeting) {
      const counted = concurrency(list().table.staysIn(meeting))
      return Promise.resolve(counted.peak === null ? null : counted)
    },
    flips: (from, to) => Promise.resolve(list().table.flips(from, to)),
    csv: (minPercent, sentence) => Promise.resolve(csvOf(answer(list(), minPercent, 'en'), sentence)),
    table: (minPercent, sentence, language) => {
      const now = list()
      return Promise.resolve(tableOf(answer(now, minPercent, language), sentence, now.zone, language))
    },
  }
}

/** Which files are to blame for an end of reading; nobody for one that has another reason. */
function refusedBy(error: unknown, files: readonly FileToRead[], broken: ReadonlySet<FileToRead>) {
  const refusals: FileRefusal[] =
    error instanceof GatherRefused
      ? [...error.refusals]
      : [...broken].map(({ name }) => ({ code: 'unreadable', file: name, line: null }))
  return files.flatMap(({ id, name }) =>
    refusals.filter(({ file }) => file === name).map((refusal) => ({ id, refusal })),
  )
}

/** `onUnreadable` is told when the browser cannot read on: the file went away, or was saved anew. */
const sourceOf = ({ file, name }: FileToRead, onUnreadable: () => void = () => undefined): FileSource => ({
  name,
  size: file.size,
  open: () => chunksOf(file, onUnreadable),
})

/** `for await` over a stream is not known to every browser. */
async function* chunksOf(file: Blob, onUnreadable: () => void): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } catch (error) {
    onUnreadable()
    throw error
  } finally {
    await reader.cancel()
  }
}

const choicesFor = (file: FileToRead | undefined, zone: string): Choices => ({
  zone,
  dates: file?.dates ?? null,
  columns: file?.columns ? new Map(file.columns) : null,
})

function overviewOf(gathered: Gathered, summary: AnswerSummary): Overview {
  const { people, certain, likely, unidentified, conflicts, waitingRoomOnly, registeredNoShow } = summary
  const { warnings, hasTimes, rows, meetings } = gathered
  return {
    counts: {
      ...{ people, certain, likely, unidentified, conflicts, waitingRoomOnly, registeredNoShow, hasTimes },
    },
    rows,
    meetings: meetingsSaid(gathered),
    tellsTimes: meetings.some(({ startedMs, endedMs }) => startedMs !== null && endedMs !== null),
    warnings: warnings.slice(0, MOST_WARNINGS),
    moreWarnings: Math.max(0, warnings.length - MOST_WARNINGS),
  }
}

function meetingsSaid({ meetings, listing }: Gathered): MeetingSaid[] {
  const said = meetings.map((meeting, index): MeetingSaid => {
    const { topic, number, file, rows } = meeting
    return { index, topic, number, file, rows, span: spanOfMeeting(meeting, listing.spanOf(index)) }
  })
  const startOf = ({ span }: MeetingSaid): number => span?.fromMs ?? Number.MAX_VALUE
  return said.sort((a, b) => startOf(a) - startOf(b) || a.index - b.index)
}

/** From the rows: as if the file told nothing of its meetings. */
const meetingsFor = ({ meetings }: Gathered, base: Base): Gathered['meetings'] =>
  base === 'rows' ? meetings.map((meeting) => ({ ...meeting, startedMs: null, endedMs: null })) : meetings

const choiceOf = (base: Base): BaseChoice => (typeof base === 'string' ? 'actual' : base)

function answer({ gathered, base, zone }: Read, minShare: number, language: 'en' | 'ru') {
  const meetings = meetingsFor(gathered, base)
  return answerOf(
    { ...gathered, meetings },
    { base: choiceOf(base), minShare, zone, asker: 'page', language },
  )
}
