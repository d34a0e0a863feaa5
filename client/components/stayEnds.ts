import type { Stay } from '../../shared/wire/index.ts'
import type { Words } from '../../shared/words/index.ts'

/** `toKnown` false: nobody saw it end. */
export type SeenStay = Stay & { toKnown?: boolean }

export interface EndWords {
  words: Words
  /** How an instant is written. */
  time: (atMs: number) => string
  unseenEnd?: ((time: string) => string) | undefined
}

/** When a stay began and ended, in words; what nobody saw is never told as known. */
export function stayEnds(
  { from, fromSeen, to, toKnown }: SeenStay,
  { words, time, unseenEnd = (text) => text }: EndWords,
): [from: string, to: string] {
  const written = (instant: string): string => time(Date.parse(instant))
  return [
    fromSeen ? words.row.before(written(from)) : written(from),
    to === null ? words.person.untilNow : toKnown === false ? unseenEnd(written(to)) : written(to),
  ]
}
