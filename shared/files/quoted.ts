/**
 * Where a cell ends, with and without quotes. In a file as RFC 4180 wants it there is one answer; in the others `readQuoted`
 * tells a quote somebody typed from one that encloses, looking no farther than a cell may be long.
 */

/** No cell is kept longer than this, and no quoted cell is looked for longer than this. Characters. */
export const CELL_LIMIT = 65_536

/** White space between a quote and its separator, as people write by hand; longer runs are text. */
const BLANK_LIMIT = 64

const TAB = 9
const LINE_FEED = 10
const RETURN = 13
const SPACE = 32
const QUOTE = 34

export type QuotedCell =
  /** Enclosed, up to the closing quote at `quote`; `strays`: with single quotes inside it. */
  | { as: 'closed'; quote: number; end: number; strays: boolean }
  /** A quote closed it, but text follows: the cell is what is written, up to the first separator after `from`. */
  | { as: 'written'; from: number }
  /** Never closed: the quote is a character. `atFileEnd`: the file ends before its line does. */
  | { as: 'unclosed'; atFileEnd: boolean }
  /** Longer than a cell may be, on one line: its beginning, up to `end`, is all that is kept. */
  | { as: 'long'; end: number }
  /** Whether it closes is in text yet to come. */
  | { as: 'more' }

const MORE: QuotedCell = { as: 'more' }

/** The cells of one line in which every quote encloses a cell and none is doubled; null when the line is not like that. */
export function splitOrderly(line: string, separator: string): string[] | null {
  const cells: string[] = []
  let quote = line.indexOf('"')
  let start = 0
  for (;;) {
    let end: number
    if (quote === start) {
      const close = line.indexOf('"', start + 1)
      end = close + 1
      if (close < 0 || (end < line.length && line[end] !== separator)) return null
      cells.push(line.slice(start + 1, close))
      quote = line.indexOf('"', end)
    } else {
      const next = line.indexOf(separator, start)
      end = next < 0 ? line.length : next
      if (quote >= 0 && quote < end) return null
      cells.push(line.slice(start, end))
    }
    if (end === line.length) return cells
    start = end + 1
  }
}

/**
 * Reads on from the opening quote at `open`. `lineEnd` is the position of the first line break after it (infinite when there
 * is none yet, the length of the text when nothing comes any more); `final`: the text ends where the file does;
 * `strict`: a quote that neither closes nor is doubled is not looked beyond.
 *
 * A cell may span lines. As soon as a quote on a later line makes no sense as a closing one, or none comes within a cell's
 * length, the opening one was a typed character: the damage is one line.
 */
export function readQuoted(
  text: string,
  open: number,
  {
    separator,
    lineEnd,
    final,
    strict,
  }: { separator: number; lineEnd: number; final: boolean; strict: boolean },
): QuotedCell {
  const farthest = open + CELL_LIMIT
  let from = open + 1
  for (;;) {
    const quote = text.indexOf('"', from)
    if (quote < 0 || quote > farthest) {
      if (text.length > farthest) {
        return lineEnd <= farthest
          ? { as: 'unclosed', atFileEnd: false }
          : { as: 'long', end: Math.max(from, farthest) }
      }
      return final ? { as: 'unclosed', atFileEnd: lineEnd >= text.length } : MORE
    }
    const next = followedBy(text, quote, separator, final)
    if (next === 'unknown') return MORE
    if (next === 'quote') {
      from = quote + 2
    } else if (next !== 'text') {
      return { as: 'closed', quote, end: next, strays: false }
    } else if (strict || quote > lineEnd || (quote - 1 > open && text.charCodeAt(quote - 1) === separator)) {
      return { as: 'unclosed', atFileEnd: false }
    } else {
      return readStray(text, { open, stray: quote, separator, lineEnd, final })
    }
  }
}

/**
 * `"Bob "the builder" Smith",` closes where it should, quotes within; `"Johnny" Depp,` does not, and is what is written.
 * A quote right after a separator opens the next cell, so this one is not looked for beyond it.
 */
function readStray(
  text: string,
  {
    open,
    stray,
    separator,
    lineEnd,
    final,
  }: { open: number; stray: number; separator: number; lineEnd: number; final: boolean },
): QuotedCell {
  const stop = Math.min(lineEnd, open + CELL_LIMIT + 1)
  let from = stray + 1
  for (;;) {
    const quote = text.indexOf('"', from)
    if (quote < 0 || quote >= stop) {
      return text.length < stop && !final ? MORE : { as: 'written', from: stray }
    }
    if (text.charCodeAt(quote - 1) === separator) return { as: 'written', from: stray }
    const next = followedBy(text, quote, separator, final)
    if (next === 'unknown') return MORE
    if (next === 'quote') from = quote + 2
    else if (next === 'text') from = quote + 1
    else return { as: 'closed', quote, end: next, strays: true }
  }
}

/** What comes after a quote: where the cell ends when that is what follows, a second quote, text, or nobody knows yet. */
function followedBy(
  text: string,
  quote: number,
  separator: number,
  final: boolean,
): number | 'quote' | 'text' | 'unknown' {
  if (text.charCodeAt(quote + 1) === QUOTE) return 'quote'
  const end = skipBlanks(text, quote + 1, separator)
  if (end >= text.length) return final ? text.length : 'unknown'
  const code = text.charCodeAt(end)
  return code === separator || code === LINE_FEED || code === RETURN ? end : 'text'
}

/** The first position from `at` on that is no white space within a line; a separator is none. */
export function skipBlanks(text: string, at: number, separator: number): number {
  const stop = at + BLANK_LIMIT
  let position = at
  while (position < stop) {
    const code = text.charCodeAt(position)
    if ((code !== SPACE && code !== TAB) || code === separator) break
    position++
  }
  return position
}
