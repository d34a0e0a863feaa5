import { isGenericName } from './generic-names.ts'

/**
 * Brings a display name into the form in which names are compared; the original spelling is always kept elsewhere.
 *
 * NFKC, control and invisible direction characters out, white space collapsed, case folded; accents stay ("Bär" is not
 * "Bar"). One trailing "(original name)", as Zoom writes after a rename, is taken apart into `original` (null for none).
 */
export function normaliseName(display: string): { name: string; original: string | null } {
  const text = plain.test(display) ? display.toLowerCase() : folded(display)
  const open = text.endsWith(')') ? text.lastIndexOf('(') : -1
  const original = text.slice(open + 1, -1).trim()
  // "(2)" counts devices and "(a) b)" is no pair of brackets: neither is an original name.
  if (open < 1 || original.includes(')') || !/[^\d\s]/.test(original)) return { name: text, original: null }
  return { name: text.slice(0, open).trim(), original }
}

/** Words of plain Latin letters and signs with one space between them: nothing to normalise but the case. */
const plain = /^[!-~]+(?: [!-~]+)*$/

const folded = (display: string): string =>
  foldCase(
    display
      .normalize('NFKC')
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .replace(/\p{Cf}/gu, '')
      .replace(/ {2,}/g, ' ')
      .trim(),
  )

/**
 * The name by which a connection may be recognised elsewhere, or null when it is generic ("iPhone", "Guest", empty).
 * For "iPhone (Anna)" it is "anna": the original name counts when the one in front says nothing.
 */
export function recognisableName(display: string): string | null {
  const { name, original } = normaliseName(display)
  if (!isGenericName(name)) return name
  return original !== null && !isGenericName(original) ? original : null
}

/** The words of a normalised name: runs of letters, digits and marks. */
export const wordsOf = (name: string): string[] => name.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []

/** Unicode case folding where lower case alone is not enough: ß meets ss, a final sigma meets sigma; Turkish ı stays. */
const foldCase = (text: string): string =>
  text.toLowerCase().replaceAll('ß', 'ss').replaceAll('ς', 'σ').normalize('NFC')
