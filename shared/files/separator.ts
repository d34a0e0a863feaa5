import type { Separator } from './portal-file.ts'
import { createRecords } from './records.ts'

/**
 * What separates the cells of a file, from its beginning: the candidate whose records agree most, cells counting. A first
 * line `sep=;`, as spreadsheets write it, decides. Comma when nothing separates anything.
 */
export function findSeparator(head: string): Separator {
  const told = /^\ufeff?"?sep=([,;\t])"?(?:\r|\n|$)/i.exec(head)?.[1]
  const candidates: Separator[] = [',', ';', '\t']
  let best: Separator = ','
  let most = 0
  for (const candidate of candidates) {
    if (candidate === told) return candidate
    const points = agreement(head, candidate)
    if (points > most) {
      best = candidate
      most = points
    }
  }
  return best
}

/** A record counts in full when it has as many cells as the one before it: that is what a table is. */
function agreement(head: string, separator: Separator): number {
  let points = 0
  let before = 0
  const records = createRecords({
    separator,
    onRecord(cells, _line, unended) {
      if (cells.length === 1 && cells[0] === '') return
      const separators = cells.length - 1
      if (!unended) points += cells.length === before ? separators : separators / 8
      else if (before === 0) points += separators / 8
      before = cells.length
    },
    onWarning: () => undefined,
  })
  records.push(head)
  records.end()
  return points
}
