import { byText, canonicalJson } from '../compare.ts'
import type { ImportRow } from '../evidence.ts'
import { recognisableName } from '../names/names.ts'
import type { Segment } from '../people.ts'
import { digest } from './report-rows.ts'
import { bySegment, placeKey } from './told-segments.ts'

/** A row of an imported file, filed under its name inside its meeting. */
export interface Imported {
  key: string
  row: ImportRow
  /** `l:<digest of the file>-<line>`: what it goes by however the file is read, in whatever meeting. */
  line: string
}

/** Names the rows of imported files inside ONE meeting. */
export interface ImportKeys {
  /**
   * `f:<join>-<leave>-<digest>`: its times, and a digest of its name, strong keys and place, for storage keeps keys in the open.
   * Rows that agree in all of these are one, whichever files they stand in. Equal rows of one file under a nameless device's
   * name, exact to the minute only, may be two devices: the one on a later line is named `…#2`, and so on. `moved`: names whose
   * rows are other lines now.
   */
  name(row: ImportRow): { imported: Imported; moved: readonly string[] }
}

/** No rows named yet. Facts must be distinct by key. */
export function createImportKeys(): ImportKeys {
  /** What a file said of nameless devices in the same words, in the order of lines. */
  const copies = new Map<string, Imported[]>()
  const lineKeyOf = createLineKeys()
  return {
    name(row) {
      const { atMs, leftMs, name, keys, place } = row
      const named = (key: string): Imported => ({ key, row, line: lineKeyOf(row) })
      if (!mayBeTwo(row)) {
        const content = canonicalJson([name, keys, placeKey(place)])
        return { imported: named(`f:${atMs}-${leftMs}-${digest(content)}`), moved: [] }
      }
      const { key: _, ...said } = row
      const content = canonicalJson(said)
      const inFile = `${fileOf(row)} ${content}`
      const others = copies.get(inFile) ?? []
      copies.set(inFile, others)
      const nth = others.length + 1
      const imported = named(`f:${atMs}-${leftMs}-${digest(content)}${nth > 1 ? `#${nth}` : ''}`)
      others.push(imported)
      return { imported, moved: inOrderOfLines(others) }
    },
  }
}

/** The last of them is new. Answers the names that stand for other lines now, but for that of the last. */
function inOrderOfLines(copies: readonly Imported[]): string[] {
  const moved: string[] = []
  for (let at = copies.length - 1; at > 0; at--) {
    const [before, last] = [copies[at - 1], copies[at]]
    if (!before || !last || byLine(before.row, last.row) <= 0) break
    moved.push(before.key)
    const { row, line } = last
    Object.assign(last, { row: before.row, line: before.line })
    Object.assign(before, { row, line })
  }
  return moved
}

/** What the line keys of a file begin with, by the hash its facts are keyed by. Not to be read back to the file. */
export const fileLines = (file: string): string => `l:${digest(file)}-`

function createLineKeys(): (row: ImportRow) => string {
  const beginnings = new Map<string, string>()
  return (row) => {
    const file = fileOf(row)
    const beginning = beginnings.get(file) ?? fileLines(file)
    beginnings.set(file, beginning)
    return beginning + lineOf(row)
  }
}

const lineOf = ({ key }: ImportRow): string => key.slice(key.lastIndexOf('/') + 1)

/** Numbers without leading zeros are in order by their length, then as text. */
function byLine(a: ImportRow, b: ImportRow): number {
  const [one, other] = [lineOf(a), lineOf(b)]
  return one.length - other.length || byText(one, other)
}

/** The file a row stands in: its key is `<file>/<line>`. */
export const fileOf = ({ key }: ImportRow): string => key.slice(0, Math.max(0, key.lastIndexOf('/')))

const mayBeTwo = ({ precisionSeconds, keys, name }: ImportRow): boolean =>
  precisionSeconds === 60 &&
  recognisableName(name) === null &&
  !(keys.zoomUserId || keys.registrantId || keys.email || keys.phone)

/** Imported rows as segments, each once, in their order. [] for none. */
export function importedSegments(imports: readonly Imported[]): Segment[] {
  const segments = new Map<string, Segment>()
  for (const { key, row } of imports) {
    const { place, atMs: fromMs, leftMs } = row
    segments.set(key, {
      ...{ key, place, fromMs, from: 'known', toMs: Math.max(fromMs, leftMs), to: 'known' },
      ...(row.odd ? { odd: true } : {}),
    })
  }
  return [...segments.values()].sort(bySegment)
}
