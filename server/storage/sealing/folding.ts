/**
 * The words of a display name as look-ups compare them: compatibility forms united, case and marks folded away,
 * split at everything that is neither letter nor digit. Each word once; [] for an empty name.
 */
export function foldedWords(name: string): string[] {
  const folded = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .normalize('NFC')
  return [...new Set(folded.match(/[\p{L}\p{N}]+/gu) ?? [])]
}

/** An address as look-ups compare it. */
export const foldedEmail = (email: string): string => email.normalize('NFKC').trim().toLowerCase()
