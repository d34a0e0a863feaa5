import type { Language } from './language.ts'

/** No-break space: a number and its unit stay on one line. */
export const NBSP = '\u00a0'

/** Word joiner: a line may otherwise break after a dash. */
const JOINER = '\u2060'

/** From one time to another, never on two lines; `to` is empty while it lasts. */
export const fromTo = (from: string, to: string): string => `${from}–${to === '' ? '' : JOINER + to}`

/** A sentence for the eye: a number and its percent sign, and two times with a dash between, stay on one line. */
export const unbroken = (sentence: string): string =>
  sentence.replaceAll(/(\d) %/g, `$1${NBSP}%`).replaceAll(/(\d)–(?=\d)/g, `$1–${JOINER}`)

/** Forms of a word by CLDR plural category; `other` also serves every category that is not given. */
export type PluralForms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>

export interface Format {
  /** A whole number with the language's own grouping: 1,234 / 1 234. */
  count(n: number): string
  /** The number and the form of the word that goes with it, kept together: "2 человека". */
  counted(n: number, forms: PluralForms): string
  plural(n: number, forms: PluralForms): string
  /** Whole minutes, rounded down, with unit; "<1 min" for less than one. */
  minutes(seconds: number): string
  /** Seconds below two minutes, minutes from there on. */
  duration(seconds: number): string
  /** Clock time in the reader's zone: 19:05. */
  time(atMs: number): string
  /** Clock time with seconds, for the evidence of one person. */
  timeExact(atMs: number): string
  /** Short weekday and date: Mon 23 Nov. */
  day(atMs: number): string
  /** The same with the year: Mon 23 Nov 2026. */
  date(atMs: number): string
}

/**
 * Numbers, times and plural forms of one language in one zone.
 * Without `zone` times are written in the zone of the machine. Times are epoch milliseconds, durations seconds.
 *
 * @throws RangeError for a zone the runtime does not know
 */
export function formatFor(language: Language, zone?: string): Format {
  const key = `${language} ${zone ?? ''}`
  const known = made.get(key)
  if (known !== undefined) return known
  const format = makeFormat(language, zone)
  made.set(key, format)
  return format
}

/** Intl objects are costly to make and every row asks for them; zones are few, so nothing is ever let go. */
const made = new Map<string, Format>()

function makeFormat(language: Language, zone: string | undefined): Format {
  const locale = language === 'ru' ? 'ru-RU' : 'en-GB'
  const inZone = zone === undefined ? {} : { timeZone: zone }
  const rules = new Intl.PluralRules(locale)
  const numbers = new Intl.NumberFormat(locale === 'en-GB' ? 'en' : locale)
  const clock = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...inZone,
  })
  const exact = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    ...inZone,
  })
  const days = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...inZone,
  })
  const dates = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...inZone,
  })
  const units = language === 'ru' ? { minute: 'мин', second: 'с' } : { minute: 'min', second: 's' }

  const count = (n: number) => numbers.format(n)
  const plural = (n: number, forms: PluralForms) => forms[rules.select(n)] ?? forms.other
  const minutes = (seconds: number) => {
    const whole = Math.floor(seconds / 60)
    return whole < 1 ? `<${NBSP}1${NBSP}${units.minute}` : `${count(whole)}${NBSP}${units.minute}`
  }
  return {
    count,
    plural,
    counted: (n, forms) => `${count(n)}${NBSP}${plural(n, forms)}`,
    minutes,
    duration: (seconds) =>
      seconds < 120 ? `${count(Math.max(0, Math.round(seconds)))}${NBSP}${units.second}` : minutes(seconds),
    time: (atMs) => clock.format(atMs),
    timeExact: (atMs) => exact.format(atMs),
    day: (atMs) => days.format(atMs).replace(',', ''),
    date: (atMs) => dates.format(atMs).replace(',', ''),
  }
}

/** A number that came as text, as people write it. */
export const figure = (value: string, write: (n: number) => string): string =>
  /^\d+$/.test(value) ? write(Number(value)) : value
