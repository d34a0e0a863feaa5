import { createDecoder } from './decoder.ts'
import { foreignBytes, foreignMarkup } from './foreign-bytes.ts'
import type { Encoding, FileSource, Progress } from './portal-file.ts'
import { readableEncoding } from './readable.ts'
import type { RefusalCode } from './warnings.ts'

/** How the text of a file is written: in which encoding, behind how many bytes of a mark. */
export interface TextFound {
  encoding: Encoding
  skip: number
}

/**
 * Tells from a file's first bytes (up to 64 KiB; `whole`: that is all there is) how its text is written, or what else it is.
 * By signature, byte order mark, the pattern of NUL bytes, well-formed UTF-8, and at last by which of the older encodings
 * makes words of it.
 */
export function sniff(head: Uint8Array, whole: boolean): TextFound | { refusal: RefusalCode } {
  if (head.length === 0 && whole) return { refusal: 'empty_file' }
  const foreign = foreignBytes(head)
  if (foreign !== null) return { refusal: foreign }
  const found = findText(head)
  if (found === null) return { refusal: 'binary' }
  const text = createDecoder(found.encoding)(head.subarray(found.skip))
  if (whole && /^[\s\0]*$/.test(text)) return { refusal: 'empty_file' }
  const markup = foreignMarkup(text)
  return markup === null ? found : { refusal: markup }
}

function findText(head: Uint8Array): TextFound | null {
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', skip: 2 }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', skip: 2 }
  const skip = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0
  const bytes = head.subarray(skip)
  const wide = wideEncoding(bytes)
  if (wide !== null) return { encoding: wide, skip }
  if (isBinary(bytes)) return null
  return { encoding: isUtf8(bytes) ? 'utf-8' : readableEncoding(bytes), skip }
}

/**
 * UTF-16 without a mark: digits, separators and line ends have a NUL for one of their two bytes, always the same one, in every
 * language.
 */
function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const nuls = [0, 0] as [number, number]
  bytes.forEach((byte, at) => {
    if (byte === 0) nuls[at % 2 === 0 ? 0 : 1]++
  })
  const [even, odd] = nuls
  if (Math.max(even, odd) * 20 < bytes.length / 2 || Math.min(even, odd) * 8 > Math.max(even, odd))
    return null
  const encoding = odd > even ? 'utf-16le' : 'utf-16be'
  const text = new TextDecoder(encoding).decode(bytes, { stream: true })
  return controls(text) * 50 <= text.length ? encoding : null
}

/** Text has next to no control characters; NULs in it may be a fault of whoever wrote it, unless it is full of them. */
function isBinary(bytes: Uint8Array): boolean {
  let nuls = 0
  let odd = 0
  for (const byte of bytes) {
    if (byte === 0) nuls++
    else if (isControl(byte)) odd++
  }
  return nuls * 2 > bytes.length || odd * 50 > bytes.length - nuls
}

function controls(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at++) if (isControl(text.charCodeAt(at))) count++
  return count
}

/** Control characters no text has: not tab, line ends, form feed, or the end mark of old systems. */
function isControl(code: number): boolean {
  return code < 32 && !(code >= 9 && code <= 13) && code !== 0x1a
}

/** Well-formed, but for a character that may go on behind the end. */
function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

/** Pieces this long are decoded at a time, however a source cuts its bytes. */
const PIECE = 65_536

export interface TextRead {
  /** As given, or what the first bytes beyond ASCII turned out to be when all that was looked at before was ASCII. */
  encoding: Encoding
  /** Places where bytes that are no text in this encoding became U+FFFD. */
  replaced: number
  /** The file ends in the middle of a character. */
  cut: boolean
}

/**
 * Decodes a file from its beginning to its end, piece by piece, and waits for `progress` between them. Throws what the source
 * throws.
 */
export async function readText(
  source: FileSource,
  found: TextFound,
  onText: (text: string) => void,
  progress?: Progress,
): Promise<TextRead> {
  let encoding = found.encoding
  let decode = createDecoder(encoding)
  let plain = encoding === 'utf-8'
  let genuine = countGenuine(encoding)
  let replaced = 0
  let skip = found.skip
  let bytes = 0
  for await (const chunk of source.open()) {
    for (let at = 0; at < chunk.length; at += PIECE) {
      const whole = chunk.subarray(at, at + PIECE)
      bytes += whole.length
      const piece = whole.subarray(skip)
      skip -= whole.length - piece.length
      let text = decode(piece)
      if (plain && (text.length < piece.length || !/^\p{ASCII}*$/u.test(text))) {
        plain = false
        if (!isUtf8(piece)) {
          encoding = readableEncoding(piece)
          decode = createDecoder(encoding)
          genuine = countGenuine(encoding)
          text = decode(piece)
        }
      }
      replaced += occurrences(text, '\ufffd') - genuine(piece)
      if (text !== '') onText(text)
      const waiting = progress?.(bytes)
      if (waiting !== undefined) await waiting
    }
  }
  const rest = decode()
  if (rest !== '') onText(rest)
  return { encoding, replaced: replaced + occurrences(rest, '\ufffd'), cut: rest !== '' }
}

/** Counts the replacement characters that stand in the file itself, for pieces handed over one after the other. */
function countGenuine(encoding: Encoding): (piece: Uint8Array) => number {
  const pattern = replacementBytes[encoding]
  if (pattern === undefined) return () => 0
  const width = pattern.length
  let tail = new Uint8Array(0)
  let read = 0
  return (piece) => {
    const bytes = new Uint8Array(tail.length + piece.length)
    bytes.set(tail)
    bytes.set(piece, tail.length)
    const start = read - tail.length
    let count = 0
    for (let at = bytes.indexOf(pattern[0]); at >= 0; at = bytes.indexOf(pattern[0], at + 1)) {
      const aligned = width === 3 || (start + at) % 2 === 0
      if (aligned && pattern.every((byte, index) => bytes[at + index] === byte)) count++
    }
    read += piece.length
    tail = bytes.slice(Math.max(0, bytes.length - width + 1))
    return count
  }
}

/** U+FFFD where an encoding can write it. */
const replacementBytes: Partial<Record<Encoding, [number, ...number[]]>> = {
  'utf-8': [0xef, 0xbf, 0xbd],
  'utf-16le': [0xfd, 0xff],
  'utf-16be': [0xff, 0xfd],
}

function occurrences(text: string, character: string): number {
  let count = 0
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) count++
  return count
}
