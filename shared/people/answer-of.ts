import type { ListedPerson } from '../attendance/index.ts'
import type { FileWarning } from '../files/index.ts'
import { fileWarningSentence, type Asker } from '../words/files.ts'
import type { Language } from '../words/index.ts'
import type { ListCounts } from '../words/list-sentence.ts'
import type { AnswerMeeting, AnswerPerson, AnswerSummary, AnswerWarning } from './answer.ts'
import { basesOf, type BaseChoice } from './bases.ts'
import { baseSaid, createCounter } from './count.ts'
import type { Gathered, GatheredMeeting } from './gather.ts'
import { createPersonWriter, timeOf } from './person-of.ts'

export interface AnswerChoices {
  base: BaseChoice
  /** Percent, 0 to 100; null when no minimum was asked for. */
  minShare: number | null
  /** IANA zone the files were read in; null: UTC. */
  zone: string | null
  asker: Asker
  language: Language
}

/** An `Answer` whose people come one by one, for there may be a million of them. */
export interface AnswerParts {
  meetings: AnswerMeeting[]
  warnings: AnswerWarning[]
  /** What the shares are of, and the minimum in percent; null where there is none. */
  measuredBy: { base: ListCounts['base']; minShare: number | null }
  /** Everybody in the order of their first join; made anew for whoever asks. */
  people: () => Iterable<AnswerPerson>
  /** Known for free once `people` was told to the end; else it goes through everybody once. */
  summary: () => AnswerSummary
}

/**
 * The answer of gathered files under the choices: people with their share, the meetings in the order of their start, the
 * summary with its sentence, and every warning.
 *
 * @throws RangeError for an unknown zone
 */
export function answerOf(gathered: Gathered, choices: AnswerChoices): AnswerParts {
  const { listing, meetings } = gathered
  const { zone, language, minShare } = choices
  const { bases, warnings } = basesOf(meetings, listing, choices.base, zone)
  const order = inOrderOfStart(gathered)
  const ids = new Map(order.map((meeting, i) => [meeting, `m${i + 1}`]))
  const toPerson = createPersonWriter({ meetings, ids, bases, minShare, language })
  const newCounter = () =>
    createCounter({ ...gathered, bases, base: choices.base, minShare, zone: zone ?? 'UTC', language })
  let summed: AnswerSummary | null = null

  return {
    meetings: order.flatMap((at) => {
      const meeting = meetings[at]
      return meeting === undefined ? [] : [meetingOf(meeting, ids.get(at) ?? '', zone ?? 'UTC')]
    }),
    warnings: [...gathered.warnings, ...warnings].map((warning) => warningOf(warning, choices)),
    measuredBy: { base: baseSaid(bases, meetings.length, choices.base), minShare },
    *people() {
      const counter = newCounter()
      for (const listed of listing.people()) {
        counter.add(listed)
        yield toPerson(listed)
      }
      summed ??= counter.end()
    },
    summary() {
      summed ??= counted(newCounter(), listing.people())
      return summed
    },
  }
}

function counted(counter: ReturnType<typeof createCounter>, people: Iterable<ListedPerson>): AnswerSummary {
  for (const listed of people) counter.add(listed)
  return counter.end()
}

/** Meetings by their start, or by their first join where none is told; those without any time last, as they were read. */
function inOrderOfStart({ meetings, listing }: Gathered): number[] {
  const starts = meetings.map(({ startedMs }, at) => startedMs ?? listing.spanOf(at)?.fromMs ?? Infinity)
  const startOf = (at: number): number => starts[at] ?? Infinity
  return meetings
    .map((_, at) => at)
    .sort((a, b) => (startOf(a) === startOf(b) ? a - b : startOf(a) < startOf(b) ? -1 : 1))
}

function meetingOf(meeting: GatheredMeeting, id: string, zone: string): AnswerMeeting {
  const { file, number, topic, kind, startedMs, endedMs, rows } = meeting
  return { id, file, number, topic, kind, startedAt: timeOf(startedMs), endedAt: timeOf(endedMs), zone, rows }
}

function warningOf(warning: FileWarning, { asker, language }: AnswerChoices): AnswerWarning {
  const { code, file, line } = warning
  return { code, message: fileWarningSentence(warning, asker, language), file, line }
}
