/**
 * Text a spreadsheet would run instead of show: a formula start, also behind white space, control characters or invisible
 * marks, and in its full-width form. See https://owasp.org/www-community/attacks/CSV_Injection
 */
const RUNS =
  /^[\s\u0000-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/

/**
 * Makes a cell of a CSV or TSV file harmless: text that would run gets one apostrophe before it, and so does text that
 * already begins with one, so that `restore` is exact for every string. Empty text stays empty.
 */
export function neutralise(text: string): string {
  return text.startsWith("'") || RUNS.test(text) ? `'${text}` : text
}

/** The original spelling of a neutralised cell: drops the one apostrophe `neutralise` wrote. */
export function restore(cell: string): string {
  return cell.startsWith("'") ? cell.slice(1) : cell
}

/** What a terminal or a spreadsheet may act on, or refuse: every control character but tabs and line ends. */
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g

/** Control characters as the signs Unicode has for showing them (␛); tabs and line ends stay. */
export function showControls(text: string): string {
  return text.replace(CONTROLS, (sign) =>
    String.fromCharCode(sign === '\u007f' ? 0x2421 : 0x2400 + sign.charCodeAt(0)),
  )
}
