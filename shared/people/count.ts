import { measure, passes, type Base, type ListedPerson } from '../attendance/index.ts'
import type { Language } from '../words/index.ts'
import { listSentence, type ListCounts } from '../words/list-sentence.ts'
import type { AnswerSummary } from './answer.ts'
import type { BaseChoice } from './bases.ts'
import type { Gathered } from './gather.ts'
import { outcomeOf } from './person-of.ts'
import { isRefused } from './registration.ts'

interface CountParts extends Pick<Gathered, 'meetings' | 'rows' | 'hasTimes'> {
  bases: readonly Base[]
  /** How the bases were asked for; when left out, as the meetings were. */
  base?: BaseChoice
  /** Percent; null when none was asked for. */
  minShare: number | null
  zone: string
  language: Language
}

/** Counts people as they pass by, for the summary. */
export function createCounter(parts: CountParts) {
  const { meetings, rows, hasTimes, bases, base: choice, minShare, zone, language } = parts
  const sure = { certain: 0, likely: 0, unidentified: 0, conflict: 0 }
  let [waitingRoomOnly, noShows, presentSeconds] = [0, 0, 0]
  let [passed, unknown] = [0, 0]

  return {
    add(listed: ListedPerson): void {
      const outcome = outcomeOf(listed)
      if (outcome === 'waited') waitingRoomOnly++
      if (outcome === 'stayed_away' && listed.registered && !isRefused(listed.registration)) noShows++
      if (outcome !== 'came') return
      sure[listed.person.identity.confidence]++
      presentSeconds += listed.presentSeconds ?? 0
      if (minShare === null) return
      const reached = passes(measure(listed, bases), minShare / 100)
      if (reached === true) passed++
      else if (reached === null) unknown++
    },
    end(): AnswerSummary {
      const { certain, likely, unidentified, conflict: conflicts } = sure
      const people = certain + likely + unidentified + conflicts
      const tellsNoShows = noShows > 0 || meetings.some(({ listsAbsent }) => listsAbsent)
      const registeredNoShow = tellsNoShows ? noShows : null
      const counts = { people, certain, likely, unidentified, conflicts, waitingRoomOnly, registeredNoShow }
      const minimum = minShare === null ? null : { percent: minShare, passed, unknown }
      const base = baseSaid(bases, meetings.length, choice)
      return {
        sentence: listSentence({ ...counts, hasTimes, minimum, base, zone }, language).text,
        rows,
        ...counts,
        presentSeconds: hasTimes ? presentSeconds : null,
      }
    },
  }
}

/** What 100 % is, for the sentence on top: null without any base. A window that was asked for is named of several meetings, too. */
export function baseSaid(
  bases: readonly Base[],
  meetings: number,
  choice: BaseChoice = 'actual',
): ListCounts['base'] {
  const [only] = bases
  if (only === undefined) return null
  const [first, last] = [only.spans[0], only.spans.at(-1)]
  if (meetings > 1 || first === undefined || last === undefined)
    return {
      ...{ meetings: bases.length, of: meetings },
      ...(typeof choice === 'string' ? {} : { window: choice }),
    }
  return { fromMs: first.fromMs, toMs: last.toMs }
}
