/**
 * The catalogue of sentences, English and Russian: every word a person reads in the panel, on the pages
 * the server writes and in exports. The home page carries its own in client/index.html, since it is read before any script.
 * No layout and no decisions live here, only wording; plural rules and numbers come from Intl.
 * Start with `en.ts` (the catalogue), `list-sentence.ts` (the one sentence above every list) and `sentence.ts` (above a live one).
 */
import { en, type Words } from './en.ts'
import { ru } from './ru.ts'
import type { Language } from './language.ts'

export { yesNoWords } from './cells.ts'
export { columnWords, type ColumnKey } from './columns.ts'
export { formatFor, fromTo, type Format } from './format.ts'
export { chooseLanguage, languageNames, languages, type Language } from './language.ts'
export { isProblemCode, problemWords, type ProblemSentence } from './problems.ts'
export { pageWords } from './pages.ts'
export { peopleSheetWords } from './people-sheet.ts'
export { liveSentence, type Sentence } from './sentence.ts'
export type { Words } from './en.ts'

const catalogue: Record<Language, Words> = { en, ru }

/** The whole catalogue in one language. */
export function wordsFor(language: Language): Words {
  return catalogue[language]
}
