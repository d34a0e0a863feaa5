import type { GatheringHead } from '../wire/index.ts'
import { formatFor, fromTo, NBSP } from './format.ts'
import type { Language } from './language.ts'

type Base = NonNullable<GatheringHead['base']>

const DAY_MS = 86_400_000

interface BaseWords {
  kinds: Record<Base['kind'], string>
  is: (kind: string, stretch: string, minutes: string) => string
  nothing: string
  untilOver: string
  /** Of a meeting that is over and of which no time is left to count. */
  nothingLeft: string
  rules: string
  corrections: string
  /** Leads to who may be one person; how many pairs follows. */
  proposals: string
  /** Leads to what may be written tidier; how much that is follows. */
  tidying: string
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
  nothingLeft:
    'Nothing is left to count: the rules leave no time of this meeting, so nobody has a share. Change the times or breaks in the rules.',
  rules: 'Rules',
  corrections: 'Corrections',
  proposals: 'Perhaps one person:',
  tidying: 'Tidier spellings:',
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
  nothingLeft:
    'Считать нечего: по правилам от встречи не остаётся времени, поэтому долей нет. Измените время или перерывы в правилах.',
  rules: 'Правила',
  corrections: 'Исправления',
  proposals: 'Возможно, один человек:',
  tidying: 'Написать аккуратнее:',
}

/** The words around what 100 % is, where shares stand. */
export function baseWords(language: Language): BaseWords {
  return language === 'ru' ? ru : en
}

/**
 * The stretches that 100 % is, on the reader's clock: "18:04–18:50, 19:10–19:52"; with their days where it is a day or longer
 * from the first to the last.
 */
export function baseStretch({ spans }: Base, language: Language): string {
  const { time, day } = formatFor(language)
  const parts = spans.map(({ from, to }): [number, number] => [Date.parse(from), Date.parse(to)])
  const [firstMs = 0, lastMs = 0] = [parts[0]?.[0], parts.at(-1)?.[1]]
  const told = lastMs - firstMs < DAY_MS ? time : (ms: number) => `${day(ms)}, ${time(ms)}`
  return parts.length === 0
    ? baseWords(language).nothing
    : parts.map(([from, to]) => fromTo(told(from), told(to))).join(', ')
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
