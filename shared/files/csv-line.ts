import { showControls } from './neutralise.ts'
import type { Separator } from './portal-file.ts'

/** What needs quotes or a second look in a cell: the separator, quotes, and control characters, line ends among them. */
const DELICATE: Record<Separator, RegExp> = {
  ',': /[,"\u0000-\u001f\u007f]/,
  ';': /[;"\u0000-\u001f\u007f]/,
  '\t': /["\u0000-\u001f\u007f]/,
}

/**
 * One line of a CSV or TSV file, its CRLF included, as RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180) says: the only writer
 * of such lines we have. A bare line feed or return in a cell ends a line for many readers, so it is quoted as well as CRLF. Control
 * characters are shown (`showControls`). Text of participants has to come through `neutralise`.
 */
export function csvLine(cells: readonly string[], separator: Separator = ','): string {
  const isDelicate = DELICATE[separator]
  return `${cells.map((cell) => (isDelicate.test(cell) ? quoted(cell) : cell)).join(separator)}\r\n`
}

const quoted = (cell: string): string => `"${showControls(cell).replaceAll('"', '""')}"`
