import type { Span } from '../attendance/index.ts'
import type { GatheringHead, PeopleSummary, RosterSummary } from '../wire/index.ts'
import { en } from './en.ts'
import { formatFor, NBSP, type PluralForms } from './format.ts'
import type { Language } from './language.ts'
import { ru } from './ru.ts'
import type { Sentence } from './sentence.ts'

/** What is counted of a list: of files, or of a gathering that is over. */
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
  /**
   * Only when one was asked for. `unknown`: of whom no share can be told; `byHost`: of those who passed, whom the host marked;
   * `neverIn`: of those, who are not among `people`. Percent, 0 to 100.
   */
  minimum: { percent: number; passed: number; unknown: number; byHost?: number; neverIn?: number } | null
  /**
   * What 100 % is: a stretch of one meeting, `without` what of it does not count; or so many meetings of the list together, in
   * each of them the window if there is one (minutes since midnight); null when there is none.
   */
  base:
    | (Span & { without?: readonly Span[] })
    | { meetings: number; of: number; window?: { fromMinute: number; toMinute: number } | undefined }
    | null
  /** IANA zone in which the stretch is told; undefined: that of the machine. */
  zone: string | undefined
}

/** The sentence in its parts, for a screen, and `text`: the whole of it, in one line and with ordinary spaces. */
export interface ListSentence extends Sentence {
  text: string
}

const DAY_MS = 86_400_000

interface ListWords {
  people: PluralForms
  certain: (n: number) => string
  likely: (n: number) => string
  nobodyCame: string
  nobodyListed: string
  came: (n: number, people: string) => string
  listed: (n: number, people: string) => string
  stayed: (n: number, percent: string, base: string) => string
  byHost: (n: number) => string
  neverIn: (n: number) => string
  unknown: (n: number) => string
  cannotTell: (percent: string) => string
  whole: (base: string) => string
  /** After "of" in `stayed`, after "is" in `whole`, and after "in", which is told with them: their case may differ. */
  meetings: (n: number, of: number, after: 'of' | 'is' | 'in') => string
  /** After a stretch. */
  without: (n: number, stretch: string) => string
  noTimes: string
  waited: (n: number) => string
  noShow: (n: number) => string
}

/**
 * The one sentence on top of a list: who came and how sure that is, who stayed long enough of what, and who did not get in or
 * never came. "41 people came (36 certain, 3 likely, 2 unidentified); 29 stayed 75 % of 18:04–19:52."
 *
 * What is 0 is left out; a minimum is named only when one was asked for. The doubts of the parts stand in the brackets of the
 * text. Panel, exports, clipboard, command line and browser page all say these words.
 */
export function listSentence(counts: ListCounts, language: Language): ListSentence {
  const words = language === 'ru' ? russian : english
  const { sentence } = language === 'ru' ? ru : en
  const sure = (['certain', 'likely'] as const).filter((kind) => counts[kind] > 0)
  const unsure = (['unidentified', 'conflicts'] as const).filter((kind) => counts[kind] > 0)
  const headline = headOf(counts, words, language)
  const sureness = sure.map((kind) => words[kind](counts[kind]))
  const doubts = unsure.map((kind) => sentence[kind](counts[kind]))
  const rest = [
    ...shareOf(counts, words, language),
    counts.waitingRoomOnly > 0 ? words.waited(counts.waitingRoomOnly) : '',
    (counts.registeredNoShow ?? 0) > 0 ? words.noShow(counts.registeredNoShow ?? 0) : '',
  ].filter((part) => part !== '')
  const believed = [...sureness, ...doubts]
  const head = believed.length > 0 ? `${headline} (${believed.join(', ')})` : headline
  return {
    headline,
    details: [...sureness, ...rest],
    doubts,
    text: `${[head, ...rest].join('; ')}.`.replaceAll(/[\u00a0\u202f]/g, ' '),
  }
}

/**
 * What there is to say of a gathering that is over. `waitedOnly` are on the list without having come in; `zone` null: the
 * clock of whoever reads.
 */
export function rosterCounts(
  summary: PeopleSummary & Partial<Pick<RosterSummary, 'expected'>>,
  { base, minPercent }: Pick<GatheringHead, 'base' | 'minPercent'>,
  { waitedOnly, zone }: { waitedOnly: number; zone: string | null },
): ListCounts {
  const { came, certain, likely, unidentified, conflicts, minimum, expected } = summary
  return {
    ...{ people: came, certain, likely, unidentified, conflicts },
    ...{ waitingRoomOnly: waitedOnly, registeredNoShow: expected?.absent ?? null, hasTimes: true },
    minimum: minimum && { percent: minPercent, ...minimum },
    base: base && stretchOf(base.spans),
    zone: zone ?? undefined,
  }
}

function stretchOf(spans: NonNullable<GatheringHead['base']>['spans']): ListCounts['base'] {
  const parts = spans.map(({ from, to }): Span => ({ fromMs: Date.parse(from), toMs: Date.parse(to) }))
  const [first, last] = [parts[0], parts.at(-1)]
  if (first === undefined || last === undefined) return null
  const without = parts.slice(1).map(({ fromMs }, i) => ({ fromMs: parts[i]?.toMs ?? fromMs, toMs: fromMs }))
  return { fromMs: first.fromMs, toMs: last.toMs, without }
}

function headOf({ people, hasTimes }: ListCounts, words: ListWords, language: Language): string {
  if (people === 0) return hasTimes ? words.nobodyCame : words.nobodyListed
  const said = formatFor(language).counted(people, words.people)
  return hasTimes ? words.came(people, said) : words.listed(people, said)
}

function shareOf(counts: ListCounts, words: ListWords, language: Language): string[] {
  const { people, hasTimes, minimum } = counts
  const { neverIn = 0 } = minimum ?? {}
  const letPass = neverIn > 0 ? [words.neverIn(neverIn)] : []
  if (people === 0) return letPass
  const percent = minimum === null ? '' : percentOf(minimum.percent, language)
  if (!hasTimes) return minimum === null ? [words.noTimes] : [words.noTimes, words.cannotTell(percent)]
  const base = baseIn(counts, language, minimum === null ? 'is' : 'of')
  if (minimum === null) return base === null ? [] : [words.whole(base)]
  if (base === null) return [words.cannotTell(percent)]
  const { passed, unknown, byHost = 0 } = minimum
  // Nobody stays who never came in: "2 came; 3 stayed" would be a riddle.
  const stayed = words.stayed(passed - neverIn, percent, base)
  return [
    byHost > neverIn ? `${stayed}${words.byHost(byHost - neverIn)}` : stayed,
    unknown > 0 ? words.unknown(unknown) : '',
    ...letPass,
  ]
}

/** What 100 % is, as it stands after "of", or after "is"; null without a base. */
export function baseIn(
  { base, zone }: Pick<ListCounts, 'base' | 'zone'>,
  language: Language,
  after: 'of' | 'is' = 'of',
): string | null {
  const words = language === 'ru' ? russian : english
  if (base === null) return null
  if ('meetings' in base) {
    const { meetings, of, window } = base
    if (window === undefined) return words.meetings(meetings, of, after)
    const clock = `${clockOf(window.fromMinute)}–${clockOf(window.toMinute)}`
    return `${clock} ${words.meetings(meetings, of, 'in')}`
  }
  const stretch = stretchIn(base, language, zone)
  const [only, ...more] = base.without ?? []
  if (only === undefined) return stretch
  return `${stretch} ${words.without(more.length + 1, stretchIn(only, language, zone))}`
}

/** With the days where it is a day or longer. */
function stretchIn({ fromMs, toMs }: Span, language: Language, zone: string | undefined): string {
  const { time, date } = formatFor(language, zone)
  const [from, to] = [time(fromMs), time(toMs)]
  return toMs - fromMs < DAY_MS ? `${from}–${to}` : `${date(fromMs)}, ${from} – ${date(toMs)}, ${to}`
}

const clockOf = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')

/** A percent as it was asked for, with its sign: 66.67 is not 66.7. */
export const percentOf = (percent: number, language: Language): string =>
  `${new Intl.NumberFormat(language, { maximumFractionDigits: 15 }).format(percent)}${NBSP}%`

const count = formatFor('en').count

const english: ListWords = {
  people: { one: 'person', other: 'people' },
  certain: (n) => `${count(n)}${NBSP}certain`,
  likely: (n) => `${count(n)}${NBSP}likely`,
  nobodyCame: 'Nobody came',
  nobodyListed: 'Nobody is listed',
  came: (_n, people) => `${people} came`,
  listed: (n, people) => `${people} ${n === 1 ? 'was' : 'were'} listed`,
  stayed: (n, percent, base) => `${n === 0 ? 'nobody' : count(n)} stayed ${percent} of ${base}`,
  byHost: (n) => `, ${count(n)} of them by the host’s word`,
  neverIn: (n) => `${count(n)} who never came in ${n === 1 ? 'passes' : 'pass'} by the host’s word`,
  unknown: (n) => `of ${count(n)} more this cannot be told`,
  cannotTell: (percent) => `who stayed ${percent} cannot be told`,
  whole: (base) => `100 % is ${base}`,
  meetings: (n, of, after) => {
    const preposition = after === 'in' ? 'in ' : ''
    if (n < of) return `${preposition}the ${count(n)} of ${count(of)} meetings that have times`
    return preposition + (n === 2 ? 'both meetings' : `all ${count(n)} meetings`)
  },
  without: (n, stretch) => (n === 1 ? `without the break ${stretch}` : `without ${count(n)} breaks`),
  noTimes: 'the list has no times',
  waited: (n) => `${count(n)} only waited in the waiting room`,
  noShow: (n) => `${count(n)} registered ${n === 1 ? 'person' : 'people'} never came`,
}

const { count: countRu, plural } = formatFor('ru')

const russian: ListWords = {
  people: { one: 'человек', few: 'человека', other: 'человек' },
  certain: (n) => `точно${NBSP}${countRu(n)}`,
  likely: (n) => `вероятно${NBSP}${countRu(n)}`,
  nobodyCame: 'Никто не пришёл',
  nobodyListed: 'В списке никого нет',
  came: (n, people) => `${plural(n, { one: 'Пришёл', other: 'Пришли' })} ${people}`,
  listed: (_n, people) => `В списке ${people}`,
  stayed: (n, percent, base) =>
    n === 0
      ? `${percent} от ${base} не был никто`
      : `${plural(n, { one: 'пробыл', other: 'пробыли' })} ${percent} от ${base}: ${countRu(n)}`,
  byHost: (n) => `, из них по слову организатора ${countRu(n)}`,
  neverIn: (n) =>
    `${plural(n, { one: 'не входил, но засчитан', other: 'не входили, но засчитаны' })} по слову организатора: ${countRu(n)}`,
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
  without: (n, stretch) =>
    n === 1
      ? `без перерыва ${stretch}`
      : `без ${countRu(n)} ${plural(n, { one: 'перерыва', other: 'перерывов' })}`,
  noTimes: 'времени в списке нет',
  waited: (n) => `только ${plural(n, { one: 'ждал', other: 'ждали' })} в зале ожидания: ${countRu(n)}`,
  noShow: (n) =>
    `${plural(n, { one: 'зарегистрировался и не пришёл', other: 'зарегистрировались и не пришли' })}: ${countRu(n)}`,
}
