import { en } from './en.ts'
import { formatFor, NBSP, type PluralForms } from './format.ts'
import type { Language } from './language.ts'
import { ru } from './ru.ts'

/** What is counted of a list that files tell. */
export interface ListCounts {
  /** `certain + likely + unidentified + conflicts`. */
  people: number
  certain: number
  likely: number
  unidentified: number
  conflicts: number
  waitingRoomOnly: number
  /** Null when no file tells of registration. */
  registeredNoShow: number | null
  /** False for a list of names and minutes alone: people were listed, and nobody knows when. */
  hasTimes: boolean
  /** Only when one was asked for. `unknown`: of whom no share can be told. Percent, 0 to 100. */
  minimum: { percent: number; passed: number; unknown: number } | null
  /**
   * What 100 % is: a stretch of one meeting, or so many meetings of the list together, in each of them the window if there
   * is one (minutes since midnight); null when there is none.
   */
  base:
    | { fromMs: number; toMs: number }
    | { meetings: number; of: number; window?: { fromMinute: number; toMinute: number } | undefined }
    | null
  /** IANA zone in which the stretch is told. */
  zone: string
}

const DAY_MS = 86_400_000

interface ListWords {
  people: PluralForms
  nobodyCame: string
  nobodyListed: string
  came: (n: number, people: string) => string
  listed: (n: number, people: string) => string
  stayed: (n: number, percent: string, base: string) => string
  unknown: (n: number) => string
  cannotTell: (percent: string) => string
  whole: (base: string) => string
  /** After "of" in `stayed`, after "is" in `whole`, and after "in", which is told with them: their case may differ. */
  meetings: (n: number, of: number, after: 'of' | 'is' | 'in') => string
  noTimes: string
  waited: (n: number) => string
  noShow: (n: number) => string
}

/**
 * The one sentence on top of a list from files: who came and how sure that is, who stayed long enough of what, and who did
 * not get in or never came. "41 people came (36 certain, 3 likely, 2 unidentified); 29 stayed 75 % of 18:04–19:52."
 *
 * What is 0 is left out; a minimum is named only when one was asked for. With ordinary spaces, for programs read it, too.
 */
export function listSentence(counts: ListCounts, language: Language): string {
  const words = language === 'ru' ? russian : english
  const parts = [
    `${headOf(counts, words, language)}${sureness(counts, language)}`,
    shareOf(counts, words, language),
    counts.waitingRoomOnly > 0 ? words.waited(counts.waitingRoomOnly) : '',
    (counts.registeredNoShow ?? 0) > 0 ? words.noShow(counts.registeredNoShow ?? 0) : '',
  ]
  return `${parts.filter((part) => part !== '').join('; ')}.`.replaceAll(/[\u00a0\u202f]/g, ' ')
}

function headOf({ people, hasTimes }: ListCounts, words: ListWords, language: Language): string {
  if (people === 0) return hasTimes ? words.nobodyCame : words.nobodyListed
  const said = formatFor(language).counted(people, words.people)
  return hasTimes ? words.came(people, said) : words.listed(people, said)
}

function sureness(counts: ListCounts, language: Language): string {
  const { sentence } = language === 'ru' ? ru : en
  const parts = (['certain', 'likely', 'unidentified', 'conflicts'] as const)
    .filter((kind) => counts[kind] > 0)
    .map((kind) => sentence[kind](counts[kind]))
  return parts.length > 0 ? ` (${parts.join(', ')})` : ''
}

function shareOf(counts: ListCounts, words: ListWords, language: Language): string {
  const { people, hasTimes, minimum } = counts
  if (people === 0) return ''
  const percent = minimum === null ? '' : percentOf(minimum.percent, language)
  if (!hasTimes) return minimum === null ? words.noTimes : `${words.noTimes}; ${words.cannotTell(percent)}`
  const base = baseOf(counts, words, minimum === null ? 'is' : 'of', language)
  if (minimum === null) return base === null ? '' : words.whole(base)
  if (base === null) return words.cannotTell(percent)
  const stayed = words.stayed(minimum.passed, percent, base)
  return minimum.unknown > 0 ? `${stayed}; ${words.unknown(minimum.unknown)}` : stayed
}

function baseOf(
  { base, zone }: ListCounts,
  words: ListWords,
  after: 'of' | 'is',
  language: Language,
): string | null {
  if (base === null) return null
  if ('meetings' in base) {
    const { meetings, of, window } = base
    if (window === undefined) return words.meetings(meetings, of, after)
    const clock = `${clockOf(window.fromMinute)}–${clockOf(window.toMinute)}`
    return `${clock} ${words.meetings(meetings, of, 'in')}`
  }
  const { time, date } = formatFor(language, zone)
  const [from, to] = [time(base.fromMs), time(base.toMs)]
  if (base.toMs - base.fromMs < DAY_MS) return `${from}–${to}`
  return `${date(base.fromMs)}, ${from} – ${date(base.toMs)}, ${to}`
}

const clockOf = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')

/** As it was asked for: 66.67 is not 66.7. */
const percentOf = (percent: number, language: Language): string =>
  `${new Intl.NumberFormat(language, { maximumFractionDigits: 15 }).format(percent)}${NBSP}%`

const count = formatFor('en').count

const english: ListWords = {
  people: { one: 'person', other: 'people' },
  nobodyCame: 'Nobody came',
  nobodyListed: 'Nobody is listed',
  came: (_n, people) => `${people} came`,
  listed: (n, people) => `${people} ${n === 1 ? 'was' : 'were'} listed`,
  stayed: (n, percent, base) => `${n === 0 ? 'nobody' : count(n)} stayed ${percent} of ${base}`,
  unknown: (n) => `of ${count(n)} more this cannot be told`,
  cannotTell: (percent) => `who stayed ${percent} cannot be told`,
  whole: (base) => `100 % is ${base}`,
  meetings: (n, of, after) => {
    const preposition = after === 'in' ? 'in ' : ''
    if (n < of) return `${preposition}the ${count(n)} of ${count(of)} meetings that have times`
    return preposition + (n === 2 ? 'both meetings' : `all ${count(n)} meetings`)
  },
  noTimes: 'the list has no times',
  waited: (n) => `${count(n)} only waited in the waiting room`,
  noShow: (n) => `${count(n)} registered ${n === 1 ? 'person' : 'people'} never came`,
}

const { count: countRu, plural } = formatFor('ru')

const russian: ListWords = {
  people: { one: 'человек', few: 'человека', other: 'человек' },
  nobodyCame: 'Никто не пришёл',
  nobodyListed: 'В списке никого нет',
  came: (n, people) => `${plural(n, { one: 'Пришёл', other: 'Пришли' })} ${people}`,
  listed: (_n, people) => `В списке ${people}`,
  stayed: (n, percent, base) =>
    n === 0
      ? `${percent} от ${base} не был никто`
      : `${plural(n, { one: 'пробыл', other: 'пробыли' })} ${percent} от ${base}: ${countRu(n)}`,
  unknown: (n) => `ещё о ${countRu(n)} этого не узнать`,
  cannotTell: (percent) => `кто пробыл ${percent}, узнать нельзя`,
  whole: (base) => `100 % — это ${base}`,
  meetings: (n, of, after) => {
    if (n < of)
      return `${after === 'in' ? 'в ' : ''}${countRu(n)} из ${countRu(of)} встреч, у которых есть время`
    if (after === 'in') return n === 2 ? 'в обеих встречах' : `во всех ${countRu(n)} встречах`
    if (after === 'of') return n === 2 ? 'обеих встреч' : `всех ${countRu(n)} встреч`
    return n === 2
      ? 'обе встречи'
      : `все ${countRu(n)} ${plural(n, { one: 'встреча', few: 'встречи', other: 'встреч' })}`
  },
  noTimes: 'времени в списке нет',
  waited: (n) => `только ${plural(n, { one: 'ждал', other: 'ждали' })} в зале ожидания: ${countRu(n)}`,
  noShow: (n) =>
    `${plural(n, { one: 'зарегистрировался и не пришёл', other: 'зарегистрировались и не пришли' })}: ${countRu(n)}`,
}
