/**
 * The words that stand in dates, in the languages Zoom speaks and their neighbours: months and days of the week from the
 * runtime's own language data, halves of the day, marks of year, month, day and hour.
 */

/** In this order; no name means two months in two of them. */
const LANGUAGES = [
  ...['en', 'es', 'pt', 'fr', 'it', 'de', 'ru', 'ja', 'zh', 'ko', 'nl', 'pl', 'tr', 'sv', 'da', 'nb', 'fi'],
  ...['cs', 'uk', 'id', 'vi', 'ro', 'hu', 'ca', 'el', 'en-GB', 'fr-CA', 'es-MX', 'pt-PT', 'de-AT', 'zh-TW'],
]

type Half = 'am' | 'pm'
type Unit = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second'

/** What stands right behind a number and says what it counts. */
export const UNIT_OF: ReadonlyMap<string, Unit> = new Map<string, Unit>([
  ...list<Unit>('year', '年 년'),
  ...list<Unit>('month', '月 월'),
  ...list<Unit>('day', '日 일 号 號'),
  ...list<Unit>('hour', '時 时 시 點 点 h'),
  ...list<Unit>('minute', '分 분 min'),
  ...list<Unit>('second', '秒 초 s'),
])

const MERIDIEMS: ReadonlyMap<string, Half> = new Map<string, Half>([
  ...list<Half>('am', 'am 오전 午前 上午 凌晨 早上 清晨 öö sa fm ap дп vorm dop πμ ص صباحا صباحًا'),
  ...list<Half>('pm', 'pm 오후 午後 下午 晚上 傍晚 ös ch em ip пп nachm odp μμ م مساء مساءً'),
  // Parts of the day, where a language has no halves: night is after midnight, unless its early hours have a word of their own.
  ...list<Half>(
    'am',
    'manhã madrugada mañana matin nuit mattina notte morgens vormittags nachts утра ночи 새벽 아침',
  ),
  ...list<Half>(
    'pm',
    'tarde noite noche mediodía midi soir pomeriggio sera mittags nachmittags abends дня вечера 中午 낮 저녁 밤',
  ),
])

/** Words that only hold a date together. */
const CONNECTIVES = new Set(
  'of at on the в о об р року st nd rd th t um den der uhr de del della la las los el a p le à les alle ore às as г в год года kl klo den om uur r o godz saat pukul ngày tháng năm lúc da du di l après'.split(
    ' ',
  ),
)

function list<T>(meaning: T, words: string): [string, T][] {
  return words.split(' ').map((word) => [word, meaning])
}

export type Word = { kind: 'month'; month: number } | { kind: 'meridiem'; half: Half } | { kind: 'nothing' }

/** What a lower-case word says in a date; null for a word we do not know. */
export function readWord(word: string): Word | null {
  const half = MERIDIEMS.get(word)
  if (half !== undefined) return { kind: 'meridiem', half }
  if (CONNECTIVES.has(word)) return NOTHING
  for (const language of LANGUAGES) {
    const said = calendarOf(language).get(word)
    if (said !== undefined) return said
  }
  return null
}

const NOTHING: Word = { kind: 'nothing' }

/** Words of each language asked for so far: reading one costs milliseconds, and most files need English or none. */
const calendars = new Map<string, ReadonlyMap<string, Word>>()

function calendarOf(language: string): ReadonlyMap<string, Word> {
  const known = calendars.get(language)
  if (known !== undefined) return known
  const words = new Map<string, Word>()
  for (const style of ['long', 'short'] as const) {
    // Many languages decline a month beside its day: both forms are written.
    const alone = new Intl.DateTimeFormat(language, { month: style, timeZone: 'UTC' })
    const dated = new Intl.DateTimeFormat(language, { day: 'numeric', month: style, timeZone: 'UTC' })
    const weekday = new Intl.DateTimeFormat(language, { weekday: style, timeZone: 'UTC' })
    for (let day = 1; day <= 7; day += 1)
      for (const word of lettersOf(weekday.format(Date.UTC(2026, 0, day)))) words.set(word, NOTHING)
    for (let month = 1; month <= 12; month += 1) {
      const instant = Date.UTC(2026, month - 1, 15)
      const beside = dated.formatToParts(instant).find(({ type }) => type === 'month')?.value ?? ''
      for (const text of [alone.format(instant), beside]) {
        const [name, ...more] = lettersOf(text)
        // Where months are numbers ("4月") or numbered words, the number says it.
        if (name === undefined || more.length > 0 || /\d/.test(text)) continue
        words.set(name, { kind: 'month', month })
      }
    }
  }
  calendars.set(language, words)
  return words
}

const lettersOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{M}]+/gu) ?? []
