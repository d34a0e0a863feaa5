import type { GatheringHead } from '../wire/index.ts'
import { formatFor, fromTo, NBSP } from './format.ts'
import type { Language } from './language.ts'

type Base = NonNullable<GatheringHead['base']>

interface BaseWords {
  kinds: Record<Base['kind'], string>
  is: (kind: string, stretch: string, minutes: string) => string
  nothing: string
  untilOver: string
  rules: string
  corrections: string
  /** Leads to who may be one person; how many pairs follows. */
  proposals: string
}

const en: BaseWords = {
  kinds: {
    actual: 'as it was',
    first_guest: 'from the first guest',
    scheduled: 'as planned',
    window: 'as typed',
  },
  is: (kind, stretch, minutes) => `100${NBSP}% is ${stretch}, ${kind} (${minutes}).`,
  nothing: 'nothing',
  untilOver: 'Shares are counted once the meeting is over.',
  rules: 'Rules',
  corrections: 'Corrections',
  proposals: 'Perhaps one person:',
}

const ru: BaseWords = {
  kinds: {
    actual: 'как было',
    first_guest: 'с первого гостя',
    scheduled: 'по плану',
    window: 'как указано',
  },
  is: (kind, stretch, minutes) => `100${NBSP}% — ${stretch}, ${kind} (${minutes}).`,
  nothing: 'ничего',
  untilOver: 'Доли считаются, когда встреча закончится.',
  rules: 'Правила',
  corrections: 'Исправления',
  proposals: 'Возможно, один человек:',
}

/** The words around what 100 % is, where shares stand. */
export function baseWords(language: Language): BaseWords {
  return language === 'ru' ? ru : en
}

/** The stretches that 100 % is, on the reader's clock: "18:04–18:50, 19:10–19:52". */
export function baseStretch({ spans }: Base, language: Language): string {
  const { time } = formatFor(language)
  return spans.length === 0
    ? baseWords(language).nothing
    : spans.map(({ from, to }) => fromTo(time(Date.parse(from)), time(Date.parse(to)))).join(', ')
}

/** What 100 % is, as one sentence. */
export function baseSentence(base: Base, language: Language): string {
  const words = baseWords(language)
  return words.is(
    words.kinds[base.kind],
    baseStretch(base, language),
    formatFor(language).minutes(base.seconds),
  )
}
