import { connected } from './connected.ts'
import { overlapAmong } from './overlap.ts'
import type { ConnectionRecord } from '../connections/connection.ts'
import { wordsOf } from '../names/names.ts'

/**
 * The names a connection is joined by: the last it may be recognised by, and of those before it whatever shares a word with it.
 * "Anna", renamed "Anna S.", is still Anna; whoever went by the names of thirty others is none of them but the last.
 */
export function joiningNames({ names, lastName }: ConnectionRecord): readonly string[] {
  if (names.length < 2 || lastName === null) return names
  const words = new Set(wordsOf(lastName))
  return names.filter((name) => name === lastName || wordsOf(name).some((word) => words.has(word)))
}

/**
 * Groups connections without strong keys by their joining names, directly or through others. Where one with another last name
 * was there at the same time, and no word is in the last names of all, earlier names join nobody there: only equal last ones
 * do. So nobody holds two that were there at once and are called nothing alike. Linear in names.
 */
export function joinedByName(records: readonly ConnectionRecord[]): ConnectionRecord[][] {
  return connected(records, joiningNames).flatMap((group) => {
    const byLast = connected(group, lastNamesOf)
    return byLast.length > 1 && !shareOneWord(group) && overlapAmong(byLast) ? byLast : [group]
  })
}

const lastNamesOf = ({ lastName }: ConnectionRecord): string[] => (lastName === null ? [] : [lastName])

function shareOneWord([first, ...others]: readonly ConnectionRecord[]): boolean {
  let common = new Set(wordsOf(first?.lastName ?? ''))
  for (const { lastName } of others)
    common = new Set(wordsOf(lastName ?? '').filter((word) => common.has(word)))
  return common.size > 0
}
