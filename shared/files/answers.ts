/** Yes and no, and cells that say nothing, in the languages Zoom speaks, their neighbours, and those of spreadsheets. */

const YES = new Set(
  (
    'in_waiting_room yes y true 1 sí si sim oui sì ja да так tak evet 예 네 はい 是 有 ya có ano da igen kyllä ναι sì áno ' +
    'نعم כן ○ ◯ 〇 ✓ ✔ wahr verdadero verdadeiro vrai vero истина prawda waar doğru'
  ).split(' '),
)
const NO = new Set(
  (
    'in_meeting no n false 0 não nao non nein нет ні nie nee nej nei hayır 아니요 아니오 아뇨 いいえ 否 不是 無 无 tidak không ne nu nem ei όχι ' +
    'لا לא × ✕ ✗ falsch falso faux ложь fałsz onwaar yanlış'
  ).split(' '),
)
const NOTHING = new Set(['', 'na', 'n/a', 'n.a.', 'null', 'none', 'undefined'])

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\p{Cf}\s]+/gu, ' ')
    .trim()
    .toLowerCase()

/** Yes or no; null for an empty cell and for words in no language we know (`saysNothing` tells the two apart). */
export function readAnswer(text: string): boolean | null {
  // The plainest cells first: there may be a million.
  if (text === 'Yes') return true
  if (text === 'No') return false
  if (text.length > 40) return null
  const word = plain(text)
  return YES.has(word) ? true : NO.has(word) ? false : null
}

/** A cell that is empty or holds what exports write for it: "--", "NA", "null". */
export function saysNothing(text: string): boolean {
  if (text.length > 40) return text.trim() === ''
  const word = plain(text)
  return NOTHING.has(word) || /^[-\u2010-\u2015\u2212]+$/.test(word)
}
