import { canonicalJson } from '../compare.ts'
import type { ImportRow } from '../evidence.ts'
import { recognisableName } from '../names/names.ts'
import type { Segment } from '../people.ts'
import { digest } from './report-rows.ts'
import { bySegment, placeKey } from './told-segments.ts'

/** A row of an imported file, filed under its name inside its meeting. */
export interface Imported {
  key: string
  row: ImportRow
}

/** Names the rows of imported files inside ONE meeting. */
export interface ImportKeys {
  /**
   * `f:<join>-<leave>-<digest>`: its times, and a digest of its name, strong keys and place, for storage keeps keys in the open.
   * Rows that agree in all of these are one, whichever files they stand in. Equal rows of one file under a nameless device's
   * name, exact to the minute only, may be two devices: the second is named `…#2`, and so on.
   */
  keyOf(row: ImportRow): string
}

/** No rows named yet. Facts must be distinct by key. */
export function createImportKeys(): ImportKeys {
  /** How often a file said the same of a nameless device. */
  const counts = new Map<string, number>()
  return {
    keyOf(row) {
      const { atMs, leftMs, name, keys, place } = row
      if (!mayBeTwo(row)) return `f:${atMs}-${leftMs}-${digest(canonicalJson([name, keys, placeKey(place)]))}`
      const { key: _, ...said } = row
      const content = canonicalJson(said)
      const inFile = `${fileOf(row)} ${content}`
      const count = (counts.get(inFile) ?? 0) + 1
      counts.set(inFile, count)
      return `f:${atMs}-${leftMs}-${digest(content)}${count > 1 ? `#${count}` : ''}`
    },
  }
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
    segments.set(key, { key, place, fromMs, from: 'known', toMs: Math.max(fromMs, leftMs), to: 'known' })
  }
  return [...segments.values()].sort(bySegment)
}
