import { parseArgs } from 'node:util'
import { createZone, type DateOrder } from '../../shared/files/index.ts'
import type { BaseChoice } from '../../shared/people/index.ts'
import { WrongUsage } from './wrong-usage.ts'

export const formats = ['json', 'csv', 'xlsx'] as const
export type PeopleFormat = (typeof formats)[number]

export interface PeopleOptions {
  files: string[]
  format: PeopleFormat
  /** Null: standard output. */
  out: string | null
  zone: string | null
  dates: DateOrder | null
  base: BaseChoice
  /** Percent; null when none was asked for. */
  minShare: number | null
}

export const peopleUsage = `Usage: rollbook people FILE… [--format json|csv|xlsx] [--out F] [--tz ZONE]
                       [--dates dmy|mdy|ymd] [--base actual|scheduled|HH:MM-HH:MM] [--min-share 75]

  Who was really there: reads lists of participants exported from Zoom's portal, or answers of its API saved as
  JSON, several together if need be, and tells people. Needs no Zoom account, no settings and no database.

  --format     json (all there is), csv (a line a person) or xlsx (a sheet); else by the ending of --out, else json
  --out        the file to write; - is standard output
  --tz         the zone the files' times are meant in, as Europe/Berlin; without it they are read as UTC
  --dates      which comes first in 03/04/2026, where a file does not show it itself
  --base       what 100 % is: the meeting as it was (actual), or a window on each meeting's own day, as 18:00-19:30
  --min-share  marks who was there for at least so many percent of the base; shares are rounded down to 0.1 %
               before they are compared, so who was there 74.96 % (told as 74.9) does not reach 74.96

  Exit: 0 done, warnings allowed; 2 a file cannot be understood; 64 wrong usage; 1 anything else.
`

/**
 * Reads the words after `people`; null when the usage is asked for.
 *
 * @throws WrongUsage for whatever is not as the usage says
 */
export function readPeopleOptions(words: readonly string[]): PeopleOptions | null {
  const { values, positionals } = parsed(words)
  if (values.help === true) return null
  if (positionals.length === 0) throw new WrongUsage(peopleUsage)
  if (positionals.includes('-'))
    throw new WrongUsage('Every file is read twice, so standard input cannot be one. Name a file.')
  const out = values.out === undefined || values.out === '-' ? null : values.out
  if (out === '') throw new WrongUsage('--out needs the name of a file, or - for standard output.')
  return {
    files: positionals,
    format: formatOf(values.format, out),
    out,
    zone: zoneOf(values.tz),
    dates: values.dates === undefined ? null : oneOf('--dates', ['dmy', 'mdy', 'ymd'] as const, values.dates),
    base: baseOf(values.base ?? 'actual'),
    minShare: values['min-share'] === undefined ? null : percentOf(values['min-share']),
  }
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        format: { type: 'string' },
        out: { type: 'string' },
        tz: { type: 'string' },
        dates: { type: 'string' },
        base: { type: 'string' },
        'min-share': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    throw new WrongUsage(`${said}\n\n${peopleUsage.trimEnd()}`)
  }
}

function formatOf(asked: string | undefined, out: string | null): PeopleFormat {
  if (asked !== undefined) return oneOf('--format', formats, asked.toLowerCase())
  return formats.find((format) => out?.toLowerCase().endsWith(`.${format}`)) ?? 'json'
}

function zoneOf(zone: string | undefined): string | null {
  if (zone === undefined) return null
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: createZone(zone).zone }).resolvedOptions()
    // Asia/Kolkata is Asia/Calcutta here: only capitals are put right.
    return timeZone.toLowerCase() === zone.toLowerCase() ? timeZone : zone
  } catch {
    throw new WrongUsage(
      `"${zone}" is no time zone this machine knows. Give one by its IANA name: --tz Europe/Berlin.`,
    )
  }
}

function baseOf(text: string): BaseChoice {
  if (text === 'actual' || text === 'scheduled') return text
  const window = /^(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})$/.exec(text)
  const [fromHour, from, toHour, to] = (window?.slice(1) ?? []).map(Number)
  const fromMinute = minuteOf(fromHour, from, 23)
  const toMinute = minuteOf(toHour, to, 24)
  if (fromMinute === null || toMinute === null || fromMinute === toMinute)
    throw new WrongUsage(`"${text}" is no base. Give actual, scheduled, or a window: --base 18:00-19:30.`)
  return { fromMinute, toMinute }
}

const DAY_MINUTES = 1440

function minuteOf(hour: number | undefined, minute: number | undefined, lastHour: number): number | null {
  if (hour === undefined || minute === undefined || hour > lastHour || minute > 59) return null
  const minutes = hour * 60 + minute
  return minutes > DAY_MINUTES ? null : minutes
}

function percentOf(text: string): number {
  const percent = /^(\d{1,3}(?:\.\d+)?)\s*%?$/.exec(text.trim())
  const number = Number(percent?.[1] ?? NaN)
  if (!(number <= 100))
    throw new WrongUsage(`"${text}" is no minimum share. Give percent from 0 to 100: --min-share 75.`)
  return number
}

function oneOf<const Value extends string>(option: string, values: readonly Value[], text: string): Value {
  const found = values.find((value) => value === text)
  if (found === undefined)
    throw new WrongUsage(`"${text}" is nothing ${option} knows. Give ${values.join(', ')}.`)
  return found
}
