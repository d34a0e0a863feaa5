import { isGenericName } from '../names/generic-names.ts'
import { normaliseName } from '../names/names.ts'
import { cleanedEmail } from './clean-email.ts'
import { tidyCase } from './tidy-case.ts'

/** A tidier spelling for a host to accept; nothing takes it by itself. `proposed` null: only pointed out. */
export interface Cleaning {
  of: 'name' | 'email'
  /**
   * `spaces`: white space or invisible characters; `original_name`: Zoom's "(name before)" at the end; `case`: all in capitals
   * or all in small letters; `syntax`: no address; `typo`: a well-known domain, misspelt; `role_address`: no one person's.
   */
  code: 'case' | 'spaces' | 'original_name' | 'typo' | 'syntax' | 'role_address'
  proposed: string | null
}

/**
 * What may be tidied in a name and an e-mail address, as shown (null: no address). Each proposal of a name contains those
 * before it, so that the last is tidy in every way. Nothing is proposed unless it is sure.
 */
export function cleaningsOf(name: string, email: string | null): Cleaning[] {
  return [...nameCleanings(name), ...(email === null ? [] : cleanedEmail(email))]
}

function nameCleanings(name: string): Cleaning[] {
  const cleanings: Cleaning[] = []
  let tidy = name
  const propose = (code: Cleaning['code'], proposed: string): void => {
    if (proposed === tidy || proposed === '') return
    tidy = proposed
    cleanings.push({ of: 'name', code, proposed })
  }
  propose('spaces', tidy.replace(invisible, '').replace(/\s+/gu, ' ').trim())
  propose('original_name', withoutOriginal(tidy))
  if (!isGenericName(normaliseName(tidy).name)) propose('case', tidyCase(tidy))
  return cleanings
}

/** Control and formatting characters, but for the joiners that letters of some scripts and emoji need. */
const invisible = /(?![\s\u200c\u200d])[\p{Cc}\p{Cf}]/gu

/** "Anna Petrova (Anna)" without what stands in the last brackets: Zoom writes the name before a rename there. */
function withoutOriginal(name: string): string {
  const open = name.endsWith(')') ? name.lastIndexOf('(') : -1
  const original = name.slice(open + 1, -1)
  return open < 1 || original.includes(')') || !/\p{L}/u.test(original) ? name : name.slice(0, open).trim()
}
