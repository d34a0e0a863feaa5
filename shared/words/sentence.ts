import type { PeopleSummary } from '../wire/roster.ts'
import { formatFor } from './format.ts'
import type { Language } from './language.ts'
import { en } from './en.ts'
import { ru } from './ru.ts'

/**
 * `headline` is read first and large; `details` are its small parts, to be joined by " · ", and `doubts` follow them,
 * flagged: what keeps the count from being believed blindly. Empty when there is nothing to say.
 */
export interface Sentence {
  headline: string
  details: string[]
  doubts: string[]
}

/**
 * The sentence above a live list: people first, then who left and waits, and connections apart from people,
 * because a phone and a laptop are one person. Unidentified people and conflicts are named whenever there are any.
 */
export function liveSentence(summary: PeopleSummary, language: Language): Sentence {
  const words = language === 'ru' ? ru : en
  const { counted } = formatFor(language)
  return {
    headline: words.sentence.here(summary.here),
    details: [
      words.sentence.came(summary.came),
      summary.left > 0 ? words.sentence.left(summary.left) : '',
      summary.waiting > 0 ? words.sentence.waiting(summary.waiting) : '',
      counted(summary.connections, words.sentence.connections),
    ].filter((part) => part !== ''),
    doubts: doubtsIn(summary, language),
  }
}

function doubtsIn(summary: PeopleSummary, language: Language): string[] {
  const words = language === 'ru' ? ru : en
  return [
    summary.unidentified > 0 ? words.sentence.unidentified(summary.unidentified) : '',
    summary.conflicts > 0 ? words.sentence.conflicts(summary.conflicts) : '',
  ].filter((part) => part !== '')
}
