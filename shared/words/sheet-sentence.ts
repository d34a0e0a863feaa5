import type { GatheringHead, PeopleSummary, RosterSummary } from '../wire/index.ts'
import { columnWords } from './columns.ts'
import { NBSP } from './format.ts'
import type { Language } from './language.ts'
import { baseIn, listSentence, percentOf, rosterCounts, type ListCounts } from './list-sentence.ts'
import { liveSentence } from './sentence.ts'

/** The list an export is of; null when it is gone. */
export type SheetAbout = {
  summary: PeopleSummary & Partial<Pick<RosterSummary, 'expected'>>
  gathering: Pick<GatheringHead, 'endedAt' | 'base' | 'minPercent'>
  /** Who is on the list and only waited. */
  waitedOnly: number
} | null

/**
 * The headers of the columns that mean nothing without the policy, as `measureHeaders` says them; that of the share says while
 * the meeting runs that it comes later. Empty for a list that is gone.
 */
export function shareHeaders(
  about: SheetAbout,
  language: Language,
  zone: string,
): { share?: string; meets_minimum?: string } {
  if (about === null) return {}
  const { base, minPercent, endedAt } = about.gathering
  if (base === null && endedAt === null) return { share: wordsIn(language).later }
  const { share, minimum } = measureHeaders({ ...countsOf(about, zone), minPercent }, language)
  return { share, meets_minimum: minimum }
}

/**
 * What a share is of, and how much the minimum is, wherever either heads a column: "Share (% of 18:04–19:52)" on the clock of
 * `zone` (IANA), "Share (% of all 3 meetings)", or that there is no 100 %; "At least 75 %", or the bare word where no minimum
 * (percent) was asked for.
 */
export function measureHeaders(
  { minPercent, ...counts }: Pick<ListCounts, 'base' | 'zone'> & { minPercent: number | null },
  language: Language,
): { share: string; minimum: string } {
  const words = wordsIn(language)
  const base = baseIn(counts, language)
  return {
    share: base === null ? words.noShare : words.share(base),
    minimum:
      minPercent === null
        ? columnWords[language].meets_minimum
        : words.minimum(percentOf(minPercent, language).replaceAll(NBSP, ' ')),
  }
}

/** The header of a column of times, with the zone (IANA) whose clocks showed them. */
export const timesHeader = (header: string, zone: string): string => `${header} (${zone})`

/** The sentence above a list in a file or on the clipboard: of now, while the meeting runs. '' for a list that is gone. */
export function sheetSentence(about: SheetAbout, language: Language, zone: string): string {
  if (about === null) return ''
  if (about.gathering.endedAt !== null) return listSentence(countsOf(about, zone), language).text
  const { headline, details, doubts } = liveSentence(about.summary, language)
  return `${[headline, ...details, ...doubts].join(' · ')}.`.replaceAll(NBSP, ' ')
}

function countsOf({ summary, gathering, waitedOnly }: NonNullable<SheetAbout>, zone: string): ListCounts {
  return rosterCounts(summary, gathering, { waitedOnly, zone })
}

const english = {
  share: (base: string) => `Share (% of ${base})`,
  noShare: 'Share (nothing counts as 100 %)',
  later: 'Share (told once the meeting is over)',
  minimum: (percent: string) => `At least ${percent}`,
}
const russian: typeof english = {
  share: (base) => `Доля (% от ${base})`,
  noShare: 'Доля (за 100 % ничего не принято)',
  later: 'Доля (будет после конца встречи)',
  minimum: (percent) => `Не меньше ${percent}`,
}
const wordsIn = (language: Language) => (language === 'ru' ? russian : english)
