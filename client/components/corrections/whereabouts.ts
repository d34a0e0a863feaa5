import type { PersonRow } from '../../../shared/wire/index.ts'
import type { Format, Words } from '../../../shared/words/index.ts'

/** When somebody came and which address they have: enough to tell two people of one name apart. */
export function whereabouts(row: PersonRow, words: Words, format: Format): string {
  const first = row.firstJoin === null ? null : format.time(Date.parse(row.firstJoin))
  const came =
    first === null
      ? words.row.waitingOnly
      : row.firstJoinKnown
        ? words.row.joined(first)
        : words.row.before(first)
  const email = row.email ?? (row.emailHidden ? '' : words.row.noEmail)
  return [came, email].filter((part) => part !== '').join(' · ')
}
