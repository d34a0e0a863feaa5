import { neutralise } from '../../shared/files/index.ts'
import type { CardRegistration } from '../../shared/wire/index.ts'
import { expectedWords } from '../../shared/words/expected.ts'
import { questionName } from '../../shared/words/questions.ts'
import type { Language } from '../../shared/words/index.ts'

/** How the people of a list registered: where nobody registers, there is none of it. */
export interface SheetRegistrations {
  /** Of everybody who registered, the earliest first: which questions there are does not hang on the filter. */
  all: readonly CardRegistration[]
  /** By the id of a row. */
  byRow: ReadonlyMap<string, CardRegistration>
}

/** One question as a column. Two of one form may have the same words. */
export interface QuestionColumn {
  /** Unlike any other header of the file. */
  header: string
  /** What somebody answered, harmless; '' for nothing. */
  cell(registration: CardRegistration | undefined): string
}

/**
 * The questions anybody answered, Zoom's own and the host's, in the order they were first met. Headers that would be the same
 * as `taken` ones or as one another are numbered: the host may call a question like a column.
 */
export function questionColumns(
  registrations: readonly CardRegistration[],
  taken: readonly string[],
  language: Language,
): QuestionColumn[] {
  const questions = new Map<string, { field: string | null; title: string }>()
  for (const { answers } of registrations)
    for (const [key, answer] of keyed(answers)) if (!questions.has(key)) questions.set(key, answer)
  const values = new WeakMap<CardRegistration, ReadonlyMap<string, string>>()
  const valuesOf = (registration: CardRegistration): ReadonlyMap<string, string> => {
    const before = values.get(registration)
    if (before) return before
    const own = new Map([...keyed(registration.answers)].map(([key, { value }]) => [key, neutralise(value)]))
    values.set(registration, own)
    return own
  }
  const headers = new Set(taken.map(folded))
  return [...questions].map(([key, question]) => {
    const name = questionName(question, language)
    let header = neutralise(name)
    for (let nth = 2; headers.has(folded(header)); nth += 1) header = neutralise(`${name} (${nth})`)
    headers.add(folded(header))
    return { header, cell: (registration) => (registration && valuesOf(registration).get(key)) ?? '' }
  })
}

/** How a registration stands, in words; of somebody else's that it is one. */
export function standingCell(registration: CardRegistration | undefined, language: Language): string {
  if (!registration) return ''
  const said = expectedWords(language)
  const { standing, cancelledBy, ofAnother } = registration
  if (ofAnother) return said.foreignLink
  const word = said.standings[standing].toLocaleLowerCase(language)
  return cancelledBy === null ? word : `${word} (${said.cancelledBy[cancelledBy]})`
}

/** Each answer under what makes it the same question in every form: Zoom's name or the words, and which of several it is. */
function* keyed(
  answers: CardRegistration['answers'],
): Generator<[string, CardRegistration['answers'][number]]> {
  const met = new Map<string, number>()
  for (const answer of answers) {
    const name = JSON.stringify([answer.field, answer.field === null ? answer.title : ''])
    const nth = (met.get(name) ?? 0) + 1
    met.set(name, nth)
    yield [`${nth} ${name}`, answer]
  }
}

const folded = (header: string): string => header.normalize('NFKC').trim().toLowerCase()
