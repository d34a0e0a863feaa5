import type { Encoding } from './portal-file.ts'

/** Encodings from before Unicode that exports and spreadsheets still write, the likelier first. */
const legacy = ['windows-1252', 'windows-1251', 'shift_jis', 'euc-kr'] as const

/**
 * Which of the older encodings makes words of text that is no UTF-8. Bytes alone do not tell: each of these gives letters for
 * nearly all of them. But a word of a language keeps to one script, to one case after its first letter, and has no signs in
 * its middle; read in a wrong encoding it does not. Windows-1252 when nothing decides.
 */
export function legacyEncoding(bytes: Uint8Array): Encoding {
  let best: Encoding = 'windows-1252'
  let most = -Infinity
  for (const encoding of legacy) {
    const points = readability(new TextDecoder(encoding).decode(bytes, { stream: true }))
    if (points > most) {
      best = encoding
      most = points
    }
  }
  return best
}

/** Runs of letters and of what a wrong encoding makes of letters, with at least one character that is no ASCII. */
const wordlike = /[^\s\x21-\x26\x28-\x2c\x2e-\x40\x5b-\x60\x7b-\x7f]+/g
const nonAscii = /[^\x00-\x7f]/g

/** The share of characters beyond ASCII in well-made words, less the share in others; each character counts alike. */
function readability(text: string): number {
  let points = 0
  let characters = 0
  for (const [word] of text.matchAll(wordlike)) {
    const own = word.match(nonAscii)?.length ?? 0
    points += own * quality(word)
    characters += own
  }
  return characters === 0 ? 0 : points / characters
}

const broken = /[\ufffd\u0080-\u009f\ue000-\uf8ff]/
const quotesAndDashes = /[\xa0\xa1\xab\xb0\xb7\xbb\xbf\u2013-\u203a\u2116\u3000-\u303f\uff01-\uff60]/g
const latin = /^[\p{Script=Latin}\p{M}'ªº-]+$/u
const cyrillic = /^[\p{Script=Cyrillic}'-]+$/u
const kana = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々A-Za-z'-]+$/u
const halfKana = /[\uff61-\uff9f]/
const hangul = /^[\p{Script=Hangul}A-Za-z'-]+$/u
const oneCase = /^(?:\P{Lu}+|\P{Ll}+|\p{Lu}\P{Lu}*)$/u

/** 1 for what looks like a word, 0 for what may be one, down to -2 for what is none. */
function quality(written: string): number {
  if (broken.test(written)) return -2
  const word = written.replaceAll(quotesAndDashes, '')
  if (word === '') return 0
  if (latin.test(word)) return latinQuality(word)
  if (cyrillic.test(word)) return word.length === 1 ? 0 : caseQuality(word)
  if (halfKana.test(word)) return kana.test(word) ? 0.25 : -1
  if (hangul.test(word)) return commonSyllables(word)
  return kana.test(word) ? 0.8 : -1
}

/** Languages of Latin letters write most of them without marks: three marked ones in a row are Cyrillic read wrongly. */
function latinQuality(word: string): number {
  return /[^\x00-\x7f]{3}/.test(word) ? -1 : caseQuality(word)
}

/** `McDonald` and `Anna-Maria` have capitals inside; each part of them is of one case. */
function caseQuality(word: string): number {
  return word.split(/['-]|(?<=\p{Ll})(?=\p{Lu}\p{Ll})/u).every((part) => part === '' || oneCase.test(part))
    ? 1
    : -1
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
  return new Set(new TextDecoder('euc-kr').decode(new Uint8Array(bytes)))
}
