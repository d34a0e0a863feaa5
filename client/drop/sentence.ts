import { listSentence, type ListCounts } from '../../shared/words/list-sentence.ts'
import type { Language } from '../../shared/words/index.ts'
import type { Result } from './model.ts'

/** The sentence on top of the list, measured by a minimum in percent; times are of the clocks of `zone` (IANA). */
export function sentenceOf(
  { overview, measured }: Pick<Result, 'overview' | 'measured'>,
  { percent, zone, language }: { percent: number; zone: string; language: Language },
): string {
  const counts: ListCounts = {
    ...overview.counts,
    minimum: overview.counts.hasTimes
      ? { percent, passed: measured.reaching[percent * 10] ?? 0, unknown: measured.unknown }
      : null,
    base: measured.base,
    zone,
  }
  return listSentence(counts, language).text
}
