import type { Separator } from './portal-file.ts'
import { CELL_LIMIT, readQuoted, skipBlanks, splitOrderly } from './quoted.ts'

/** What the reader of records can find wrong. */
export type RecordWarning = 'unclosed_quote' | 'stray_quote' | 'cell_cut' | 'nul_dropped' | 'file_ends_early'

export interface RecordsOptions {
  separator: Separator
  /**
   * One record, as its cells, at least one; a blank line is one empty cell. `line` is where the record begins, from 1;
   * `unended` is true for a last record no line break ends, which may have been cut off.
   */
  onRecord: (cells: string[], line: number, unended: boolean) => void
  onWarning: (code: RecordWarning, line: number, value?: string) => void
}

export interface Records {
  /** The next piece of the text, cut anywhere. */
  push: (text: string) => void
  /** The text is over: tells of the last record when no line break ended it. */
  end: () => void
}

/** All cells of one record together. Characters; what is beyond is cut like a cell that is too long. */
const RECORD_LIMIT = 1_048_576
/** The cells of a line up to this length share its memory; those of longer ones are copied one by one, so that a kept name
 * does not keep a long answer alive. */
const SHARED_LINE = 512
const VALUE_LIMIT = 60
/** Shorter pieces are copied by the engine anyway (V8's `SlicedString::kMinLength`). */
const SHORTEST_SLICE = 13

const LINE_FEED = 10
const RETURN = 13
const QUOTE = 34

/**
 * Cuts separated text into records as RFC 4180 has them (https://www.rfc-editor.org/rfc/rfc4180) and reads on through
 * everything worse: any line ends, mixed ones too; quotes somebody typed; a quote never closed, which costs its own line
 * and no more; cells of any length; NUL characters. What the records say does not depend on where the text was cut. Every
 * character is looked at a fixed number of times, and what is kept is bounded by the longest record.
 */
export function createRecords({ separator, onRecord, onWarning }: RecordsOptions): Records {
  const separatorCode = separator.charCodeAt(0)
  /** Not read yet; begins with the cell that is next. */
  let text = ''
  let at = 0
  let final = false
  let cells: string[] = []
  /** A separator was read, so one more cell belongs to the record, even when nothing comes. */
  let open = false
  let kept = 0
  let line = 1
  let recordLine = 1
  let afterReturn = false
  let nulTold = false
  /** What is being dropped: the rest of a cell, of a quoted one, or of a record. */
  let skipping: 'cell' | 'quoted' | 'record' | null = null
  let nextLineFeed = -1
  let nextReturn = -1
  let nextQuote = -1
  let nextSeparator = -1

  return {
    push(piece) {
      const clean = afterLineEnd(withoutNul(afterLineEnd(piece)))
      if (clean === '') return
      add(clean)
      read()
    },
    end() {
      final = true
      read()
      if (open || cells.length > 0) finish(true)
    },
  }

  /** The second half of a line end whose first half ended the piece before. */
  function afterLineEnd(piece: string): string {
    if (piece === '' || !afterReturn) return piece
    afterReturn = piece.startsWith('\0')
    return piece.startsWith('\n') ? piece.slice(1) : piece
  }

  function add(piece: string): void {
    text = at < text.length ? text.slice(at) + piece : piece
    at = 0
    nextLineFeed = nextReturn = nextQuote = nextSeparator = -1
  }

  function read(): void {
    while (at < text.length || (final && open)) {
      const lineEnd = findLineEnd()
      if (skipping !== null) {
        if (!skip(lineEnd)) return
      } else if (!final && lineEnd === Infinity && text.length - at <= CELL_LIMIT) {
        return
      } else if (!readOrderly(lineEnd) && !readCells(lineEnd)) {
        return
      }
    }
  }

  /** The quick way, for a whole line of ordinary length that is as it should be. False when it is not. */
  function readOrderly(lineEnd: number): boolean {
    if (open || lineEnd - at > SHARED_LINE) return false
    const found = splitOrderly(detach(text.slice(at, lineEnd)), separator)
    if (found === null) return false
    cells = found
    endRecord(lineEnd)
    return true
  }

  /** Cell by cell to the end of the record. False when the next cell needs text that has not come yet. */
  function readCells(firstLineEnd: number): boolean {
    let lineEnd = firstLineEnd
    for (;;) {
      if (at >= text.length && !final) return false
      const quote = openingQuote(lineEnd)
      if (quote < 0) {
        if (!readPlain(at, lineEnd)) return false
      } else {
        const spanned = readQuotedCell(quote, lineEnd)
        if (spanned === null) return false
        if (spanned) lineEnd = findLineEnd()
      }
      if (skipping !== null || !open) return true
    }
  }

  /** The quote that may enclose the cell at `at`, also behind white space; -1 when it begins with something else. */
  function openingQuote(lineEnd: number): number {
    if (text.charCodeAt(at) === QUOTE) return at
    const first = skipBlanks(text, at, separatorCode)
    return first > at && first < lineEnd && text.charCodeAt(first) === QUOTE ? first : -1
  }

  /** True when the cell spanned lines, null when more text is needed. */
  function readQuotedCell(quote: number, lineEnd: number): boolean | null {
    const strict = quote > at
    const found = readQuoted(text, quote, { separator: separatorCode, lineEnd, final, strict })
    if (found.as === 'more') return null
    // White space before a quote is how people write by hand: believed only where all else is in order.
    if (strict && !(found.as === 'closed' && found.quote < lineEnd)) {
      return readPlain(at, lineEnd) ? false : null
    }
    switch (found.as) {
      case 'closed': {
        const body = text.slice(quote + 1, found.quote)
        if (found.strays) warn('stray_quote', body)
        keep(text.slice(at, quote) + body.replaceAll('""', '"') + text.slice(found.quote + 1, found.end))
        const spans = found.quote > lineEnd
        if (spans) line += countLineEnds(body)
        endCell(found.end)
        return spans
      }
      case 'written':
        return readPlain(found.from, lineEnd, 'stray_quote') ? false : null
      case 'unclosed':
        return readPlain(at, lineEnd, found.atFileEnd ? 'file_ends_early' : 'unclosed_quote') ? false : null
      case 'long':
        warn('cell_cut', text.slice(at, at + VALUE_LIMIT))
        keep(
          text
            .slice(quote + 1, found.end)
            .replaceAll('""', '"')
            .slice(0, CELL_LIMIT),
        )
        at = found.end
        skipping ??= 'quoted'
        return false
    }
  }

  /** The cell at `at` as it is written, up to the first separator from `from` on. False when more text is needed. */
  function readPlain(from: number, lineEnd: number, warning: RecordWarning | null = null): boolean {
    const end = Math.min(findSeparatorFrom(from), lineEnd)
    if (end === Infinity && text.length - at <= CELL_LIMIT) return false
    const shown = text.slice(at, Math.min(end, at + VALUE_LIMIT))
    if (warning !== null) warn(warning, shown)
    else if (findQuote() < Math.min(end, at + CELL_LIMIT)) warn('stray_quote', shown)
    if (end - at > CELL_LIMIT) warn('cell_cut', shown)
    keep(text.slice(at, Math.min(end, at + CELL_LIMIT)))
    if (end === Infinity) {
      at = text.length
      skipping ??= 'cell'
    } else {
      endCell(end)
    }
    return true
  }

  /** Drops what was told of as cut. False when all the text there is was dropped, or the last quote's meaning is unknown. */
  function skip(lineEnd: number): boolean {
    if (skipping === 'quoted') {
      const quote = text.indexOf('"', at)
      if (quote >= 0 && quote < lineEnd) {
        if (quote + 1 >= text.length && !final) {
          at = quote
          return false
        }
        const next = text.charCodeAt(quote + 1)
        const closes =
          next === separatorCode || next === LINE_FEED || next === RETURN || quote + 1 >= text.length
        at = quote + (next === QUOTE ? 2 : 1)
        if (closes) skipping = 'cell'
        return true
      }
      if (lineEnd !== Infinity) warn('unclosed_quote')
    }
    const end = skipping === 'cell' ? Math.min(findSeparatorFrom(at), lineEnd) : lineEnd
    if (end === Infinity) {
      at = text.length
      return false
    }
    skipping = null
    endCell(end)
    return true
  }

  function endCell(end: number): void {
    if (text.charCodeAt(end) === separatorCode) {
      at = end + 1
      open = true
    } else {
      endRecord(end)
    }
  }

  /** `end` is the position of the line break, or of the end of the file. */
  function endRecord(end: number): void {
    const unended = end >= text.length
    const paired = text.charCodeAt(end) === RETURN && text.charCodeAt(end + 1) === LINE_FEED
    at = end + (paired ? 2 : 1)
    afterReturn = text.charCodeAt(end) === RETURN && end + 1 >= text.length
    finish(unended)
  }

  function finish(unended: boolean): void {
    const record = cells
    const startedAt = recordLine
    cells = []
    open = false
    kept = 0
    skipping = null
    line++
    recordLine = line
    onRecord(record, startedAt, unended)
  }

  function keep(cell: string): void {
    kept += cell.length + 1
    if (kept <= RECORD_LIMIT) {
      cells.push(detach(cell))
    } else {
      warn('cell_cut', cell.slice(0, VALUE_LIMIT))
      skipping = 'record'
    }
  }

  function warn(code: RecordWarning, value?: string): void {
    if (value === undefined) onWarning(code, line)
    else onWarning(code, line, detach(value.slice(0, VALUE_LIMIT)))
  }

  function withoutNul(piece: string): string {
    if (!piece.includes('\0')) return piece
    if (!nulTold) {
      nulTold = true
      onWarning('nul_dropped', line + countLineEnds(text.slice(at) + piece.slice(0, piece.indexOf('\0'))))
    }
    return piece.replaceAll('\0', '')
  }

  // Where the next one stands is remembered until it is passed: a file with few of them is still looked through only once.

  /** The first line break from `at` on; where the file ends when it does; infinite when neither is in the text. */
  function findLineEnd(): number {
    if (nextLineFeed < at) nextLineFeed = positionOf('\n')
    if (nextReturn < at) nextReturn = positionOf('\r')
    const lineEnd = Math.min(nextLineFeed, nextReturn)
    return lineEnd === Infinity && final ? text.length : lineEnd
  }

  function findQuote(): number {
    if (nextQuote < at) nextQuote = positionOf('"')
    return nextQuote
  }

  function findSeparatorFrom(from: number): number {
    if (nextSeparator < from) nextSeparator = positionOf(separator, from)
    return nextSeparator
  }

  function positionOf(character: string, from = at): number {
    const position = text.indexOf(character, from)
    return position < 0 ? Infinity : position
  }
}

/**
 * The same characters in memory of their own: a slice keeps the whole text it was cut from alive, and a kept name would keep
 * its chunk of the file.
 */
function detach(text: string): string {
  return text.length < SHORTEST_SLICE ? text : ` ${text}`.slice(1)
}

function countLineEnds(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0
}
