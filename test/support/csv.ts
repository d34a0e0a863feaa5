import { parse } from 'csv-parse/sync'

/** Reads what we wrote with another reader than our own, strictly: a line with too many or too few cells fails. */
export function readCsv(text: string, delimiter = ','): string[][] {
  return parse(text, { delimiter, bom: true, relax_column_count: false, skip_empty_lines: false })
}
