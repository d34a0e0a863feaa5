import { formatFor, NBSP, type PluralForms } from './format.ts'
import type { Language } from './language.ts'

const { count, counted, plural } = formatFor('en')
const numbers = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })
const tenths = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 })
const people: PluralForms = { one: 'person', other: 'people' }

const en = {
  title: (percent: string) => `What if the minimum were ${percent}?`,
  slider: 'Minimum share',
  pass: (n: number, of: number) => `${count(n)} of ${count(of)} pass.`,
  unknown: (n: number) => `Of ${count(n)} more it cannot be told.`,
  gained: (names: string, n: number, percent: string) =>
    `Unlike at ${percent}, ${names} ${n === 1 ? 'passes' : 'pass'}.`,
  lost: (names: string, n: number, percent: string) =>
    `Unlike at ${percent}, ${names} ${n === 1 ? 'does' : 'do'} not pass.`,
  nobodyFlips: (percent: string) => `Nobody changes sides compared with ${percent}.`,
  close: (n: number, names: string) =>
    `${counted(n, people)} ${n === 1 ? 'is' : 'are'} within two minutes of the line: ${names}.`,
  /** Lead to all of them by name. */
  allGained: (n: number) => `All ${count(n)} who would pass`,
  allLost: (n: number) => `All ${count(n)} who would not pass`,
  allClose: (n: number) => `All ${count(n)} close to the line`,
  noneClose: 'Nobody is within two minutes of the line.',
  none: 'Without times nobody’s share can be told.',
  percent: (n: number) => `${numbers.format(n)}${NBSP}%`,
  /** With one decimal always, so that a column of them is even. */
  share: (n: number) => `${tenths.format(n)}${NBSP}%`,
  /** What a screen reader hears when the slider stands still. */
  passing: (n: number) => `${count(n)} ${plural(n, { one: 'passes', other: 'pass' })}`,
  /** "Anna, Boris and 3 more": the first of `all` people, or all of them. */
  named: (names: readonly string[], all: number) => list(names, all, 'and', (n) => `${count(n)} more`),
}
export type MinimumWords = typeof en

const inRussian = formatFor('ru')
const numbersRu = new Intl.NumberFormat('ru-RU', { maximumFractionDigits: 1 })
const tenthsRu = new Intl.NumberFormat('ru-RU', { minimumFractionDigits: 1, maximumFractionDigits: 1 })
const passRu: PluralForms = { one: 'проходит', other: 'проходят' }

const ru: MinimumWords = {
  title: (percent) => `А если минимум — ${percent}?`,
  slider: 'Минимальная доля',
  pass: (n, of) =>
    `${inRussian.plural(n, { one: 'Проходит', other: 'Проходят' })} ${inRussian.count(n)} из ${inRussian.count(of)}.`,
  unknown: (n) => `Ещё о ${inRussian.count(n)} этого не узнать.`,
  gained: (names, n, percent) => `В отличие от ${percent}, ${n === 1 ? 'проходит' : 'проходят'}: ${names}.`,
  lost: (names, n, percent) => `В отличие от ${percent}, не ${n === 1 ? 'проходит' : 'проходят'}: ${names}.`,
  nobodyFlips: (percent) => `По сравнению с ${percent} ни для кого ничего не меняется.`,
  close: (n, names) =>
    `В двух минутах от черты ${inRussian.counted(n, { one: 'человек', few: 'человека', other: 'человек' })}: ${names}.`,
  allGained: (n) => `Все, кто прошёл бы: ${inRussian.count(n)}`,
  allLost: (n) => `Все, кто не прошёл бы: ${inRussian.count(n)}`,
  allClose: (n) => `Все, кто у черты: ${inRussian.count(n)}`,
  noneClose: 'В двух минутах от черты никого нет.',
  none: 'Без времени ни о чьей доле сказать нельзя.',
  percent: (n) => `${numbersRu.format(n)}${NBSP}%`,
  share: (n) => `${tenthsRu.format(n)}${NBSP}%`,
  passing: (n) => `${inRussian.plural(n, passRu)} ${inRussian.count(n)}`,
  named: (names, all) => list(names, all, 'и', (n) => `ещё ${inRussian.count(n)}`),
}

/** Each name keeps its own direction. */
function list(names: readonly string[], all: number, and: string, more: (n: number) => string): string {
  const isolated = names.map((name) => `\u2068${name}\u2069`)
  const rest = all - names.length
  const parts = rest > 0 ? [...isolated, more(rest)] : isolated
  const last = parts.pop() ?? ''
  return parts.length === 0 ? last : `${parts.join(', ')} ${and} ${last}`
}

/** How a minimum share is spoken of: percents, who passes it, who would change sides, who is close. */
export function minimumWords(language: Language): MinimumWords {
  return language === 'ru' ? ru : en
}
