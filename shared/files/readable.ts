import { createDecoder } from './decoder.ts'
import { fieldOf } from './headers.ts'
import type { Encoding } from './portal-file.ts'

/** UTF-8 that something has damaged, and encodings from before it that spreadsheets still write, the likelier first. */
const candidates = ['utf-8', 'windows-1252', 'windows-1251', 'shift_jis', 'euc-kr'] as const

/** Nearly all bytes are characters in these, and each of them may stand in a name: only headers tell. */
const chinese = ['gb18030', 'big5'] as const

/** So many bytes hold the headers. */
const HEADERS = 4096

/**
 * Which encoding makes words of text that is no well-formed UTF-8. Bytes alone do not tell: each of these gives letters for
 * nearly all of them. But a word of a language keeps to one script, to one case after its first letter, and has no signs in
 * its middle; read in a wrong encoding it does not.
 */
export function readableEncoding(bytes: Uint8Array): Encoding {
  let best: Encoding = 'windows-1252'
  let most = -Infinity
  for (const encoding of candidates) {
    const points = readability(createDecoder(encoding)(bytes))
    if (points > most) {
      best = encoding
      most = points
    }
  }
  let named = namesIn(bytes, best)
  for (const encoding of chinese) {
    const names = namesIn(bytes, encoding)
    if (names > named) [best, named] = [encoding, names]
  }
  return best
}

/** How many columns are named in the first lines: in a wrong encoding hardly ever one. */
function namesIn(bytes: Uint8Array, encoding: Encoding): number {
  const cells = createDecoder(encoding)(bytes.subarray(0, HEADERS)).split(/[\r\n,;\t]/)
  return cells.filter((cell) => fieldOf(cell.replaceAll('"', '').trim()).field !== null).length
}

/** Runs of letters and of what a wrong encoding makes of letters; ASCII signs other than ' and - end them. */
const wordlike = /[^\s\x21-\x26\x28-\x2c\x2e-\x40\x5b-\x60\x7b-\x7f]+/g
const nonAscii = /[^\p{ASCII}]/gu

/** The mean quality of the characters beyond ASCII, each by the word it stands in. */
function readability(text: string): number {
  let points = 0
  let characters = 0
  for (const [word] of text.matchAll(wordlike)) {
    const own = word.match(nonAscii)?.length ?? 0
    if (own > 0) points += own * quality(word)
    characters += own
  }
  return points / characters
}

const broken = /[\ufffd\u0080-\u009f\ue000-\uf8ff]/
/** What stands in words and between them in any language: dashes, apostrophes, full-width signs, emoji. */
const inside =
  /[\xad\xb7\u2010-\u2015\u2018\u2019\u3000-\u303f\u30fb\uff01-\uff60\ufeff]|\p{Emoji_Presentation}/gu
/** What stands at the edges of words only. */
const around = /^[\xa1\xab\xbf\u201a-\u203a]+|[\xaa\xab\xb0\xba\xbb\u201a-\u203a\u2116\u2122]+$/g
const latin = /^[\p{Script=Latin}\p{M}'-]+$/u
const cyrillic = /^[\p{Script=Cyrillic}\p{M}'-]+$/u
const hangul = /^[\p{Script=Hangul}A-Za-z'-]+$/u
const japanese = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々\uff61-\uff9fA-Za-z'-]+$/u
const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u
const halfKana = /[\uff61-\uff9f]/
const letters = /^[\p{L}\p{M}'-]+$/u
const mixed = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hangul}]/u

/** 1 for what looks like a word, 0 for what may be one, down to -2 for what is none. */
function quality(written: string): number {
  if (broken.test(written)) return -2
  const word = written.replaceAll(inside, '').replaceAll(around, '')
  if (!/[^\p{ASCII}]/u.test(word)) return 0
  if (latin.test(word)) return latinQuality(word)
  if (/[A-Za-z][^\p{ASCII}]+[A-Za-z]/u.test(word)) return -1
  if (cyrillic.test(word)) return word.length === 1 ? 0 : caseQuality(word)
  if (hangul.test(word)) return commonSyllables(word)
  if (japanese.test(word)) return halfKana.test(word) ? 0.25 : kana.test(word) ? 1 : 0.8
  return letters.test(word) && !mixed.test(word) ? 1 : -1
}

/** Languages of Latin letters write most of them without marks: words of marked ones alone are of another script. */
function latinQuality(word: string): number {
  return /[^\p{ASCII}]{3}|^[^\p{ASCII}]{2,}$|ƒ/u.test(word) ? -1 : caseQuality(word)
}

/** `McDonald` and `Anna-Maria` have capitals inside; each part of them is of one case. */
function caseQuality(word: string): number {
  const parts = word.split(/['-]|(?<=\p{Ll})(?=\p{Lu}\p{Ll})/u)
  return parts.every((part) => /^(?:\P{Lu}*|\P{Ll}+|\p{Lu}\P{Lu}*)$/u.test(part)) ? 1 : -1
}

/** Korean uses the 2,350 syllables of KS X 1001 for nearly all it writes; other text read as Korean gives the rare ones. */
function commonSyllables(word: string): number {
  common ??= readCommonSyllables()
  let rare = 0
  for (const syllable of word) if (syllable > '\x7f' && !common.has(syllable)) rare++
  return rare * 4 > word.length ? -1 : 1
}

let common: Set<string> | null = null

/** KS X 1001 has its syllables in rows 16 to 40, 94 in each: two bytes from 0xB0A1 to 0xC8FE. */
function readCommonSyllables(): Set<string> {
  const bytes: number[] = []
  for (let row = 0xb0; row <= 0xc8; row++) for (let cell = 0xa1; cell <= 0xfe; cell++) bytes.push(row, cell)
  return new Set(createDecoder('euc-kr')(new Uint8Array(bytes)))
}
