import type { GatheringHead, PersonRow, RosterSummary } from '../wire/index.ts'
import { NBSP } from './format.ts'
import type { Language } from './language.ts'
import { baseIn, listSentence, percentOf, rosterCounts, type ListCounts } from './list-sentence.ts'
import { liveSentence } from './sentence.ts'

/** The list an export is of; null when it is gone. */
export type SheetAbout = {
  summary: RosterSummary
  gathering: Pick<GatheringHead, 'endedAt' | 'base' | 'minPercent'>
  people: readonly Pick<PersonRow, 'state' | 'firstJoin'>[]
} | null

/**
 * The headers of the columns that mean nothing without the policy: "Share (% of 18:04–19:52)", "At least 75 %". Times are on the
 * clock of `zone` (IANA). Empty where nothing can be told yet: then the columns are, too.
 */
export function shareHeaders(
  about: SheetAbout,
  language: Language,
  zone: string,
): { share?: string; meets_minimum?: string } {
  if (about === null || about.gathering.base === null) return {}
  const base = baseIn(countsOf(about, zone), language)
  const percent = percentOf(about.gathering.minPercent, language).replaceAll(NBSP, ' ')
  const words = language === 'ru' ? russian : english
  return { ...(base === null ? {} : { share: words.share(base) }), meets_minimum: words.minimum(percent) }
}

/** The sentence above a list in a file or on the clipboard: of now, while the meeting runs. '' for a list that is gone. */
export function sheetSentence(about: SheetAbout, language: Language, zone: string): string {
  if (about === null) return ''
  if (about.gathering.endedAt !== null) return listSentence(countsOf(about, zone), language).text
  const { headline, details, doubts } = liveSentence(about.summary, language)
  return `${[headline, ...details, ...doubts].join(' · ')}.`.replaceAll(NBSP, ' ')
}

function countsOf({ summary, gathering, people }: NonNullable<SheetAbout>, zone: string): ListCounts {
  const waitedOnly = people.filter(({ state, firstJoin }) => state === 'left' && firstJoin === null).length
  return rosterCounts(summary, gathering, { waitedOnly, zone })
}

const english = {
  share: (base: string) => `Share (% of ${base})`,
  minimum: (percent: string) => `At least ${percent}`,
}
const russian: typeof english = {
  share: (base) => `Доля (% от ${base})`,
  minimum: (percent) => `Не меньше ${percent}`,
}
